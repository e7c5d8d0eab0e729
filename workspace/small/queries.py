"""Small tasks in words: what waits for a helper, what they took, and how those of a case stand."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _lazy

from cases.models import Case
from casework.actions import Can
from casework.models import SmallKind, SmallStatus, SmallTask
from foundation.accounts.models import Role, User
from foundation.badges import Badge
from intake.words import spoken_words
from referrals.models import Practitioner

AMOUNTS: dict[str, Any] = {
    SmallKind.TRANSLATION: _lazy("pages: %(n)s"),
    SmallKind.INTERPRETING: _lazy("hours: %(n)s"),
    SmallKind.REVIEW: _lazy("pages: %(n)s"),
}
SHOWN = 50


@dataclass(frozen=True)
class SmallLine:
    """One small task in words; `who`: who took it, `until`: the last day they have."""

    id: uuid.UUID
    words: str
    about: str
    due_on: date
    days: int
    state: Badge
    who: str
    until: date | None
    is_open: bool


@dataclass(frozen=True)
class SmallTasks:
    """What a helper can take, the first due on top, and what they took."""

    waiting: list[SmallLine]
    mine: list[SmallLine]


def can_of(user: User) -> Can:
    """Return what somebody can help with; of an assistant nobody wrote down the languages."""
    row = Practitioner.objects.filter(user=user).first() if user.has_role(Role.ATTORNEY) else None
    if row is None:
        return Can(languages=None if user.has_role(Role.ASSISTANT) else (), reviews=False)
    return Can(languages=row.languages, reviews=row.verified_at is not None)


def small_tasks_of(user: User) -> SmallTasks:
    """Return what waits for a helper of an office, and what they took."""
    can = can_of(user)
    rows = SmallTask.objects.filter(office=user.office_id).select_related("office", "taker")
    waiting = rows.filter(status=SmallStatus.OFFERED).order_by("due_on", "asked_at")[:SHOWN]
    mine = rows.filter(status=SmallStatus.TAKEN, taker=user).order_by("back_at")
    return SmallTasks([_line(one) for one in waiting if can.fits(one)], [_line(one) for one in mine])


def small_tasks_of_case(case: Case) -> list[SmallLine]:
    """Return the small tasks of a case, the newest on top."""
    rows = SmallTask.objects.filter(case=case).select_related("office", "taker").order_by("-asked_at")
    return [_line(one) for one in rows[:SHOWN]]


def _line(one: SmallTask) -> SmallLine:
    language = str(spoken_words(one.language)) if one.language else ""
    about = (language, str(AMOUNTS[one.kind]) % {"n": one.amount})
    state = SmallStatus(one.status)
    is_lapsing = one.status == SmallStatus.TAKEN and one.back_at is not None
    return SmallLine(
        id=one.pk,
        words=str(SmallKind(one.kind).label),
        about=" · ".join(part for part in about if part),
        due_on=one.due_on,
        days=one.days,
        state=state.badge,
        who=one.taker.name if one.taker else "",
        # back_at is the midnight after the last day
        until=_day_before(one) if is_lapsing else None,
        is_open=state in (SmallStatus.OFFERED, SmallStatus.TAKEN),
    )


def _day_before(one: SmallTask) -> date | None:
    return one.office.today(one.back_at - timedelta(seconds=1)) if one.back_at else None
