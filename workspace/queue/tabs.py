"""The tabs of the queue: each is a part of the open cases, with how many there are, up to a bound."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from django.core.cache import cache
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases import codes
from cases.models import Case, WaitsOn
from foundation.accounts.models import User
from foundation.filters import address_of
from intake.bursts import in_burst

MOST = 999  # beyond it a tab says "999+": nobody reads that many, and counting them costs as many rows
REMEMBERED = 300  # seconds that a part beyond the bound counts as beyond it
Cases = QuerySet[Case]
Condition: TypeAlias = tuple[str, tuple[Any, ...]]  # as the ORM writes it, and its values


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


@lru_cache(maxsize=4096)
def condition_of_tab(name: str, user_id: int, today: date) -> Condition:
    """Return what is true of the cases of a tab of open ones, for somebody on a day."""
    return condition_of(TABS[name].narrow(Case.objects.all(), User(pk=user_id), today))


@lru_cache(maxsize=512)
def condition_of_bursts(office_id: int) -> Condition:
    """Return what is true of cases whose forms came in a burst and are not put aside."""
    return condition_of(Case.objects.filter(intake__in=in_burst(office_id).order_by()))


def condition_of(rows: Cases) -> Condition:
    """Return the condition alone of cases that were narrowed from all; of all it is true."""
    sql, params = _sql(rows)
    return sql.partition(" WHERE ")[2] or "true", params


def count_up_to(base: Cases, parts: Mapping[str, Condition], *, key: str, most: int = MOST) -> dict[str, int]:
    """Return how many of the base's cases each part has, up to one more than `most`.

    Where the base is no longer than that, one pass counts every part. Of a longer one each part is counted
    alone, but for those that were beyond the bound a few minutes ago: "999+" is not looked at again.
    """
    if not parts:
        return {}
    many = _known_beyond(key, parts)
    if not many:
        total, *counts = _in_one_pass(base, parts, most)
        if total <= most:
            return dict(zip(parts, counts, strict=True))
    left = {name: rows for name, rows in parts.items() if name not in many}
    counted = _each_alone(base, left, most) if left else {}
    beyond = {_key(key, name): True for name, count in counted.items() if count > most}
    cache.set_many(beyond, REMEMBERED)
    return dict.fromkeys(many, most + 1) | counted


def _key(key: str, name: str) -> str:
    return f"queue:beyond:{key}:{name}"


def _known_beyond(key: str, parts: Mapping[str, Condition]) -> set[str]:
    known = cache.get_many([_key(key, name) for name in parts])
    return {name for name in parts if _key(key, name) in known}


def _in_one_pass(base: Cases, parts: Mapping[str, Condition], most: int) -> list[int]:
    """Count the first cases of the base, and how many of them each part has."""
    sql, params = _sql(base)
    filters = [f"count(*) FILTER (WHERE {text})" for text, _more in parts.values()]
    values = [value for _text, more in parts.values() for value in more]
    every = f'SELECT "cases_case".* FROM {sql.partition(" FROM ")[2]} LIMIT {most + 1}'  # noqa: S608  ORM's text
    return _asked(f'SELECT count(*), {", ".join(filters)} FROM ({every}) AS "cases_case"', [*values, *params])  # noqa: S608


def _each_alone(base: Cases, parts: Mapping[str, Condition], most: int) -> dict[str, int]:
    sql, params = _sql(base)
    counts, values = [], []
    for text, more in parts.values():
        counts.append(f"(SELECT count(*) FROM ({sql} AND ({text}) LIMIT {most + 1}) AS part)")  # noqa: S608
        values += [*params, *more]
    return dict(zip(parts, _asked(f"SELECT {', '.join(counts)}", values), strict=True))


def _sql(rows: Cases) -> tuple[str, tuple[Any, ...]]:
    sql, params = rows.order_by().values("pk").query.sql_with_params()
    return sql, tuple(params)


def _asked(sql: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchone() or ())
