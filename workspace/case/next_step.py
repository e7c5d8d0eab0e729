"""What is to be done with a case now, and what of it this reader may do: decided here, shown by the page."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from cases.access import may_triage
from cases.looking import Upcoming, upcoming_of
from cases.models import Case, Status
from cases.rules.next import REACH, NextThing
from cases.steps import to_reach
from foundation.accounts.models import Role, User
from foundation.badges import Badge
from referrals.access import is_caseworker_of, may_refer
from referrals.models import Assignment, HandOver, HandOverStatus, Offer, Referral, ReferralStatus
from referrals.queries import live_assignment, live_referral, open_offer, practitioners_for
from referrals.referring import is_not_ours
from referrals.steps import handing_step, placing_step


@dataclass(frozen=True)
class Placement:
    """How far a case is on its way to a practitioner; each part is None until it is there."""

    referral: Referral | None
    offer: Offer | None
    assignment: Assignment | None


def placement_of(case: Case) -> Placement:
    """Return the live referral, its open offer and the live assignment of a case."""
    referral = live_referral(case)
    return Placement(referral, open_offer(referral) if referral else None, live_assignment(case))


@dataclass(frozen=True)
class Queued:
    """In which queue the case stands, and how its referral does."""

    queue: str
    status: Badge


@dataclass(frozen=True)
class Offered:
    """Who was asked to take the case, and until when they may answer."""

    id: uuid.UUID
    practitioner: str
    until: datetime


@dataclass(frozen=True)
class HandOverShort:
    """Which organization was asked last to take the person, and how that stands."""

    receiver: str
    status: Badge


@dataclass(frozen=True)
class Taken:
    """Who took the case; `engaged_on` is None until the engagement is signed."""

    practitioner: str
    engaged_on: date | None


@dataclass(frozen=True)
class Candidate:
    """Someone the case may be offered to, with what speaks for it and against it."""

    id: int | uuid.UUID
    name: str
    kind: str
    is_available: bool
    reasons: list[str]
    doubts: list[str]


@dataclass(frozen=True)
class NextStep:
    """What the reader of a case may do now, and where the case stands.

    `upcoming` says what is due first, of the law or of the work; it is None for a case that is over.
    `look_by` and `triaged_by` are for those who may triage: the day by which a person must have looked,
    and who has. `leads_elsewhere`: it was decided that the case is not ours. `candidates` is empty unless
    somebody is to be picked; `has_nobody` where there is none.
    """

    upcoming: Upcoming | None
    asks_triage: bool
    may_decline: bool
    asks_queue: bool
    leads_elsewhere: bool
    asks_engagement: bool
    may_rescind: bool
    may_untake: bool
    may_release: bool
    may_refer_out: bool
    handed: HandOverShort | None
    is_over: bool
    asks_to_tell: bool
    look_by: date
    triaged_by: str
    queued: Queued | None
    offered: Offered | None
    taken: Taken | None
    candidates: list[Candidate]
    has_nobody: bool

    @property
    def is_for_others(self) -> bool:
        """Tell whether nothing stands here for this reader: a caseworker decides what comes next."""
        mine = self.may_decline or self.asks_queue
        return not (self.is_over or mine or self.queued or self.taken)


def next_step_of(case: Case, user: User, *, today: date, placed: Placement | None = None) -> NextStep:
    """Return what is to be done with a case now; what this person may not do is not offered."""
    placed = placed or placement_of(case)
    referral, offer, assignment = placed.referral, placed.offer, placed.assignment
    decides, triages = is_caseworker_of(user, case), may_triage(user, case)
    works = user.has_role(Role.CASEWORKER, Role.ATTORNEY)
    is_picking = decides and referral is not None and referral.status == ReferralStatus.QUEUED
    candidates = _candidates(case) if is_picking else []
    is_referable = bool(case.triaged_at) and referral is None and may_refer(user, case)
    elsewhere = is_referable and is_not_ours(case)
    # Whoever holds the case for its person has nothing to do with what others were asked before.
    handed = None if user.has_role(Role.ATTORNEY) else case.hand_overs.order_by("-asked_at").first()
    return NextStep(
        upcoming=_upcoming(case, placed, handed, today),
        asks_triage=triages and not case.triaged_at,
        may_decline=triages,
        asks_queue=is_referable and not elsewhere,
        leads_elsewhere=is_referable and elsewhere,
        asks_engagement=works and assignment is not None and not assignment.engaged_on,
        may_rescind=decides and offer is not None,
        may_untake=is_picking and may_refer(user, case),
        may_release=works and assignment is not None,
        may_refer_out=assignment is None and may_refer(user, case),
        handed=_handed(handed) if handed and decides else None,
        is_over=not case.is_open,
        asks_to_tell=case.must_be_told,
        look_by=case.look_by,
        triaged_by=case.triaged_by.name if triages and case.triaged_at and case.triaged_by else "",
        queued=_queued(referral) if referral else None,
        offered=Offered(offer.pk, str(offer.practitioner), offer.expires_at) if offer else None,
        taken=Taken(str(assignment.practitioner), assignment.engaged_on) if assignment else None,
        candidates=candidates,
        has_nobody=is_picking and not candidates,
    )


def _upcoming(case: Case, placed: Placement, handed: HandOver | None, today: date) -> Upcoming | None:
    """Return what is due first, by how far the case is on its way, which the page knows already."""
    steps = {}
    if case.triaged_at and case.status != Status.REPRESENTED:
        steps[case.pk] = placing_step(
            is_referred=placed.referral is not None,
            answer_by=case.office.today(placed.offer.expires_at) if placed.offer else None,
            is_taken=placed.assignment is not None,
            on=today,
        )
    if handed and (step := handing_step(handed, case, on=today)):
        steps[case.pk] = step
    if to_reach([case]):
        steps[case.pk] = NextThing(REACH, today)
    return upcoming_of([case], on=today, purpose="case page", steps=steps).get(case.pk)


def _handed(newest: HandOver) -> HandOverShort:
    return HandOverShort(newest.receiver, HandOverStatus(newest.status).badge)


def _queued(referral: Referral) -> Queued:
    return Queued(referral.queue.name, ReferralStatus(referral.status).badge)


def _candidates(case: Case) -> list[Candidate]:
    """Return the office's practitioners, best fit first."""
    return [
        Candidate(
            choice.practitioner.pk,
            str(choice.practitioner),
            choice.practitioner.get_kind_display(),
            choice.available,
            [str(reason) for reason in choice.reasons],
            [str(doubt) for doubt in choice.doubts],
        )
        for choice in practitioners_for(case)
    ]
