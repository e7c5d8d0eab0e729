"""The family in one claim: who of it comes of age (ADR 71), who has a case of their own (ADR 74)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choice
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models import When as If

from cases import rules
from cases.facts import deadline_facts_of
from cases.family import links_of
from cases.models import Case, FamilyLink, Status
from cases.rules import DueDate
from foundation.badges import Badge
from foundation.calendar import PartialDate, age_on
from foundation.vault.opening import open_many
from intake.models import Intake
from intake.models import Status as IntakeStatus
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
    tie: "Tie | None" = None


@dataclass(frozen=True)
class Tie:
    """A case of their own that somebody of the family has, seen from one of the two.

    `is_named_here`: the other person was named in this case; else this case is of somebody named in the
    other. `role` is how they are related. `case` is None until their form was sent (`draft`: it is begun)
    or where it is gone. `why` the interests clash is read only where it was written.
    """

    id: uuid.UUID
    is_named_here: bool
    name: str
    role: str
    clashes: bool
    case: uuid.UUID | None
    reference: str
    status: Badge | None
    draft: uuid.UUID | None
    may_begin: bool
    why: str


def ties_of(desk: Desk) -> list[Tie]:
    """Return the cases of their own that people of this family have: whoever reads of one may see both."""
    if not desk.has_family:
        return []
    links = list(_with_other(links_of(desk.case.matter_id), desk.case.matter_id))
    opened = open_many(links, "details", "why", purpose=PURPOSE)
    return [_tie(link, opened[link.pk], desk) for link in links]


def _with_other(links: QuerySet[FamilyLink], ours: uuid.UUID) -> QuerySet[FamilyLink]:
    """Have links carry the case or the draft at their other end."""
    end = OuterRef("other_end")
    case = Case.objects.filter(matter_id=end)
    draft = Intake.objects.filter(matter_id=end, status=IntakeStatus.DRAFT)
    other = If(matter_id=ours, then=F("other_matter_id"))
    return links.annotate(other_end=Choice(other, default=F("matter_id"))).annotate(
        other_case=Subquery(case.values("pk")[:1]),
        other_reference=Subquery(case.values("reference")[:1]),
        other_status=Subquery(case.values("status")[:1]),
        other_draft=Subquery(draft.values("pk")[:1]),
    )


def _tie(link: Any, opened: Any, desk: Desk) -> Tie:
    is_named_here = link.matter_id == desk.case.matter_id
    is_nothing = link.other_case is None and link.other_draft is None
    return Tie(
        id=link.pk,
        is_named_here=is_named_here,
        name=opened.details["name"],
        role=relation_words(opened.details["role"]),
        clashes=link.clashes,
        case=link.other_case,
        reference=link.other_reference or "",
        status=Status(link.other_status).badge if link.other_status else None,
        draft=link.other_draft,
        may_begin=is_named_here and is_nothing and link.begun_at is None,
        why=opened.why if is_named_here else "",
    )


def relation_words(code: str) -> str:
    """Return how somebody is related, in words; nothing where nobody said."""
    return str(dict(RELATIONS).get(code, ""))


def people_named(desk: Desk) -> list[dict[str, str]]:
    """Return the family as the form names it: name, how they are related, birth date."""
    return list(desk.answers.get("family_here") or [])


def family_of(desk: Desk, ties: list[Tie]) -> list[FamilyLine]:
    """Return who of the family asks for help in this claim, as they told us; a date only while it is live."""
    people = people_named(desk)
    if not people:
        return []
    own = {tie.name: tie for tie in ties if tie.is_named_here}
    facts = deadline_facts_of(desk.known(purpose=PURPOSE), on=desk.today)
    due = [one for one in rules.case_dates(facts, on=desk.today) if one.key == COMES_OF_AGE and one.is_live]
    by_birth = {born["birth_date"]: one for one in due for born in one.inputs["children"]}
    return [_line(person, by_birth, own.get(person["name"]), today=desk.today) for person in people]


def _line(person: dict[str, str], due: dict[str, DueDate], tie: Tie | None, *, today: date) -> FamilyLine:
    born = person["birth_date"]
    last = due.get(born) if person["related"] == "child" else None
    day = last.date if last else None
    return FamilyLine(
        name=person["name"],
        relation=relation_words(person["related"]),
        born=date_words(born) if born else "",
        age=age_on(PartialDate.parse(born), on=today) if born else None,
        last_day=day,
        when=when_of(day, last.status, kind=last.kind, today=today, latest=last.latest) if last else None,
        is_watched=day is not None and day <= today + WATCHED,
        citation=last.citation if last else "",
        confidence=last.confidence if last else "",
        tie=tie,
    )
