"""`manage.py watch`: looks each minute, and tells named people what fails (operations/watching.py)."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from operations.doctor import everything
from operations.signs import tell
from operations.watching import Watcher


class Command(BaseCommand):
    help = "Look at every part each minute, and tell ALERT_MAILS and ALERT_WEBHOOK; beat to HEARTBEAT_URL."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=60, metavar="SECONDS")
        parser.add_argument("--looks", type=int, default=0, help="end after so many; 0 goes on for ever")

    def handle(self, *args: Any, **options: Any) -> None:
        watcher, looks = Watcher(), 0
        while True:
            watcher.see(everything(at=timezone.now()), at=timezone.now())
            tell("watch")
            looks += 1
            if looks == options["looks"]:
                return
            time.sleep(options["every"])
