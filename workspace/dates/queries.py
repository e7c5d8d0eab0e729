"""The dates of a case as its pages show them: opened, in words, with their history."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext

from cases.data import Rule, deadline_rules, fee_on
from cases.dates import days_of
from cases.law import latest_checks
from cases.looking import Upcoming, upcoming_of
from cases.models import LIVE, Case, Deadline, DeadlineChange, DeadlineStatus, Happened, LawCheck
from cases.next_words import DO
from cases.rules.engine import status_of
from cases.words import CONFIDENCE, DEADLINES, KINDS, input_words, reason_words, value_words
from foundation.accounts.models import Role, User
from foundation.badges import Badge
from foundation.vault.opening import open_many
from workspace.dates.year import YEAR, told_about_year
from workspace.desk import Desk, steps_on
from workspace.head import Head, head_of
from workspace.when import When, when_of

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


# What each kind of date looks like; the words stand in cases/words.py.
KIND_ICONS = {
    "last_day": "flag",
    "safe_day": "shield",
    "first_day": "opens",
    "other_side": "gavel",
    "event": "gavel",
}
SURE = ("low", "medium", "high")


@dataclass(frozen=True)
class Shown:
    """One date of a case, opened, with what may be done to it; `date` is None until a court sets it.

    `latest` is the last day it can mean, None where that is `date` itself. `law` is what the law files say of
    the row, and who of the office checked it, as (label, words). `dots`: three, as many true as it is sure.
    `told` is what the person told that bears on the date, as (question, answer).
    """

    id: uuid.UUID
    key: str
    anchor: str
    label: str
    when: When
    kind: Badge
    to_do: str
    is_for_lawyer: bool
    status: Badge
    is_confirmed: bool
    is_live: bool
    is_gone: bool
    can_confirm: bool
    can_reopen: bool
    date: dt.date | None
    latest: dt.date | None
    unmoved: dt.date | None
    why_no_day: str
    note: str
    counted_from: str
    inputs: list[tuple[str, str]]
    law: list[tuple[str, str]]
    citation: str
    confidence: str
    dots: list[bool]
    checked_by: str
    checked_at: dt.datetime | None
    changes: list[ChangeLine]
    told: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sort_day(self) -> dt.date:
        return self.date or dt.date.max


def dates_of(case: Case, *, purpose: str, today: date, with_history: bool = False) -> list[Shown]:
    """Open a case's dates, those without a day last: one record, however many they are."""
    rows = list(case.deadlines.select_related("decided_by"))
    opened = open_many(rows, "hidden", "inputs", "note", purpose=purpose)
    changes = _changes_of(rows, purpose=purpose) if with_history else {}
    checks = latest_checks(case.office) if with_history else {}
    shown = [
        _shown(row, opened[row.pk], changes.get(row.pk, []), today, check=checks.get(row.key)) for row in rows
    ]
    return sorted(shown, key=lambda each: (each.when.tone == "opens", each.sort_day, each.key))


def _shown(
    row: Deadline, plain: Any, changes: list[ChangeLine], today: date, *, check: LawCheck | None
) -> Shown:
    days, status = days_of(row, plain), DeadlineStatus(row.status)
    stands = status_of(days.date, on=today, latest=days.latest, kind=row.kind, key=row.key)
    ordered = "judge_dates" in plain.inputs
    sure = "ordered" if ordered else row.confidence
    if check and not check.still_right:
        sure = "low"
    return Shown(
        id=row.pk,
        key=row.key,
        anchor=f"{row.key}-{row.order_ref}" if row.order_ref else row.key,
        label=row.label,
        when=when_of(days.date, stands, kind=row.kind, today=today, latest=days.latest),
        kind=Badge(str(KINDS.get(row.kind, "")), icon=KIND_ICONS.get(row.kind, "clock")),
        to_do=str(DO.get(row.key, "")),
        is_for_lawyer=row.audience == "lawyer",
        status=status.badge,
        is_confirmed=status == DeadlineStatus.CONFIRMED,
        is_live=status in LIVE,
        is_gone=status == DeadlineStatus.GONE,
        can_confirm=status == DeadlineStatus.OPEN,
        can_reopen=status not in (DeadlineStatus.OPEN, DeadlineStatus.GONE),
        date=days.date,
        latest=days.latest if days.latest != days.date else None,
        unmoved=days.unmoved if days.unmoved != days.date else None,
        why_no_day=gettext("set by the court"),
        note=plain.note or "",
        counted_from=", ".join(str(label) for label, _value in input_words(plain.inputs)),
        inputs=[(str(label), value) for label, value in input_words(plain.inputs)],
        law=law_words(row, day=max(days.date or today, today), check=check),
        citation=row.citation,
        confidence=str(CONFIDENCE.get(sure, sure)),
        dots=[SURE.index(sure) >= place if sure in SURE else ordered for place in range(3)],
        checked_by=row.decided_by.name if row.decided_by else "",
        checked_at=row.decided_at,
        changes=changes,
    )


def law_words(row: Deadline, *, day: date, check: LawCheck | None) -> list[tuple[str, str]]:
    """Return what the law files say of a row, as (label, words): the rule, how and where to file, the fee
    on a day. What an attorney of the office checked stands in place of what the file says was checked.
    """
    rule = deadline_rules().get(row.key)
    said = [(gettext("Rule"), row.rule), (gettext("Where it is written"), row.citation)]
    if rule:
        said += [
            (gettext("What counts as filed"), rule.filed_when),
            (gettext("When it applies"), rule.applies_when),
            (gettext("Where to file"), rule.file_where),
            (gettext("Fee on that day"), "; ".join(fee_words(key, day) for key in rule.fees)),
            (gettext("What makes it no filing"), rule.no_filing),
            (gettext("Looked at by a lawyer"), office_words(check) if check else checked_words(rule)),
        ]
    return [(label, words) for label, words in said if words]


def checked_words(rule: Rule) -> str:
    if rule.checked is None:
        return gettext("not checked")
    return f"{rule.checked.on:%Y-%m-%d}, {rule.checked.by}: {rule.checked.against}"


def office_words(check: LawCheck) -> str:
    """Return what an attorney of the office found, with the day and the page it was held against."""
    words = f"{check.checked_on:%Y-%m-%d}, {check.checked_by.name}: {check.against}"
    return words if check.still_right else f"{words} – {gettext('must be changed')}"


def fee_words(key: str, day: date) -> str:
    """Return a fee in words as of the day of filing: "Appeal to the Board: $1,010"."""
    fee = fee_on(key, day)
    return f"{fee.name}: ${fee.amount_usd:,}" if fee else f"{key}: {gettext('not known')}"


@dataclass(frozen=True)
class DateLine:
    """One date of the case page: what is due, when, by which rule, how sure."""

    label: str
    when: When
    kind: Badge
    to_do: str
    is_for_lawyer: bool
    confirmed: Badge | None
    date: dt.date | None
    citation: str
    confidence: str


def date_lines(case: Case, *, today: date) -> list[DateLine]:
    """Open the dates of a case that somebody works towards."""
    return [
        DateLine(
            each.label,
            each.when,
            each.kind,
            each.to_do,
            each.is_for_lawyer,
            replace(each.status, icon="check") if each.is_confirmed else None,
            each.date,
            each.citation,
            each.confidence,
        )
        for each in dates_of(case, purpose="case page", today=today)
        if each.is_live
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
    """A judge's date, opened; who entered it, who took it back: `removed_at` is None while it stands.

    `is_on_file`: the order itself is in our files, so that a later date may replace the rule's.
    """

    id: uuid.UUID
    label: str
    date: dt.date
    is_on_file: bool
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
    upcoming: Upcoming | None
    can_change: bool


def dates_page(desk: Desk) -> DatesPage:
    """Return a case's tab of dates for one reader."""
    case, user = desk.case, desk.user
    dates = dates_of(case, purpose=PURPOSE, today=desk.today, with_history=True)
    if any(shown.key in YEAR for shown in dates):
        told = told_about_year(desk.saved, story_waits=desk.story_waits)
        dates = [replace(shown, told=told) if shown.key in YEAR else shown for shown in dates]
    return DatesPage(
        head=head_of(case, desk.person),
        live=[shown for shown in dates if shown.is_live],
        settled=[shown for shown in dates if not shown.is_live and not shown.is_gone],
        gone=[shown for shown in dates if shown.is_gone],
        ordered=_ordered(case),
        upcoming=upcoming_of([case], on=desk.today, purpose=PURPOSE, steps=steps_on(desk)).get(case.pk),
        can_change=case.is_open and user.has_role(Role.CASEWORKER, Role.ATTORNEY),
    )


def _ordered(case: Case) -> list[Ordered]:
    rows = list(case.judge_dates.select_related("set_by", "removed_by"))
    opened = open_many(rows, "source", "removal", purpose=PURPOSE)
    return [
        Ordered(
            row.pk,
            str(DEADLINES.get(row.replaces, row.replaces)),
            row.date,
            row.on_file,
            opened[row.pk].source,
            row.set_by.name,
            row.set_at,
            opened[row.pk].removal,
            row.removed_by.name if row.removed_by else "",
            row.removed_at,
        )
        for row in rows
    ]
