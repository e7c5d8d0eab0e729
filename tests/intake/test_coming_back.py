"""Coming back with a receipt: to go on, to add, to ask; never to read."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.events.models import Event
from foundation.files.models import Upload
from intake.actions import give_receipt, submit_intake
from intake.models import Answer, EarlierAnswer, Intake, Narrative, Wish
from notifications.queries import reach_of
from tests.conftest import opened
from tests.intake.conftest import begin, open_with
from tests.support.answers import number_of

TOLD = ("Amina", "Canary", "amina@test.example", "1991", "Syria")


def step(key):
    return reverse("intake:page", args=[number_of(key)])


def says_nothing(page):
    text = page.content.decode()
    return not [word for word in TOLD if word in text]


def test_a_draft_goes_on_on_another_device_without_showing_what_was_said(client, other_client, office):
    begin(client)
    client.post(step("where_now"), {"in_us": "yes", "custody": "no"})
    client.post(step("name"), {"given_names": "Canary-Amina"})
    client.post(reverse("intake:stop"))
    page = client.get(reverse("intake:receipt"))
    typed = {"locator": page.context["locator"], "secret": page.context["secret"]}
    arrived = other_client.post(reverse("intake:return"), typed, follow=True)
    assert arrived.request["PATH_INFO"] == reverse("intake:review")
    assert "Answered" in arrived.content.decode() and says_nothing(arrived)
    for key in ("where_now", "name"):
        page = other_client.get(step(key))
        assert "This question is answered" in page.content.decode()
        assert "Canary" not in page.content.decode() and "checked" not in page.content.decode()
    assert other_client.post(step("hearing"), {"has_court": "no"}).url == step("refused")
    other_client.post(step("name"), {"given_names": "Changed"})
    assert opened(Answer.objects.get(page="name"), "value").value["given_names"] == "Changed"


@pytest.fixture
def other_client(db):
    from django.test import Client

    return Client()


def test_an_empty_page_opened_by_a_receipt_wipes_nothing(client, other_client, office):
    begin(client)
    client.post(step("name"), {"given_names": "Canary"})
    before = opened(Answer.objects.get(page="name"), "value").value
    numbers = give_receipt(Intake.objects.get(), at=Intake.objects.get().created_at)
    open_with(other_client, numbers)
    other_client.post(step("name"), {"press": "skip"})
    assert before["given_names"] == "Canary"
    assert opened(Answer.objects.get(page="name"), "value").value == before


@pytest.mark.parametrize("pressed", ["", "skip"])
def test_an_empty_page_sent_with_a_receipt_wipes_nothing_and_promises_nothing(back, pressed):
    sent = back.post(step("name"), {"given_names": " ", "press": pressed}, follow=True)
    assert sent.request["PATH_INFO"] == reverse("intake:mine")
    assert "We have your new answer" not in sent.content.decode()
    assert opened(Answer.objects.get(page="name"), "value").value["given_names"] == "Amina"
    assert not EarlierAnswer.objects.exists()


def test_that_a_date_is_not_known_is_an_answer_with_a_receipt_too(back):
    before = opened(Answer.objects.get(page="coming"), "value").value
    assert before["arrival"]
    back.post(step("coming"), {"arrival_unknown": "on"})
    assert opened(Answer.objects.get(page="coming"), "value").value == {**before, "arrival": ""}


def test_a_new_receipt_ends_the_old_one(client, office, now):
    begin(client)
    intake = Intake.objects.get()
    old, new = give_receipt(intake, at=now), give_receipt(intake, at=now)
    assert open_with(client, old).status_code == 422
    assert open_with(client, new).status_code == 200


def test_with_a_receipt_nobody_can_lock_the_person_out(back, client, office, make_draft, now):
    draft = make_draft()
    numbers = give_receipt(draft, at=now)
    open_with(client, numbers)
    client.post(reverse("intake:stop"))
    draft.refresh_from_db()
    assert draft.locator == numbers.locator
    client.post(reverse("intake:stop"), {"press": "delete"})
    draft.refresh_from_db()
    assert draft.expires_at > now


def test_what_was_sent_is_not_open_on_the_device_it_was_sent_from(started, fill):
    fill(started)
    started.post(reverse("intake:review"))
    assert started.get(step("name")).status_code == 302
    assert Intake.objects.get().status == "submitted"


def test_every_page_of_someone_who_came_back_says_nothing(back):
    for name in ("mine", "change", "documents"):
        page = back.get(reverse(f"intake:{name}"))
        assert page.status_code == 200 and says_nothing(page), name
    assert "asylum" not in back.get(reverse("intake:mine")).content.decode()
    for key in ("name", "born", "reach", "citizenship"):
        text = back.get(step(key)).content.decode()
        assert not re.search(r'<option value="[^"]+" selected| checked', text) and "Canary" not in text


def test_an_answer_replaced_after_sending_leaves_the_old_one_for_staff(back, sent, case_of, now):
    case = case_of(sent[0])
    was = {"in_us": "yes", "custody": "no", "facility": ""}
    back.post(step("where_now"), {"custody": "ice"})
    before = EarlierAnswer.objects.get()
    assert (before.page, opened(before, "value").value) == ("where_now", was)
    assert opened(Answer.objects.get(page="where_now"), "value").value == {**was, "custody": "ice"}
    assert Event.objects.get(name="intake.answer_replaced").data == {"page": "where_now"}
    deliver()
    assert case.screenings() > 1


@pytest.fixture
def case_of(now):
    from cases.actions import open_case
    from screening.models import Screening

    def open_one(draft):
        case = open_case(Intake.objects.get(pk=draft.pk), by="system:test", at=now)
        case.screenings = lambda: Screening.objects.filter(intake=draft.pk).count()
        return case

    return open_one


def deliver():
    from tests.support.relay import deliver_due

    deliver_due()


def test_after_fourteen_days_nothing_can_be_changed_any_more(back, sent, now):
    Intake.objects.filter(pk=sent[0].pk).update(submitted_at=now - timedelta(days=15))
    assert back.post(step("where_now"), {"custody": "ice"}).status_code == 409
    assert opened(Answer.objects.get(page="where_now"), "value").value["custody"] == "no"


def test_what_comes_too_late_is_refused_before_any_of_it_is_kept(back, sent, now, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.files import corpus

    settings.MEDIA_ROOT = str(tmp_path)
    file = SimpleUploadedFile("a.pdf", corpus.letter())
    Intake.objects.filter(pk=sent[0].pk).update(status="withdrawn", story_open_at=now)
    late = [
        back.post(reverse("intake:documents"), {"press": "send", "files": file}),
        back.post(step("where_now"), {"custody": "ice"}),
        back.post(step("story"), {"story": "Canary"}),
        back.post(step("arrests"), {"arrests": "yes"}),
    ]
    assert [page.status_code for page in late] == [409] * 4
    assert not Upload.objects.exists() and not Narrative.objects.exists()


@pytest.mark.parametrize("kind", ["call", "withdraw", "delete"])
def test_a_wish_is_noted_and_nothing_else_happens(back, sent, kind):
    for _twice in range(2):
        assert back.post(reverse("intake:wish", args=[kind])).url == reverse("intake:mine")
    assert Wish.objects.get().kind == kind
    sent[0].refresh_from_db()
    assert sent[0].status == "submitted"


def test_a_new_contact_waits_and_is_sealed(back, sent):
    url = reverse("intake:wish", args=["contact"])
    assert back.post(url, {"channels": ["call"]}).status_code == 422
    back.post(url, {"channels": ["email"], "email": "thief@test.example"})
    wish = Wish.objects.get()
    assert opened(wish, "value").value["email"] == "thief@test.example"
    assert opened(reach_of(sent[0].matter_id)).email == "amina@test.example"


def test_a_helpers_receipt_may_add_and_ask_for_a_call_and_nothing_else(client, sent, now):
    from intake.actions import note_spoken_alone

    Intake.objects.filter(pk=sent[0].pk).update(helped=True)
    open_with(client, sent[1])
    page = client.get(reverse("intake:mine")).content.decode()
    assert "Delete my answers" not in page and "Please call me" in page
    for kind in ("withdraw", "delete"):
        assert client.post(reverse("intake:wish", args=[kind])).status_code == 403
    assert client.post(reverse("intake:wish", args=["call"])).status_code == 302
    assert client.post(step("where_now"), {"custody": "ice"}).status_code == 302
    note_spoken_alone(Intake.objects.get(), by="user:1", at=now)
    assert client.post(reverse("intake:wish", args=["withdraw"])).status_code == 302


def test_a_helpers_receipt_never_opens_the_part_about_the_fear(client, make_draft, now):
    open_with(client, submit_intake(make_draft(who_fills={"who_fills": "helper"}), at=now))
    assert "Who did it" not in client.get(reverse("intake:change")).content.decode()
    assert client.get(step("citizenship")).status_code == 200
    for key in ("harm", "torture_elsewhere", "us_harm", "child_parent", "arrests", "story"):
        sent = {"harm_past": "yes", "torture": "yes", key: "yes"}
        assert client.post(step(key), sent).status_code == 302
        assert not Answer.objects.filter(page=key, value__isnull=False, saved_at__gt=now).exists()
    assert not Narrative.objects.exists()


def test_the_story_opens_by_invitation_and_is_kept_apart(back, sent, now):
    assert back.get(step("story")).status_code == 302
    Intake.objects.filter(pk=sent[0].pk).update(story_open_at=now)
    assert "one more question" in back.get(reverse("intake:mine")).content.decode()
    assert back.post(step("story"), {"story": "Canary-Story"}).status_code == 302
    assert opened(Narrative.objects.get(page="story"), "value").value == {"story": "Canary-Story"}
    assert opened(Answer.objects.get(page="story"), "value").value == {}
    assert "Canary" not in back.get(step("story")).content.decode()


def test_a_receipt_of_a_deleted_draft_says_what_happened(client, make_draft, now):
    draft = make_draft()
    numbers = give_receipt(draft, at=now)
    Intake.objects.filter(pk=draft.pk).update(expires_at=now - timedelta(days=1))
    page = open_with(client, numbers)
    assert page.status_code == 422 and "was deleted" in page.content.decode()


def test_the_list_of_questions_is_the_same_whatever_was_answered(client, make_draft, now):
    """Which questions somebody was asked tells what they answered: court, age, money."""
    lists = []
    for changes in ({}, {"where_now": {"custody": "ice", "facility": "Canary"}}):
        draft = make_draft(**changes, fear_interview={"fear_interview": "no"})
        open_with(client, submit_intake(draft, at=now))
        page = client.get(reverse("intake:change")).content.decode()
        lists.append(page.split("<main")[1])
        assert client.get(step("fear_interview")).status_code == 200
    assert lists[0] == lists[1]
