"""The clock of an offer stands still while a firm looks for conflicts, once and within a limit."""

from datetime import datetime

from django.db import transaction

from cases.granting import call
from foundation.accounts.models import User
from foundation.events.ledger import record
from referrals.answering import has_seen_names, hold_offer
from referrals.models import Offer, OfferStatus
from referrals.refusals import NamesNotChecked, NotPaused, PausedAlready
from referrals.rules import add_minutes, minutes_between

LONGEST = 16 * 60  # two working days


@transaction.atomic
def pause_offer(offer: Offer, *, by: User, at: datetime) -> None:
    """Stop the clock of an offer for two working days at most, to clear conflicts.

    Raises Forbidden for anybody but the practitioner asked and a coordinator of their firm; OfferOver;
    NamesNotChecked before they saw the names; PausedAlready where that was done once.
    """
    is_for = hold_offer(offer, by, at=at)
    if not has_seen_names(offer, by):
        raise NamesNotChecked
    if offer.paused_at:
        raise PausedAlready
    left = max(minutes_between(at, offer.expires_at, offer.practitioner.hours), 1)
    until = add_minutes(at, LONGEST, offer.practitioner.hours)
    _run_from(offer, until, paused_at=at, left=left)
    data = {"case": str(offer.referral.case_id), **({"for": offer.user_id} if is_for else {})}
    record("referrals.offer_paused", offer, by=by, at=at, data=data)


@transaction.atomic
def resume_offer(offer: Offer, *, by: User, at: datetime) -> None:
    """Let the clock of a paused offer run on before the pause is over.

    Raises Forbidden for anybody but the practitioner asked and a coordinator of their firm; OfferOver;
    NotPaused where it runs.
    """
    is_for = hold_offer(offer, by, at=at)
    if offer.paused_at is None or not is_paused(offer, at=at):
        raise NotPaused
    _run_from(offer, at, paused_at=offer.paused_at, left=offer.left)
    data = {"case": str(offer.referral.case_id), **({"for": offer.user_id} if is_for else {})}
    record("referrals.offer_resumed", offer, by=by, at=at, data=data)


def is_paused(offer: Offer, *, at: datetime) -> bool:
    """Tell whether the clock of an open offer stands still."""
    return offer.status == OfferStatus.OPEN and offer.paused_until is not None and offer.paused_until > at


def minutes_left(offer: Offer, *, at: datetime) -> int:
    """Return how much of their working time somebody has left for an open offer."""
    if is_paused(offer, at=at):
        return offer.left
    return minutes_between(at, offer.expires_at, offer.practitioner.hours)


def _run_from(offer: Offer, until: datetime, *, paused_at: datetime, left: int) -> None:
    """Let the clock run on from a moment, with what was left of it; the right to see the names goes along."""
    hours = offer.practitioner.hours
    offer.paused_at, offer.paused_until, offer.left = paused_at, until, left
    offer.expires_at = add_minutes(until, left, hours)
    offer.remind_at = add_minutes(until, left // 2, hours)
    offer.save(update_fields=["paused_at", "paused_until", "left", "expires_at", "remind_at"])
    call("sec.stretch_access(%s)", [offer.pk])
