"""The family that asks for help in one claim, and who of it comes of age (ADR 71)."""

from dataclasses import dataclass
from datetime import date, timedelta

from cases import rules
from cases.facts import deadline_facts_of
from cases.rules import DueDate
from foundation.calendar import PartialDate, age_on
from intake.questionnaire.names import RELATIONS
from intake.words import date_words
from workspace.desk import PURPOSE, Desk
from workspace.when import When, when_of

COMES_OF_AGE = "child_21"  # the row of cases/data/deadlines.csv, with its source and how sure it is
WATCHED = timedelta(days=183)  # a child of twenty and a half


@dataclass(frozen=True)
class FamilyLine:
    """One person of the family. `last_day`: by when the claim must be in for a child to stay on it.

    `is_watched`: that day is within half a year. `citation` and `confidence` are those of its row.
    """

    name: str
    relation: str
    born: str
    age: int | None
    last_day: date | None
    when: When | None
    is_watched: bool
    citation: str
    confidence: str


def family_of(desk: Desk) -> list[FamilyLine]:
    """Return who of the family asks for help in this claim, as they told us; a date only while it is live."""
    people = desk.answers.get("family_here") or []
    if not people:
        return []
    facts = deadline_facts_of(desk.known(purpose=PURPOSE), on=desk.today)
    due = [one for one in rules.case_dates(facts, on=desk.today) if one.key == COMES_OF_AGE and one.is_live]
    by_birth = {born["birth_date"]: one for one in due for born in one.inputs["children"]}
    return [_line(person, by_birth, today=desk.today) for person in people]


def _line(person: dict[str, str], due: dict[str, DueDate], *, today: date) -> FamilyLine:
    born = person["birth_date"]
    last = due.get(born) if person["related"] == "child" else None
    day = last.date if last else None
    return FamilyLine(
        name=person["name"],
        relation=str(dict(RELATIONS).get(person["related"], "")),
        born=date_words(born) if born else "",
        age=age_on(PartialDate.parse(born), on=today) if born else None,
        last_day=day,
        when=when_of(day, last.status, kind=last.kind, today=today, latest=last.latest) if last else None,
        is_watched=day is not None and day <= today + WATCHED,
        citation=last.citation if last else "",
        confidence=last.confidence if last else "",
    )
