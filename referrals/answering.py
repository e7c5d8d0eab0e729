"""An offer is answered: by the practitioner asked, or for them by a coordinator of their firm (ADR 53)."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from cases.granting import call
from cases.models import Scope
from conflicts.queries import CLEAR, CONFIRMED, POSSIBLE, offer_standing, standing
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from referrals.access import ASKED, RESERVED, answers_for, list_standing, people_of
from referrals.ending import end_offer
from referrals.engagements import OfferOver
from referrals.models import (
    Assignment,
    DeclineReason,
    Offer,
    OfferMove,
    OfferStatus,
    Practitioner,
    Referral,
    ReferralStatus,
)
from referrals.refusals import (
    NamesNotChecked,
    NamesNotClear,
    NoRoom,
    NotAvailable,
    NotFit,
    NotForThem,
    NotTrained,
    OnTheirList,
    OnYourList,
)

READ = ("status", "expires_at", "names_shown_at", "firm_shown_at", "firm_shown_to_id")


def hold_offer(offer: Offer, by: User, *, at: datetime) -> bool:
    """Hold the case of an offer that can still be answered; tell whether it is answered for somebody else.

    Raises Forbidden for anyone but the practitioner asked and who answers for them; OfferOver after its time.
    """
    is_for = offer.user_id != by.pk
    if not by.is_active or (is_for and not answers_for(by, offer.practitioner)):
        raise Forbidden
    if offer.hands_on_id and offer.offered_by_id == by.pk:  # a colleague's yes is not said by who asked
        raise Forbidden
    if not cases.lock_case(offer.referral.case_id):
        raise OfferOver
    now = Offer.objects.filter(pk=offer.pk, user=offer.user_id).first()  # moved meanwhile, it is another's
    if now is None or now.status != OfferStatus.OPEN or now.expires_at <= at:
        raise OfferOver
    for name in (*READ, "paused_at", "paused_until", "left"):
        setattr(offer, name, getattr(now, name))
    return is_for


def _data(offer: Offer, *, is_for: bool) -> dict[str, Any]:
    return {"case": str(offer.referral.case_id), **({"for": offer.user_id} if is_for else {})}


@transaction.atomic
def show_names(offer: Offer, *, by: User, at: datetime) -> None:
    """Let whoever answers read the names to check for a conflict; the reading is recorded, each one's own.

    Raises Forbidden for anybody but the practitioner asked and a coordinator of their firm; OfferOver once
    the offer or the case is over.
    """
    is_for = hold_offer(offer, by, at=at)
    rows = Offer.objects.filter(pk=offer.pk)
    if is_for and offer.firm_shown_to_id != by.pk:
        rows.update(firm_shown_at=at, firm_shown_to=by)
        offer.firm_shown_at, offer.firm_shown_to = at, by
    if not is_for and rows.filter(names_shown_at=None).update(names_shown_at=at):
        offer.names_shown_at = at
    record("referrals.names_shown", offer, by=by, at=at, data=_data(offer, is_for=is_for))


@transaction.atomic
def accept_offer(offer: Offer, *, no_conflict: bool, by: User, at: datetime) -> Assignment:
    """Take the case: offer accepted, referral placed, case reserved, access granted to the practitioner.

    `no_conflict` is the word of whoever answers, after they read the names themselves (Model Rules 1.7,
    1.10, 1.18).
    Raises Forbidden for anybody but the practitioner asked and a coordinator of their firm; OfferOver once
    the offer or the case is over; NamesNotChecked before they saw the names; NamesNotClear; OnYourList;
    OnTheirList; NotFit without verified credentials, or cover where it is asked for; NoRoom for one who
    holds as many as they can.
    """
    is_for = hold_offer(offer, by, at=at)
    if not has_seen_names(offer, by) or not no_conflict:
        raise NamesNotChecked
    if standing(offer.matter_id) != CLEAR:
        raise NamesNotClear
    _check_list(offer, by, is_for=is_for)
    if not offer.practitioner.is_fit(on=offer.office.today(at)):
        raise NotFit
    _check_room(offer.practitioner, is_for=is_for)
    return _take_on(offer, by=by, at=at, is_for=is_for)


def has_seen_names(offer: Offer, user: User) -> bool:
    """Tell whether somebody asked for the names of an offer, they and not a colleague."""
    if offer.user_id == user.pk:
        return offer.names_shown_at is not None
    return offer.firm_shown_to_id == user.pk


def _check_list(offer: Offer, by: User, *, is_for: bool) -> None:
    """Refuse while a name may be on the practitioner's own list; for another it must have been compared."""
    if is_for and list_standing(offer) != CLEAR:
        raise OnTheirList
    if not is_for and offer_standing(offer.matter_id, user=by) in (POSSIBLE, CONFIRMED):
        raise OnYourList


def _check_room(practitioner: Practitioner, *, is_for: bool) -> None:
    """Let one case at a time be accepted by a practitioner, who has room for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"room of {practitioner.pk}"]
        )
    practitioner.refresh_from_db(fields=["capacity"])
    if practitioner.has_room():
        return
    if is_for:
        raise NoRoom(_("They hold as many cases as they said they can take."))
    raise NoRoom


def _take_on(offer: Offer, *, by: User, at: datetime, is_for: bool) -> Assignment:
    referral = offer.referral
    Offer.LIFE.move(
        offer,
        OfferStatus.ACCEPTED,
        by=by,
        event="referrals.offer_accepted",
        decided_at=at,
        answered_by=by,
        data=_data(offer, is_for=is_for),
    )
    if not offer.hands_on_id:
        Referral.LIFE.move(referral, ReferralStatus.PLACED, by=by, event="referrals.referral_placed")
    cases.grant_access(referral.case_id, user=offer.user, scope=Scope.MATTER, reason=RESERVED)
    cases.revoke_access(referral.case_id, user_id=offer.user_id, reason=ASKED)
    if offer.hands_on_id:
        _take_over(offer, by=by)
    return Assignment.objects.create(
        **offer.matter.columns,
        case_id=referral.case_id,
        practitioner=offer.practitioner,
        user=offer.user,
        offer=offer,
        reserved_at=at,
    )


def _take_over(offer: Offer, *, by: User) -> None:
    """End what the colleague held who asked; the new one signs an engagement of their own.

    Raises OfferOver where it had ended.
    """
    if not call("sec.take_over(%s)", [offer.pk]):
        raise OfferOver
    data = {"case": str(offer.referral.case_id), "from": offer.offered_by_id, "user": offer.user_id}
    record("referrals.handed_on", offer, by=by, data=data)


@transaction.atomic
def decline_offer(offer: Offer, *, reason: str, by: User, at: datetime) -> None:
    """Say no; the referral goes back into the queue.

    Raises Forbidden for anybody but the practitioner asked and a coordinator of their firm; OfferOver once
    the offer or the case is over.
    """
    is_for = hold_offer(offer, by, at=at)
    end_offer(
        offer,
        OfferStatus.DECLINED,
        by=by,
        event="referrals.offer_declined",
        at=at,
        decline_reason=reason,
        answered_by=by,
        data=_data(offer, is_for=is_for),
    )


@transaction.atomic
def move_offer(offer: Offer, *, practitioner: Practitioner, by: User, at: datetime) -> OfferMove:
    """Put an unanswered offer to another practitioner of the same firm, until the same moment.

    Raises Forbidden for whoever does not answer for both; OfferOver; NotAvailable for a colleague who takes
    none now; NotTrained; NotForThem for one who is kept off the case or said no to it; NamesNotClear.
    """
    hold_offer(offer, by, at=at)
    if not may_move(offer, by):
        raise Forbidden
    _check_colleague(offer, practitioner, at=at)
    if standing(offer.matter_id) != CLEAR:
        raise NamesNotClear
    earlier, case_id = offer.user, offer.referral.case_id
    cases.revoke_access(case_id, user_id=earlier.pk, reason=ASKED)
    open_ones = Offer.objects.filter(pk=offer.pk, user=earlier, status=OfferStatus.OPEN)
    if not open_ones.update(practitioner=practitioner, user=practitioner.user, names_shown_at=None):
        raise OfferOver
    made = OfferMove.objects.create(
        **offer.matter.columns, offer=offer, user=earlier, practitioner=practitioner, moved_by=by, moved_at=at
    )
    until = offer.expires_at
    cases.grant_access(case_id, user=practitioner.user, scope=Scope.NAMES, reason=ASKED, expires_at=until)
    offer.practitioner, offer.user, offer.names_shown_at = practitioner, practitioner.user, None
    data = {"case": str(case_id), "from": earlier.pk, "user": practitioner.user_id}
    record("referrals.offer_moved", offer, by=by, at=at, data=data)
    return made


def may_move(offer: Offer, user: User) -> bool:
    """Tell whether somebody coordinates the firm of whom an offer was put to; it may be their own.

    What a colleague is asked to take over is theirs to answer: it does not move on.
    """
    return not offer.hands_on_id and people_of(user).filter(pk=offer.practitioner_id).exists()


def _check_colleague(offer: Offer, practitioner: Practitioner, *, at: datetime) -> None:
    """Refuse a colleague to whom this case may not be offered."""
    said_no = Offer.objects.filter(
        referral__case=offer.referral.case_id,
        practitioner=practitioner,
        status=OfferStatus.DECLINED,
        decline_reason=DeclineReason.CONFLICT,
    )
    if not call("sec.may_move(%s, %s)", [offer.pk, practitioner.pk]) or said_no.exists():
        raise NotForThem
    if not practitioner.may_be_asked(on=offer.office.today(at)):
        raise NotAvailable
    if not practitioner.was_trained_in(offer.referral.queue.takes.get("trainings", ())):
        raise NotTrained
