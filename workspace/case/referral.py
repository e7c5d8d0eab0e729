"""The tab of a case's way to somebody who takes it: the queue, every offer, whom to ask next."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from cases.models import Case
from foundation.accounts.models import Role
from foundation.badges import Badge
from referrals.access import is_caseworker_of, may_refer
from referrals.asking_queries import Asked, questions_of
from referrals.board_models import STANDS, WAITS_FOR_US
from referrals.board_queries import interests_of
from referrals.matching import practitioners_for
from referrals.models import Assignment, HandOverStatus, Offer, OfferStatus, Referral, ReferralStatus
from referrals.queries import assignments_to, live_referral
from referrals.referring import is_not_ours
from referrals.summaries import newest_synopsis
from workspace.case.engagement_cards import Earlier, EngagementCard, earlier_of, engagement_card
from workspace.case.turns import Clock, Turns, clock_of, turns_of
from workspace.desk import Desk
from workspace.hours.queries import hours_words

BESIDE = ("practitioner__user", "practitioner__office", "offered_by", "referral__queue")


@dataclass(frozen=True)
class Queued:
    """In which queue the case stands, and how its referral does."""

    queue: str
    status: Badge


@dataclass(frozen=True)
class OfferLine:
    """One offer of the case: who was asked, when, and what became of it; `is_open` until they answer."""

    id: uuid.UUID
    practitioner: str
    status: Badge
    offered_at: datetime
    until: datetime
    why: str
    is_open: bool
    hands_on: str
    clock: Clock | None
    questions: list[Asked]


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
    card: EngagementCard


@dataclass(frozen=True)
class Candidate:
    """Someone the case may be offered to, with what speaks for it and against it."""

    id: int
    name: str
    kind: str
    is_available: bool
    reasons: list[str]
    doubts: list[str]
    stops: list[str]
    places: str


@dataclass(frozen=True)
class InterestLine:
    """Who asked for the case on the board, when, and what became of it."""

    id: uuid.UUID
    who: str
    said_at: datetime
    state: Badge
    why: str
    may_decline: bool


@dataclass(frozen=True)
class ReferralTab:
    """Where a case stands on its way; what this reader may not do is not offered.

    `candidates` is empty unless somebody is to be picked; `has_nobody` where there is none. `turns` is the
    newest cascade, live while `is_in_turn`; `askable` are those who may be asked in turn, best fit first.
    """

    queued: Queued | None
    offers: list[OfferLine]
    taken: Taken | None
    earlier: list[Earlier]
    handed: HandOverShort | None
    candidates: list[Candidate]
    has_nobody: bool
    is_untriaged: bool
    asks_queue: bool
    leads_elsewhere: bool
    asks_engagement: bool
    may_rescind: bool
    may_untake: bool
    turns: Turns | None
    is_in_turn: bool
    is_asked: bool
    askable: list[tuple[int, str]]
    may_release: bool
    may_refer_out: bool
    may_decline: bool
    writes_synopsis: bool
    synopsis_waits: bool
    interests: list[InterestLine]
    hours: str
    sees_hours: bool


def referral_tab(desk: Desk) -> ReferralTab:
    """Return the way of a case for one reader."""
    case, user, placing = desk.case, desk.user, desk.placing
    decides, works = is_caseworker_of(user, case), user.has_role(Role.CASEWORKER, Role.ATTORNEY)
    looks_over = decides or user.has_role(Role.ADMINISTRATOR)
    rows = _rows(case) if looks_over else []
    referral = _live(case, rows) if placing.is_referred else None
    held = list(assignments_to(case)) if looks_over or placing.is_taken else []
    turns = turns_of(case, at=desk.at) if decides and placing.is_referred else None
    is_in_turn = turns is not None and not turns.ended
    is_queued = decides and referral is not None and referral.status == ReferralStatus.QUEUED
    is_picking = is_queued and not is_in_turn
    candidates = _candidates(desk) if is_picking else []
    offers = _offers(desk, rows)
    is_referable = bool(case.triaged_at) and referral is None and may_refer(user, case)
    elsewhere = is_referable and is_not_ours(case)
    return ReferralTab(
        queued=Queued(referral.queue.name, ReferralStatus(referral.status).badge) if referral else None,
        offers=offers,
        taken=_taken(desk, held, rows) if placing.is_taken else None,
        earlier=earlier_of(held) if looks_over else [],
        handed=handed_short(case) if desk.has_hand_overs and decides else None,
        candidates=candidates,
        has_nobody=is_picking and not candidates,
        is_untriaged=not case.triaged_at,
        asks_queue=is_referable and not elsewhere,
        leads_elsewhere=elsewhere,
        asks_engagement=works and placing.is_taken and not placing.engaged_on,
        may_rescind=decides,
        may_untake=is_queued and may_refer(user, case),
        turns=turns,
        is_in_turn=is_in_turn,
        is_asked=any(one.is_open for one in offers),
        askable=[(one.id, _line(one)) for one in candidates if one.is_available],
        may_release=works and placing.is_taken,
        may_refer_out=not placing.is_taken and may_refer(user, case),
        may_decline=decides and case.status == "in_triage",
        writes_synopsis=decides and case.is_open,
        synopsis_waits=decides and not placing.is_taken and synopsis_waits(case),
        interests=_interests(case) if decides and placing.is_referred and desk.has_interests else [],
        hours=hours_words(desk.worked),
        sees_hours=user.has_role(Role.CASEWORKER, Role.ATTORNEY, Role.ASSISTANT),
    )


def _interests(case: Case) -> list[InterestLine]:
    """Return who asked for a case on the board, those who wait for an answer first."""
    return [
        InterestLine(
            one.pk,
            str(one.practitioner),
            one.said_at,
            Badge(*(STANDS[one.ended_how] if one.ended_how else WAITS_FOR_US)),
            str(one.get_why_not_display() or ""),
            one.ended_at is None and case.is_open,
        )
        for one in interests_of(case)
    ]


def synopsis_waits(case: Case) -> bool:
    """Tell whether what was written last for whoever is asked still waits for somebody's approval."""
    newest = newest_synopsis(case)
    return newest is not None and newest.approved_at is None


def _rows(case: Case) -> list[Offer]:
    """Return every offer of the case, the newest first."""
    offers = Offer.objects.filter(referral__case=case)
    return list(offers.select_related(*BESIDE).order_by("-offered_at"))


def _live(case: Case, rows: list[Offer]) -> Referral | None:
    """Return the referral that goes on: one of its offers has it at hand."""
    at_hand = (one.referral for one in rows if one.referral.status != ReferralStatus.RETURNED)
    return next(at_hand, None) or live_referral(case)


def _offers(desk: Desk, rows: list[Offer]) -> list[OfferLine]:
    asked = questions_of(rows) if rows and desk.is_caseworker else []
    return [_offer_line(row, desk, [one for one in asked if one.offer_id == row.pk]) for row in rows]


def _offer_line(offer: Offer, desk: Desk, asked: list[Asked]) -> OfferLine:
    is_open = offer.status == OfferStatus.OPEN
    return OfferLine(
        offer.pk,
        str(offer.practitioner),
        OfferStatus(offer.status).badge,
        offer.offered_at,
        offer.expires_at,
        str(offer.get_decline_reason_display() or offer.get_rescind_reason_display() or ""),
        is_open,
        offer.offered_by.name if offer.hands_on_id else "",
        clock_of(offer, at=desk.at) if is_open else None,
        asked,
    )


def _taken(desk: Desk, held: list[Assignment], offers: list[Offer]) -> Taken | None:
    assignment = next((one for one in held if one.ended_at is None), None)
    if assignment is None:
        return None
    card = engagement_card(assignment, desk.user, offers)
    return Taken(str(assignment.practitioner), assignment.engaged_on, card)


def handed_short(case: Case) -> HandOverShort | None:
    """Return which organization was asked last to take the person, or None."""
    newest = case.hand_overs.order_by("-asked_at").first()
    return HandOverShort(newest.receiver, HandOverStatus(newest.status).badge) if newest else None


def _candidates(desk: Desk) -> list[Candidate]:
    """Return the office's practitioners, best fit first."""
    return [
        Candidate(
            choice.practitioner.pk,
            str(choice.practitioner),
            choice.practitioner.get_kind_display(),
            choice.available,
            choice.reasons,
            choice.doubts,
            choice.stops,
            choice.places,
        )
        for choice in practitioners_for(desk.case, known=desk.told)
    ]


def _line(one: Candidate) -> str:
    """Return somebody in one line, as they are chosen to be asked in turn."""
    return f"{one.name} · {', '.join([*one.reasons, *one.doubts, one.places])}"
