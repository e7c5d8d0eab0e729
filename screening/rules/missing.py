"""What is missing, and how much it would decide: the rules run again with each answer it could have."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from foundation.calendar import PartialDate
from screening.data import Tables
from screening.rules import Assessment, assess
from screening.rules.decisions import Decision
from screening.rules.facts import STATES, Config, Facts
from screening.rules.gates import is_household
from screening.rules.missing_days import PartKnown, partial_dates, runs_of, whole
from screening.rules.one_year import is_asked
from screening.rules.seen import seen_of

# The answers tried. Each stands for many: a day ago or ahead, an age, a household, an amount.
ARRIVED = {"recent": 10, "near": 360, "passed": 400}
HEARD = {"week": 5, "month": 25, "far": 400}
DENIED = {"days": 5, "weeks": 25, "long": 60}
AGES = {"child": 16, "adult": 30}
ENTRIES = ("ewi", "visa")
CONFLICTS = ("clear", "confirmed")
HOUSEHOLDS = (1, 4, 8)
ANY_HOUSEHOLD = 1  # any size will do: the incomes tried are under or over the limit of every household
INCOMES = {"low": 0, "high": 10**12}  # cents: under and over any limit
KNOWN_FEAR = ("yes", "no")
NO_LAWYER_KNOWN = (None, "unknown", "ending")
MONEY_UNKNOWN = {"INCOME_UNKNOWN", "AFFORD_DETAINED_PRESUMED"}
# What a benefit would settle.
MONEY_IN_DOUBT = {
    "INCOME_UNKNOWN",
    "HH_SIZE_INVALID",
    "HH_SIZE_CHECK",
    "INCOME_GT_LIMIT",
    "INCOME_GT_LIMIT_HARDSHIP",
    "ASSETS_OVER",
}


@dataclass(frozen=True)
class Answer:
    """One answer a missing fact could have, and what the rules would then say."""

    name: str
    outcome: str
    band: str
    score: int


@dataclass(frozen=True)
class Question:
    """A missing fact with its possible answers; `decides` where one of them would change the result.

    `part` is what is known of a date whose day is asked for ("2025"); its answers are named "first/last".
    """

    fact: str
    answers: tuple[Answer, ...]
    decides: bool
    part: str = ""


Options = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class _Asking:
    """What the table below looks at: the facts, the result they have now, what the answers leave open."""

    facts: Facts
    now: Assessment
    open_facts: Collection[str]
    config: Config
    on: date

    def in_days(self, days: int) -> PartialDate:
        return whole(self.on + timedelta(days=days))


def missing_facts(
    facts: Facts,
    *,
    on: date,
    open_facts: Collection[str] = (),
    config: Config | None = None,
    of: Tables | None = None,
) -> list[Question]:
    """Return every missing fact with what each answer would come to, those that decide something first.

    Before all others stands the day of a partial date whose days come to different bands. `open_facts`
    are facts the rules read as No though nobody said so ("I am not sure").
    """
    config = config or Config.from_dict(of=of)
    now = assess(facts, on=on, config=config, of=of)
    asking = _Asking(facts, now, open_facts, config, on)
    found = _days(asking, of)
    for fact, options in TABLE.items():
        offered = options(asking)
        if offered:
            results = {
                name: assess(facts._replace(**changes), on=on, config=config, of=of)
                for name, changes in offered.items()
            }
            found.append(_question(fact, results, now))
    return sorted(found, key=lambda question: (not question.decides, not question.part))


def _days(asking: _Asking, of: Tables | None) -> list[Question]:
    def again(facts: Facts) -> Assessment:
        return assess(facts, on=asking.on, config=asking.config, of=of)

    return [_which_day(part, again) for part in partial_dates(asking.facts, asking.now, on=asking.on)]


def _which_day(part: PartKnown, again: Callable[[Facts], Assessment]) -> Question:
    """Ask for the day; it decides where the bands of its days differ."""
    runs = runs_of(part, again)
    answers = tuple(
        Answer(f"{run.first.isoformat()}/{run.last.isoformat()}", run.outcome, run.band, run.score)
        for run in runs
    )
    return Question(part.fact, answers, len({run.band for run in runs}) > 1, part.text)


def _question(fact: str, results: dict[str, Assessment], now: Assessment) -> Question:
    answers = tuple(Answer(name, each.outcome, each.band, each.score) for name, each in results.items())
    stands = (now.outcome, now.band, now.score)
    return Question(fact, answers, any((a.outcome, a.band, a.score) != stands for a in answers))


def _conflict(asking: _Asking) -> Options:
    if asking.facts.conflict != "possible":
        return {}
    return {name: {"conflict": name} for name in CONFLICTS}


def _fear(asking: _Asking) -> Options:
    if asking.facts.fear in KNOWN_FEAR:
        return {}
    return {name: {"fear": name} for name in KNOWN_FEAR}


def _rep(asking: _Asking) -> Options:
    if asking.facts.rep not in NO_LAWYER_KNOWN:
        return {}
    return {"none": {"rep": "none"}, "active": {"rep": "active"}}


def _codes(asking: _Asking) -> set[str]:
    return set(asking.now.codes)


def _income(asking: _Asking) -> Options:
    """Try an income under and over any limit; a household that is not known either counts as one person."""
    if not _codes(asking) & MONEY_UNKNOWN:
        return {}
    size = asking.facts.household_size if is_household(asking.facts.household_size) else ANY_HOUSEHOLD
    return {
        name: {"income": cents, "period": "yearly", "household_size": size} for name, cents in INCOMES.items()
    }


def _household(asking: _Asking) -> Options:
    if "HH_SIZE_INVALID" not in _codes(asking):
        return {}
    return {str(size): {"household_size": size} for size in HOUSEHOLDS}


def _hardship(asking: _Asking) -> Options:
    return _if_open(asking, "hardship", when="INCOME_GT_LIMIT" in _codes(asking))


def _benefit(asking: _Asking) -> Options:
    return _if_open(asking, "benefit", when=bool(_codes(asking) & MONEY_IN_DOUBT))


def _if_open(asking: _Asking, fact: str, *, when: bool = True) -> Options:
    """Offer yes and no for a fact that was left open."""
    if fact not in asking.open_facts or not when:
        return {}
    return {"yes": {fact: True}, "no": {fact: False}}


def _state(asking: _Asking) -> Options:
    """Try a state inside the area and one outside; a limited area may be empty, or hold every state."""
    if "AREA_UNKNOWN" not in _codes(asking):
        return {}
    served = asking.config.service_area
    inside = [{"state": state} for state in served]
    outside = [{"state": state} for state in STATES.split() if state not in served]
    return {name: found[0] for name, found in (("inside", inside), ("outside", outside)) if found}


def _arrival(asking: _Asking) -> Options:
    if asking.facts.arrival is not None or not is_asked(asking.facts):
        return {}
    return {name: {"arrival": asking.in_days(-ago)} for name, ago in ARRIVED.items()}


def _receipt(asking: _Asking) -> Options:
    """Sent, sent back, or nobody is sure: is there a receipt? One of today stands for any."""
    is_open = "i589_filed" in asking.open_facts and is_asked(asking.facts) and not asking.facts.i589_received
    if not is_open and not _codes(asking) & {"I589_SAID_SENT", "I589_RETURNED"}:
        return {}
    return {"yes": {"i589_received": asking.in_days(0), "i589_returned": False}, "no": {}}


def _hearing(asking: _Asking) -> Options:
    facts = asking.facts
    if not facts.in_proceedings or facts.individual_hearing or facts.master_hearing:
        return {}
    return {name: {"individual_hearing": asking.in_days(ahead)} for name, ahead in HEARD.items()}


def _denial(asking: _Asking) -> Options:
    """Try days for the decisions without one; who decided, where nobody knows, is taken for a judge."""
    if "DENIAL_DATE_UNKNOWN" not in _codes(asking):
        return {}
    known = [order.decision for order in seen_of(asking.facts, on=asking.on).orders]
    return {name: _decided(known, asking.in_days(-ago)) for name, ago in DENIED.items()}


def _decided(known: list[Decision], day: PartialDate) -> dict[str, Any]:
    """Put all that was decided in the list, each entry with a day of its own or this one."""
    dated = (replace(one, date=one.date or day, by=JUDGE.get(one.by, one.by)) for one in known)
    return {"decisions": tuple(dated), "denial_date": None, "in_absentia": False}


JUDGE = {"unsure": "judge"}


def _custody(asking: _Asking) -> Options:
    if "custody" not in asking.open_facts:
        return {}
    return {"none": {"custody": None}, "ice": {"custody": "ice"}}


def _age(asking: _Asking) -> Options:
    known = asking.facts.age is not None or asking.facts.birth_date is not None
    return {} if known else {name: {"age": age} for name, age in AGES.items()}


def _entry(asking: _Asking) -> Options:
    return {} if asking.facts.entry else {entry: {"entry": entry} for entry in ENTRIES}


TABLE: dict[str, Callable[[_Asking], Options]] = {
    "conflict": _conflict,
    "fear": _fear,
    "rep": _rep,
    "income": _income,
    "household_size": _household,
    "hardship": _hardship,
    "benefit": _benefit,
    "state": _state,
    "arrival": _arrival,
    "i589_received": _receipt,
    "in_proceedings": lambda asking: _if_open(asking, "in_proceedings"),
    "hearing": _hearing,
    "denial_date": _denial,
    "custody": _custody,
    "fear_screening": lambda asking: _if_open(asking, "fear_screening"),
    "danger": lambda asking: _if_open(asking, "danger"),
    "age": _age,
    "entry": _entry,
}
