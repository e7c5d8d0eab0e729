"""Reads over intakes."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from foundation.accounts.models import Office
from foundation.database.reading import columns, row_from, width
from foundation.vault.keys import have_at_hand
from foundation.vault.opening import open_many
from intake.models import (
    Answer,
    EarlierAnswer,
    Intake,
    Narrative,
    Status,
    Wish,
    WishStatus,
)
from intake.questionnaire.earlier import MOVED, current, join_pages
from intake.questionnaire.page import Page
from intake.questionnaire.path import ASKED, BY_KEY, walk
from intake.told import Saved

REMOVED = {"removed": True}  # what stands on a page whose answer was taken away again
# Whom staff may look at before they sent their form: who said so, or told a caseworker by telephone.
MAY_REACH = Q(may_reach=True) | Q(typed_by__isnull=False)
# The fields of an applicant that together are the name.
NAME = ("given_names", "middle_names", "family_name")


def open_intake(matter_id: Any, *, purpose: str, office: Office | None = None) -> tuple[Intake, Saved] | None:
    """Return this matter's intake and its answers, or None if it is gone or its time is over.

    One query: a started intake has an answer, that of who fills it in. `office` is one that was read already.
    """
    key = as_uuid(matter_id)
    intake, rows = _read(key) if key else (None, [])
    if intake is None or (intake.status == Status.DRAFT and intake.expires_at <= timezone.now()):
        return None
    if office and office.pk == intake.office_id:
        intake.office = office
    return intake, saved_from(intake, rows, purpose=purpose)


def _read(matter_id: uuid.UUID) -> tuple[Intake | None, list[Answer]]:
    """Read a matter's intake with its answers, and its key, which opening them asks for."""
    with connection.cursor() as cursor:
        cursor.execute(_reading(), [matter_id])
        found = cursor.fetchall()
    if not found:
        return None, []
    epoch, blob, *first = found[0][width(Answer) :]
    if epoch is not None:
        have_at_hand(matter_id, epoch=epoch, blob=blob)
    intake = row_from(Intake, first)
    rows = [row_from(Answer, values[: width(Answer)]) for values in found]
    for row in rows:
        row.intake = intake
    return intake, rows


@cache
def _reading() -> str:
    return (
        f"SELECT {columns(Answer, 'a')}, k.recipient_id, k.wrapped, {columns(Intake, 'i')}"  # noqa: S608  our own
        ' FROM "intake_answer" a JOIN "intake_intake" i ON i.id = a.intake_id'
        " LEFT JOIN keys.case_key_wrap k ON k.file_id = a.file_id AND k.recipient_kind = 'kek'"
        " WHERE a.file_id = %s"
    )


def as_uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


def answers_of(intake: Intake, *, purpose: str) -> Saved:
    """Open and return everything saved, branches left aside included.

    What is for the person and their attorney alone is not among it: see `narrative_of`.
    """
    return saved_of([intake], purpose=purpose)[intake.pk]


def saved_of(intakes: Iterable[Intake], *, purpose: str) -> dict[uuid.UUID, Saved]:
    """Open what is saved of several intakes, {intake id: saved}: one record of it, however many they are."""
    listed = list(intakes)
    prefetch_related_objects(listed, "office")
    return _opened(listed, list(Answer.objects.filter(intake__in=listed)), purpose=purpose)


def saved_from(intake: Intake, rows: list[Answer], *, purpose: str) -> Saved:
    """Open what is saved of one intake out of rows that were read already."""
    return _opened([intake], rows, purpose=purpose)[intake.pk]


def _opened(intakes: list[Intake], rows: list[Answer], *, purpose: str) -> dict[uuid.UUID, Saved]:
    opened = open_many(rows, "value", purpose=purpose)
    by_intake: dict[uuid.UUID, list[Answer]] = {intake.pk: [] for intake in intakes}
    for row in rows:
        by_intake[row.intake_id].append(row)
    return {intake.pk: _saved(intake, by_intake[intake.pk], opened) for intake in intakes}


def _written(rows: list[Answer]) -> dict[str, datetime]:
    """Return when each page of today was last saved."""
    written: dict[str, datetime] = {}
    for row in rows:
        page = current(row.page)
        written[page] = max(written.get(page, row.saved_at), row.saved_at)
    return written


def _saved(intake: Intake, rows: list[Answer], opened: Mapping[Any, Any]) -> Saved:
    """Return the opened rows of an intake with the days they were written, as its office counts days."""
    answers = {row.page: opened[row.pk].value for row in rows}
    asked = answers.pop(ASKED, {}).get("asked", [])
    sent = intake.submitted_at
    return Saved(
        current_answers(answers),
        begun=intake.office.today(intake.created_at),
        day=intake.office.today(sent or max([intake.created_at, *(row.saved_at for row in rows)])),
        is_sent=sent is not None,
        asked=frozenset(current(page) for page in asked),
        late=frozenset(
            current(row.page) for row in rows if sent and row.saved_at > sent and row.page != ASKED
        ),
        is_short=intake.is_short,
        written=_written(rows),
        figures=intake.office.own_figures,
    )


def current_answers(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return what stands on the pages of today, of opened rows by the key they were kept under."""
    there = {page: values for page, values in kept.items() if values != REMOVED or page not in MOVED}
    return {page: values for page, values in join_pages(there).items() if values != REMOVED}


def narrative_of(intake: Intake, *, purpose: str) -> dict[str, Mapping[str, Any]]:
    """Open and return {page: {question: value}} of arrests and story, for whoever may read them."""
    rows = list(Narrative.objects.filter(intake=intake))
    opened = open_many(rows, "value", purpose=purpose)
    return {row.page: opened[row.pk].value for row in rows}


def on_path(saved: Saved) -> dict[str, Any]:
    """Return {question: value} of the pages this person was really asked, whatever the day it is read."""
    return walk(saved).values


@dataclass(frozen=True)
class Replaced:
    """An answer that was replaced after it was sent."""

    page: Page
    value: Mapping[str, Any]
    replaced_at: datetime


def replaced_answers(intake: Intake, *, purpose: str) -> list[Replaced]:
    """Open the answers that stood before others took their place, newest first."""
    rows = list(EarlierAnswer.objects.filter(intake=intake).order_by("-replaced_at"))
    opened = open_many(rows, "value", purpose=purpose)
    return [Replaced(BY_KEY[current(row.page)], opened[row.pk].value, row.replaced_at) for row in rows]


def open_wishes(intake: Intake) -> list[Wish]:
    """Return what somebody with the receipt asked for and nobody decided yet, oldest first."""
    return list(intake.wishes.filter(status=WishStatus.OPEN).order_by("asked_at"))


def urgent_drafts(office_id: int) -> list[Intake]:
    """Return urgent forms that were left unfinished and that staff were told of, newest first."""
    left = Intake.objects.filter(
        MAY_REACH, office_id=office_id, status=Status.DRAFT, urgent=True, alerted_at__isnull=False
    )
    return list(left.filter(expires_at__gt=timezone.now()).order_by("-saved_at")[:50])


def full_name(identity: Any) -> str:
    """Return the name as typed, from opened identity fields; never put into a log, a title or a message."""
    return " ".join(part for part in (getattr(identity, name) for name in NAME) if part)
