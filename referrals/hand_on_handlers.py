"""Who hears of a case that is handed on to a colleague or ends with its lawyer, and what follows."""

from django.urls import reverse
from django.utils import timezone

from cases.actions import counsel_withdrew, tell_of
from cases.ending import lock_case
from cases.models import Case, Status
from cases.queries import caseworkers_for
from conflicts.actions import check_again
from conflicts.models import CheckKind
from foundation.events.ledger import on
from foundation.events.models import Event
from notifications.actions import notify_user
from referrals.models import Assignment, HowEnded, Offer, OfferStatus

BY = "system:hand-on"


def _case(event: Event) -> Case | None:
    return Case.objects.select_related("office", "caseworker").filter(pk=event.data["case"]).first()


@on("referrals.hand_on_asked", key="referrals.tell-colleague")
def tell_colleague(event: Event) -> None:
    """Tell the colleague and the caseworkers, and compare the names with the colleague's own list."""
    offer = Offer.objects.select_related("user").filter(pk=event.subject_id, status=OfferStatus.OPEN).first()
    case = _case(event)
    if offer is None or case is None:
        return  # it went on since
    check_again(offer.matter, kind=CheckKind.OFFER, user=offer.user, by=BY, at=timezone.now())
    notify_user(offer.user, kind="hand_on_asked", link=reverse("referrals:offer-detail", args=[offer.pk]))
    tell_of(case, kind="hand_on_begun", people=caseworkers_for(case), actor=event.actor, at=event.at)


@on("referrals.offer_declined", key="referrals.tell-who-asked-no")
@on("referrals.offer_expired", key="referrals.tell-who-asked-silence")
@on("referrals.handed_on", key="referrals.tell-who-asked-yes")
def tell_who_asked(event: Event) -> None:
    """Tell whoever asked a colleague to take a case over what came of it."""
    offer = Offer.objects.select_related("offered_by").filter(pk=event.subject_id).first()
    if offer is None or not offer.hands_on_id or not offer.offered_by.is_active:
        return
    link = reverse("home" if event.name == "referrals.handed_on" else "case", args=_args(event))
    notify_user(offer.offered_by, kind="hand_on_answered", link=link)


def _args(event: Event) -> list[str]:
    return [] if event.name == "referrals.handed_on" else [event.data["case"]]


@on("referrals.handed_on", key="referrals.reserve-handed-on")
def reserve_handed_on(event: Event) -> None:
    """Have a case that was represented stand as reserved: its new lawyer signs an engagement of their own."""
    case = _case(event)
    if case is None or not lock_case(case.pk):
        return
    case.refresh_from_db(fields=["status"])
    waits = Assignment.objects.filter(case=case, ended_at=None, engaged_on=None)
    if case.status == Status.REPRESENTED and waits.exists():
        counsel_withdrew(case, by=BY)


@on("referrals.representation_ended", key="referrals.tell-lawyer-case-ended")
def tell_lawyer_case_ended(event: Event) -> None:
    """Tell whoever held a case that it was closed, unless they closed it; its address says when and why."""
    ended = Assignment.objects.filter(offer__referral__pk=event.subject_id, ended_how=HowEnded.CLOSED)
    held = ended.select_related("user").order_by("-ended_at").first()
    if held and held.user.is_active and event.actor != f"user:{held.user_id}":
        notify_user(held.user, kind="held_case_ended", link=reverse("case", args=[held.case_id]))
