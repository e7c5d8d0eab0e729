"""Say what the running stack is: its address, log-ins, database, and where mail, logs and files lie."""

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from demo.office import log_ins
from foundation.database.logins import LOGINS
from foundation.devstack.services import state_folder
from foundation.devstack.up import running_address


class Command(BaseCommand):
    help = (
        "Describe the running stack. Exit status: 0 it runs, 1 the embedded services run but `up` does not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print it as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        services = describe()
        if options["json"]:
            self.stdout.write(json.dumps(services, indent=1))
        else:
            for name, value in services.items():
                self.stdout.write(f"{name:<14} {value}")
        if not services["address"]:
            self.stderr.write("It is not running: python3 manage.py up")
            sys.exit(1)


def describe() -> dict[str, Any]:
    """Return everything someone needs who looks at the running stack from outside."""
    database = settings.DATABASES["default"]
    where = database["HOST"] or database.get("OPTIONS", {}).get("host", "")
    return {
        "address": running_address(),
        "log_ins": [] if settings.PRODUCTION else log_ins(),
        "databases": {name: _url(login.user, where) for name, login in LOGINS.items()},
        "broker": settings.CELERY_BROKER_URL,
        "cache": settings.CACHE_URL,
        "mail": str(settings.EMAIL_FILE_PATH) if not settings.PRODUCTION else "",
        "logs": str(state_folder() / "logs"),
        "media": str(settings.MEDIA_ROOT),
        "anchors": str(settings.LEDGER_ANCHORS),
    }


def _url(user: str, where: str) -> str:
    database = settings.DATABASES["default"]
    port = database["PORT"] or database.get("OPTIONS", {}).get("port", 5432)
    return f"postgres://{user}@/{database['NAME']}?host={where}&port={port}"
