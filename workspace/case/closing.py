"""How a case ends, as its page says it: what waits for a second person, what was, what may be done."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.access import is_caseworker_of
from cases.closing import closers
from cases.models import Closing
from foundation.accounts.models import Role, User
from foundation.vault.opening import open_many
from workspace.desk import Desk
from workspace.hours.queries import hours_words

PURPOSE = "closing"


@dataclass(frozen=True)
class ClosingLine:
    """One closing, opened; `may_confirm` and `may_drop` while it waits for a second person."""

    id: uuid.UUID
    reason: str
    ended_on: dt.date
    note: str
    papers_returned: bool
    asked_by: str
    asked_at: dt.datetime
    closed_by: str
    closed_at: dt.datetime | None
    reopened_by: str
    reopened_at: dt.datetime | None
    why_reopened: str
    may_confirm: bool
    may_drop: bool


@dataclass(frozen=True)
class ClosingCard:
    """What the case page says of a case's end.

    `asked` waits for a second person, of whom `others` could be one; `before` are earlier closings, newest
    first. `may_ask` and `may_reopen` are for this reader; `hours` is how long people worked on it.
    """

    asked: ClosingLine | None
    others: list[str]
    before: list[ClosingLine]
    may_ask: bool
    may_reopen: bool
    hours: str


def closing_card(desk: Desk) -> ClosingCard:
    """Open what is known of a case's end for one reader."""
    case, user = desk.case, desk.user
    rows = desk.has_closings and list(
        case.closings.filter(dropped_at=None)
        .select_related("case__office", "asked_by", "closed_by", "reopened_by")
        .order_by("-asked_at")
    )
    rows = rows or []
    opened = open_many(rows, "note", "why_reopened", purpose=PURPOSE)
    works, today = is_caseworker_of(user, case), case.office.today(timezone.now())
    lines = [_line(row, opened[row.pk], user=user, works=works, today=today) for row in rows]
    asked = next((line for line in lines if line.closed_at is None), None)
    seconds = next((closers(row, on=today) for row in rows if row.closed_at is None), [])
    others = [one.name for one in seconds] if asked and works else []
    return ClosingCard(
        asked=asked,
        others=others,
        before=[line for line in lines if line.closed_at],
        may_ask=case.is_open and asked is None and (works or user.has_role(Role.ATTORNEY)),
        may_reopen=works and not case.is_open and case.intake.status != "withdrawn",
        hours="" if case.is_open else hours_words(desk.worked),
    )


def _line(row: Closing, opened: Any, *, user: User, works: bool, today: dt.date) -> ClosingLine:
    waits = row.closed_at is None
    return ClosingLine(
        id=row.pk,
        reason=str(row.get_reason_display()),
        ended_on=row.ended_on,
        note=opened.note,
        papers_returned=row.papers_returned,
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        closed_by=row.closed_by.name if row.closed_by else "",
        closed_at=row.closed_at,
        reopened_by=row.reopened_by.name if row.reopened_by else "",
        reopened_at=row.reopened_at,
        why_reopened=opened.why_reopened,
        may_confirm=waits and works and user in closers(row, on=today),
        may_drop=waits and (works or row.asked_by_id == user.pk),
    )
