"""How long what nobody's matter holds is kept, by class, as data: operations/data/retention.csv.

KEPT_DAYS of the environment chooses other days within the bounds of the file. A sweep takes a bounded number
of rows of each class at a time and says how many are left, so that a first sweep over years disturbs nobody.
A matter's own answers and files are not here, but for a file's original: they end with the matter.
"""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from cases.models import Case
from foundation.accounts.models import Office, Session
from foundation.events import letting_go
from foundation.events.ledger import record
from foundation.events.models import Delivery
from foundation.files.actions import remove_file
from foundation.files.models import Status, StoredFile, Upload
from notifications.models import Channel, Message
from operations.models import Kind, Run

FILE = Path(__file__).parent / "data" / "retention.csv"
AT_ONCE, READINGS = 500, 20_000  # rows; a busy day of an office has some thousand readings
SENT = ~Q(channel=Channel.IN_APP)  # nobody reads it here again


@dataclass(frozen=True)
class Kept:
    """A class of rows: for how many days, within which bounds an office may choose, and why."""

    name: str
    days: int
    least: int
    most: int
    why: str


class BadChoice(RuntimeError):
    """KEPT_DAYS says what cannot be; the message says what can."""


@cache
def classes() -> dict[str, Kept]:
    """Return every class by its name, as the file lists them."""
    with FILE.open(newline="") as file:
        rows = [
            Kept(r["class"], int(r["days"]), int(r["least"]), int(r["most"]), r["why"])
            for r in csv.DictReader(file)
        ]
    return {row.name: row for row in rows}


def days_of(name: str) -> int:
    """Return for how many days a class is kept here; 0 where it goes with something else."""
    return chosen().get(name, classes()[name].days)


def chosen() -> dict[str, int]:
    """Return what KEPT_DAYS chooses: "originals=365 messages=200". Raises BadChoice."""
    found = {}
    for word in settings.KEPT_DAYS.replace(",", " ").split():
        name, _equals, days = word.partition("=")
        kept = classes().get(name)
        if kept is None:
            raise BadChoice(f"KEPT_DAYS names {name}; there is {', '.join(classes())}.")
        if not days.isdecimal() or not kept.least <= int(days) <= kept.most:
            raise BadChoice(f"KEPT_DAYS: {name} is kept from {kept.least} to {kept.most} days.")
        found[name] = int(days)
    return found


def _originals(before: datetime) -> QuerySet[Any]:
    """Files just as they were sent that have a safe copy, of matters nobody put on hold."""
    held = Case._base_manager.filter(legal_hold=True).values("matter_id")
    copied = Upload._base_manager.filter(status=Status.REBUILT, rebuilt__isnull=False).values("original_id")
    rows = StoredFile._base_manager.filter(pk__in=copied, quarantined=True, stored_on__lt=before.date())
    return rows.exclude(matter_id__in=held)


def due(name: str, *, at: datetime) -> QuerySet[Any]:
    """Return the rows of a class that were kept for as long as they had to be."""
    before = at - timedelta(days=days_of(name))
    rows: dict[str, QuerySet[Any]] = {
        "sessions": Session._base_manager.filter(expire_date__lt=before),
        "deliveries": Delivery._base_manager.filter(done_at__lt=before),
        "messages": Message._base_manager.filter(
            Q(read_at__lt=before) | SENT & Q(sent_at__lt=before), next_try_at=None
        ),
        "runs": Run._base_manager.filter(begun_at__lt=before),
        "originals": _originals(before),
        "readings": letting_go.due(before=before),
    }
    return rows[name]


def sweep(*, at: datetime) -> dict[str, dict[str, int]]:
    """Let go of what is due of each class, so many rows at most, and note how many and what is left."""
    done = {name: _sweep(name, at=at) for name in classes() if days_of(name)}
    if any(figures["gone"] for figures in done.values()):
        with transaction.atomic():
            Run.objects.create(kind=Kind.RETENTION, begun_at=at, ended_at=timezone.now(), figures=done)
    return done


@transaction.atomic
def _sweep(name: str, *, at: datetime) -> dict[str, int]:
    rows = due(name, at=at)
    if name == "readings":
        before = at - timedelta(days=days_of(name))
        gone = letting_go.let_go(
            before=before, most=READINGS, offices=Office.objects.all(), by="system:retention", at=at
        )
        return {"gone": gone, "left": due(name, at=at).aggregate(left=Sum("count"))["left"] or 0}
    taken = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    gone = len(taken)
    if taken and name == "originals":
        _let_go_of_originals(taken, at=at)
    elif taken:
        gone = rows.model._base_manager.filter(pk__in=taken).delete()[0]
    return {"gone": gone, "left": due(name, at=at).count() if len(taken) == AT_ONCE else 0}


def _let_go_of_originals(taken: list[Any], *, at: datetime) -> None:
    """Remove these files, each on its matter's record; the safe copy stays."""
    for upload in Upload._base_manager.filter(original_id__in=taken).select_related("original"):
        record("operations.original_let_go", upload, by="system:retention", at=at)
        if upload.original:
            remove_file(upload.original)
