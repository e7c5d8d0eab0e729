"""A screening in words: what each input means, what was missing, which floors held. For staff only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.badges import Badge
from intake.words import date_words
from screening.codes import RESULTS
from screening.models import Band, Outcome
from screening.rules.missing import Question

GROUPS: dict[str, Any] = {
    "clock": _("Hearings, interviews, letters, appeals (only the largest counts)"),
    "one_year": _("The one-year date"),
    "custody": _("Held, or must report soon"),
    "child": _("A child"),
    "aging_out": _("About to turn 18 or 21"),
    "safety": _("In danger now"),
    "vulnerable": _("Needs special care"),
    "scam": _("Someone who is not a lawyer"),
    "er": _("Could be put into fast removal"),
}
FLOORS: dict[str, Any] = {
    "fear_screening": _("a fear screening is ahead or was negative"),
    "merits_near": _("the individual hearing is within days"),
    "custody_ice": _("held by immigration"),
    "child_alone": _("a child alone"),
    "danger": _("in danger now"),
    "master_near": _("the master hearing is within days"),
    "one_year_critical": _("the one-year date is within two weeks, or past while the outer date is not"),
    "one_year_high": _("the one-year date is within a month"),
    "one_year_may_run": _("the year may have ended, or may still run: the day of arrival is not known"),
    "i589_returned": _("the I-589 was sent back"),
    "status_kept": _("a status that ends may excuse a late filing"),
    "appeal_near": _("the time to appeal ends within days"),
    "appeal_open": _("the time to appeal runs"),
    "reopen_open": _("the time for a motion to reopen runs"),
    "pfr_near": _("the time for a petition for review ends within days"),
    "pfr_open": _("the time for a petition for review runs"),
    "in_absentia": _("ordered removed for missing court"),
    "officer": _("an officer said no, and nobody knows yet which paper it is"),
    "denial_unknown": _("told no, by somebody or on a day nobody knows"),
    "prior_order": _("ordered deported before"),
    "hearing_passed": _("a hearing, interview or check-in has gone by: was it held?"),
    "callup_near": _("the day by which the judge wants the I-589 is near"),
    "child_21": _("a child of the family turns 21 within weeks"),
    "refugee_adjust": _("a refugee's first year is ending, or over"),
}

# Which questions of the form an input of a finding comes from.
SOURCES: dict[str, tuple[str, ...]] = {
    "rep": ("rep", "notario", "waitlist"),
    "notario": ("notario",),
    "benefit": ("benefits",),
    "income": ("income", "period"),
    "period": (),
    "yearly_cents": ("income", "period"),
    "household_size": ("household_size",),
    "state": ("state",),
    "court_state": ("court",),
    "fear": ("fear",),
    "other_protection": ("wants", "us_harm", "child_parent"),
    "uac": ("birth_date", "with_parent"),
    "age": ("birth_date",),
    "turns_18_or_21_soon": ("birth_date",),
    "custody": ("custody",),
    "danger": ("danger",),
    "vulnerable": ("birth_date", "access"),
    "outside_us": ("in_us",),
    "consent": ("consent",),
    "individual_hearing": ("hearing_date", "hearing_kind"),
    "master_hearing": ("hearing_date", "hearing_kind"),
    "asylum_interview": ("asylum_interview",),
    "notice_due": ("letter_due",),
    "checkin": ("checkin",),
    "denial_date": ("decision", "decision_date"),
    "prior_denial": ("decision",),
    "in_absentia": ("decision",),
    "fear_screening": ("fear_interview",),
    "arrival": ("arrival",),
    "entry": ("entry",),
    "i589_filed": ("i589",),
    "decision": ("decision", "decision_date"),
    "decisions": ("decision", "decision_date"),
    "birth_date": ("birth_date",),
    "children": ("family",),
    "status": ("status",),
    "status_end": ("status_end",),
    "in_proceedings": ("has_court",),
}
# Inputs that no one was asked for: what the rules worked out, or what the office set.
WORKED_OUT: dict[str, Any] = {
    "yearly_cents": _("Income in a year"),
    "guideline_cents": _("Poverty guideline for this household"),
    "guideline_year": _("Guideline of the year"),
    "operative": _("Safe date"),
    "anniversary": _("Anniversary"),
    "outer": _("Outer date"),
    "outer_latest": _("Outer date, by the last day of arrival"),
    "early": _("10-day reading"),
    "late": _("30-day reading"),
    "reopen": _("Motion to reopen, last day"),
    "pfr": _("Petition for review, last day"),
    "safety_plan": _("Make a safety plan before"),
    "i589_received": _("I-589 received on"),
    "i589_returned": _("I-589 sent back on"),
    "i589_callup": _("The judge wants the I-589 by"),
    "i485_received": _("I-485 received on"),
    "granted": _("Granted"),
    "prior_order": _("Ordered deported before"),
    "assets": _("Assets"),
    "asset_cap": _("Our cap on assets"),
    "auto_pct": _("Our own figure: income that passes at once, in %"),
    "max_pct": _("Our own figure: highest income, in % of the poverty guideline"),
    "conflict": _("Conflict check"),
    "band": _("Urgency"),
    "outcome": _("Outcome"),
}


def worked_out(name: str, value: Any) -> tuple[Any, str] | None:
    """Return what the rules worked out as (label, value in words); None for what was asked for."""
    if name not in WORKED_OUT or value is None:
        return None
    if name in ("yearly_cents", "guideline_cents"):
        return WORKED_OUT[name], f"${value / 100:,.0f}"
    if name in ("assets", "asset_cap"):
        return WORKED_OUT[name], f"${value:,}"
    return WORKED_OUT[name], _in_words(value)


def _in_words(value: Any) -> str:
    """Put a value the rules worked out into words, whatever its shape."""
    if isinstance(value, bool):
        return str(RESULTS["PASS" if value else "FAIL"])
    if isinstance(value, Mapping):
        return ", ".join(_in_words(each) for each in value.values() if each is not None)
    return str(dict(Band.choices).get(value) or dict(Outcome.choices).get(value) or value)


YES_NO = {"yes": _("If yes"), "no": _("If no")}
# {fact: (what is missing, {answer: how it would be said})}.
QUESTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "conflict": (
        _("Is there a conflict of interest?"),
        {"clear": _("If the check is clear"), "confirmed": _("If a person confirms it")},
    ),
    "fear": (
        _("Are they afraid to go back?"),
        {"yes": _("If they are afraid"), "no": _("If they are not afraid")},
    ),
    "rep": (
        _("Do they have a lawyer?"),
        {"none": _("If nobody works on it"), "active": _("If a lawyer works on it now")},
    ),
    "income": (
        _("How much money do they have?"),
        {"low": _("If it is under our limit"), "high": _("If it is over our limit")},
    ),
    "household_size": (
        _("How many people live on it?"),
        {"1": _("If it is one person"), "4": _("If there are 4"), "8": _("If there are 8")},
    ),
    "hardship": (_("Do large costs leave nothing for a lawyer?"), YES_NO),
    "benefit": (_("Does the household get a benefit for people with little money?"), YES_NO),
    "state": (
        _("Where do they live?"),
        {"inside": _("If it is inside our area"), "outside": _("If it is outside our area")},
    ),
    "arrival": (
        _("When did they last arrive?"),
        {
            "recent": _("If it was this month"),
            "near": _("If it was almost a year ago"),
            "passed": _("If it was more than a year ago"),
        },
    ),
    "i589_received": (_("Is there a receipt for the I-589?"), YES_NO),
    "in_proceedings": (_("Are they in immigration court?"), YES_NO),
    "hearing": (
        _("When is the next hearing?"),
        {
            "week": _("If it is within a week"),
            "month": _("If it is within a month"),
            "far": _("If it is more than a year away"),
        },
    ),
    "denial_date": (
        _("If a judge said no: when?"),
        {
            "days": _("If it was days ago"),
            "weeks": _("If it was three weeks ago"),
            "long": _("If it was two months ago"),
        },
    ),
    "custody": (
        _("Does immigration hold them?"),
        {"none": _("If not held"), "ice": _("If held in detention")},
    ),
    "fear_screening": (_("Is a fear screening ahead, or was one negative?"), YES_NO),
    "danger": (_("Are they in danger now?"), YES_NO),
    "age": (_("How old are they?"), {"child": _("If under 18"), "adult": _("If grown up")}),
    "entry": (
        _("How did they come in?"),
        {"ewi": _("If across the border"), "visa": _("If with a visa")},
    ),
}


@dataclass(frozen=True)
class AnswerWords:
    """One possible answer to what is missing, and what would follow from it, in words."""

    words: Any
    outcome: Any
    band: Badge
    score: int


@dataclass(frozen=True)
class QuestionWords:
    """A missing fact in words, with what each answer would decide."""

    words: Any
    answers: list[AnswerWords]
    decides: bool


# What a date is called whose day is asked for.
DATES: dict[str, Any] = {
    "arrival": _("Last arrival"),
    "birth_date": _("Birth date"),
    "denial_date": _("Decision"),
    "decisions": _("Decision"),
    "i589_received": _("Receipt for the I-589"),
    "i589_returned": _("The I-589 was sent back"),
    "i485_received": _("Receipt for the I-485"),
    "granted": _("Granted"),
    "individual_hearing": _("Individual hearing"),
    "master_hearing": _("Master hearing"),
    "asylum_interview": _("Asylum office interview"),
    "checkin": _("Check-in with immigration"),
    "notice_due": _("A letter must be answered"),
    "i589_callup": _("The judge wants the I-589"),
    "status_end": _("The papers end"),
}


def _options(question: Question) -> tuple[Any, Mapping[str, Any]]:
    """Return a question and its answers in words; of a partial date the days that come to the same."""
    if not question.part:
        return QUESTIONS[question.fact]
    asked = _("%(date)s: which day in %(part)s?") % {
        "date": DATES[question.fact],
        "part": date_words(question.part),
    }
    return asked, {answer.name: _days(answer.name) for answer in question.answers}


def _days(name: str) -> str:
    first, _slash, last = name.partition("/")
    if first == last:
        return _("If it was %(day)s") % {"day": date_words(first)}
    return _("If it was %(first)s to %(last)s") % {"first": date_words(first), "last": date_words(last)}


def question_words(question: Question) -> QuestionWords:
    words, options = _options(question)
    answers = [
        AnswerWords(
            options[answer.name],
            Outcome(answer.outcome).label,
            Band(answer.band).badge,
            answer.score,
        )
        for answer in question.answers
    ]
    return QuestionWords(words, answers, question.decides)


@dataclass(frozen=True)
class Points:
    """How a score came about: (group, points) adding up to `sum`, at most 100 of which count."""

    groups: list[tuple[Any, int]]
    sum: int
    score: int
    by_points: Any
    floors: list[tuple[Any, Any]]


def points_of(points: Mapping[str, int], *, score: int, by_points: str, floors: Mapping[str, str]) -> Points:
    """Put the points and the floors into words; floors no higher than the points' own band raise nothing."""
    rank = Band.values.index
    raising = [
        (FLOORS.get(name, name), Band(band).label)
        for name, band in floors.items()
        if rank(band) < rank(by_points)
    ]
    groups = [(GROUPS.get(name, name), value) for name, value in points.items()]
    return Points(groups, sum(points.values()), score, Band(by_points).label, raising)


@dataclass(frozen=True)
class Difference:
    """What one screening says that another did not."""

    gained: list[str]
    lost: list[str]
    outcome: tuple[Any, Any] | None
    band: tuple[Any, Any] | None
    score: tuple[int, int] | None
    ruleset: tuple[str, str] | None

    @property
    def is_small(self) -> bool:
        """Tell whether only inputs differ: no code, outcome, band, score or rule set."""
        return not any((self.gained, self.lost, self.outcome, self.band, self.score, self.ruleset))


def difference(before: Any, after: Any) -> Difference:
    """Compare two screenings, or two results of the rules."""
    return Difference(
        gained=[code for code in after.codes if code not in before.codes],
        lost=[code for code in before.codes if code not in after.codes],
        outcome=_pair(before.outcome, after.outcome, Outcome),
        band=_pair(before.band, after.band, Band),
        score=None if before.score == after.score else (before.score, after.score),
        ruleset=None if before.ruleset == after.ruleset else (before.ruleset, after.ruleset),
    )


def _pair(before: str, after: str, words: Any) -> tuple[Any, Any] | None:
    return None if before == after else (words(before).label, words(after).label)
