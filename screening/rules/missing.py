"""What is missing, and how much it would decide: the rules run again with each answer it could have."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from foundation.calendar import PartialDate
from screening.data import Tables
from screening.rules import Assessment, assess
from screening.rules.facts import STATES, Config, Facts
from screening.rules.gates import is_household
from screening.rules.one_year import applies

RICH = 10**12  # cents: over any limit
TEN_DAYS, TWO_MONTHS, LONG_AGO = 10, 60, 400


@dataclass(frozen=True)
class Answer:
    """One answer a missing fact could have, and what the rules would then say."""

    name: str
    outcome: str
    band: str
    score: int


@dataclass(frozen=True)
class Question:
    """A missing fact with its possible answers; `decides` where one of them would change the result."""

    fact: str
    answers: tuple[Answer, ...]
    decides: bool


Options = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class _Asking:
    """What the table below looks at: the facts, the result they have now, what the answers leave open."""

    facts: Facts
    now: Assessment
    open_facts: Collection[str]
    config: Config
    on: date

    def ago(self, days: int) -> PartialDate:
        day = self.on - timedelta(days=days)
        return PartialDate(day.year, day.month, day.day)


def missing_facts(
    facts: Facts,
    *,
    on: date,
    open_facts: Collection[str] = (),
    config: Config | None = None,
    of: Tables | None = None,
) -> list[Question]:
    """Return every missing fact with what each answer would come to, those that decide something first.

    `open_facts` are facts the rules read as No though nobody said so ("I am not sure").
    """
    config = config or Config.from_dict(of=of)
    now = assess(facts, on=on, config=config, of=of)
    asking = _Asking(facts, now, open_facts, config, on)
    found = []
    for fact, options in TABLE.items():
        offered = options(asking)
        if offered:
            results = {
                name: assess(replace(facts, **changes), on=on, config=config, of=of)
                for name, changes in offered.items()
            }
            found.append(_question(fact, results, now))
    return sorted(found, key=lambda question: not question.decides)


def _question(fact: str, results: dict[str, Assessment], now: Assessment) -> Question:
    answers = tuple(Answer(name, each.outcome, each.band, each.score) for name, each in results.items())
    stands = (now.outcome, now.band, now.score)
    return Question(fact, answers, any((a.outcome, a.band, a.score) != stands for a in answers))


def _conflict(asking: _Asking) -> Options:
    if asking.facts.conflict != "possible":
        return {}
    return {"clear": {"conflict": "clear"}, "confirmed": {"conflict": "confirmed"}}


def _fear(asking: _Asking) -> Options:
    if asking.facts.fear in ("yes", "no"):
        return {}
    return {"yes": {"fear": "yes"}, "no": {"fear": "no"}}


def _rep(asking: _Asking) -> Options:
    if asking.facts.rep not in (None, "unknown", "ending"):
        return {}
    return {"none": {"rep": "none"}, "active": {"rep": "active"}}


def _codes(asking: _Asking) -> set[str]:
    return set(asking.now.codes)


def _income(asking: _Asking) -> Options:
    if not _codes(asking) & {"INCOME_UNKNOWN", "AFFORD_DETAINED_PRESUMED"}:
        return {}
    size = asking.facts.household_size if is_household(asking.facts.household_size) else 1
    low = {"income": 0, "period": "yearly", "household_size": size}
    return {"low": low, "high": {**low, "income": RICH}}


def _household(asking: _Asking) -> Options:
    if "HH_SIZE_INVALID" not in _codes(asking):
        return {}
    return {str(size): {"household_size": size} for size in (1, 4, 8)}


def _hardship(asking: _Asking) -> Options:
    return _if_open(asking, "hardship", when="INCOME_GT_LIMIT" in _codes(asking))


def _benefit(asking: _Asking) -> Options:
    money = {
        "INCOME_UNKNOWN",
        "HH_SIZE_INVALID",
        "INCOME_GT_LIMIT",
        "INCOME_GT_LIMIT_HARDSHIP",
        "ASSETS_OVER",
    }
    return _if_open(asking, "benefit", when=bool(_codes(asking) & money))


def _if_open(asking: _Asking, fact: str, *, when: bool = True) -> Options:
    """Offer yes and no for a fact that was left open."""
    if fact not in asking.open_facts or not when:
        return {}
    return {"yes": {fact: True}, "no": {fact: False}}


def _state(asking: _Asking) -> Options:
    if "AREA_UNKNOWN" not in _codes(asking):
        return {}
    served = asking.config.service_area
    outside = next((state for state in STATES.split() if state not in served), None)
    inside = {"inside": {"state": served[0]}} if served else {}
    return {**inside, **({"outside": {"state": outside}} if outside else {})}


def _arrival(asking: _Asking) -> Options:
    if asking.facts.arrival is not None or not applies(asking.facts):
        return {}
    days = {"recent": TEN_DAYS, "near": 360, "passed": LONG_AGO}
    return {name: {"arrival": asking.ago(count)} for name, count in days.items()}


def _i589(asking: _Asking) -> Options:
    return _if_open(asking, "i589_filed", when=applies(asking.facts))


def _hearing(asking: _Asking) -> Options:
    facts = asking.facts
    if not facts.in_proceedings or facts.individual_hearing or facts.master_hearing:
        return {}
    return {
        "week": {"individual_hearing": asking.ago(-5)},
        "month": {"individual_hearing": asking.ago(-25)},
        "far": {"individual_hearing": asking.ago(-LONG_AGO)},
    }


def _denial(asking: _Asking) -> Options:
    if not asking.facts.prior_denial or asking.facts.denial_date:
        return {}
    days = {"days": 5, "weeks": 25, "long": TWO_MONTHS}
    return {name: {"denial_date": asking.ago(count)} for name, count in days.items()}


def _custody(asking: _Asking) -> Options:
    if "custody" not in asking.open_facts:
        return {}
    return {"none": {"custody": None}, "ice": {"custody": "ice"}}


def _age(asking: _Asking) -> Options:
    return {} if asking.facts.age is not None else {"child": {"age": 16}, "adult": {"age": 30}}


def _entry(asking: _Asking) -> Options:
    return {} if asking.facts.entry else {"ewi": {"entry": "ewi"}, "visa": {"entry": "visa"}}


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
    "i589_filed": _i589,
    "in_proceedings": lambda asking: _if_open(asking, "in_proceedings"),
    "hearing": _hearing,
    "denial_date": _denial,
    "custody": _custody,
    "fear_screening": lambda asking: _if_open(asking, "fear_screening"),
    "danger": lambda asking: _if_open(asking, "danger"),
    "age": _age,
    "entry": _entry,
}
