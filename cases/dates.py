"""The dates of a case, worked out again, with the history of what moved and why."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
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
from cases.rules import DeadlineFacts, DueDate, Made, reasons_between, reasons_gone
from foundation.accounts.matters import part_of
from foundation.events.ledger import actor_of, record
from foundation.vault.opening import open_many

SEALED = ("hidden", "inputs", "note")
FIELDS = ("name", "rule", "citation", "confidence", "audience", "inputs", "note")


@dataclass(frozen=True)
class NewChange:
    """A change of a date, still to be written down."""

    key: str
    kind: str
    reasons: list[str]
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True)
class Plan:
    """What a recount comes to: the dates now, which rows differ from what is kept, the changes between."""

    due: list[DueDate]
    changed: set[str]
    changes: list[NewChange]


def plan_for(
    kept: Mapping[str, tuple[Deadline, Made, str]], facts: DeadlineFacts, *, on: date, is_new: bool = False
) -> Plan:
    """Compare the dates that follow from the facts with those kept: {key: (row, what made it, its note)}."""
    due = nearest_of_each_rule(rules.case_dates(facts, on=on))
    changed: set[str] = set()
    changes: list[NewChange] = []
    for due_date in due:
        if due_date.key not in kept:
            changed.add(due_date.key)
            changes += (
                []
                if is_new
                else [NewChange(due_date.key, Happened.APPEARED, _new_reasons(due_date), None, due_date.date)]
            )
            continue
        row, made, note = kept[due_date.key]
        now = made_of(due_date)
        if now != made or due_date.note != note or row.status == DeadlineStatus.GONE:
            changed.add(due_date.key)
            changes += _between(row, made, now)
    present = {due_date.key for due_date in due}
    for key, (row, made, _note) in kept.items():
        if key not in present and row.status in LIVE:
            reasons = reasons_gone(key, made.inputs, facts, on=on)
            changes.append(NewChange(key, Happened.GONE, reasons, made.day, None))
    return Plan(due, changed, changes)


def nearest_of_each_rule(dates: Iterable[DueDate]) -> list[DueDate]:
    """Return one date for each rule: of several the nearest live one, which stands first.

    A stored row is still one rule and one case. Once it is one rule and one order, this goes.
    """
    nearest: dict[str, DueDate] = {}
    for due in dates:
        nearest.setdefault(due.key, due)
    return list(nearest.values())


def _new_reasons(due: DueDate) -> list[str]:
    return reasons_between(Made(None, due.rule, due.citation), made_of(due))


def _between(row: Deadline, made: Made, now: Made) -> list[NewChange]:
    """Return the changes of one kept date: applies again, moved, opened again where someone settled it."""
    changes = []
    reasons = reasons_between(made, now)
    if row.status == DeadlineStatus.GONE:
        changes.append(NewChange(row.key, Happened.RETURNED, reasons, made.day, now.day))
    elif made.day != now.day:
        changes.append(NewChange(row.key, Happened.MOVED, reasons, made.day, now.day))
        if row.status != DeadlineStatus.OPEN:
            changes.append(NewChange(row.key, Happened.REOPENED, ["moved"], made.day, now.day))
    return changes


def made_of(due: DueDate) -> Made:
    return Made(due.date, due.rule, due.citation, due.inputs)


def kept_dates(
    cases: Iterable[Case], *, purpose: str
) -> dict[uuid.UUID, dict[str, tuple[Deadline, Made, str]]]:
    """Open the dates kept of cases: {case id: {key: (row, what made it, its note)}}."""
    listed = list(cases)
    rows = list(Deadline.objects.filter(case__in=listed))
    opened = open_many(rows, *SEALED, purpose=purpose)
    kept: dict[uuid.UUID, dict[str, tuple[Deadline, Made, str]]] = {case.pk: {} for case in listed}
    for row in rows:
        plain = opened[row.pk]
        made = Made(day_of(row, plain), row.rule, row.citation, plain.inputs)
        kept[row.case_id][row.key] = (row, made, plain.note or "")
    return kept


def day_of(row: Deadline, plain: Any) -> date | None:
    """Return a date's day, also where it is a birthday and so is kept sealed."""
    if plain.hidden and plain.hidden.get("date"):
        return date.fromisoformat(plain.hidden["date"])
    return row.date


@transaction.atomic
def set_dates(
    case: Case, *, known: Known | None = None, on: date, at: datetime, by: Any, is_new: bool = False
) -> list[NewChange]:
    """Work a case's dates out again, and keep what moved with its reason."""
    if not is_new:  # two recounts at once would write each change twice
        lock(case)
    known = known or known_of([case], purpose="dates")[case.pk]
    kept = {} if is_new else kept_dates([case], purpose="dates")[case.pk]
    plan = plan_for(kept, deadline_facts_of(known, on=on), on=on, is_new=is_new)
    moved = {change.key for change in plan.changes if change.kind != Happened.GONE}
    _write([due for due in plan.due if due.key in plan.changed], case, moved=moved, at=at)
    _take_changes(case, plan.changes, kept, by=by, at=at)
    if plan.changes:
        changes = {change.key: str(change.kind) for change in plan.changes}
        record("cases.dates_recounted", case, by=by, at=at, data={"dates": changes})
    return plan.changes


def lock(case: Case) -> None:
    """Let nobody else recount or write facts of a case meanwhile."""
    list(Case.objects.select_for_update().filter(pk=case.pk).values_list("pk"))


def _write(due_dates: list[DueDate], case: Case, *, moved: set[str], at: datetime) -> None:
    """Keep these dates, each in its one row; one that moved is reminded of anew."""
    for rows, extra in (
        ([due for due in due_dates if due.key in moved], ["reminded_at"]),
        ([due for due in due_dates if due.key not in moved], []),
    ):
        Deadline.objects.bulk_create(
            [_row(due, case, at=at) for due in rows],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*FIELDS, "date", "unmoved_date", "hidden", "computed_at", *extra],
        )


def _row(due: DueDate, case: Case, *, at: datetime) -> Deadline:
    days = {"date": due.date, "unmoved_date": due.unmoved_date}
    shown: dict[str, Any] = {"hidden": days} if due.is_birthday else days
    return Deadline(
        id=part_of(case.matter_id, f"deadline:{due.key}"),
        **case.matter.columns,
        case=case,
        key=due.key,
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
    kept: Mapping[str, tuple[Deadline, Made, str]],
    *,
    by: Any,
    at: datetime,
) -> None:
    """Move the status of dates that need it, and write every change down."""
    for change in changes:
        if change.kind in MOVES:
            status, event = MOVES[Happened(change.kind)]
            Deadline.LIFE.move(
                kept[change.key][0], status, by=by, event=event, decided_by=None, decided_at=None
            )
    DeadlineChange.objects.bulk_create(
        DeadlineChange(
            **case.matter.columns,
            deadline_id=part_of(case.matter_id, f"deadline:{change.key}"),
            kind=change.kind,
            reasons=change.reasons,
            days={"from": change.before, "to": change.after},
            actor=actor_of(by),
            at=at,
        )
        for change in changes
    )
