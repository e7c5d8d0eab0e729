"""Who hears of what is asked for on the board, what ends it, and what a weekly mail counts of it."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.queries import caseworkers_for
from foundation.accounts.models import Role, User
from foundation.events.ledger import on
from foundation.events.models import Event
from notifications.actions import notify_user
from notifications.digests import Line, add_weekly
from referrals.board import end_interests, keep_listing
from referrals.board_queries import new_on_board
from referrals.models import HowInterestEnded, Interest, Offer, Referral, ReferralStatus

BY = "system:board"


def _referral(event: Event) -> Referral | None:
    return Referral.objects.select_related("case", "office").filter(pk=event.subject_id).first()


@on("referrals.case_referred", key="referrals.list-referred")
@on("referrals.referral_requeued", key="referrals.list-requeued")
def list_on_board(event: Event) -> None:
    """Keep what the board tells of a referral that waits."""
    referral = _referral(event)
    if referral and referral.status == ReferralStatus.QUEUED and referral.case.is_open:
        keep_listing(referral, at=timezone.now())


@on("cases.band_raised", key="referrals.list-raised-band")
@on("referrals.synopsis_approved", key="referrals.list-approved")
def list_changed(event: Event) -> None:
    """Keep what the board tells of a case that changed; the rest of its codes the hour's look brings."""
    case_id: str = event.data.get("case") or event.subject_id
    waiting = Referral.objects.filter(case__pk=case_id, status=ReferralStatus.QUEUED, case__closed_at=None)
    for referral in waiting.select_related("case", "office"):
        keep_listing(referral, at=timezone.now())


@on("referrals.offer_made", key="referrals.interest-was-offered")
def end_of_offered(event: Event) -> None:
    """End the interest of whoever is offered the case; others ask for it still, should it come back."""
    if offer := Offer.objects.select_related("referral").filter(pk=event.subject_id).first():
        how, whose = HowInterestEnded.OFFERED, offer.practitioner_id
        end_interests(offer.referral, how=how, by=BY, at=timezone.now(), practitioner=whose)


@on("referrals.referral_placed", key="referrals.interest-after-placing")
@on("referrals.referral_taken_back", key="referrals.interest-after-taking-back")
@on("referrals.referral_untaken", key="referrals.interest-after-untaking")
def end_of_left(event: Event) -> None:
    """End what was asked for of a referral that left the queue for good."""
    if referral := _referral(event):
        end_interests(referral, how=HowInterestEnded.LEFT, by=BY, at=timezone.now())


@on("accounts.user_disabled", key="referrals.interest-of-disabled")
@on("accounts.handed_over", key="referrals.interest-of-who-goes")
def end_of_gone(event: Event) -> None:
    """End what somebody asked for who cannot answer any more."""
    live = Interest.objects.filter(practitioner__user=int(event.subject_id), ended_at=None)
    for one in live.select_related("referral"):
        whose, at = one.practitioner_id, timezone.now()
        end_interests(one.referral, how=HowInterestEnded.LEFT, by=BY, at=at, practitioner=whose)


@on("referrals.interest_said", key="referrals.tell-of-interest")
def tell_of_interest(event: Event) -> None:
    """Tell the caseworkers that somebody asks for one of their cases."""
    one = Interest.objects.select_related("referral__case__office", "referral__case__caseworker").filter(
        pk=event.subject_id, ended_at=None
    )
    for interest in one:
        link = reverse("workspace:referral", args=[interest.referral.case_id])
        for user in caseworkers_for(interest.referral.case):
            notify_user(user, kind="interest_said", link=link)


@on("referrals.interest_declined", key="referrals.tell-interest-declined")
def tell_of_decline(event: Event) -> None:
    """Tell whoever asked for a case that it goes to somebody else; why, they read on their board."""
    user = User.objects.filter(pk=event.data["user"], is_active=True).first()
    if user:
        notify_user(user, kind="interest_declined", link=reverse("panel:board"))


@add_weekly
def new_of_week(user: User, at: datetime) -> Iterator[Line]:
    """Yield how many came onto an attorney's board within the week."""
    if user.has_role(Role.ATTORNEY):
        yield Line(_("New on the board"), new_on_board(user, at), reverse("panel:board"))
