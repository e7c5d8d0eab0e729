"""The board as one practitioner reads it, and who asked for a case."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from cases.models import Case, Track
from cases.words import DEADLINES
from foundation.accounts.models import User
from foundation.badges import Badge
from foundation.states import STATES
from intake.words import spoken_words
from referrals.board_models import WAITS
from referrals.data import REGIONS
from referrals.models import Brings, Hours, HowInterestEnded, Interest, Practitioner, WhyNot
from referrals.summary_queries import CUSTODY, DateAhead, when
from screening.models import Band

NEW = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    """One row as the database gives it: plain codes alone, and whether this practitioner asked for it."""

    id: uuid.UUID
    queue: str
    track: str
    band: str
    language: str
    region: str
    state: str
    custody: str
    is_child: bool | None
    date_key: str
    date_from: date | None
    date_until: date | None
    hours: str
    brings: list[str]
    listed_at: datetime
    is_open: bool
    said_at: datetime | None
    ended_at: datetime | None
    ended_how: str | None
    why_not: str | None


COLUMNS = ", ".join(field.name for field in fields(Told))
OWN = f"SELECT {COLUMNS} FROM sec.board() ORDER BY listed_at DESC, id"  # noqa: S608  columns of ours alone
OF_ANYBODY = f"SELECT {COLUMNS} FROM sec.board_of(%s)"  # noqa: S608  columns of ours alone


@dataclass(frozen=True)
class BoardLine:
    """One case of the board in words; `mine`: how it stands that this practitioner asked for it."""

    id: uuid.UUID
    words: str
    about: str
    band: Badge
    queue: str
    next_date: str
    help: str
    is_new: bool
    is_open: bool
    mine: Badge | None
    why_not: str
    is_asked: bool


@dataclass(frozen=True)
class Board:
    """What somebody can ask for, the newest on top, and what they asked for; `browses` as they chose."""

    rows: list[BoardLine]
    mine: list[BoardLine]
    of: int
    browses: bool


def told_to(user: User) -> list[Told]:
    """Ask the database for the board of the bound user, the newest on top."""
    return _told(OWN, [])


def new_on_board(user: User, at: datetime) -> int:
    """Return how many came onto somebody's board within a week that they did not ask for."""
    rows = _told(OF_ANYBODY, [user.pk])
    return sum(one.is_open and one.said_at is None and one.listed_at > at - NEW for one in rows)


def _told(sql: str, values: list[Any]) -> list[Told]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Told(*row) for row in cursor.fetchall()]


def board_of(user: User, *, narrowed: Any, at: datetime) -> Board:
    """Return somebody's board; `narrowed` lets through what its filters ask for."""
    told = told_to(user)
    open_ones = [one for one in told if one.is_open and not _is_asked(one)]
    one = Practitioner.objects.filter(user=user).first()
    return Board(
        rows=[_line(each, at=at) for each in narrowed(open_ones)],
        mine=[_line(each, at=at) for each in told if each.said_at],
        of=len(open_ones),
        browses=one is not None and one.browses,
    )


def _is_asked(one: Told) -> bool:
    return one.said_at is not None and one.ended_at is None


def _line(one: Told, *, at: datetime) -> BoardLine:
    place = str(STATES.get(one.state, one.state))
    ages = {True: _("under 18"), False: _("adult"), None: ""}
    about = (ages[one.is_child], str(CUSTODY.get(one.custody, "")), place, _hours(one.hours))
    words = (
        str(REGIONS.get(one.region, "")),
        spoken_words(one.language) if one.language else "",
        str(Track(one.track).label),
    )
    return BoardLine(
        id=one.id,
        words=_joined(words),
        about=_joined(about),
        band=Band(one.band).badge,
        queue=one.queue,
        next_date=_next_date(one),
        help=", ".join(str(Brings(code).label) for code in one.brings),
        is_new=one.listed_at > at - NEW,
        is_open=one.is_open,
        mine=_state(one),
        why_not=str(WhyNot(one.why_not).label) if one.why_not else "",
        is_asked=_is_asked(one),
    )


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _hours(code: str) -> str:
    return str(Hours(code).label) if code else ""


def _next_date(one: Told) -> str:
    if not one.date_from or not one.date_key:
        return ""
    label = str(DEADLINES.get(one.date_key, one.date_key))
    return f"{when(DateAhead(label, one.date_from, one.date_until))} · {label}"


def _state(one: Told) -> Badge | None:
    if one.said_at is None:
        return None
    return HowInterestEnded(one.ended_how).badge if one.ended_how else Badge(*WAITS)


# --- the caseworker's side ------------------------------------------------------------------------


def asked_for(case: Case) -> set[int]:
    """Return who asks for a case now, by the ids of the practitioners."""
    return set(
        Interest.objects.filter(referral__case=case, ended_at=None).values_list("practitioner", flat=True)
    )


def interests_of(case: Case) -> list[Interest]:
    """Return who asked for a case, those who wait for an answer first, then the newest."""
    rows = Interest.objects.filter(referral__case=case).select_related("practitioner__user", "ended_by")
    return sorted(rows.order_by("-said_at"), key=lambda one: one.ended_at is not None)
