"""Which languages the public pages offer, in which order, from which day; what nobody read says so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from foundation.accounts.models import Office
from foundation.accounts.office_changes import apply_due_changes, change_office
from tests.accounts.test_office_changes import SAID, URL
from workspace.ready.queries import ready_items

DRAFT = (
    "Nobody who knows this language well has read these pages yet. If something is not clear, please call us."
)
READ = "Somebody who knows each language on offer has read its pages"


def landing(client, accept="en"):
    return client.get(reverse("landing"), headers={"accept-language": accept}).content.decode()


def again(office):
    return Office.objects.get(pk=office.pk)


def test_all_of_the_programs_languages_are_on_offer_where_nobody_chose(client, office):
    assert office.offered == ["en", "ar"]
    assert 'value="ar"' in landing(client)


def test_a_language_that_is_not_on_offer_has_no_button_and_is_not_spoken(client, cast, now):
    change_office(cast.office, languages=["en"], by=cast.ines, at=now)
    page = landing(client, accept="ar")
    assert 'lang="en"' in page and 'value="ar"' not in page
    client.cookies["django_language"] = "ar"
    assert '<html lang="en"' in landing(client)


def test_who_speaks_none_of_them_reads_the_first(client, cast, now):
    change_office(cast.office, languages=["ar", "en"], by=cast.ines, at=now)
    assert '<html lang="en"' in landing(client, accept="en")
    change_office(cast.office, languages=["ar"], by=cast.ines, at=now)
    assert '<html lang="ar"' in landing(client, accept="en")


def test_staff_read_their_pages_in_any_of_the_programs_languages(client, cast, now):
    change_office(cast.office, languages=["en"], by=cast.ines, at=now)
    client.force_login(cast.ines)
    client.cookies["django_language"] = "ar"
    assert '<html lang="ar"' in client.get(reverse("home")).content.decode()


def test_a_press_of_the_bar_for_a_language_that_is_not_on_offer_changes_nothing(started, cast, now):
    from tests.support.answers import address_of

    change_office(cast.office, languages=["en"], by=cast.ines, at=now)
    answer = started.post(address_of("name"), {"given_names": "Amina", "press": "lang-ar"})
    assert "django_language" not in answer.cookies


def test_a_language_is_taken_off_from_a_day_on(cast, now):
    day = cast.office.today(now) + timedelta(days=2)
    change_office(cast.office, languages=["en"], starts_on=day, by=cast.ines, at=now)
    assert again(cast.office).offered == ["en", "ar"]
    apply_due_changes(at=now + timedelta(days=2))
    assert again(cast.office).offered == ["en"]


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ({"place_en": "", "place_ar": ""}, "At least one language is needed"),
        ({"place_en": "1", "place_ar": "1"}, "Two languages have the same place"),
        ({"place_en": "first", "place_ar": "2"}, "whole number"),
    ],
)
def test_what_cannot_be_offered_comes_back_with_words(client, cast, places, says):
    client.force_login(cast.ines)
    answer = client.post(URL, {**SAID, **places})
    assert answer.status_code == 422 and says in answer.content.decode()


def test_the_page_of_the_office_keeps_their_order(client, cast):
    client.force_login(cast.ines)
    client.post(URL, {**SAID, "place_en": "2", "place_ar": "1"})
    assert again(cast.office).languages == ["ar", "en"]
    client.post(URL, {**SAID, "place_en": "1", "place_ar": ""})
    assert again(cast.office).languages == ["en"]
    client.post(URL, SAID)
    assert again(cast.office).languages == []


def test_a_language_that_nobody_read_says_so_until_somebody_did(client, cast, now):
    with translation.override("ar"):
        words = translation.gettext(DRAFT)
    assert words in landing(client, accept="ar") and DRAFT not in landing(client)
    change_office(cast.office, reviewed_in={"ar": "A court interpreter"}, by=cast.ines, at=now)
    assert words not in landing(client, accept="ar")


def test_getting_ready_asks_for_what_is_on_offer_alone(cast, now):
    today = cast.office.today(now)

    def is_done(words):
        return {item.words: item.is_done for item in ready_items(again(cast.office), on=today)}[words]

    hours = "Its hours are said in every language of the pages"
    assert (is_done(READ), is_done(hours)) == (False, False)
    change_office(cast.office, languages=["en"], by=cast.ines, at=now)
    assert (is_done(READ), is_done(hours)) == (True, True)
