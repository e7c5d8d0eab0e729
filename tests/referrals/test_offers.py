from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.access import visible_to
from config.middleware import principal_of
from conflicts.models import Party
from foundation.accounts.actions import disable_user
from foundation.database.principal import acting_as
from foundation.events.lifecycle import NotAllowed
from foundation.events.models import AccessRecord, Event
from foundation.refused import Forbidden
from notifications.channels.carrier import NullClient
from notifications.models import Message
from notifications.work import line
from referrals import actions
from referrals.matching import practitioners_for
from referrals.models import Offer, Practitioner
from referrals.summary_queries import summary_of
from tests.conftest import answer_names, triage
from tests.support.relay import deliver_due


def test_a_case_is_triaged_before_it_is_referred(case, cast, now):
    with pytest.raises(actions.NotTriaged):
        actions.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)


def test_a_case_has_one_live_referral(offer, cast, now):
    with pytest.raises(actions.AlreadyReferred):
        actions.refer_case(offer.referral.case, queue=cast.office.queues.get(), by=cast.cora, at=now)


def test_a_referral_has_one_open_offer(offer, cast, now):
    with pytest.raises(NotAllowed):
        actions.offer_referral(offer.referral, practitioner=cast.panel, by=cast.cora, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            **offer.matter.columns,
            referral=offer.referral,
            practitioner=cast.panel,
            user=cast.ade,
            offered_by=cast.cora,
            offered_at=now,
            expires_at=now,
        )


@pytest.mark.parametrize(
    "change",
    [
        {"capacity": 0},
        {"accepting": False},
        {"verified_at": None, "verified_by": None},
        {"expires_on": date(2020, 1, 1)},
        {"bar_number": "another"},
    ],
)
def test_who_is_full_paused_or_without_verified_credentials_gets_no_offer(change, triaged, cast, now):
    """What the caseworker's page read earlier does not count: the database is asked again."""
    referral = actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    Practitioner.objects.filter(pk=cast.panel.pk).update(**change)
    with pytest.raises(actions.NotAvailable):
        actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


def test_a_practitioner_who_was_shut_out_gets_no_offer(triaged, cast, now):
    referral = actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    disable_user(cast.ade, by=cast.ines, at=now)
    with pytest.raises(actions.NotAvailable):
        actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


def test_the_summary_is_anonymous(offer, cast, now, client):
    text = str(summary_of(offer))
    client.force_login(cast.ade)
    page = client.get(reverse("referrals:offer-detail", args=[offer.pk])).content.decode()
    for never in ("Amina", "Canary-Surname", "1991", "amina@test.example", offer.referral.case.reference):
        assert never not in text
        assert never not in page


def test_names_are_shown_to_the_practitioner_asked_and_the_reading_is_recorded(offer, cast, now):
    with pytest.raises(Forbidden):
        actions.show_names(offer, by=cast.bea, at=now)
    actions.show_names(offer, by=cast.ade, at=now)
    event = Event.objects.get(name="referrals.names_shown")
    assert event.actor == f"user:{cast.ade.pk}"
    assert "Amina" not in str(event.data)


def test_an_offer_is_accepted_only_after_the_names_were_checked(offer, cast, now):
    with pytest.raises(actions.NamesNotChecked):
        actions.accept_offer(offer, no_conflict=True, by=cast.ade, at=now)
    actions.show_names(offer, by=cast.ade, at=now)
    with pytest.raises(actions.NamesNotChecked):
        actions.accept_offer(offer, no_conflict=False, by=cast.ade, at=now)
    assert not visible_to(cast.ade).exists()


def test_accepting_reserves_the_case_and_grants_access(accepted, cast):
    case = accepted.case
    case.refresh_from_db()
    assert case.status == "seeking_counsel"
    assert accepted.offer.status == "accepted" and accepted.offer.referral.status == "placed"
    assert set(visible_to(cast.ade)) == {case}
    assert not visible_to(cast.bea).exists()


def test_the_signed_engagement_makes_it_representation(accepted, cast, now):
    today = cast.office.today(now)
    for wrong in (today + timedelta(days=1), today - timedelta(days=1)):
        with pytest.raises(actions.BadDate):
            actions.note_engagement(accepted, signed_on=wrong, by=cast.ade, at=now)
    actions.note_engagement(accepted, signed_on=today, by=cast.ade, at=now)
    accepted.case.refresh_from_db()
    assert accepted.case.status == "represented"
    with pytest.raises(actions.OfferOver):
        actions.note_engagement(accepted, signed_on=today, by=cast.ade, at=now)


def test_a_case_given_back_seeks_counsel_again_and_access_ends(accepted, cast, now):
    actions.note_engagement(accepted, signed_on=cast.office.today(now), by=cast.ade, at=now)
    actions.release_assignment(accepted, by=cast.ade, at=now)
    accepted.case.refresh_from_db()
    assert accepted.case.status == "seeking_counsel"
    assert not visible_to(cast.ade).exists()
    actions.refer_case(accepted.case, queue=cast.office.queues.get(), by=cast.cora, at=now)


def test_an_expired_offer_cannot_be_accepted_and_its_referral_waits_again(offer, cast, now):
    later = offer.expires_at + timedelta(seconds=1)
    for attempt in (
        lambda: actions.show_names(offer, by=cast.ade, at=later),
        lambda: actions.accept_offer(offer, no_conflict=True, by=cast.ade, at=later),
        lambda: actions.decline_offer(offer, reason="fit", by=cast.ade, at=later),
    ):
        with pytest.raises(actions.OfferOver):
            attempt()
    assert actions.expire_offers(at=now) == 0
    assert actions.expire_offers(at=later) == 1
    assert actions.expire_offers(at=later) == 0
    offer.referral.refresh_from_db()
    assert offer.referral.status == "queued"


def test_declined_and_rescinded_offers_put_the_referral_back(offer, cast, now):
    actions.decline_offer(offer, reason="capacity", by=cast.ade, at=now)
    assert offer.referral.status == "queued"
    again = actions.offer_referral(offer.referral, practitioner=cast.panel, by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.rescind_offer(again, reason="other", by=cast.otto, at=now)
    actions.rescind_offer(again, reason="other", by=cast.cora, at=now)
    assert again.referral.status == "queued"


def test_everyone_hears_of_an_acceptance(accepted, cast):
    deliver_due()
    told = set(Message.objects.values_list("kind", "user__name", "channel"))
    assert ("offer_accepted", "Cora", "in_app") in told
    post = NullClient()
    line(post).work_off()
    assert "amina@test.example" in {sent.to for sent in post.sent}
    assert Message.objects.get(kind="news", channel="email").status == "sent"


def test_without_a_safe_address_nothing_is_mailed(make_case, cast, now):
    case = make_case(reach={"channels": ["none"], "email": "old@test.example"})
    triage(case, by=cast.cora, at=now)
    referral = actions.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)
    offer = actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
    actions.show_names(offer, by=cast.ade, at=now)
    actions.accept_offer(offer, no_conflict=True, by=cast.ade, at=now)
    deliver_due()
    post = NullClient()
    line(post).work_off()
    assert "old@test.example" not in {sent.to for sent in post.sent}
    message = Message.objects.get(kind="news", channel="email")
    assert (message.status, message.reason) == ("suppressed", "in_person")


def test_the_best_fit_stands_first_with_reasons(triaged, cast):
    choice = practitioners_for(triaged)[0]
    assert choice.practitioner == cast.panel
    assert [str(reason) for reason in choice.reasons][:2] == ["speaks Arabic", "knows Syria"]


def test_everybody_named_is_shown_with_their_part_after_the_button_and_not_before(offer, cast, now, client):
    from conflicts.actions import add_party

    for role, name in (("feared", "Feared Canary"), ("counsel", "Earlier Lawyer"), ("family", "A Sister")):
        add_party(offer.matter, role=role, name=name, birth_date="1971-02-03", by=cast.cora, at=now)
    answer_names()
    client.force_login(cast.ade)
    address = reverse("referrals:offer-detail", args=[offer.pk])
    before = client.get(address).content.decode()
    sheet = reverse("referrals:offer-sheet", args=[offer.pk])
    assert "Feared Canary" not in before and client.get(sheet).status_code == 302
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        assert not list(Party.objects.raw("SELECT * FROM sec.named_in_offer(%s)", [offer.pk]))
    assert client.post(reverse("referrals:offer-names", args=[offer.pk])).status_code == 302
    for page in (client.get(address).content.decode(), client.get(sheet).content.decode()):
        for shown in ("Feared Canary", "Someone the applicant fears", "Earlier Lawyer", "A Sister", "Amina"):
            assert shown in page
        assert "1971" not in page
    with acting_as(principal_of(cast.bea)), transaction.atomic():
        assert not list(Party.objects.raw("SELECT * FROM sec.named_in_offer(%s)", [offer.pk]))
    opened = AccessRecord.objects.filter(actor=f"user:{cast.ade.pk}", purpose="conflict check of an offer")
    assert opened.filter(subject_type="conflicts.Party").count() == 2
    actions.decline_offer(offer, reason="fit", by=cast.ade, at=now)
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        assert not list(Party.objects.raw("SELECT * FROM sec.named_in_offer(%s)", [offer.pk]))
