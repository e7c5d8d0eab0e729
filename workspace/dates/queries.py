"""The dates of a case as its pages show them: opened, in words, with their history."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cases.access import may_change_dates
from cases.dates import day_of
from cases.models import LIVE, Case, Deadline, DeadlineChange, DeadlineStatus, Happened
from cases.words import CONFIDENCE, DEADLINES, input_words, reason_words, value_words
from foundation.accounts.models import User
from foundation.badges import Badge
from foundation.vault.opening import open_many, open_one
from intake.queries import NAME, full_name
from workspace.head import Head, head_of

PURPOSE = "dates page"


@dataclass(frozen=True)
class ChangeLine:
    """One change of a date, opened: what happened, why, by whom; `is_news`: it is the first."""

    words: str
    is_news: bool
    reasons: list[str]
    before: str
    after: str
    note: str
    who: str
    at: dt.datetime


@dataclass(frozen=True)
class Shown:
    """One date of a case, opened, with what may be done to it; `date` is None until a court sets it."""

    id: uuid.UUID
    key: str
    label: str
    is_for_lawyer: bool
    status: Badge
    is_confirmed: bool
    is_live: bool
    is_gone: bool
    can_confirm: bool
    can_reopen: bool
    date: dt.date | None
    unmoved: dt.date | None
    is_passed: bool
    note: str
    inputs: list[tuple[str, str]]
    rule: str
    citation: str
    confidence: str
    changes: list[ChangeLine]


def dates_of(case: Case, *, purpose: str, today: date, with_history: bool = False) -> list[Shown]:
    """Open a case's dates, those without a day last: one record, however many they are."""
    rows = list(case.deadlines.select_related("decided_by"))
    opened = open_many(rows, "hidden", "inputs", "note", purpose=purpose)
    changes = _changes_of(rows, purpose=purpose) if with_history else {}
    dates = [_shown(row, opened[row.pk], changes.get(row.pk, []), today) for row in rows]
    return sorted(dates, key=lambda shown: (shown.date or date.max, shown.key))


def _shown(row: Deadline, plain: Any, changes: list[ChangeLine], today: date) -> Shown:
    hidden = plain.hidden or {}
    unmoved = date.fromisoformat(hidden["unmoved_date"]) if hidden.get("unmoved_date") else row.unmoved_date
    day, status = day_of(row, plain), DeadlineStatus(row.status)
    return Shown(
        id=row.pk,
        key=row.key,
        label=row.label,
        is_for_lawyer=row.audience == "lawyer",
        status=status.badge,
        is_confirmed=status == DeadlineStatus.CONFIRMED,
        is_live=status in LIVE,
        is_gone=status == DeadlineStatus.GONE,
        can_confirm=status == DeadlineStatus.OPEN,
        can_reopen=status not in (DeadlineStatus.OPEN, DeadlineStatus.GONE),
        date=day,
        unmoved=unmoved if unmoved != day else None,
        is_passed=status in LIVE and day is not None and day < today,
        note=plain.note or "",
        inputs=[(str(label), value) for label, value in input_words(plain.inputs)],
        rule=row.rule,
        citation=row.citation,
        confidence=str(CONFIDENCE["ordered"]) if "judge_dates" in plain.inputs else row.confidence_words,
        changes=changes,
    )


@dataclass(frozen=True)
class DateLine:
    """One date of the case page: what is due, when, by which rule, how sure."""

    label: str
    is_for_lawyer: bool
    confirmed: Badge | None
    date: dt.date | None
    is_passed: bool
    citation: str
    confidence: str
    note: str


def date_lines(case: Case, *, today: date) -> list[DateLine]:
    """Open the dates of a case that somebody works towards."""
    return [
        DateLine(
            shown.label,
            shown.is_for_lawyer,
            replace(shown.status, icon="check") if shown.is_confirmed else None,
            shown.date,
            shown.is_passed,
            shown.citation,
            shown.confidence,
            shown.note,
        )
        for shown in dates_of(case, purpose="case page", today=today)
        if shown.is_live
    ]


def _changes_of(rows: Iterable[Deadline], *, purpose: str) -> dict[Any, list[ChangeLine]]:
    changes = list(DeadlineChange.objects.filter(deadline__in=list(rows)).order_by("-at", "kind"))
    opened = open_many(changes, "days", "note", purpose=purpose)
    names = names_of(change.actor for change in changes)
    by_date: dict[Any, list[ChangeLine]] = {}
    for change in changes:
        plain = opened[change.pk]
        days = plain.days or {}
        by_date.setdefault(change.deadline_id, []).append(
            ChangeLine(
                change.get_kind_display(),
                change.kind == Happened.APPEARED,
                [str(reason) for reason in reason_words(change.reasons)],
                value_words(days["from"]) if days.get("from") else "",
                value_words(days["to"]) if days.get("to") else "",
                plain.note,
                names.get(change.actor, ""),
                change.at,
            )
        )
    return by_date


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Return {"user:7": name} of the people among those who acted."""
    ids = {int(actor.removeprefix("user:")) for actor in actors if actor.startswith("user:")}
    return {f"user:{user.pk}": user.name for user in User.objects.filter(pk__in=ids)}


@dataclass(frozen=True)
class Ordered:
    """A judge's date, opened; who entered it, who took it back: `removed_at` is None while it stands."""

    id: uuid.UUID
    label: str
    date: dt.date
    source: str
    set_by: str
    set_at: dt.datetime
    removal: str
    removed_by: str
    removed_at: dt.datetime | None


@dataclass(frozen=True)
class DatesPage:
    """All dates of a case: those to work to, those settled, those that no longer apply, and judges' dates."""

    head: Head
    live: list[Shown]
    settled: list[Shown]
    gone: list[Shown]
    ordered: list[Ordered]
    can_change: bool


def dates_page(case: Case, *, user: User, at: dt.datetime) -> DatesPage:
    """Return a case's page of dates for one reader."""
    dates = dates_of(case, purpose=PURPOSE, today=case.office.today(at), with_history=True)
    identity = open_one(case.applicant, *NAME, purpose=PURPOSE)
    return DatesPage(
        head=head_of(case, full_name(identity)),
        live=[shown for shown in dates if shown.is_live],
        settled=[shown for shown in dates if not shown.is_live and not shown.is_gone],
        gone=[shown for shown in dates if shown.is_gone],
        ordered=_ordered(case),
        can_change=may_change_dates(user, case),
    )


def _ordered(case: Case) -> list[Ordered]:
    rows = list(case.judge_dates.select_related("set_by", "removed_by"))
    opened = open_many(rows, "source", "removal", purpose=PURPOSE)
    return [
        Ordered(
            row.pk,
            str(DEADLINES.get(row.replaces, row.replaces)),
            row.date,
            opened[row.pk].source,
            row.set_by.name,
            row.set_at,
            opened[row.pk].removal,
            row.removed_by.name if row.removed_by else "",
            row.removed_at,
        )
        for row in rows
    ]
