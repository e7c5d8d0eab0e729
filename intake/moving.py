"""Answers that were kept under pages of before, moved to the pages of today (ADR 35).

Until one is moved it is read where it is (`earlier.join_pages`), so the move may be stopped and started, and
nothing waits for it. A value is sealed to its row: it is opened on record, and sealed anew where it moves to.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from foundation.vault.opening import open_many
from intake.answering import write_page
from intake.models import Answer, Intake
from intake.queries import REMOVED, current_answers
from intake.questionnaire.earlier import JOINED, MOVED, current
from intake.questionnaire.path import ASKED

PURPOSE = "move answers"
BATCH = 100


def move_answers(*, most: int | None = None) -> int:
    """Move the answers of every form, or of so many; return of how many forms they were moved.

    Each form is one transaction. One that somebody is writing just now is left for the next run.
    """
    moved, seen = 0, set[UUID]()
    while most is None or moved < most:
        waiting = _waiting(seen, BATCH if most is None else min(BATCH, most - moved))
        if not waiting:
            return moved
        seen |= set(waiting)
        moved += sum(_move(key) for key in waiting)
    return moved


def left_to_move() -> int:
    """Return how many forms still have answers under pages of before."""
    return Answer.objects.filter(page__in=MOVED).values("intake").distinct().count()


def _waiting(seen: set[UUID], most: int) -> list[UUID]:
    rows = Answer.objects.filter(page__in=MOVED).exclude(intake__in=seen)
    return list(rows.order_by("intake").values_list("intake", flat=True).distinct()[:most])


@transaction.atomic
def _move(key: UUID) -> bool:
    """Move one form's answers; False where it is being written, or was erased meanwhile."""
    held = Intake.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
    if held is None:
        return False
    rows = list(Answer.objects.select_for_update(of=("self",)).filter(intake=held))
    opened = open_many(rows, "value", purpose=PURPOSE)
    kept = {row.page: opened[row.pk].value for row in rows}
    since = {row.page: row.saved_at for row in rows}
    stands = current_answers(kept)
    for page, olds in JOINED.items():
        there = [since[old] for old in olds if old in since]
        if there and page not in kept:
            write_page(Answer, held, page, stands.get(page, REMOVED), at=max(there))
    if ASKED in kept:
        _move_asked(held, kept[ASKED], at=since[ASKED])
    Answer.objects.filter(intake=held, page__in=MOVED).delete()
    return True


def _move_asked(intake: Intake, kept: Mapping[str, Any], *, at: datetime) -> None:
    """Name the pages that had been asked by the keys of today."""
    asked = list(dict.fromkeys(current(page) for page in kept.get("asked", [])))
    write_page(Answer, intake, ASKED, {"asked": asked}, at=at)
