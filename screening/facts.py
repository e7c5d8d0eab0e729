"""Read the rules' facts out of an intake's answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from conflicts.queries import CLEAR, CONFIRMED, POSSIBLE, standing
from foundation.calendar import PartialDate
from intake.models import Intake
from intake.queries import answers_of, on_path
from screening.rules import Facts

TOLD_NO = {"officer", "judge", "board", "absentia"}
# Answers that the rules know by another word; any other answer keeps its own.
REP = {"other_org": "other_org_waitlist", "unsure": "unknown"}
ENTRIES = {"visa", "port", "ewi", "parole", "other"}
PROTECTIVE = {"sij", "t", "u", "vawa", "i730", "tps"}


def facts_of(intake: Intake, *, on: date) -> Facts:
    """Return what the answers say, as of a day. A question left open stays unknown."""
    found = facts_from(on_path(answers_of(intake, purpose="screening")), on=on)
    return replace(found, conflict=conflict_of(standing(intake.file_id)))


def conflict_of(standing: str) -> str:
    """Return the rules' word for how the names stand: a check nobody has answered yet holds the matter."""
    return standing if standing in (CLEAR, CONFIRMED) else POSSIBLE


def facts_from(answers: Mapping[str, Any], *, on: date) -> Facts:
    """Translate {question: value} into facts."""
    age = age_on(answers.get("birth_date", ""), on=on)
    return Facts(
        outside_us=answers.get("in_us") == "no",
        state=answers.get("state") or None,
        household_size=answers.get("household_size"),
        income=cents(answers.get("income", "")),
        period=answers.get("period") or None,
        benefit=answers.get("benefits") == "yes",
        rep=_rep(answers),
        notario=answers.get("notario") == "yes",
        fear=answers.get("fear") or None,
        other_protection=tuple(want for want in answers.get("wants", []) if want in PROTECTIVE),
        entry=answers.get("entry") if answers.get("entry") in ENTRIES else None,
        arrival=day(answers.get("arrival")),
        i589_filed=answers.get("i589") == "yes",
        in_proceedings=answers.get("has_court") == "yes",
        notice_due=day(answers.get("letter_due")) if answers.get("has_letter") == "yes" else None,
        denial_date=_denial_date(answers),
        prior_denial=answers.get("decision") in TOLD_NO - {"absentia"},
        in_absentia=answers.get("decision") == "absentia",
        custody=answers.get("custody") if answers.get("custody") in ("ice", "orr") else None,
        uac=age is not None and age < 18 and answers.get("with_parent") == "no",
        age=age,
        danger=answers.get("danger") in ("yes", "talk"),
        individual_hearing=_hearing(answers, master=False),
        master_hearing=_hearing(answers, master=True),
    )


def _rep(answers: Mapping[str, Any]) -> str | None:
    """A notario counts as the help someone has only where they have no lawyer; else it stands beside."""
    rep = answers.get("rep") or None
    if rep == "none" and answers.get("notario") == "yes":
        return "notario"
    return REP.get(rep, rep) if rep else None


def _hearing(answers: Mapping[str, Any], *, master: bool) -> PartialDate | None:
    """A hearing of unknown kind is scored as an individual one: the more urgent reading."""
    is_master = answers.get("hearing_kind") == "master"
    return day(answers.get("hearing_date")) if is_master == master else None


def _denial_date(answers: Mapping[str, Any]) -> PartialDate | None:
    """Only a judge's decision starts the appeal clock the rules know."""
    return day(answers.get("decision_date")) if answers.get("decision") == "judge" else None


def day(value: Any) -> PartialDate | None:
    return PartialDate.parse(value) if value else None


def cents(amount: str) -> int | None:
    """Return dollars as typed ("800", "800.50") in whole cents."""
    return int(Decimal(amount) * 100) if amount else None


def age_on(birth_date: str, *, on: date) -> int | None:
    """Return the age in years on a day; for half a date the youngest it allows, which protects children."""
    if not birth_date:
        return None
    born = PartialDate.parse(birth_date)
    latest = (born.month or 12, born.day or 31)
    return max(on.year - born.year - ((on.month, on.day) < latest), 0)
