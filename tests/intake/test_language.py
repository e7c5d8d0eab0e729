"""The language is changed in the middle of a page: what is typed stays, and nobody is told off for it."""

import re

import pytest
from django.urls import reverse

from intake.models import Wish
from tests.support.answers import address_of


@pytest.fixture
def arabic(settings):
    """Return a function that presses the bar's button on a page with something typed."""

    def press(client, key, typed, language="ar"):
        return client.post(address_of(key), {**typed, "press": f"lang-{language}"})

    return press


def in_arabic(answer):
    return 'lang="ar" dir="rtl"' in answer.content.decode()


def test_what_is_typed_comes_back_in_the_other_language_and_is_kept(started, arabic):
    answer = arabic(started, "name", {"given_names": "Canary-Typed"})
    assert answer.status_code == 200 and in_arabic(answer)
    assert 'value="Canary-Typed"' in answer.content.decode()
    again = started.get(address_of("name"))
    assert in_arabic(again) and 'value="Canary-Typed"' in again.content.decode()


def test_what_is_not_whole_comes_back_without_a_reproach(started, arabic):
    answer = arabic(started, "born", {"birth_date_day": "17", "birth_date_year": ""})
    html = answer.content.decode()
    assert in_arabic(answer) and 'value="17"' in html
    assert 'role="alert"' not in html and "<title>خطأ" not in html
    assert 'value="17"' not in started.get(address_of("born")).content.decode()


def test_before_consent_it_comes_back_and_is_kept_nowhere(client, office, arabic):
    client.get(address_of("safe_now"))
    answer = arabic(client, "safe_now", {"safe_now": "yes"})
    assert in_arabic(answer) and 'value="yes" checked' in " ".join(answer.content.decode().split())
    assert "checked" not in client.get(address_of("safe_now")).content.decode()


def test_a_language_the_site_does_not_speak_is_no_button(started, arabic):
    answer = arabic(started, "name", {"given_names": "Canary-Typed"}, language="xx")
    assert answer.status_code == 302 and "django_language" not in answer.cookies


def test_enter_in_a_field_presses_the_pages_own_button(started):
    """A browser takes the first button of a form for Enter, those of the bar included."""
    html = started.get(address_of("name")).content.decode()
    first = html.index('form="answers"')
    assert 'name="press"' not in html[first : html.index(">", first)]


def test_the_two_numbers_of_a_receipt_stay_typed(client, office):
    answer = client.post(reverse("intake:return"), {"locator": "1234", "press": "lang-ar"})
    html = answer.content.decode()
    assert answer.status_code == 200 and in_arabic(answer)
    assert 'value="1234"' in html and 'role="alert"' not in html


def test_a_new_contact_stays_typed_and_is_no_wish_yet(back):
    typed = {"channels": ["email"], "email": "canary@test.example", "press": "lang-ar"}
    answer = back.post(reverse("intake:wish", args=["contact"]), typed)
    assert in_arabic(answer) and 'value="canary@test.example"' in answer.content.decode()
    assert not Wish.objects.exists()


def test_what_is_typed_on_after_the_language_was_changed_is_kept(started, arabic):
    """The page that came back knows of its own saving: nobody is told of another tab."""
    answer = arabic(started, "name", {"given_names": "Amina", "seen": ""}).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', answer)[1]
    again = started.post(address_of("name"), {"given_names": "Amina", "middle_names": "Noor", "seen": seen})
    assert again.status_code == 302
