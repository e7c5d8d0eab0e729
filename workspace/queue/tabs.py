"""The tabs of the queue: each is a part of the open cases, with how many there are, up to a bound."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases import codes
from cases.models import Case, WaitsOn
from foundation.accounts.models import User
from foundation.filters import address_of

MOST = 999  # beyond it a tab says "999+": nobody reads that many, and counting them costs as many rows
Cases = QuerySet[Case]


@dataclass(frozen=True)
class Tab:
    """A part of the cases. `tone` says what a number on it means: "" nothing, "warn", "bad"."""

    name: str
    label: Any
    narrow: Callable[[Cases, User, date], Cases]
    tone: str = ""
    is_open: bool = True


def is_overdue(today: date) -> Q:
    """Return what is true of a case of which a day has gone by: a live date, or the day to have looked."""
    return Q(date_place__lt=today) | Q(triaged_at=None, look_by__lt=today)


TABS = {
    tab.name: tab
    for tab in (
        Tab("new", _("New"), lambda cases, _user, _today: cases.filter(triaged_at=None)),
        Tab("mine", _("Mine"), lambda cases, user, _today: cases.filter(caseworker_place=user.pk)),
        Tab(
            "me",
            _("Needs me"),
            lambda cases, user, _today: cases.filter(caseworker_place=user.pk, waits_on=WaitsOn.OFFICE),
            tone="warn",
        ),
        Tab(
            "attorney",
            _("Waits for attorney"),
            lambda cases, _user, _today: cases.filter(waits_on=WaitsOn.ATTORNEY),
        ),
        Tab(
            "person",
            _("Waits for the person"),
            lambda cases, _user, _today: cases.filter(waits_on=WaitsOn.PERSON),
        ),
        Tab(
            "names",
            _("Names not clear"),
            lambda cases, _user, _today: cases.filter(
                codes__overlap=[codes.code(codes.NAMES, one) for one in ("possible", "confirmed")]
            ),
        ),
        Tab(
            "overdue",
            _("Overdue"),
            lambda cases, _user, today: cases.filter(is_overdue(today)),
            tone="bad",
        ),
        Tab("", _("All"), lambda cases, _user, _today: cases),
        Tab("ended", _("Ended"), lambda cases, _user, _today: cases, is_open=False),
    )
}


def in_tab(cases: Cases, tab: Tab, *, user: User, today: date) -> Cases:
    """Return the cases of a tab; of all but one those that are open."""
    return tab.narrow(cases.filter(closed_at__isnull=tab.is_open), user, today)


@dataclass(frozen=True)
class ShownTab:
    """A tab as the page shows it; no `count` on that of what ended."""

    label: str
    address: str
    count: str
    tone: str
    is_current: bool


def shown_tabs(current: str, counts: Mapping[str, int], asked: Mapping[str, Any]) -> list[ShownTab]:
    """Return the tabs with the addresses under which they keep the filters."""
    return [
        ShownTab(
            str(tab.label),
            address_of(asked, tab=tab.name),
            capped(counts[tab.name]) if tab.name in counts else "",
            tab.tone if counts.get(tab.name) else "",
            tab.name == current,
        )
        for tab in TABS.values()
    ]


def capped(count: int) -> str:
    return f"{MOST}+" if count > MOST else str(count)


def count_up_to(base: Cases, parts: Mapping[str, Cases], *, most: int = MOST) -> dict[str, int]:
    """Return how many of the base's cases each part has, up to one more than `most`: one statement for all.

    The base is put into SQL once; of a part, made of all cases, only its condition is.
    """
    sql, params = base.order_by().values("pk").query.sql_with_params()
    counted: list[str] = []
    values: list[Any] = []
    for rows in parts.values():
        text, more = rows.order_by().values("pk").query.sql_with_params()
        _select, _where, condition = text.partition(" WHERE ")
        also = f" AND ({condition})" if condition else ""
        counted.append(f"(SELECT count(*) FROM ({sql}{also} LIMIT {most + 1}) AS part)")  # noqa: S608  ORM's text
        values += [*params, *more]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counted)}", values)
        return dict(zip(parts, cursor.fetchone() or (), strict=True))
