"""The dates of a case, worked out again, with the history of what moved and why."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count
from typing import Any

from django.db import transaction

from cases import rules
from cases.facts import Known, deadline_facts_of, known_of
from cases.models import (
    LIVE,
    Case,
    Deadline,
    DeadlineChange,
    DeadlineStatus,
    Happened,
)
from cases.rules import DeadlineFacts, Decision, DueDate, Made, reasons_between, reasons_gone
from foundation.accounts.matters import part_of
from foundation.events.ledger import actor_of, record
from foundation.vault.opening import open_many

SEALED = ("hidden", "inputs", "note")
FIELDS = ("name", "kind", "rule", "citation", "confidence", "audience", "inputs", "note")
DAYS = ("date", "latest", "unmoved_date")

# Which row of a case: its rule, and which order it is counted from ("" where there is one or none).
RowKey = tuple[str, str]


@dataclass(frozen=True)
class Days:
    """The days of one row, also where they are kept sealed: see `DueDate`."""

    date: dt.date | None
    latest: dt.date | None
    unmoved: dt.date | None


@dataclass(frozen=True)
class NewChange:
    """A change of a date, still to be written down."""

    row: RowKey
    kind: str
    reasons: list[str]
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True)
class Plan:
    """What a recount comes to: the dates now, which rows differ from what is kept, the changes between."""

    due: dict[RowKey, DueDate]
    changed: set[RowKey]
    changes: list[NewChange]


def plan_for(
    kept: Mapping[RowKey, tuple[Deadline, Made, str]],
    facts: DeadlineFacts,
    *,
    orders: Mapping[str, Decision],
    on: date,
    is_new: bool = False,
) -> Plan:
    """Compare the dates that follow from the facts with those kept: {row: (row, what made it, its note)}."""
    due = by_row(rules.case_dates(facts, on=on), orders)
    changed: set[RowKey] = set()
    changes: list[NewChange] = []
    for which, date_now in due.items():
        if which not in kept:
            changed.add(which)
            appeared = NewChange(which, Happened.APPEARED, _new_reasons(date_now), None, date_now.date)
            changes += [] if is_new else [appeared]
            continue
        row, made, note = kept[which]
        now = made_of(date_now)
        if now != made or date_now.note != note or row.status == DeadlineStatus.GONE:
            changed.add(which)
            changes += _between(which, row, made, now)
    for which, (row, made, _note) in kept.items():
        if which not in due and row.status in LIVE:
            reasons = reasons_gone(which[0], made.inputs, facts, on=on)
            changes.append(NewChange(which, Happened.GONE, reasons, made.day, None))
    return Plan(due, changed, changes)


def by_row(due_dates: Iterable[DueDate], orders: Mapping[str, Decision]) -> dict[RowKey, DueDate]:
    """Give each date its row: its order's ref, which stays when the order's day is corrected.

    Where no order tells two rows of one rule apart (two children), their place does.
    """
    refs = {_identity(order.as_input()): ref for ref, order in reversed(list(orders.items()))}
    rows: dict[RowKey, DueDate] = {}
    for due in due_dates:
        ref = refs.get(_identity(due.inputs.get("decision")), "")
        places = chain([ref], (f"{ref}{place}" for place in count(2)))
        rows[next((due.key, place) for place in places if (due.key, place) not in rows)] = due
    return rows


def _identity(decision: Any) -> tuple[Any, Any] | None:
    return (decision.get("by"), decision.get("date")) if decision else None


def _new_reasons(due: DueDate) -> list[str]:
    return reasons_between(Made(None, due.rule, due.citation), made_of(due))


def _between(which: RowKey, row: Deadline, made: Made, now: Made) -> list[NewChange]:
    """Return the changes of one kept date: applies again, moved, opened again where someone settled it."""
    changes = []
    reasons = reasons_between(made, now)
    if row.status == DeadlineStatus.GONE:
        changes.append(NewChange(which, Happened.RETURNED, reasons, made.day, now.day))
    elif (made.day, made.latest) != (now.day, now.latest):
        changes.append(NewChange(which, Happened.MOVED, reasons, made.day, now.day))
        if row.status != DeadlineStatus.OPEN:
            changes.append(NewChange(which, Happened.REOPENED, ["moved"], made.day, now.day))
    return changes


def made_of(due: DueDate) -> Made:
    return Made(due.date, due.rule, due.citation, due.inputs, due.latest)


def kept_dates(
    cases: Iterable[Case], *, purpose: str
) -> dict[uuid.UUID, dict[RowKey, tuple[Deadline, Made, str]]]:
    """Open the dates kept of cases: {case id: {row: (row, what made it, its note)}}."""
    cases = list(cases)
    rows = list(Deadline.objects.filter(case__in=cases))
    opened = open_many(rows, *SEALED, purpose=purpose)
    kept: dict[uuid.UUID, dict[RowKey, tuple[Deadline, Made, str]]] = {case.pk: {} for case in cases}
    for row in rows:
        plain = opened[row.pk]
        days = days_of(row, plain)
        made = Made(days.date, row.rule, row.citation, plain.inputs, days.latest)
        kept[row.case_id][row.key, row.order_ref] = (row, made, plain.note or "")
    return kept


def days_of(row: Deadline, plain: Any) -> Days:
    """Return the days of a row, also where they tell a birthday and so are kept sealed."""
    if plain.hidden:
        read = (plain.hidden.get(name) for name in DAYS)
        return Days(*(date.fromisoformat(day) if day else None for day in read))
    return Days(*(getattr(row, name) for name in DAYS))


def deadline_id(case: Case, which: RowKey) -> uuid.UUID:
    """Return the primary key of a row: it follows from the matter, the rule and the order."""
    key, ref = which
    return part_of(case.matter_id, f"deadline:{key}:{ref}" if ref else f"deadline:{key}")


@transaction.atomic
def set_dates(
    case: Case, *, known: Known | None = None, on: date, at: datetime, by: Any, is_new: bool = False
) -> list[NewChange]:
    """Work a case's dates out again, and keep what moved with its reason."""
    if not is_new:  # two recounts at once would write each change twice
        lock(case)
    known = known or known_of([case], purpose="dates")[case.pk]
    kept = {} if is_new else kept_dates([case], purpose="dates")[case.pk]
    facts = deadline_facts_of(known, on=on)
    plan = plan_for(kept, facts, orders=known.orders, on=on, is_new=is_new)
    moved = {change.row for change in plan.changes if change.kind != Happened.GONE}
    changed = {which: due for which, due in plan.due.items() if which in plan.changed}
    _write(changed, case, moved=moved, at=at)
    _take_changes(case, plan.changes, kept, by=by, at=at)
    if plan.changes:
        changes = {change.row[0]: str(change.kind) for change in plan.changes}
        record("cases.dates_recounted", case, by=by, at=at, data={"dates": changes})
    return plan.changes


def lock(case: Case) -> None:
    """Let nobody else recount or write facts of a case meanwhile."""
    list(Case.objects.select_for_update().filter(pk=case.pk).values_list("pk"))


def _write(due: Mapping[RowKey, DueDate], case: Case, *, moved: set[RowKey], at: datetime) -> None:
    """Keep these dates, each in its one row; one that moved is reminded of anew."""
    for rows, extra in (
        ([which for which in due if which in moved], ["reminded_at"]),
        ([which for which in due if which not in moved], []),
    ):
        Deadline.objects.bulk_create(
            [_row(which, due[which], case, at=at) for which in rows],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*FIELDS, *DAYS, "hidden", "computed_at", *extra],
        )


def _row(which: RowKey, due: DueDate, case: Case, *, at: datetime) -> Deadline:
    days = {name: getattr(due, name) for name in DAYS}
    shown: dict[str, Any] = {"hidden": days} if due.is_birthday else days
    return Deadline(
        id=deadline_id(case, which),
        **case.matter.columns,
        case=case,
        key=due.key,
        order_ref=which[1],
        computed_at=at,
        **shown,
        **{field: getattr(due, field) for field in FIELDS},
    )


MOVES = {
    Happened.GONE: (DeadlineStatus.GONE, "cases.deadline_gone"),
    Happened.RETURNED: (DeadlineStatus.OPEN, "cases.deadline_returned"),
    Happened.REOPENED: (DeadlineStatus.OPEN, "cases.deadline_reopened"),
}


def _take_changes(
    case: Case,
    changes: list[NewChange],
    kept: Mapping[RowKey, tuple[Deadline, Made, str]],
    *,
    by: Any,
    at: datetime,
) -> None:
    """Move the status of dates that need it, and write every change down."""
    for change in changes:
        if change.kind in MOVES:
            status, event = MOVES[Happened(change.kind)]
            Deadline.LIFE.move(
                kept[change.row][0], status, by=by, event=event, decided_by=None, decided_at=None
            )
    DeadlineChange.objects.bulk_create(
        DeadlineChange(
            **case.matter.columns,
            deadline_id=deadline_id(case, change.row),
            kind=change.kind,
            reasons=change.reasons,
            days={"from": change.before, "to": change.after},
            actor=actor_of(by),
            at=at,
        )
        for change in changes
    )
