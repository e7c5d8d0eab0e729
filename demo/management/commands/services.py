"""Say what the running stack is: its address, log-ins, database, and where mail, logs and files lie."""

import json
import sys
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from conflicts.queries import worker_state
from demo.office import log_ins
from foundation.database.logins import LOGINS
from foundation.devstack.services import state_folder
from foundation.devstack.up import running_address
from operations.signs import is_heard

HEARD = "heard of"


class Command(BaseCommand):
    help = (
        "Describe the running stack. Exit status: 0 it runs, 1 the embedded services run but `up` does not;"
        " in production 0 where every process was heard of."
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
        silent = [name for name, state in services.get("processes", {}).items() if state != HEARD]
        if silent:
            self.stderr.write(f"Nothing was heard of {', '.join(silent)}: manage.py doctor")
            sys.exit(1)
        if not services["address"]:
            self.stderr.write("It is not running: python3 manage.py up")
            sys.exit(1)


def describe() -> dict[str, Any]:
    """Return everything someone needs who looks at the running stack from outside; no password."""
    return {
        **(in_production() if settings.PRODUCTION else on_this_machine()),
        "databases": {
            name: url_of(login.user, settings.DATABASES["default"]) for name, login in LOGINS.items()
        },
        "broker": without_password(settings.CELERY_BROKER_URL),
        "cache": without_password(settings.CACHE_URL),
        "media": str(settings.MEDIA_ROOT),
        "anchors": str(settings.LEDGER_ANCHORS),
    }


def on_this_machine() -> dict[str, Any]:
    """Return what `up` runs here."""
    return {
        "address": running_address(),
        "log_ins": log_ins(),
        "mail": str(settings.EMAIL_FILE_PATH),
        "logs": str(state_folder() / "logs"),
    }


def in_production() -> dict[str, Any]:
    """Return where the site is, and which process was heard of: whatever started it, on whichever machine."""
    heard = {name: is_heard(name) for name in ("worker", "beat", "watch")} | {"names": bool(worker_state())}
    return {
        "address": settings.SITE_URL,
        "processes": {name: HEARD if is_there else "silent" for name, is_there in heard.items()},
        "mail": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "logs": "standard error of each process",
    }


def without_password(address: str) -> str:
    """Return an address as it may be shown."""
    parts = urlsplit(address)
    shown = f"{parts.username or ''}:…@" if parts.password else ""
    return urlunsplit(parts._replace(netloc=shown + parts.netloc.rpartition("@")[2])) if shown else address


def url_of(user: str, database: dict[str, Any]) -> str:
    """Return where a log-in finds its database: by a socket's folder, or on a machine."""
    options = database.get("OPTIONS", {})
    where, port = database["HOST"] or options.get("host", ""), database["PORT"] or options.get("port", 5432)
    if where.startswith("/"):
        return f"postgres://{user}@/{database['NAME']}?host={where}&port={port}"
    return f"postgres://{user}@{where}:{port}/{database['NAME']}"
