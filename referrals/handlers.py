"""Who hears what about an offer, and when offers are taken back by themselves."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.actions import tell_of
from cases.ending import before_end
from cases.looking import look_ahead
from cases.models import Case
from cases.queries import caseworkers_for
from cases.steps import add_steps
from conflicts.actions import check_again
from conflicts.models import CheckKind
from foundation.accounts.models import User
from foundation.events.ledger import on
from foundation.events.models import Event
from notifications.actions import notify_applicant, notify_outsider, notify_user
from notifications.outsiders import Outsider, add_outsider
from referrals import (
    actions,
    board_handlers,  # noqa: F401  as those of the next one
    firm_handlers,  # noqa: F401  its listeners are heard once it is loaded
    hand_on_handlers,  # noqa: F401  as they are of this one
)
from referrals.cascades import end_placed, wake_cascade
from referrals.holdings import give_all_back
from referrals.links import address_of
from referrals.models import (
    HandOver,
    HowCascadeEnded,
    Offer,
    OfferQuestion,
    OfferStatus,
    Referral,
    ReferralStatus,
    SentHow,
)
from referrals.panel import add_to_panel
from referrals.panel_importing import give_imported_profile
from referrals.queries import way_to_receiver
from referrals.steps import steps

before_end(actions.take_back)
before_end(actions.take_back_links)
add_steps(steps)
add_outsider("hand_over_asked", Outsider(way=way_to_receiver, link=address_of))


@on("accounts.invitation_accepted", key="referrals.panel")
def put_on_panel(event: Event) -> None:
    """Put an attorney who accepted an invitation on the panel; somebody verifies them before any offer."""
    user = User.objects.filter(pk=event.subject_id).first()
    practitioner = add_to_panel(user, by="system:panel", at=event.at) if user else None
    if practitioner:
        give_imported_profile(practitioner, at=event.at)


def _tell_caseworkers(case: Case | None, kind: str) -> None:
    if case:
        for user in caseworkers_for(case):
            notify_user(user, kind=kind, link=case.get_absolute_url())


def _case(pk: Any) -> Case | None:
    """Return the case an event is about, or None once it is erased."""
    return Case.objects.select_related("office", "caseworker", "applicant").filter(pk=pk).first()


@on("referrals.case_referred", key="referrals.next-after-referring")
@on("referrals.referral_offered", key="referrals.next-after-offer")
@on("referrals.referral_requeued", key="referrals.next-after-requeue")
@on("referrals.referral_taken_back", key="referrals.next-after-taking-back")
@on("referrals.referral_placed", key="referrals.next-after-placing")
@on("referrals.case_returned", key="referrals.next-after-return")
def work_out_next(event: Event) -> None:
    """Work out what is next for the case of a referral that moved on."""
    referral = Referral.objects.filter(pk=event.subject_id).first()
    _look_ahead(_case(referral.case_id) if referral else None)


@on("cases.represented", key="referrals.next-after-engagement")
def work_out_next_of_represented(event: Event) -> None:
    """Work out what is next for a case whose engagement was signed: its dates alone count now."""
    _look_ahead(_case(event.subject_id))


@on("referrals.hand_over_asked", key="referrals.next-after-asking")
@on("referrals.hand_over_accepted", key="referrals.next-after-yes")
@on("referrals.hand_over_refused", key="referrals.next-after-no")
@on("referrals.hand_over_expired", key="referrals.next-after-silence")
@on("referrals.hand_over_rescinded", key="referrals.next-after-taking-link-back")
@on("referrals.hand_over_seen", key="referrals.next-after-reading")
def work_out_next_of_handed_over(event: Event) -> None:
    """Work out what is next for a case that another organization is asked about."""
    _look_ahead(_case(event.data["case"]))


def _look_ahead(case: Case | None) -> None:
    if case and case.is_open:
        look_ahead(case, at=timezone.now())


@on("referrals.offer_made", key="referrals.tell-practitioner")
def tell_practitioner(event: Event) -> None:
    offer = Offer.objects.select_related("practitioner__user").filter(pk=event.subject_id).first()
    if offer:
        link = reverse("referrals:offer-detail", args=[offer.pk])
        notify_user(offer.practitioner.user, kind="offer_received", link=link)


@on("referrals.offer_rescinded", key="referrals.tell-practitioner-rescinded")
def tell_practitioner_rescinded(event: Event) -> None:
    """Tell whoever was asked; by the event alone, since the offer may have been deleted with its matter."""
    user = User.objects.filter(pk=event.data.get("user"), is_active=True).first()
    if user:
        notify_user(user, kind="offer_rescinded")


@on("referrals.referral_requeued", key="referrals.cascade-goes-on")
def cascade_goes_on(event: Event) -> None:
    """Have the next one asked, where a referral waits again that is put to several in turn."""
    if referral := Referral.objects.filter(pk=event.subject_id).first():
        wake_cascade(referral, at=timezone.now())


@on("referrals.referral_placed", key="referrals.cascade-is-over")
def cascade_is_over(event: Event) -> None:
    if referral := Referral.objects.filter(pk=event.subject_id).first():
        end_placed(referral, at=timezone.now())


@on("referrals.cascade_ended", key="referrals.tell-cascade-ended")
def tell_cascade_ended(event: Event) -> None:
    """Tell the caseworkers that nobody listed took a case: it is theirs again."""
    if event.data["how"] in (HowCascadeEnded.NOBODY, HowCascadeEnded.NAMES, HowCascadeEnded.GIVEN_UP):
        _tell_caseworkers(_case(event.data["case"]), "cascade_ended")


@on("referrals.offer_reminded", key="referrals.remind-practitioner")
def remind_practitioner(event: Event) -> None:
    """Remind whoever was asked, where the offer still waits for them."""
    offer = Offer.objects.select_related("user").filter(pk=event.subject_id, status=OfferStatus.OPEN).first()
    if offer:
        notify_user(
            offer.user, kind="offer_reminder", link=reverse("referrals:offer-detail", args=[offer.pk])
        )


@on("referrals.engagement_overdue", key="referrals.tell-overdue")
def tell_overdue(event: Event) -> None:
    """Tell whoever holds a case without a signed engagement, and the caseworkers."""
    case, user = _case(event.data["case"]), User.objects.filter(pk=event.data["user"], is_active=True).first()
    if case and user:
        notify_user(user, kind="engagement_overdue", link=case.get_absolute_url())
    _tell_caseworkers(case, "engagement_overdue")


@on("referrals.offer_paused", key="referrals.tell-offer-paused")
def tell_paused(event: Event) -> None:
    _tell_caseworkers(_case(event.data["case"]), "offer_paused")


@on("referrals.offer_accepted", key="referrals.tell-caseworker-accepted")
def tell_caseworker_accepted(event: Event) -> None:
    _tell_caseworkers(_case(event.data["case"]), "offer_accepted")


@on("referrals.offer_accepted", key="referrals.tell-applicant")
def tell_applicant(event: Event) -> None:
    """Tell the applicant, in their language, that there is news."""
    if case := _case(event.data["case"]):
        applicant = case.applicant
        notify_applicant(applicant.pk, matter=applicant.matter, kind="news", language=applicant.language)


@on("referrals.offer_declined", key="referrals.tell-caseworker-declined")
def tell_caseworker_declined(event: Event) -> None:
    if not _hands_on(event):
        _tell_caseworkers(_case(event.data["case"]), "offer_declined")


@on("referrals.offer_expired", key="referrals.tell-caseworker-expired")
def tell_caseworker_expired(event: Event) -> None:
    if not _hands_on(event):
        _tell_caseworkers(_case(event.data["case"]), "offer_expired")


def _hands_on(event: Event) -> bool:
    """Tell whether an offer asked a colleague to take a case over: its referral is in no queue then."""
    return Offer.objects.filter(pk=event.subject_id, hands_on__isnull=False).exists()


@on("referrals.question_asked", key="referrals.tell-of-question")
def tell_of_question(event: Event) -> None:
    """Tell the caseworkers that somebody asks something before they answer an offer."""
    if case := _case(event.data["case"]):
        link = reverse("workspace:offer-question-answer", args=[event.subject_id])
        for user in caseworkers_for(case):
            notify_user(user, kind="offer_question", link=link)


@on("referrals.question_answered", key="referrals.tell-of-answer")
def tell_of_answer(event: Event) -> None:
    """Have whoever asked look at the offer again, while it still waits for them."""
    offer = Offer.objects.filter(pk=event.data["offer"], status=OfferStatus.OPEN).first()
    asked = OfferQuestion.objects.select_related("asked_by").filter(pk=event.subject_id).first()
    if offer and asked and asked.asked_by.is_active:
        link = reverse("referrals:offer-detail", args=[offer.pk])
        notify_user(asked.asked_by, kind="offer_question_answered", link=link)


@on("cases.represented", key="referrals.tell-represented")
def tell_represented(event: Event) -> None:
    _tell_caseworkers(_case(event.subject_id), "represented")


@on("referrals.hand_over_asked", key="referrals.mail-receiver")
def mail_receiver(event: Event) -> None:
    """Mail the link to the organization that is asked, where it is to go by mail."""
    asked = HandOver.objects.select_related("office").filter(pk=event.subject_id).first()
    if asked and asked.sent_how == SentHow.EMAIL:
        notify_outsider(asked.pk, kind="hand_over_asked", office=asked.office, at=asked.asked_at)


@on("referrals.hand_over_accepted", key="referrals.tell-caseworker-yes")
def tell_caseworker_yes(event: Event) -> None:
    _tell_caseworkers(_case(event.data["case"]), "hand_over_accepted")


@on("referrals.hand_over_refused", key="referrals.tell-caseworker-no")
@on("referrals.hand_over_expired", key="referrals.tell-caseworker-silence")
def tell_caseworker_no(event: Event) -> None:
    """Tell the caseworkers that an organization does not take the person: it comes back to them."""
    _tell_caseworkers(_case(event.data["case"]), "hand_over_came_back")


@on("conflicts.standing_changed", key="referrals.take-back-held")
def take_back_unclear(event: Event) -> None:
    """Take back what is offered of a matter, and asked of others, once its names may be on two sides."""
    matter, at = str(event.matter_id), timezone.now()
    actions.take_back_unclear([matter], by="system:take-back", at=at)
    actions.take_back_links_of_unclear(matter, by="system:take-back", at=at)
    for referral in Referral.objects.filter(matter_id=matter, status=ReferralStatus.QUEUED):
        wake_cascade(referral, at=at)


@on("cases.hold_set", key="referrals.take-back-links-of-hold")
@on("referrals.offer_accepted", key="referrals.take-back-links-of-taken")
def take_back_open_links(event: Event) -> None:
    """Take back the open link of a matter under a legal hold, or one that an attorney of ours took."""
    actions.take_back_open_links([str(event.matter_id)], by="system:take-back", at=timezone.now())


@on("accounts.user_disabled", key="referrals.take-back-of-disabled")
@on("accounts.handed_over", key="referrals.take-back-of-who-goes")
def take_back_of_disabled(event: Event) -> None:
    """Take back what is offered to someone who was shut out or goes, and give back what they hold."""
    actions.take_back_from(int(event.subject_id), by="system:take-back", at=timezone.now())
    give_all_back(int(event.subject_id), by="system:take-back", at=timezone.now())


@on("referrals.case_returned", key="referrals.tell-given-back")
def tell_given_back(event: Event) -> None:
    """Tell the caseworkers that a case has no attorney any more, except the one who gave it back."""
    referral = Referral.objects.filter(pk=event.subject_id).first()
    if case := _case(referral.case_id) if referral else None:
        tell_of(case, kind="given_back", people=caseworkers_for(case), actor=event.actor, at=event.at)


@on("conflicts.own_list_added", key="referrals.compare-own-list")
def compare_own_list(event: Event) -> None:
    """Compare the names of what someone is offered with a list of theirs that has grown."""
    _compare(Offer.objects.filter(user=event.data["user"]))


@on("conflicts.party_added", key="referrals.compare-added-name")
def compare_added_name(event: Event) -> None:
    """Compare the names of a matter, which are more now, with the list of whoever is offered it."""
    _compare(Offer.objects.filter(matter_id=str(event.matter_id)))


def _compare(offers: QuerySet[Offer]) -> None:
    for offer in offers.filter(status=OfferStatus.OPEN).select_related("user"):
        check_again(
            offer.matter, kind=CheckKind.OFFER, user=offer.user, by="system:compare-list", at=timezone.now()
        )
