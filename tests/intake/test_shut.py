"""The form is opened knowingly and shut at will; who has begun or sent one is served all the same."""

import pytest
from django.urls import reverse

from foundation.accounts.models import Office
from foundation.accounts.office_changes import change_office
from intake.languages import PRESS
from intake.models import Intake
from intake.questionnaire.path import FIRST
from tests.intake.conftest import begin, open_with
from tests.support.answers import address_of

READY, SWITCH = reverse("workspace:ready"), reverse("workspace:switch-form")
FIRST_PAGE = reverse("intake:page", args=[FIRST[0].number])


@pytest.fixture
def shut(cast, now):
    words = {"en": "We open again in January."}
    change_office(cast.office, takes_forms=False, shut_in=words, by=cast.ines, at=now)
    return cast.office


def test_a_new_office_takes_no_forms():
    assert not Office().takes_forms


def test_nobody_begins_one_while_it_is_shut_and_reads_why_and_whom_to_call(client, shut):
    for address in (reverse("landing"), FIRST_PAGE):
        words = client.get(address).content.decode()
        assert "We open again in January." in words and "tel:+1-212-555-0100" in words
        assert reverse("intake:return") in words
    assert FIRST_PAGE not in client.get(reverse("landing")).content.decode()
    assert client.post(FIRST_PAGE, {"safe_now": "yes"}).status_code == 409
    assert not Intake.objects.exists()


def test_without_words_of_the_offices_own_it_says_so_plainly(client, cast, now):
    change_office(cast.office, takes_forms=False, by=cast.ines, at=now)
    assert "We cannot take a new form online today." in client.get(FIRST_PAGE).content.decode()


def test_it_is_opened_knowingly_where_something_is_missing(client, cast, shut):
    client.force_login(cast.ines)
    assert "It is shut" in client.get(READY).content.decode()
    refused = client.post(SWITCH, {"press": "open"})
    assert refused.status_code == 422 and "Tick the box" in refused.content.decode()
    assert not Office.objects.get(pk=shut.pk).takes_forms
    assert client.post(SWITCH, {"press": "open", "knowing": "on"}).url == READY
    assert Office.objects.get(pk=shut.pk).takes_forms
    client.post(SWITCH, {"press": "shut"})
    assert not Office.objects.get(pk=shut.pk).takes_forms


def test_nobody_but_an_administrator_opens_it(client, cast, shut):
    for who in (cast.cora, cast.ade):
        client.force_login(who)
        assert client.post(SWITCH, {"press": "open", "knowing": "on"}).status_code == 403


def test_who_has_begun_goes_on_and_sends_it(client, cast, now, fill):
    begin(client)
    change_office(cast.office, takes_forms=False, by=cast.ines, at=now)
    assert reverse("intake:start") in client.get(reverse("landing")).content.decode()
    fill(client)
    client.post(reverse("intake:review"))
    assert Intake.objects.get().submitted_at


def test_who_has_a_receipt_comes_back_while_it_is_shut(client, sent, shut):
    page = open_with(client, sent[1])
    assert page.request["PATH_INFO"] == reverse("intake:mine")


def test_a_language_that_is_chosen_on_the_shut_page_is_kept(client, shut, settings):
    page = client.post(FIRST_PAGE, {"press": f"{PRESS}ar"})
    assert page.status_code == 200 and 'dir="rtl"' in page.content.decode()
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"


def test_what_was_answered_before_consent_is_forgotten_when_it_is_shut_meanwhile(client, cast, now):
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    change_office(cast.office, takes_forms=False, by=cast.ines, at=now)
    assert client.post(address_of("consent"), {"consent": "yes"}).status_code == 409
    assert not Intake.objects.exists()
