"""The screening page: what was found, from which answer, under which rule, and what is missing."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import may_rescreen, may_triage
from cases.facts import Known, screening_facts_of
from cases.forms import ReviewForm
from cases.models import Case
from cases.words import FACTS, value_words
from foundation.accounts.models import User
from foundation.badges import Badge
from foundation.vault.opening import open_many
from intake.questionnaire.path import walk
from intake.review import in_words, label_of
from screening.codes import GATES, RESULTS, WORDS, result_badge
from screening.data import tables
from screening.explaining import (
    SOURCES,
    Difference,
    Points,
    QuestionWords,
    difference,
    points_of,
    question_words,
    worked_out,
)
from screening.facts import left_open
from screening.models import Band, Outcome, Review, Screening
from screening.queries import Stood, stood
from screening.rules import config_of
from screening.rules.missing import missing_facts
from screening.rules.priority import band_of
from workspace.desk import Desk
from workspace.head import Head, head_of
from workspace.strip import case_tab

PURPOSE = "screening page"


@dataclass(frozen=True)
class Basis:
    """One thing a finding rests on: a question and its answer, a fact of the case, or what was worked out."""

    label: Any
    value: str
    url: str = ""


@dataclass(frozen=True)
class Found:
    """One finding, in words, with what it rests on."""

    code: str
    words: Any
    result: str
    result_words: Any
    citation: str
    basis: list[Basis]


@dataclass(frozen=True)
class GateFound:
    """One part of the promise with its result and the findings behind it."""

    words: Any
    result: Badge
    findings: list[Found]


@dataclass(frozen=True)
class ReviewWords:
    """What a person decided about a screening, the reason opened."""

    outcome: Any
    band: Badge
    is_departure: bool
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Earlier:
    """One screening of the list, with what it says that the one before did not; None for the first."""

    created_at: datetime
    why: str
    outcome: str
    band: str
    score: int
    differs: Difference | None
    gained: list[tuple[str, Any]]
    lost: list[tuple[str, Any]]


@dataclass(frozen=True)
class ScreeningPage:
    """The newest screening of a case, explained: what was found, what is missing, how the points came about.

    `one_year` is None where no one-year date runs. `case_band` is None unless the case stands at another
    urgency than its screening.
    """

    head: Head
    id: uuid.UUID
    proposes: str
    outcome: str
    band: Badge
    case_band: Badge | None
    as_of: date
    ruleset: str
    guideline_year: int | None
    one_year: dict[str, str] | None
    gates: list[GateFound]
    flags: list[Found]
    missing: list[QuestionWords]
    points: Points
    reviews: list[ReviewWords]
    earlier: list[Earlier]
    can_rescreen: bool


def screening_page(desk: Desk) -> ScreeningPage:
    """Open the newest screening of a case for one reader."""
    case = desk.case
    screenings = list(Screening.objects.filter(intake=case.intake_id).order_by("-created_at"))
    newest = screenings[0]
    kept = stood([newest], purpose=PURPOSE)[newest.pk]
    known = desk.known(purpose=PURPOSE)
    reviews = _reviews(screenings)
    gates, flags = _found(kept, _Basis(case, known))
    return ScreeningPage(
        head=head_of(case, desk.person),
        id=newest.pk,
        proposes=newest.outcome,
        outcome=newest.get_outcome_display(),
        band=Band(newest.band).badge,
        case_band=Band(case.band).badge if case.band != newest.band else None,
        as_of=newest.as_of,
        ruleset=newest.ruleset,
        guideline_year=newest.guideline_year,
        one_year={name: value_words(day) for name, day in kept.one_year.items()} if kept.one_year else None,
        gates=gates,
        flags=flags,
        missing=_missing(known, on=desk.today),
        points=_points(newest),
        reviews=reviews.get(newest.pk, []),
        earlier=_earlier(screenings),
        can_rescreen=may_rescreen(desk.user, case),
    )


def decision_due(case: Case, page: ScreeningPage, user: User) -> dict[str, Any]:
    """Offer the one decision that is due: triage first, on the overview; afterwards a look at the newest."""
    initial = {"outcome": page.proposes, "band": case.band, "screening": page.id}
    if may_triage(user, case) and not case.triaged_at:
        return {"settles_triage": True}
    return {"review_form": ReviewForm(initial=initial)} if may_rescreen(user, case) else {}


class _Basis:
    """The questions and answers of a case, in words, by question."""

    def __init__(self, case: Case, known: Known) -> None:
        self.learned = known.learned
        self.facts_url = reverse("workspace:case-facts", args=[case.pk])
        self.answers: dict[str, Basis] = {}
        for page in walk(known.told).pages:
            url = f"{case_tab(case.pk, 'told-us')}#told-{page.number}"
            values = known.told.answers.get(page.key, {})
            for key in page.form.questions():
                label = label_of(page, key, whole=True)
                self.answers[key] = Basis(label, in_words(key, values.get(key)), url)

    def basis(self, inputs: Mapping[str, Any]) -> list[Basis]:
        """Return what the inputs of a finding rest on, each question once."""
        shown: dict[Any, Basis] = {}
        for name, value in inputs.items():
            fact = {"custody": "detained", "denial_date": "decision"}.get(name, name)
            if fact in self.learned:
                label = _("Fact of the case: %(fact)s") % {"fact": FACTS[fact]}
                shown[fact] = Basis(label, value_words(self.learned[fact]), self.facts_url)
            else:
                asked = (key for key in SOURCES.get(name, ()) if key in self.answers)
                shown |= {key: self.answers[key] for key in asked}
            if out := worked_out(name, value):
                label, words = out
                shown[f"out:{name}"] = Basis(label, value_words(words))
        return list(shown.values())


def _found(kept: Stood, told: _Basis) -> tuple[list[GateFound], list[Found]]:
    """Sort the findings under the four gates; the others follow in their own order."""
    gates = kept.screening.gates
    listed = [
        (tables().codes[code].gate if code in tables().codes else "", code, result, citation, inputs)
        for code, result, citation, inputs in kept.findings
    ]
    words = [
        (
            gate,
            Found(
                code, WORDS.get(code, code), result, RESULTS.get(result, result), citation, told.basis(inputs)
            ),
        )
        for gate, code, result, citation, inputs in listed
    ]
    by_gate = [
        GateFound(label, result_badge(gates[gate]), [finding for of, finding in words if of == gate])
        for gate, label in GATES.items()
        if gate in gates
    ]
    return by_gate, [finding for gate, finding in words if gate not in gates]


def _missing(known: Known, *, on: date) -> list[QuestionWords]:
    config = config_of(known.told.figures)
    facts = screening_facts_of(known, on=on)
    open_facts = left_open(known.answers) - {
        "custody" if name == "detained" else name for name in known.learned
    }
    return [
        question_words(fact) for fact in missing_facts(facts, on=on, open_facts=open_facts, config=config)
    ]


def _points(screening: Screening) -> Points:
    by_points = band_of(min(sum(screening.points.values()), 100), tables())
    return points_of(screening.points, score=screening.score, by_points=by_points, floors=screening.floors)


def _reviews(screenings: list[Screening]) -> dict[Any, list[ReviewWords]]:
    """Open what people decided about these screenings, newest first, by screening."""
    rows = list(Review.objects.filter(screening__in=screenings).select_related("decided_by"))
    opened = open_many(rows, "reason", purpose=PURPOSE)
    outcomes = {screening.pk: screening.outcome for screening in screenings}
    by_screening: dict[Any, list[ReviewWords]] = {}
    for row in sorted(rows, key=lambda row: row.decided_at, reverse=True):
        by_screening.setdefault(row.screening_id, []).append(
            ReviewWords(
                Outcome(row.outcome).label,
                Band(row.band).badge,
                row.outcome != outcomes[row.screening_id],
                opened[row.pk].reason,
                row.decided_by.name,
                row.decided_at,
            )
        )
    return by_screening


def _earlier(screenings: list[Screening]) -> list[Earlier]:
    """Return all screenings, newest first, each compared with the one before it."""
    compared = [_compared(after, difference(before, after)) for after, before in pairwise(screenings)]
    return [*compared, _compared(screenings[-1], None)]


def _compared(screening: Screening, differs: Difference | None) -> Earlier:
    def worded(codes: list[str]) -> list[tuple[str, Any]]:
        return [(code, WORDS.get(code, code)) for code in codes]

    gained, lost = (differs.gained, differs.lost) if differs else ([], [])
    return Earlier(
        screening.created_at,
        screening.get_why_display(),
        screening.get_outcome_display(),
        screening.get_band_display(),
        screening.score,
        differs,
        worded(gained),
        worded(lost),
    )
