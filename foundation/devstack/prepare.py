"""Bring the database up to date and load the demo office: one process, so that a restart is quick."""

import os
import sys
from typing import Any

from foundation.database.prepare import prepare
from foundation.devstack.laid_out import laid_out


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["INTAKE_LOGIN"] = "migrator"
    # Here: the log-in must be chosen before the settings are read.
    import django

    django.setup()
    # Likewise.
    from django.conf import settings
    from django.core.management import call_command

    url = os.environ["DATABASE_URL"]
    with laid_out(url):
        prepare(url)
    if settings.PRODUCTION:
        call_command("collectstatic", interactive=False, verbosity=0)
    elif "--no-demo" not in sys.argv:
        load_demo()


def load_demo() -> None:
    """Load the demo office as a job of ours, and have its people come in as the sign-in pages do."""
    # Here and below: only after main() has set Django up.
    from django.core.management import call_command
    from django.db import connections

    # Likewise.
    from foundation.database.principal import acting_as, each_statement_alone, system
    from foundation.vault.keys import opening_keys

    connection: Any = connections["default"]
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(LOGIN=None, LOGINS=["worker", "staff"])
    with acting_as(system("load_demo")), opening_keys(), each_statement_alone():
        call_command("load_demo")


if __name__ == "__main__":
    main()
