"""How long what nobody's matter holds is kept, by class, as data: operations/data/retention.csv.

A sweep takes a bounded number of rows of each class at a time and says how many are left, so that the first
sweep over years disturbs nobody. A matter's own answers and files are not here: they end with the matter.
"""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.accounts.models import Session
from foundation.events.models import Delivery
from notifications.models import Channel, Message
from operations.models import Kind, Run

FILE = Path(__file__).parent / "data" / "retention.csv"
AT_ONCE = 500
SENT = ~Q(channel=Channel.IN_APP)  # nobody reads it here again


@dataclass(frozen=True)
class Kept:
    """A class of rows: for how many days, within which bounds an office may choose, and why."""

    name: str
    days: int
    least: int
    most: int
    why: str


@cache
def classes() -> dict[str, Kept]:
    """Return every class by its name, as the file lists them."""
    with FILE.open(newline="") as file:
        rows = [
            Kept(r["class"], int(r["days"]), int(r["least"]), int(r["most"]), r["why"])
            for r in csv.DictReader(file)
        ]
    return {row.name: row for row in rows}


def due(name: str, *, at: datetime) -> QuerySet[Any]:
    """Return the rows of a class that were kept for as long as they had to be."""
    before = at - timedelta(days=classes()[name].days)
    rows: dict[str, QuerySet[Any]] = {
        "sessions": Session._base_manager.filter(expire_date__lt=before),
        "deliveries": Delivery._base_manager.filter(done_at__lt=before),
        "messages": Message._base_manager.filter(
            Q(read_at__lt=before) | SENT & Q(sent_at__lt=before), next_try_at=None
        ),
        "runs": Run._base_manager.filter(begun_at__lt=before),
    }
    return rows[name]


def sweep(*, at: datetime) -> dict[str, dict[str, int]]:
    """Let go of what is due of each class, so many rows at most, and note how many and what is left."""
    done = {name: _sweep(name, at=at) for name in classes()}
    if any(figures["gone"] for figures in done.values()):
        with transaction.atomic():
            Run.objects.create(kind=Kind.RETENTION, begun_at=at, ended_at=timezone.now(), figures=done)
    return done


@transaction.atomic
def _sweep(name: str, *, at: datetime) -> dict[str, int]:
    rows = due(name, at=at)
    taken = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    gone = rows.model._base_manager.filter(pk__in=taken).delete()[0] if taken else 0
    return {"gone": gone, "left": due(name, at=at).count() if len(taken) == AT_ONCE else 0}
