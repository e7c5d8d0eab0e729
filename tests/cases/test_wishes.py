"""What a person asks for with their receipt happens only after staff made sure it is them."""

import pytest
from django.urls import reverse

from cases import actions
from cases.ending import LawyerFirst
from cases.wishes import MustKeep, delete_matter
from foundation.events.models import Event
from foundation.refused import Forbidden, Refused
from intake.actions import note_wish
from intake.models import Answer, Intake, Wish
from notifications.queries import reach_of
from tests.conftest import opened
from tests.support.people import second_agrees
from tests.support.relay import deliver_due


@pytest.fixture
def wish(case, now):
    def make(kind, **value):
        return note_wish(Intake.objects.get(pk=case.intake_id), kind=kind, value=value, at=now)

    return make


def decide(case, wish, by, now, confirmed=True, how="in_person"):
    actions.decide_wish(case, wish_id=wish.pk, confirmed=confirmed, how=how, by=by, at=now)


def test_another_office_and_attorneys_decide_nothing(case, cast, wish, now):
    for other in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Forbidden):
            decide(case, wish("withdraw"), other, now)


def test_how_the_person_was_known_must_be_said(case, cast, wish, now):
    for how in ("", "by the receipt"):
        with pytest.raises(Refused):
            decide(case, wish("withdraw"), cast.cora, now, how=how)
    case.refresh_from_db()
    assert case.status == "in_triage"


def test_a_wish_that_was_not_confirmed_changes_nothing(case, cast, wish, now):
    decide(case, wish("withdraw"), cast.cora, now, confirmed=False, how="")
    case.refresh_from_db()
    assert case.status == "in_triage" and Wish.objects.get().status == "refused"


def test_a_confirmed_withdrawal_closes_the_case(case, cast, wish, now):
    decide(case, wish("withdraw"), cast.cora, now)
    case.refresh_from_db()
    assert case.status == "closed" and case.intake.status == "withdrawn"
    assert Wish.objects.get().how == "in_person"
    assert Event.objects.filter(name="cases.withdrawn").count() == 1


def test_a_new_contact_takes_the_place_of_the_old_once_confirmed(case, cast, wish, now):
    new = wish("contact", channels=["email"], email="new@test.example")
    assert opened(reach_of(case.matter_id)).email == "amina@test.example"
    decide(case, new, cast.cora, now, how="contact")
    assert opened(reach_of(case.matter_id)).email == "new@test.example"


def test_a_confirmed_deletion_erases_the_matter(case, cast, wish, now):
    decide(case, wish("delete"), cast.cora, now)
    second_agrees(case, at=now)
    deliver_due()
    assert not Answer.objects.exists() and not Intake.objects.exists()
    assert Event.objects.filter(name="cases.deletion_confirmed").exists()


def test_what_a_lawyer_holds_is_neither_closed_nor_deleted(accepted, cast, now):
    case = accepted.case
    for kind, refusal in (("withdraw", LawyerFirst), ("delete", MustKeep)):
        held = note_wish(case.intake, kind=kind, at=now)
        with pytest.raises(refusal):
            decide(case, held, cast.cora, now)
    assert Answer.objects.exists()


def test_the_matter_of_someone_who_was_a_client_is_kept(accepted, cast, now):
    from referrals.actions import note_engagement, release_assignment

    case = accepted.case
    note_engagement(accepted, signed_on=case.office.today(now), by=cast.ade, at=now)
    accepted.refresh_from_db()
    release_assignment(accepted, by=cast.ade, at=now)
    case.refresh_from_db()
    with pytest.raises(MustKeep):
        decide(case, note_wish(case.intake, kind="delete", at=now), cast.cora, now)


def test_a_legal_hold_keeps_a_matter(client, case, cast, wish, now):
    client.force_login(cast.cora)
    client.post(reverse("workspace:legal-hold", args=[case.pk]), {"hold": "on"})
    case.refresh_from_db()
    assert case.legal_hold
    with pytest.raises(MustKeep):
        decide(case, wish("delete"), cast.cora, now)
    delete_matter(case)
    assert Answer.objects.exists()
    client.post(reverse("workspace:legal-hold", args=[case.pk]), {"hold": "off"})
    case.refresh_from_db()
    assert not case.legal_hold


def test_caseworkers_are_told_and_decide_on_the_case_page(client, case, cast, wish, now):
    from notifications.models import Message

    asked = wish("call")
    deliver_due()
    assert Message.objects.filter(kind="person_asks", channel="in_app").count() == 1
    client.force_login(cast.cora)
    assert "Asks for a call" in client.get(case.get_absolute_url()).content.decode()
    client.post(reverse("workspace:wish", args=[case.pk]), {"wish_id": asked.pk, "confirmed": "yes"})
    assert Wish.objects.get().status == "done"


def test_a_lost_receipt_is_replaced_after_an_identity_check(client, case, cast, now):
    client.force_login(cast.cora)
    url = reverse("workspace:replace-receipt", args=[case.pk])
    before = case.intake.secret_hash
    session = client.session
    assert client.post(url, {}).status_code == 422, session
    page = client.post(url, {"how": "document"})
    assert page.status_code == 200 and len(page.context["secret"].replace(" ", "")) == 16
    case.intake.refresh_from_db()
    assert case.intake.secret_hash != before
    event = Event.objects.filter(name="intake.receipt_made").latest("at")
    assert event.data == {"how": "document"} and event.actor == f"user:{cast.cora.pk}"


def test_only_the_attorney_of_the_case_reads_the_own_words(client, accepted, cast, now):
    from intake.actions import save_answers

    case = accepted.case
    intake = Intake.objects.get(pk=case.intake_id)
    save_answers(intake, page="story", values={"story": "Canary-Story"}, at=now)
    for person, sees in ((cast.ade, True), (cast.cora, False), (cast.ines, False)):
        client.force_login(person)
        told = client.get(reverse("workspace:told-us", args=[case.pk]))
        assert ("Canary-Story" in told.content.decode()) is sees


def test_a_deleted_matter_leaves_its_names_for_the_conflict_check(client, make_case, cast, now):
    from conflicts.models import ConflictHit
    from tests.conftest import answer_names

    case = make_case(feared_here={"feared_here": "yes", "feared_name": "Wendelin Oberhofer"})
    answer_names()
    asked = note_wish(Intake.objects.get(pk=case.intake_id), kind="delete", at=now)
    decide(case, asked, cast.cora, now)
    second_agrees(case, at=now)
    deliver_due()
    assert not Answer.objects.filter(matter_id=case.matter_id).exists()
    him = make_case(name={"given_names": "Wendelin", "family_name": "Oberhofer"})
    answer_names()
    hit = ConflictHit.objects.get(kind="conflict", matter_id=him.matter_id)
    assert hit.other_matter_id != case.matter_id
    client.force_login(cast.cora)
    for url in (
        reverse("workspace:hit", args=[hit.pk]),
        reverse("workspace:conflicts"),
        him.get_absolute_url(),
    ):
        assert client.get(url).status_code == 200
    assert "Wendelin Oberhofer" in client.get(reverse("workspace:hit", args=[hit.pk])).content.decode()


def test_a_wish_from_before_its_table_was_renamed_still_opens(wish):
    made = wish("contact", channels=["email"], email="new@test.example")
    place = Wish._meta.get_field("value").place(made)
    assert place == f"{made.matter_id}|intake_request.value|{made.pk}".encode()
