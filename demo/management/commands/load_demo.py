"""Load the demo office, once: fictional people, fictional stories, real actions all the way."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.office import PASSWORD, SLUG, STAFF, load
from foundation.accounts.models import Office


class Command(BaseCommand):
    help = "Load the demo office with its fictional people, once, and print the log-ins."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demo office has a printed password and is not for production.")
        if not Office.objects.filter(slug=SLUG).exists():
            load()
        self.stdout.write("  Demo log-ins (fictional people; password and second step are the same for all)")
        for person in STAFF:
            log_in = f"{person.email:<20} {PASSWORD}  {settings.DEMO_CODE}"
            self.stdout.write(f"    {person.role.label!s:<14} {log_in}")
