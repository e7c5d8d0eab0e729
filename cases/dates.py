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
from foundation.accounts.files import part_of
from foundation.events.ledger import actor_of, record
from foundation.vault.opening import open_many

SEALED = ("hidden", "inputs", "note")
FIELDS = ("name", "rule", "citation", "confidence", "audience", "inputs", "note")


@dataclass(frozen=True)
class Step:
    """One step in a date's history, still to be written."""

    key: str
    kind: str
    reasons: list[str]
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True)
class Plan:
    """What a recount comes to: the dates now, which rows differ from what is kept, and the steps between."""

    due: list[DueDate]
    changed: set[str]
    steps: list[Step]


def plan_for(
    kept: Mapping[str, tuple[Deadline, Made, str]], facts: DeadlineFacts, *, on: date, is_new: bool = False
) -> Plan:
    """Compare the dates that follow from the facts with those kept: {key: (row, what made it, its note)}."""
    due = nearest_of_each_rule(rules.case_dates(facts, on=on))
    changed: set[str] = set()
    steps: list[Step] = []
    for one in due:
        if one.key not in kept:
            changed.add(one.key)
            steps += [] if is_new else [Step(one.key, Happened.APPEARED, _new_reasons(one), None, one.date)]
            continue
        row, made, note = kept[one.key]
        now = made_of(one)
        if now != made or one.note != note or row.status == DeadlineStatus.GONE:
            changed.add(one.key)
            steps += _between(row, made, now)
    present = {one.key for one in due}
    for key, (row, made, _note) in kept.items():
        if key not in present and row.status in LIVE:
            reasons = reasons_gone(key, made.inputs, facts, on=on)
            steps.append(Step(key, Happened.GONE, reasons, made.day, None))
    return Plan(due, changed, steps)


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


def _between(row: Deadline, made: Made, now: Made) -> list[Step]:
    """Return the steps of one kept date: applies again, moved, and opened again where someone settled it."""
    steps = []
    reasons = reasons_between(made, now)
    if row.status == DeadlineStatus.GONE:
        steps.append(Step(row.key, Happened.RETURNED, reasons, made.day, now.day))
    elif made.day != now.day:
        steps.append(Step(row.key, Happened.MOVED, reasons, made.day, now.day))
        if row.status != DeadlineStatus.OPEN:
            steps.append(Step(row.key, Happened.REOPENED, ["moved"], made.day, now.day))
    return steps


def made_of(due: DueDate) -> Made:
    return Made(due.date, due.rule, due.citation, due.inputs)


def kept_dates(
    cases: Iterable[Case], *, purpose: str
) -> dict[uuid.UUID, dict[str, tuple[Deadline, Made, str]]]:
    """Open the dates kept of cases: {case id: {key: (row, what made it, its note)}}."""
    found = list(cases)
    rows = list(Deadline.objects.filter(case__in=found))
    opened = open_many(rows, *SEALED, purpose=purpose)
    kept: dict[uuid.UUID, dict[str, tuple[Deadline, Made, str]]] = {case.pk: {} for case in found}
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
) -> list[Step]:
    """Work a case's dates out again, and keep what moved with its reason."""
    if not is_new:  # two recounts at once would write each step twice
        lock(case)
    known = known or known_of([case], purpose="dates")[case.pk]
    kept = {} if is_new else kept_dates([case], purpose="dates")[case.pk]
    plan = plan_for(kept, deadline_facts_of(known, on=on), on=on, is_new=is_new)
    moved = {step.key for step in plan.steps if step.kind != Happened.GONE}
    _write([due for due in plan.due if due.key in plan.changed], case, moved=moved, at=at)
    _take_steps(case, plan.steps, kept, by=by, at=at)
    if plan.steps:
        changes = {step.key: str(step.kind) for step in plan.steps}
        record("cases.dates_recounted", case, by=by, at=at, data={"dates": changes})
    return plan.steps


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
        id=part_of(case.file_id, f"deadline:{due.key}"),
        **case.file,
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


def _take_steps(
    case: Case,
    steps: list[Step],
    kept: Mapping[str, tuple[Deadline, Made, str]],
    *,
    by: Any,
    at: datetime,
) -> None:
    """Move the status of dates that need it, and write every step down."""
    for step in steps:
        if step.kind in MOVES:
            status, event = MOVES[Happened(step.kind)]
            Deadline.LIFE.move(
                kept[step.key][0], status, by=by, event=event, decided_by=None, decided_at=None
            )
    DeadlineChange.objects.bulk_create(
        DeadlineChange(
            **case.file,
            deadline_id=part_of(case.file_id, f"deadline:{step.key}"),
            kind=step.kind,
            reasons=step.reasons,
            days={"from": step.before, "to": step.after},
            actor=actor_of(by),
            at=at,
        )
        for step in steps
    )
