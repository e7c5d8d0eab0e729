"""One case as it lies open before one reader: what its strip and several of its tabs need, read once."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Func, JSONField, QuerySet, Value
from django.utils import timezone

from cases.facts import Known, judged_of, receipts_of
from cases.looking import thing_from
from cases.models import Case, CaseFacts, Status
from cases.rules.next import REACH, NextThing
from conflicts.queries import CLEAR, PENDING
from foundation.accounts.access import StaffRequest
from foundation.accounts.models import Role, User
from foundation.vault.fields import Sealed
from foundation.vault.opening import open_one
from intake.models import Answer
from intake.queries import NAME, full_name, on_path, saved_from
from intake.told import Saved
from referrals.steps import handing_steps, placing_step
from screening.facts import conflict_of
from workspace.visible import case_for

PURPOSE = "case page"


@dataclass(frozen=True)
class Placing:
    """How far a case is on its way to somebody who takes it, in what the strip says of it."""

    is_referred: bool
    offered_to: str
    offer_until: datetime | None
    taken_by: str
    engaged_on: date | None
    scope: str  # for what they are engaged, where somebody said so

    @property
    def is_taken(self) -> bool:
        return bool(self.taken_by)


@dataclass(frozen=True)
class Counts:
    """How many there are of what the tabs name."""

    dates: int
    files: int
    people: int
    wishes: int
    replies: int


@dataclass(frozen=True)
class Desk:
    """One case before one reader. `answers` are those of the pages asked, `learned` the newest facts.

    `names` is how the names stand, `next_thing` what the case itself asks for, `worked` the minutes that were
    logged. `has_…` spare a read of what is not there.
    """

    case: Case
    user: User
    at: datetime
    today: date
    person: str
    born: str
    saved: Saved
    answers: Mapping[str, Any]
    learned: Mapping[str, Any]
    names: str
    next_thing: NextThing | None
    placing: Placing
    counts: Counts
    worked: int
    is_unsafe: bool
    has_together: bool
    has_family: bool
    has_looked: bool
    has_receipts: bool
    has_judged: bool
    has_talk: bool
    has_questions: bool
    has_seconds: bool
    has_closings: bool
    has_hand_overs: bool
    has_interests: bool

    def known(self, *, purpose: str) -> Known:
        """Open what the case rests on besides what lies open already."""
        case = self.case
        receipts = receipts_of([case], purpose=purpose).get(case.pk, ()) if self.has_receipts else ()
        judged = judged_of(case) if self.has_judged else ()
        return Known(self.saved, self.learned, conflict_of(self.names), judged, receipts)

    @property
    def told(self) -> Known:
        """What the case rests on, without judges' dates and receipts: enough to match and to propose."""
        return Known(self.saved, self.learned, conflict_of(self.names))

    @property
    def is_caseworker(self) -> bool:
        return self.user.has_role(Role.CASEWORKER)

    @property
    def sees_names(self) -> bool:
        """Whether the names of the matter, and how they stand, are for this reader."""
        return self.user.has_role(Role.CASEWORKER, Role.ADMINISTRATOR)

    @property
    def story_waits(self) -> bool:
        """The office's own people do not read of the harm while the names are open."""
        return self.sees_names and self.names != CLEAR


# What is said of a case by yes or no; of what a reader may not ask for, no.
SAID = ("is_unsafe", *(field.name for field in fields(Desk) if field.name.startswith("has_")))


def desk_for(request: StaffRequest, pk: uuid.UUID) -> Desk:
    """Open a case for whoever asks, or answer 404. Raises AccessEnded for an attorney who had it once."""
    case = case_for(request, pk, more=lambda cases: wide(cases, request.user))
    return lay_open(case, request.user, at=timezone.now())


def wide(cases: QuerySet[Case], user: User) -> QuerySet[Case]:
    """Have cases carry what the strip says of them, in their own statement (desk_sql.py).

    What the database shows to the office's own people alone is asked for by nobody else.
    """
    for_office = user.has_role(Role.CASEWORKER, Role.ADMINISTRATOR)
    readers = (Value(for_office), Value(user.has_role(Role.CASEWORKER)))
    beside = Func("pk", "matter_id", "intake_id", *readers, function="sec.desk", output_field=JSONField())
    return cases.annotate(beside=beside)


def lay_open(case: Any, user: User, *, at: datetime) -> Desk:
    """Open what every tab of a `wide` case needs."""
    identity = open_one(case.applicant, *NAME, "birth_date", purpose=PURPOSE)
    beside: Mapping[str, Any] = case.beside
    saved = saved_from(case.intake, _answers(case, beside["answers"]), purpose=PURPOSE)
    return Desk(
        case=case,
        user=user,
        at=at,
        today=case.office.today(at),
        person=full_name(identity),
        born=identity.birth_date,
        saved=saved,
        answers=on_path(saved),
        learned=_learned(case, beside["facts"]),
        names=beside["names"] or PENDING,
        next_thing=thing_from(open_one(case, "next_thing", purpose=PURPOSE).next_thing)
        if case.is_open
        else None,
        placing=_placing(beside),
        counts=Counts(**{field.name: beside.get(field.name, 0) for field in fields(Counts)}),
        worked=beside["worked"],
        **{name: bool(beside.get(name)) for name in SAID},
    )


def _placing(beside: Mapping[str, Any]) -> Placing:
    offer, taken = beside["offer"] or {}, beside["taken"] or {}
    return Placing(
        is_referred=beside["is_referred"],
        offered_to=offer.get("to") or "",
        offer_until=datetime.fromisoformat(offer["until"]) if offer else None,
        taken_by=taken.get("by") or "",
        engaged_on=date.fromisoformat(taken["on"]) if taken.get("on") else None,
        scope=taken.get("for") or "",
    )


def _answers(case: Case, kept: Iterable[Mapping[str, Any]]) -> list[Answer]:
    """Return the rows of the answers, which came with the case."""
    rows = []
    for one in kept:
        row = Answer(pk=uuid.UUID(one["id"]), **case.matter.columns, intake=case.intake, page=one["page"])
        row.value = _sealed(one["value"])
        row.saved_at = datetime.fromisoformat(one["at"])
        rows.append(row)
    return rows


def _learned(case: Case, kept: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Open the newest facts of a case, which came with it."""
    if kept is None:
        return {}
    row = CaseFacts(pk=kept["id"], **case.matter.columns)
    row.values = _sealed(kept["values"])
    values: Mapping[str, Any] = open_one(row, "values", purpose=PURPOSE).values
    return values


def _sealed(as_json: str) -> Sealed:
    """Return a sealed value as the database writes bytes into JSON."""
    return Sealed(bytes.fromhex(as_json.removeprefix("\\x")))


def steps_on(desk: Desk) -> dict[uuid.UUID, NextThing]:
    """Return the next step of the work on a case, by what the desk knows already."""
    case, placing, today = desk.case, desk.placing, desk.today
    steps: dict[uuid.UUID, NextThing] = {}
    if not case.is_open:
        return steps
    if case.triaged_at and case.status != Status.REPRESENTED:
        steps[case.pk] = placing_step(
            is_referred=placing.is_referred,
            answer_by=case.office.today(placing.offer_until) if placing.offer_until else None,
            is_taken=placing.is_taken,
            on=today,
        )
    # Whoever holds the case for its person has nothing to do with what others were asked before.
    if desk.has_hand_overs and not desk.user.has_role(Role.ATTORNEY):
        steps |= handing_steps([case], today)
    return steps | ({case.pk: NextThing(REACH, today)} if desk.is_unsafe else {})
