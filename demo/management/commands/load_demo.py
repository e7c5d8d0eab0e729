"""Load the demo office, once: fictional people, fictional stories, real actions all the way."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.office import is_loaded, load
from demo.people import PASSWORD, STAFF


class Command(BaseCommand):
    help = "Load the demo office with its fictional people, once, and print the log-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo office has a printed password and is not for production.")
        if not is_loaded():
            load()
        self.stdout.write("  Demo log-ins (fictional people; password and second step are the same for all)")
        for person in STAFF:
            log_in = f"{person.email:<20} {PASSWORD}  {settings.DEMO_CODE}"
            self.stdout.write(f"    {person.role.label!s:<14} {log_in}")
