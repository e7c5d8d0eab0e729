"""How much room there is for what strangers send: how many forms, how many megabytes of their files.

Beyond a bound nobody is turned away, so that the bound is no weapon: a new form goes on without files and
shows whom to call, and what is sent meanwhile is marked for staff, who can put it aside together (bursts.py).
No network address is looked at, and no riddle is set (ADR 43).
"""

import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from foundation.events.ledger import record
from foundation.files import kinds
from foundation.files.receiving import ReceivedFile
from foundation.files.uploads import Outcome, receive_files
from intake.models import Intake

HOUR, QUIET = timedelta(hours=1), timedelta(hours=6)  # the office hears of one shortage once in six hours
FOR_RECEIPTS = 0.25  # of the megabytes, kept for those who have a receipt
NEARLY = 0.8  # of a bound: the office hears of it
MEGABYTE = 2**20
LEAST_FREE = 500  # megabytes that stay free on the disk of the files, whatever the bounds are


@dataclass(frozen=True)
class Room:
    """What strangers began and sent within the hour, left unfinished, hold in megabytes; what is free.

    `is_told`: the office heard of a shortage within six hours.
    """

    begun: int
    sent: int
    unfinished: int
    held: int
    free: int
    is_told: bool

    @property
    def is_burst(self) -> bool:
        """Tell whether one more form that is begun is one too many."""
        return self.begun >= settings.FORMS_AN_HOUR or self.unfinished >= settings.FORMS_UNFINISHED

    @property
    def is_burst_of_sent(self) -> bool:
        """Tell whether one more form that is sent is one too many."""
        return self.sent >= settings.FORMS_AN_HOUR

    def takes(self, megabytes: int, *, has_receipt: bool) -> bool:
        """Tell whether there is room for so much more; some of it is kept for those who have a receipt."""
        most = settings.FORMS_MEGABYTES * (1 if has_receipt else 1 - FOR_RECEIPTS)
        least = LEAST_FREE if has_receipt else 2 * LEAST_FREE
        return self.held + megabytes <= most and self.free - megabytes >= least

    @property
    def shortages(self) -> list[str]:
        """Return what is nearly used up, in codes: forms, unfinished, files, disk."""
        shares = {
            "forms": max(self.begun, self.sent) / max(1, settings.FORMS_AN_HOUR),
            "unfinished": self.unfinished / max(1, settings.FORMS_UNFINISHED),
            "files": self.held / max(1, settings.FORMS_MEGABYTES * (1 - FOR_RECEIPTS)),
            "disk": 4 * LEAST_FREE / max(1, self.free) * NEARLY,
        }
        return [what for what, share in shares.items() if share >= NEARLY]


def room_for(office_id: int, *, at: datetime) -> Room:
    """Return how much room an office's public form has left."""
    since, kept = at - HOUR, at - timedelta(days=settings.DRAFT_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT begun, sent, unfinished, held, is_told FROM sec.forms_in_hand(%s, %s, %s, %s)",
            [office_id, since, kept, at - QUIET],
        )
        begun, sent, unfinished, held, is_told = cursor.fetchone()
    return Room(begun, sent, unfinished, held, free_megabytes(), is_told)


def free_megabytes() -> int:
    """Return what is free on the disk of the files; of a folder that is not there yet, on that above it."""
    folder = Path(settings.MEDIA_ROOT)
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    return shutil.disk_usage(there).free // MEGABYTE


def megabytes(sizes: list[int]) -> int:
    """Return how many megabytes files of these bytes take, each rounded up."""
    return sum(-(-size // MEGABYTE) for size in sizes)


def tell_of_shortage(intake: Intake, room: Room, *, at: datetime) -> None:
    """Announce that something is nearly used up, once in six hours; codes alone."""
    if room.shortages and not room.is_told:
        record("intake.room_short", intake, by="applicant", at=at, data={"what": room.shortages})


def counts_as_burst(intake: Intake, *, at: datetime) -> bool:
    """Tell whether a form that is sent now is to be marked, and let the office hear where very many are."""
    room = room_for(intake.office_id, at=at)
    tell_of_shortage(intake, room, at=at)
    return intake.in_burst or room.is_burst_of_sent


# --- files -----------------------------------------------------------------------------------------


def takes_files(intake: Intake) -> bool:
    """Tell whether a form has a page for files: one that was begun in a burst has none before it was sent."""
    return not intake.in_burst or intake.submitted_at is not None


def may_hold(intake: Intake, sizes: list[int], *, at: datetime) -> bool:
    """Tell whether files of these bytes find room, and let the office hear where it runs short."""
    room = room_for(intake.office_id, at=at)
    tell_of_shortage(intake, room, at=at)
    return takes_files(intake) and room.takes(megabytes(sizes), has_receipt=bool(intake.locator))


def take_in(files: list[ReceivedFile], intake: Intake, *, by: Any, at: datetime, on: date) -> list[Outcome]:
    """Keep the files of a request with a form where there is room, and say what became of each.

    What a caseworker takes in is not counted.
    """
    is_stranger = by == "applicant"
    if is_stranger and not may_hold(intake, [file.size or 0 for file in files if not file.reason], at=at):
        return [Outcome(kinds.label_of(file.label), reason=file.reason or "no_room") for file in files]
    outcomes = receive_files(files, matter=intake.matter, by=by, at=at, on=on)
    if is_stranger:
        taken = [file for file, outcome in zip(files, outcomes, strict=True) if outcome.upload]
        note_held(intake, [file.size or 0 for file in taken])
    return outcomes


def note_held(intake: Intake, sizes: list[int]) -> None:
    """Note that a form holds files of these bytes more."""
    more = megabytes(sizes)
    Intake.objects.filter(pk=intake.pk).update(held=F("held") + more)
    intake.held += more
