"""Two open tabs: the second is told, nothing is overwritten in silence."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from intake.actions import give_receipt
from intake.models import Answer, Intake, Narrative
from tests.conftest import opened
from tests.intake.conftest import begin, open_with
from tests.support.answers import address_of

SEEN = re.compile(r'name="seen" value="([^"]*)"')
URL = address_of("name")


def seen(client, url=URL):
    return SEEN.search(client.get(url).content.decode())[1]


def kept():
    return opened(Answer.objects.get(page="name"), "value").value["other_names"]


def test_the_second_tab_is_told_what_stands_and_saves_only_on_purpose(started):
    first = second = seen(started)
    started.post(URL, {"given_names": "Amina", "other_names": "Mina", "seen": first})
    told = started.post(URL, {"given_names": "Amina", "other_names": "Minou", "seen": second})
    text = told.content.decode()
    assert told.status_code == 409 and kept() == "Mina"
    assert "answered in another tab" in text and "Mina" in text and "Minou" in text
    again = SEEN.search(text)[1]
    assert (
        started.post(URL, {"given_names": "Amina", "other_names": "Minou", "seen": again}).status_code == 302
    )
    assert kept() == "Minou"


def test_the_same_answer_twice_goes_on(started):
    token = seen(started)
    for _click in range(2):
        assert (
            started.post(URL, {"given_names": "Amina", "other_names": "Mina", "seen": token}).status_code
            == 302
        )


@pytest.mark.parametrize("pressed", ["more-time", "keep"])
def test_what_is_saved_by_itself_overwrites_nothing_either(client, office, pressed):
    begin(client, shared="yes")
    token = seen(client)
    client.post(URL, {"given_names": "Amina", "other_names": "Mina", "seen": token})
    client.post(URL, {"given_names": "Amina", "other_names": "Minou", "seen": token, "press": pressed})
    assert kept() == "Mina"


def test_with_a_receipt_the_second_is_told_and_reads_nothing(started, now):
    other = Client()
    open_with(other, give_receipt(Intake.objects.get(), at=now))
    token = seen(other)
    started.post(URL, {"given_names": "Amina", "other_names": "Canary", "seen": seen(started)})
    told = other.post(URL, {"given_names": "Amina", "other_names": "Minou", "seen": token})
    assert told.status_code == 409 and "Canary" not in told.content.decode()
    assert "answered in another tab" in told.content.decode() and kept() == "Canary"


def test_of_what_was_sent_no_page_says_whether_it_was_answered(back):
    assert {seen(back, address_of(key)) for key in ("name", "where_now", "born")} == {""}


def test_what_changed_since_the_review_was_opened_is_looked_at_before_it_is_sent(started, fill):
    fill(started)
    review = reverse("intake:review")
    token = seen(started, review)
    started.post(URL, {"given_names": "Amina", "other_names": "Mina"})
    told = started.post(review, {"seen": token})
    assert told.status_code == 409 and "Look it over again" in told.content.decode()
    assert Intake.objects.get().status == "draft"
    started.post(review, {"seen": SEEN.search(told.content.decode())[1]})
    assert Intake.objects.get().status == "submitted"


@pytest.mark.parametrize("sent", [{}, {"press": "skip"}])
def test_a_page_that_never_shows_what_was_written_loses_nothing_when_it_is_opened_again(started, sent):
    """Back, and "Save and continue" on the empty page: what was told of arrests stays."""
    started.post(address_of("arrests"), {"arrests": "yes"})
    page = started.get(address_of("arrests")).content.decode()
    assert "checked" not in page and "What you leave empty stays as it is" in page
    started.post(address_of("arrests"), sent)
    assert opened(Narrative.objects.get(page="arrests"), "value").value["arrests"] == "yes"
