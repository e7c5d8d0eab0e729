"""Read the rules' facts out of an intake's answers."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from conflicts.queries import CLEAR, CONFIRMED, POSSIBLE, standing
from foundation.calendar import PartialDate
from foundation.calendar import age_on as years_on
from intake.models import Intake
from intake.queries import answers_of, on_path
from intake.told import FEAR_INTERVIEW, HELD, PROTECTIVE
from screening.data import tables
from screening.rules import Facts, assess, config_of
from screening.rules.decisions import Decision
from screening.rules.facts import STATES
from screening.rules.gates import guideline_for

TOLD_NO = {"officer", "judge", "board", "absentia", "unsure"}
# Answers that the rules know by another word; any other answer keeps its own.
REP = {"other_org": "other_org_waitlist", "unsure": "unknown"}
ENTRIES = {"visa", "port", "ewi", "parole", "other"}
# What else the longer questionnaire asks: a yes to the first is the wish for the second.
HARMED = {"us_harm": ("t", "u", "vawa"), "child_parent": ("sij",)}
SENIOR = 65
AGING_OUT = {18: 90, 21: 180}  # age: days before it that are soon
NEEDS_NOTHING = {"none", "no", "skip"}
# A fact the rules read as No: left open where its question has no answer, or "I am not sure".
LEFT_OPEN = {
    "benefit": "benefits",
    "hardship": "hardship",
    "i589_filed": "i589",
    "in_proceedings": "has_court",
    "custody": "custody",
    "danger": "danger",
    "fear_screening": "fear_interview",
    "prior_order": "deported",
}


def facts_of(intake: Intake, *, on: date) -> Facts:
    """Return what the answers say, as of a day. A question left open stays unknown."""
    found = facts_from(on_path(answers_of(intake, purpose="screening")), on=on)
    return found._replace(conflict=conflict_of(standing(intake.matter_id)))


def conflict_of(standing: str) -> str:
    """Return the rules' word for how the names stand: a check nobody has answered yet holds the matter."""
    return standing if standing in (CLEAR, CONFIRMED) else POSSIBLE


def facts_from(answers: Mapping[str, Any], *, on: date) -> Facts:
    """Translate {question: value} into facts."""
    born = birth_date_of(answers)
    age = age_on(born, on=on)
    return Facts(
        consent=answers.get("consent") != "no",
        outside_us=answers.get("in_us") == "no",
        state=answers.get("state") or None,
        court_state=answers.get("court_state") or state_of_court(answers.get("court", "")),
        household_size=answers.get("household_size"),
        income=cents(answers.get("income", "")),
        period=answers.get("period") or None,
        benefit=answers.get("benefits") == "yes",
        hardship=answers.get("hardship") == "yes",
        rep=_rep(answers),
        notario=answers.get("notario") == "yes",
        fear=answers.get("fear") or None,
        other_protection=_protection(answers),
        entry=answers.get("entry") if answers.get("entry") in ENTRIES else None,
        arrival=day(answers.get("arrival")),
        i589_filed=answers.get("i589") == "yes",
        in_proceedings=answers.get("has_court") == "yes",
        notice_due=day(answers.get("letter_due")) if answers.get("has_letter") == "yes" else None,
        decisions=tuple(filter(None, [told_decision(answers)])),
        prior_order=answers.get("deported") == "yes",
        held=answers.get("hearing_went") == "held",
        custody=answers.get("custody") if answers.get("custody") in HELD else None,
        uac=age is not None and age < 18 and answers.get("with_parent") == "no",
        age=age,
        birth_date=day(born),
        children=tuple(PartialDate.parse(born) for born in _children(answers)),
        status=tuple(answers.get("status") or ()),
        status_end=day(answers.get("status_end")),
        turns_18_or_21_soon=turns_soon(born, on=on),
        vulnerable=(age is not None and age >= SENIOR) or _needs_care(answers),
        asylum_interview=_appointment(answers, "asylum_interview"),
        fear_screening=answers.get("fear_interview") in FEAR_INTERVIEW,
        checkin=_appointment(answers, "checkin"),
        danger=answers.get("danger") in ("yes", "talk"),
        individual_hearing=_hearing(answers, master=False),
        master_hearing=_hearing(answers, master=True),
    )


def left_open(answers: Mapping[str, Any]) -> set[str]:
    """Return the facts that count as No though the answers do not say so."""
    return {fact for fact, key in LEFT_OPEN.items() if answers.get(key) in (None, "", "unsure")}


def may_be_over_limit(answers: Mapping[str, Any], on: date, figures: Mapping[str, Any]) -> bool:
    """Tell whether the income, as told, is over an office's limit, so that big costs are asked about."""
    facts = facts_from(answers, on=on)._replace(hardship=False)
    return "INCOME_GT_LIMIT" in assess(facts, on=on, config=config_of(figures)).codes


def printed_limit(on: date, figures: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return what the public pages print of the limit: dollars a year for one person, and for each one more.

    Of most states: Alaska and Hawaii are a little higher.
    """
    guideline = guideline_for(None, on=on, tables=tables())
    if guideline is None:
        return None
    percent = config_of(figures).max_pct
    return guideline.first_person * percent // 100, guideline.each_additional * percent // 100


def birth_date_of(answers: Mapping[str, Any]) -> str:
    return answers.get("birth_date") or answers.get("dob") or ""


def state_of_court(court: str) -> str | None:
    """Return the state at the end of a court's name, as in "Newark, NJ", or None."""
    state = court.rpartition(",")[2].strip().upper()
    return state if state in STATES.split() else None


def _protection(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """What was asked for, and what an answer about harm points to; each once, in the order given."""
    wants = [want for want in answers.get("wants", []) if want in {*PROTECTIVE, "parole"}]
    for key, forms in HARMED.items():
        wants += forms if answers.get(key) == "yes" else ()
    return tuple(dict.fromkeys(wants))


def _needs_care(answers: Mapping[str, Any]) -> bool:
    """Tell whether someone asked for help to read, see, hear or move, or named an illness or a pregnancy.

    A fear of torture is part of the claim and says nothing about the care someone needs.
    """
    asked = answers.get("access") or []
    needs = set([asked] if isinstance(asked, str) else asked) - NEEDS_NOTHING
    return bool(needs or answers.get("care"))


def _rep(answers: Mapping[str, Any]) -> str | None:
    """A notario counts as the help someone has only where they have no lawyer; else it stands beside."""
    rep = answers.get("rep") or None
    if rep == "none" and answers.get("notario") == "yes":
        return "notario"
    if rep == "none" and answers.get("waitlist") == "yes":
        return REP["other_org"]
    return REP.get(rep, rep) if rep else None


def _hearing(answers: Mapping[str, Any], *, master: bool) -> PartialDate | None:
    """A hearing of unknown kind is scored as an individual one: the more urgent reading."""
    is_master = answers.get("hearing_kind") == "master"
    return day(answers.get("hearing_date")) if is_master == master else None


def told_decision(answers: Mapping[str, Any]) -> Decision | None:
    """Return the decision somebody told of, also where they are not sure which; None where there was none."""
    by = answers.get("decision")
    return Decision(day(answers.get("decision_date")), by) if by in TOLD_NO else None


def _appointment(answers: Mapping[str, Any], key: str) -> PartialDate | None:
    return None if answers.get("has_appointment") == "no" else day(answers.get(key))


def _children(answers: Mapping[str, Any]) -> list[str]:
    """The birth dates of the children named, as far as they are known."""
    family = answers.get("family_here") or []
    born = (person.get("birth_date") for person in family if person.get("related") == "child")
    return [each for each in born if each]


def day(value: Any) -> PartialDate | None:
    return PartialDate.parse(value) if value else None


def cents(amount: str) -> int | None:
    """Return dollars as typed ("800", "800.50") in whole cents."""
    return int(Decimal(amount) * 100) if amount else None


def age_on(birth_date: str, *, on: date) -> int | None:
    """Return the age in years on a day; for half a date the youngest it allows, which protects children."""
    return years_on(PartialDate.parse(birth_date), on=on) if birth_date else None


def turns_soon(birth_date: str, *, on: date) -> bool:
    """Tell whether an 18th or 21st birthday may lie within the days before it that are soon.

    Of half a date every day it allows is looked at: a birthday that may be near is treated as near.
    """
    if not birth_date:
        return False
    born = PartialDate.parse(birth_date)
    for years, days in AGING_OUT.items():
        first = _birthday(born.year + years, born.month or 1, born.day or 1)
        last = _birthday(born.year + years, born.month or 12, born.day or 31)
        if first <= on + timedelta(days=days) and last > on:
            return True
    return False


def _birthday(year: int, month: int, day: int) -> date:
    """Return a day, or the last of its month where the month is shorter."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
