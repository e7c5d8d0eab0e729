"""Who hears what about a firm: that they were answered for, moved, paused; that nobody answers any more."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from conflicts.actions import check_again
from conflicts.models import CheckKind
from foundation.accounts.models import Membership, Role, User
from foundation.events.ledger import actor_of, on
from foundation.events.models import Event
from notifications.actions import notify_user
from referrals.firms import coordinators_of, leave_firm_work
from referrals.models import Offer, Practitioner


def _tell(user: User | None, kind: str, *, link: str, but: str = "") -> None:
    """Tell somebody who can sign in, unless they did it themselves."""
    if user and user.is_active and actor_of(user) != but:
        notify_user(user, kind=kind, link=link)


def _tell_coordinators(firm_id: int | None, kind: str, *, but: str) -> None:
    for user in coordinators_of(firm_id):
        _tell(user, kind, link=reverse("panel:my-firm"), but=but)


def _offer(event: Event) -> Offer | None:
    rows = Offer.objects.select_related("practitioner__user", "user")
    return rows.filter(pk=event.subject_id).first()


def _address(offer: Offer) -> str:
    return reverse("referrals:offer-detail", args=[offer.pk])


def _person(event: Event) -> Practitioner | None:
    return Practitioner.objects.select_related("user").filter(pk=event.subject_id).first()


@on("referrals.offer_made", key="referrals.tell-coordinators")
def tell_coordinators(event: Event) -> None:
    """Tell who answers for the practitioner that was asked, unless it is themselves."""
    if offer := _offer(event):
        _tell_coordinators(offer.practitioner.firm_id, "firm_offer_received", but=actor_of(offer.user))


@on("referrals.offer_accepted", key="referrals.tell-answered-for-yes")
@on("referrals.offer_declined", key="referrals.tell-answered-for-no")
def tell_answered_for(event: Event) -> None:
    """Tell the practitioner for whom somebody answered."""
    offer = _offer(event) if event.data.get("for") else None
    if offer:
        _tell(offer.user, "offer_answered_for_you", link=_address(offer))


@on("referrals.offer_moved", key="referrals.tell-moved")
def tell_moved(event: Event) -> None:
    """Tell both practitioners of an offer that was moved, and compare its names with the new one's list."""
    offer = _offer(event)
    if offer is None or offer.user_id != event.data["user"]:
        return  # it went on since
    now = timezone.now()
    check_again(offer.matter, kind=CheckKind.OFFER, user=offer.user, by="system:move-offer", at=now)
    earlier = User.objects.filter(pk=event.data["from"]).first()
    _tell(earlier, "offer_moved_away", link=_address(offer), but=event.actor)
    _tell(offer.user, "offer_received", link=_address(offer), but=event.actor)


@on("referrals.paused_for", key="referrals.tell-paused")
@on("referrals.resumed_for", key="referrals.tell-resumed")
def tell_taking_changed(event: Event) -> None:
    one = _person(event)
    _tell(one.user if one else None, "taking_changed_for_you", link=reverse("panel:profile"))


@on("referrals.practitioner_placed", key="referrals.tell-placed")
def tell_placed(event: Event) -> None:
    """Tell whose place changed, who answers for the firm they left or joined, and their mentors."""
    one = _person(event)
    if one is None:
        return
    _tell(one.user, "place_changed", link=reverse("panel:profile"), but=event.actor)
    own = actor_of(one.user)
    before, after = event.data["before"], event.data["after"]
    if before["firm"] != after["firm"]:
        for firm in (before["firm"], after["firm"]):
            _tell_coordinators(firm, "firm_changed", but=own)
    if before["mentor"] != after["mentor"]:
        for mentor in Practitioner.objects.filter(pk__in=[before["mentor"], after["mentor"]]):
            _tell(mentor.user, "place_changed", link=reverse("panel:profile"), but=event.actor)
    if "coordinates" in event.data["fields"] and not one.coordinates:
        _tell_if_nobody_answers(before["firm"], one.office_id, but=event.actor)


@on("accounts.user_disabled", key="referrals.firm-of-disabled")
@on("accounts.handed_over", key="referrals.firm-of-who-goes")
def leave_firm(event: Event) -> None:
    """End what somebody who was shut out or goes does for their firm and for others."""
    leave_firm_work(int(event.subject_id), by="system:take-back", at=timezone.now())


@on("referrals.coordinator_left", key="referrals.tell-uncoordinated")
def tell_uncoordinated(event: Event) -> None:
    if one := _person(event):
        _tell_if_nobody_answers(event.data["firm"], one.office_id)


def _tell_if_nobody_answers(firm_id: int | None, office_id: int, *, but: str = "") -> None:
    """Tell who leads the panel that a firm has nobody who answers for it."""
    if firm_id is None or coordinators_of(firm_id):
        return
    for member in _leaders(office_id):
        _tell(member.user, "firm_uncoordinated", link=reverse("panel:firm", args=[firm_id]), but=but)


def _leaders(office_id: int) -> QuerySet[Membership]:
    members = Membership.objects.filter(office=office_id, user__is_active=True)
    return members.filter(roles__overlap=[Role.ADMINISTRATOR, Role.SUPERVISOR]).select_related("user")
