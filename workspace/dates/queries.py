"""The dates of a case as its pages show them: opened, in words, with their history."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.access import may_change_dates
from cases.dates import day_of
from cases.forms import JudgeDateForm, RemoveJudgeDateForm, WaiveForm
from cases.models import LIVE, Case, Deadline, DeadlineChange, DeadlineStatus, JudgeDate
from cases.words import CONFIDENCE, DEADLINES, input_words, reason_words, value_words
from foundation.accounts.models import User
from foundation.vault.opening import open_many, open_record
from intake.queries import NAME, full_name


@dataclass(frozen=True)
class Step:
    """One step of a date's history, opened: what happened, why, by whom."""

    kind: str
    words: Any
    reasons: list[Any]
    before: str
    after: str
    note: str
    who: str
    at: dt.datetime


@dataclass
class Shown:
    """One date, opened. It answers to the names the template of a date uses."""

    row: Deadline
    date: dt.date | None
    unmoved: dt.date | None
    note: str
    inputs: list[tuple[Any, str]]
    steps: list[Step]
    is_ordered: bool = False
    waive_form: WaiveForm | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    @property
    def confidence_words(self) -> str:
        """How sure the date is; a judge's own is as sure as the order it was read in."""
        return str(CONFIDENCE["ordered"]) if self.is_ordered else self.row.confidence_words

    @property
    def is_live(self) -> bool:
        return self.row.status in LIVE


def dates_of(case: Case, *, purpose: str, with_history: bool = False) -> list[Shown]:
    """Open a case's dates, those without a day last: one record, however many they are."""
    rows = list(case.deadlines.select_related("decided_by"))
    opened = open_many(rows, "hidden", "inputs", "note", purpose=purpose)
    steps = _steps_of(rows, purpose=purpose) if with_history else {}
    found = [_shown(row, opened[row.pk], steps.get(row.pk, [])) for row in rows]
    return sorted(found, key=lambda one: (one.date or date.max, one.row.key))


def _shown(row: Deadline, plain: Any, steps: list[Step]) -> Shown:
    hidden = plain.hidden or {}
    unmoved = date.fromisoformat(hidden["unmoved_date"]) if hidden.get("unmoved_date") else row.unmoved_date
    return Shown(
        row=row,
        date=day_of(row, plain),
        unmoved=unmoved,
        note=plain.note or "",
        inputs=input_words(plain.inputs),
        steps=steps,
        is_ordered="judge_dates" in plain.inputs,
    )


def _steps_of(rows: Iterable[Deadline], *, purpose: str) -> dict[Any, list[Step]]:
    changes = list(DeadlineChange.objects.filter(deadline__in=list(rows)).order_by("-at", "kind"))
    opened = open_many(changes, "days", "note", purpose=purpose)
    names = names_of(change.actor for change in changes)
    found: dict[Any, list[Step]] = {}
    for change in changes:
        plain = opened[change.pk]
        days = plain.days or {}
        found.setdefault(change.deadline_id, []).append(
            Step(
                change.kind,
                change.get_kind_display(),
                reason_words(change.reasons),
                value_words(days["from"]) if days.get("from") else "",
                value_words(days["to"]) if days.get("to") else "",
                plain.note,
                names.get(change.actor, ""),
                change.at,
            )
        )
    return found


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Return {"user:7": name} of the people among those who acted."""
    ids = {int(actor.removeprefix("user:")) for actor in actors if actor.startswith("user:")}
    return {f"user:{user.pk}": user.name for user in User.objects.filter(pk__in=ids)}


@dataclass
class Ordered:
    """A judge's date, opened, with who entered it and who took it back."""

    row: JudgeDate
    label: str
    source: str
    removal: str
    form: RemoveJudgeDateForm | None


def dates_page(case: Case, *, user: Any, at: dt.datetime) -> dict[str, Any]:
    """Return the context of a case's page of dates for one reader."""
    dates = dates_of(case, purpose="dates page", with_history=True)
    can_change = may_change_dates(user, case)
    for one in dates:
        if can_change and one.is_live:
            one.waive_form = WaiveForm(prefix=one.row.key)
    here = tuple(one.row.key for one in dates if one.is_live)
    identity = open_record(case.applicant, *NAME, purpose="dates page")
    return {
        "case": case,
        "person": full_name(identity),
        "today": case.office.today(at),
        "live": [one for one in dates if one.is_live],
        "settled": [one for one in dates if one.row.status in (DeadlineStatus.DONE, DeadlineStatus.WAIVED)],
        "gone": [one for one in dates if one.row.status == DeadlineStatus.GONE],
        "ordered": _ordered(case, can_change),
        "can_change": can_change,
        "judge_form": JudgeDateForm(here=here) if can_change else None,
    }


def _ordered(case: Case, can_change: bool) -> list[Ordered]:
    rows = list(case.judge_dates.select_related("set_by", "removed_by"))
    opened = open_many(rows, "source", "removal", purpose="dates page")
    return [
        Ordered(
            row,
            str(DEADLINES.get(row.replaces, row.replaces)),
            opened[row.pk].source,
            opened[row.pk].removal,
            RemoveJudgeDateForm(prefix=str(row.pk)) if can_change and not row.removed_at else None,
        )
        for row in rows
    ]
