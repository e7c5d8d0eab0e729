"""One case as it lies open before one reader: what its strip and several of its tabs need, read once."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject
from django.utils import timezone

from cases.facts import Known, judged_of, receipts_of
from cases.looking import thing_from
from cases.models import (
    LIVE,
    Case,
    CaseFacts,
    Closing,
    Deadline,
    FamilyLink,
    Filing,
    JudgeDate,
    SecondLook,
    Status,
)
from cases.rules.next import REACH, NextThing
from casework.models import LoggedHours
from conflicts.models import ConflictCheck, Party, SamePerson, Standing
from conflicts.queries import CLEAR, PENDING, decided_unread
from foundation.accounts.access import StaffRequest
from foundation.accounts.models import Role, User
from foundation.files.models import Upload
from foundation.vault.fields import Sealed
from foundation.vault.opening import open_one
from intake.models import Answer, Question, Wish, WishStatus
from intake.queries import NAME, full_name, on_path, saved_from
from intake.told import Saved
from notifications.inbound_models import Draft, Reply
from referrals.models import Assignment, HandOver, Interest, Offer, OfferStatus, Referral, ReferralStatus
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


def desk_for(request: StaffRequest, pk: uuid.UUID) -> Desk:
    """Open a case for whoever asks, or answer 404. Raises AccessEnded for an attorney who had it once."""
    case = case_for(request, pk, more=lambda cases: wide(cases, request.user))
    return lay_open(case, request.user, at=timezone.now())


def wide(cases: QuerySet[Case], user: User) -> QuerySet[Case]:
    """Have cases carry what the strip says of them, each by an index of its own, in one statement.

    What the database shows to the office's own people alone is asked for by nobody else.
    """
    of_case = {"case": OuterRef("pk")}
    facts = CaseFacts.objects.filter(**of_case).order_by("-written_at")
    # Whom a colleague asks to take a case over is not yet anybody on its way: somebody holds it.
    of_offer = {"referral__case": OuterRef("pk"), "hands_on": None}
    offer = Offer.objects.filter(**of_offer, status=OfferStatus.OPEN)
    taken = Assignment.objects.filter(**of_case, ended_at=None)
    wishes = Wish.objects.filter(intake=OuterRef("intake"), status=WishStatus.OPEN)
    answers = Answer.objects.filter(intake=OuterRef("intake"))
    of_matter = {"matter_id": OuterRef("matter_id")}
    together = SamePerson.objects.filter(undone_at=None)
    family, looked = FamilyLink.objects.filter(undone_at=None), decided_unread()
    parties, seconds = Party.objects.filter(removed_at=None), SecondLook.objects.filter(decided_at=None)
    interests = Interest.objects.all() if user.has_role(Role.CASEWORKER) else Interest.objects.none()
    hours = LoggedHours.objects.filter(struck_at=None)
    if not user.has_role(Role.CASEWORKER, Role.ADMINISTRATOR):
        together, family = SamePerson.objects.none(), FamilyLink.objects.none()
        parties, seconds, looked = (
            Party.objects.none(),
            SecondLook.objects.none(),
            ConflictCheck.objects.none(),
        )
    return cases.annotate(
        names_state=Subquery(Standing.objects.filter(**of_matter).values("state")[:1]),
        facts_id=Subquery(facts.values("pk")[:1]),
        facts_values=Subquery(facts.values("values")[:1], output_field=CaseFacts._meta.get_field("values")),
        is_referred=Exists(Referral.objects.filter(**of_case).exclude(status=ReferralStatus.RETURNED)),
        offered_to=Subquery(offer.values("practitioner__user__name")[:1]),
        offer_until=Subquery(offer.values("expires_at")[:1]),
        taken_by=Subquery(taken.values("practitioner__user__name")[:1]),
        engaged_on=Subquery(taken.values("engaged_on")[:1]),
        engaged_for=Subquery(taken.values("scope")[:1]),
        has_hand_overs=Exists(HandOver.objects.filter(**of_case)),
        has_seconds=Exists(seconds.filter(**of_case)),
        has_closings=Exists(Closing.objects.filter(**of_case, dropped_at=None)),
        has_together=Exists(together.filter(**of_matter))
        | Exists(together.filter(other_matter_id=OuterRef("matter_id"))),
        has_family=Exists(family.filter(**of_matter))
        | Exists(family.filter(other_matter_id=OuterRef("matter_id"))),
        has_looked=Exists(looked.filter(**of_matter)),
        has_receipts=Exists(Filing.objects.filter(**of_case, removed_at=None)),
        has_judged=Exists(JudgeDate.objects.filter(**of_case, removed_at=None)),
        has_talk=Exists(Reply.objects.filter(**of_matter)) | Exists(Draft.objects.filter(**of_matter)),
        has_questions=Exists(Question.objects.filter(intake=OuterRef("intake"))),
        is_unsafe=Exists(wishes.filter(kind=Wish.Kind.UNSAFE)),
        kept_answers=ArraySubquery(
            answers.values(kept=JSONObject(id="pk", page="page", value="value", at="saved_at"))
        ),
        n_wishes=_count(wishes, "intake"),
        n_replies=_count(Reply.objects.filter(**of_matter, answered_at=None), "matter_id"),
        n_dates=_count(Deadline.objects.filter(**of_case, status__in=LIVE), "case"),
        n_files=_count(Upload.objects.filter(**of_matter), "matter_id"),
        n_people=_count(parties.filter(**of_matter), "matter_id"),
        has_interests=Exists(interests.filter(**of_matter)),
        worked=Subquery(
            hours.filter(**of_case).order_by().values("case").annotate(n=Sum("minutes")).values("n")
        ),
    )


def _count(rows: QuerySet[Any], by: str) -> Subquery:
    return Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n"))


def lay_open(case: Any, user: User, *, at: datetime) -> Desk:
    """Open what every tab of a `wide` case needs."""
    identity = open_one(case.applicant, *NAME, "birth_date", purpose=PURPOSE)
    saved = saved_from(case.intake, _answers(case), purpose=PURPOSE)
    return Desk(
        case=case,
        user=user,
        at=at,
        today=case.office.today(at),
        person=full_name(identity),
        born=identity.birth_date,
        saved=saved,
        answers=on_path(saved),
        learned=_learned(case),
        names=case.names_state or PENDING,
        next_thing=thing_from(open_one(case, "next_thing", purpose=PURPOSE).next_thing)
        if case.is_open
        else None,
        placing=Placing(
            case.is_referred,
            case.offered_to or "",
            case.offer_until,
            case.taken_by or "",
            case.engaged_on,
            case.engaged_for or "",
        ),
        counts=Counts(
            case.n_dates or 0, case.n_files or 0, case.n_people or 0, case.n_wishes or 0, case.n_replies or 0
        ),
        worked=case.worked or 0,
        is_unsafe=case.is_unsafe,
        has_together=case.has_together,
        has_family=case.has_family,
        has_looked=case.has_looked,
        has_receipts=case.has_receipts,
        has_judged=case.has_judged,
        has_talk=case.has_talk,
        has_questions=case.has_questions,
        has_seconds=case.has_seconds,
        has_closings=case.has_closings,
        has_hand_overs=case.has_hand_overs,
        has_interests=case.has_interests,
    )


def _answers(case: Any) -> list[Answer]:
    """Return the rows of the answers, which came with the case."""
    rows = []
    for kept in case.kept_answers:
        row = Answer(pk=uuid.UUID(kept["id"]), **case.matter.columns, intake=case.intake, page=kept["page"])
        row.value = Sealed(bytes.fromhex(kept["value"].removeprefix("\\x")))
        row.saved_at = datetime.fromisoformat(kept["at"])
        rows.append(row)
    return rows


def _learned(case: Any) -> Mapping[str, Any]:
    """Open the newest facts of a case, which came with it."""
    if not case.facts_id:
        return {}
    row = CaseFacts(pk=case.facts_id, **case.matter.columns)
    row.values = case.facts_values
    values: Mapping[str, Any] = open_one(row, "values", purpose=PURPOSE).values
    return values


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
