"""What a case rests on: the answers of its intake, the facts learned since, the dates judges set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from cases import rules
from cases.models import Case, CaseFacts, JudgeDate
from cases.rules import DeadlineFacts
from cases.rules.joined import SHARED, told_of
from conflicts.queries import standings
from foundation.calendar import PartialDate
from foundation.vault.opening import open_many
from intake.queries import on_path, saved_of
from intake.told import Saved
from screening.facts import age_on, birth_date_of, conflict_of, facts_from, turns_soon
from screening.rules import Facts

GROWN_UP = 21
# Facts of decisions that stand in `decisions` already.
OLDER = ("decision", "in_absentia_order")


@dataclass(frozen=True)
class Known:
    """One case's facts, opened: `answers` by question, `learned` as the case's own facts keep them.

    `told` is what the applicant saved, page by page; `conflict` is how its names stand, in the rules' word.
    """

    told: Saved = field(default_factory=lambda: Saved({}))
    learned: Mapping[str, Any] = field(default_factory=dict)
    conflict: str = "clear"
    judge_dates: tuple[rules.JudgeDate, ...] = ()

    @property
    def answers(self) -> dict[str, Any]:
        return on_path(self.told)


def known_of(cases: Iterable[Case], *, purpose: str) -> dict[UUID, Known]:
    """Open what cases rest on, {case id: facts}: five queries and two records, however many they are."""
    listed = list(cases)
    prefetch_related_objects(listed, "intake")
    told = saved_of([case.intake for case in listed], purpose=purpose)
    learned = learned_of(listed, purpose=purpose)
    judged: dict[UUID, list[rules.JudgeDate]] = {case.pk: [] for case in listed}
    for row in JudgeDate.objects.filter(case__in=listed, removed_at=None):
        judged[row.case_id].append(rules.JudgeDate(row.replaces, row.date))
    names = standings(case.matter_id for case in listed)
    return {
        case.pk: Known(
            told[case.intake_id],
            learned.get(case.pk, {}),
            conflict_of(names[case.matter_id]),
            tuple(judged[case.pk]),
        )
        for case in listed
    }


def learned_of(cases: Iterable[Case], *, purpose: str) -> dict[UUID, Mapping[str, Any]]:
    """Open the newest facts of cases: {case id: values}, only for cases that have any."""
    newest = list(
        CaseFacts.objects.filter(case__in=list(cases)).order_by("case", "-written_at").distinct("case")
    )
    opened = open_many(newest, "values", purpose=purpose)
    return {row.case_id: opened[row.pk].values for row in newest}


def screening_facts_of(known: Known, *, on: date) -> Facts:
    """Return what the screening reads: the answers, and over them what the case learned."""
    facts = facts_from(known.answers, on=on)
    learned = known.learned
    read = DeadlineFacts.from_dict(dict(learned))
    changes: dict[str, Any] = {name: getattr(read, name) for name in SHARED if name in learned}
    changes["conflict"] = known.conflict
    if "detained" in learned:
        changes["custody"] = "ice" if read.detained else _not_ice(facts)
    if "decision" in learned:  # what was told of a decision is not so, or is known better
        changes |= {"denial_date": None, "prior_denial": False, "decisions": ()}
    if read.all_decisions:
        changes["decisions"] = (*changes.get("decisions", facts.decisions), *read.all_decisions)
    if read.birth_date:
        born = read.birth_date.isoformat()
        changes |= {"age": age_on(born, on=on), "turns_18_or_21_soon": turns_soon(born, on=on)}
    if read.sij and "sij" not in facts.other_protection:
        changes["other_protection"] = (*facts.other_protection, "sij")
    return replace(facts, **changes)


def _not_ice(facts: Facts) -> str | None:
    return None if facts.custody == "ice" else facts.custody


def deadline_facts_of(known: Known, *, on: date) -> DeadlineFacts:
    """Return what the dates are counted from: as told, as learned since, and as judges ordered.

    Arrival counts only where the one-year rule is looked at: in the country, and afraid or not sure.
    """
    facts = screening_facts_of(known, on=on)
    learned = DeadlineFacts.from_dict(dict(known.learned))
    over = {name: getattr(learned, name) for name in known.learned if name not in OLDER}
    told = told_of(facts) | {"birth_date": _birth_date(known, facts, on=on)}
    return DeadlineFacts(
        **{**told, **over, "arrival": told["arrival"], "decisions": told["decisions"]},
        judge_dates=known.judge_dates,
    )


def _birth_date(known: Known, facts: Facts, *, on: date) -> PartialDate | None:
    """A whole birth date as told, of someone not yet 21, or who asks for the juvenile petition."""
    told = birth_date_of(known.answers)
    if not told or not PartialDate.parse(told).is_exact:
        return None
    is_young = (age_on(told, on=on) or 0) < GROWN_UP
    return PartialDate.parse(told) if is_young or "sij" in facts.other_protection else None
