"""The entry point of the web process: Django behind foundation/front, which waits for slow senders."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django_application = get_wsgi_application()

# Only once Django is set up: the front reads its settings.
from foundation.front.app import Front  # noqa: E402

# A page gives way to the event loop at each question to the database, and gets its turn back this soon.
sys.setswitchinterval(0.0005)
application = Front(django_application)
