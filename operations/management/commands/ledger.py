"""`manage.py ledger restored --from ANCHORS`: signing goes on after a restore, and the gap is on record.

`manage.py ledger sign` signs at once what is there, as before a machine is stopped for long.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from foundation.events.checkpoints import read_anchors
from operations.ledger import NotOurs, note_restored, sign_on


class Command(BaseCommand):
    help = (
        "Say that this database was restored: signing goes on from there, and what is missing is an event. Or"
        " sign at once, and write the anchors."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["restored", "sign"])
        parser.add_argument(
            "--from",
            dest="anchors",
            type=Path,
            help="the newest anchors kept elsewhere (verify_ledger --export)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "sign":
            signed = sign_on(Path(settings.LEDGER_ANCHORS), at=timezone.now())
            self.stdout.write(f"{signed} rows signed, and the anchors written.")
            return
        path = options["anchors"]
        if path and not path.exists():
            raise CommandError(f"{path} is not there.")
        now = timezone.now()
        try:
            gaps = note_restored(read_anchors(path) if path else [], by="system:ledger-restored", at=now)
        except NotOurs as error:
            raise CommandError(f"{error} Nothing was changed.") from error
        sign_on(Path(settings.LEDGER_ANCHORS), at=timezone.now())
        for gap in gaps:
            self.stdout.write(
                f"{gap.kind}: goes on after batch {gap.number}, {gap.lost} rows before the last seal."
            )
