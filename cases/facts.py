"""What a case rests on: the answers of its intake, the facts learned since, the dates judges set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from cases import rules
from cases.models import RETURNED, Case, CaseFacts, FiledForm, Filing, JudgeDate
from cases.rules import DeadlineFacts, Decision
from cases.rules.joined import SHARED, told_of, with_dates
from conflicts.queries import standings
from foundation.calendar import PartialDate
from foundation.vault.opening import open_many
from intake.queries import on_path, saved_of
from intake.told import Saved
from screening.facts import age_on, conflict_of, facts_from, told_decision, turns_soon
from screening.rules import Facts

GROWN_UP = 21


# What the screening alone reads of what a case learned; the dates do not.
SCREENED_ONLY = frozenset({"assets", "prior_order"})
# Older words for one entry of `decisions`: those stand there already.
OLDER = ("decision", "in_absentia_order")


@dataclass(frozen=True)
class Receipt:
    """A receipt of a form, opened: `received` and `returned` as `Filing` keeps them."""

    form: str
    received: str
    returned: str = ""
    order_ref: str = ""

    @property
    def came_back(self) -> PartialDate | bool:
        """The day it came back, True where that is not known, False while it did not."""
        if self.returned in ("", RETURNED):
            return bool(self.returned)
        return PartialDate.parse(self.returned)


@dataclass(frozen=True)
class Known:
    """One case's facts, opened: `answers` by question, `learned` as the case's own facts keep them.

    `told` is what the applicant saved, page by page; `conflict` is how its names stand, in the rules' word.
    """

    told: Saved = field(default_factory=lambda: Saved({}))
    learned: Mapping[str, Any] = field(default_factory=dict)
    conflict: str = "clear"
    judge_dates: tuple[rules.JudgeDate, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    @property
    def answers(self) -> dict[str, Any]:
        return on_path(self.told)

    @property
    def orders(self) -> dict[str, Decision]:
        """The decisions made in the case, {ref: decision}, each with what its receipt says.

        The first, told by the applicant or written down, is "" and keeps that name whatever is corrected.
        """
        if "decisions" in self.learned:
            kept = self.learned["decisions"] or []
            read = DeadlineFacts.from_dict(counted_from({"decisions": kept})).decisions
            entries = dict(zip((each["ref"] for each in kept), read, strict=True))
        elif any(name in self.learned for name in OLDER):
            older = {name: self.learned[name] for name in OLDER if name in self.learned}
            entries = dict(zip(("", "2"), DeadlineFacts.from_dict(older).all_decisions, strict=False))
        else:
            told = told_decision(self.answers)
            entries = {"": told} if told else {}
        return {ref: self._with_receipt(ref, order) for ref, order in entries.items()}

    def _with_receipt(self, ref: str, order: Decision) -> Decision:
        """Only a receipt says that something was filed in time; one that came back says nothing."""
        for receipt in self.receipts:
            about = receipt.order_ref == ref and receipt.form != FiledForm.I589
            if about and not receipt.returned:
                day = PartialDate.parse(receipt.received)
                return replace(order, filed=receipt.form, filed_received=day)
        return order

    @property
    def application(self) -> Receipt | None:
        """The receipt of the I-589 that counts: the newest that did not come back, else the newest."""
        mine = [receipt for receipt in self.receipts if receipt.form == FiledForm.I589]
        if not mine:
            return told_receipt(self.answers)
        return max(mine, key=lambda receipt: (not receipt.returned, receipt.received))


def told_receipt(answers: Mapping[str, Any]) -> Receipt | None:
    """Return the receipt of the I-589 as the applicant told of it, or None."""
    received = "" if answers.get("i589_receipt") == "no" else answers.get("i589_received") or ""
    came_back = answers.get("i589_returned") == "yes"
    returned = (answers.get("i589_returned_on") or RETURNED) if came_back else ""
    return Receipt(FiledForm.I589, received, returned) if received or returned else None


def counted_from(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a case learned as the deadline engine reads it."""
    counted = {key: value for key, value in values.items() if key not in SCREENED_ONLY}
    if counted.get("decisions"):
        refs_left_out = [{k: v for k, v in each.items() if k != "ref"} for each in counted["decisions"]]
        counted["decisions"] = refs_left_out
    return counted


def judged_of(case: Case) -> tuple[rules.JudgeDate, ...]:
    """Return the dates that judges set in a case and nobody took back."""
    rows = JudgeDate.objects.filter(case=case, removed_at=None)
    return tuple(rules.JudgeDate(row.replaces, row.date, on_file=row.on_file) for row in rows)


def known_of(cases: Iterable[Case], *, purpose: str) -> dict[UUID, Known]:
    """Open what cases rest on, {case id: facts}: six queries and three records, however many they are."""
    listed = list(cases)
    prefetch_related_objects(listed, "intake")
    told = saved_of([case.intake for case in listed], purpose=purpose)
    learned = learned_of(listed, purpose=purpose)
    judged: dict[UUID, list[rules.JudgeDate]] = {case.pk: [] for case in listed}
    for row in JudgeDate.objects.filter(case__in=listed, removed_at=None):
        judged[row.case_id].append(rules.JudgeDate(row.replaces, row.date, on_file=row.on_file))
    names = standings(case.matter_id for case in listed)
    receipts = receipts_of(listed, purpose=purpose)
    return {
        case.pk: Known(
            told[case.intake_id],
            learned.get(case.pk, {}),
            conflict_of(names[case.matter_id]),
            tuple(judged[case.pk]),
            receipts.get(case.pk, ()),
        )
        for case in listed
    }


def receipts_of(cases: Iterable[Case], *, purpose: str) -> dict[UUID, tuple[Receipt, ...]]:
    """Open the receipts of cases that stand: {case id: receipts}, the newest first."""
    rows = list(Filing.objects.filter(case__in=list(cases), removed_at=None))
    opened = open_many(rows, "received", "returned", purpose=purpose)
    found: dict[UUID, tuple[Receipt, ...]] = {}
    for row in rows:
        plain = opened[row.pk]
        receipt = Receipt(row.form, plain.received, plain.returned or "", row.order_ref)
        found[row.case_id] = (*found.get(row.case_id, ()), receipt)
    return found


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
    read = DeadlineFacts.from_dict(counted_from(learned))
    changes: dict[str, Any] = {name: getattr(read, name) for name in SHARED if name in learned}
    changes |= {name: learned[name] for name in SCREENED_ONLY if name in learned}
    changes |= {"conflict": known.conflict, "decisions": tuple(known.orders.values())}
    if application := known.application:
        received = application.received
        changes |= {
            "i589_filed": True,
            "i589_received": PartialDate.parse(received) if received else None,
            "i589_returned": application.came_back,
        }
    if "detained" in learned:
        changes["custody"] = "ice" if read.detained else _not_ice(facts)
    if read.birth_date:
        born = read.birth_date.isoformat()
        changes |= {"age": age_on(born, on=on), "turns_18_or_21_soon": turns_soon(born, on=on)}
    return with_dates(facts._replace(**changes), _only_dated(read, known))


def _only_dated(read: DeadlineFacts, known: Known) -> DeadlineFacts:
    """Return what only the dates were told; the decisions are among the screening's facts already."""
    return read._replace(judge_dates=known.judge_dates, decision=None, decisions=(), in_absentia_order=None)


def _not_ice(facts: Facts) -> str | None:
    return None if facts.custody == "ice" else facts.custody


def deadline_facts_of(known: Known, *, on: date) -> DeadlineFacts:
    """Return what the dates are counted from: as told, as learned since, and as judges ordered.

    Arrival counts only where the one-year rule is looked at: in the country, and afraid or not sure.
    """
    facts = screening_facts_of(known, on=on)
    learned = counted_from(known.learned)
    read = DeadlineFacts.from_dict(learned)
    over = {name: getattr(read, name) for name in learned if name not in SHARED and name not in OLDER}
    told = told_of(facts) | {"birth_date": _birth_date(facts, on=on), "i589_callup": None}
    return DeadlineFacts(**{**told, **over}, judge_dates=known.judge_dates)


def _birth_date(facts: Facts, *, on: date) -> PartialDate | None:
    """A birth date of someone not yet 21, or who asks for the juvenile petition."""
    born = facts.birth_date
    if born is None:
        return None
    is_young = (age_on(born.isoformat(), on=on) or 0) < GROWN_UP
    return born if is_young or "sij" in facts.other_protection else None
