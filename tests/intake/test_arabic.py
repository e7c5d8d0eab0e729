"""Nothing English stands on an Arabic page: a string nobody marked is found by looking at what is shown."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags

from intake.actions import submit_intake
from intake.questionnaire.path import FLOW, LATER
from intake.review import LABELS, label_of, words_of
from tests.intake.conftest import begin
from tests.intake.test_by_receipt import FIRST, full
from tests.intake.test_coming_back import open_with
from tests.support.answers import address_of

# Names of forms, papers, programs and agencies, and what people wrote themselves in the tests.
NAMES = re.compile(
    r"I-589|I-94|A-Number|\b(?:ZIP|TPS|DACA|USCIS|SSI|Medicaid|WhatsApp|PDF|HEIC|CBP One|parole|ICE|ORR|ID|"
    r"English|Arabic|Our Office|Canary[-\w]*|My aunt|Amina|NY|A)\b|\S+@\S+"
)
WORD = re.compile(r"[A-Za-z]{2,}")


def english_in(text):
    """Return the words of another alphabet that stand in a text, names left out."""
    return WORD.findall(NAMES.sub("", text))


def shown(response):
    """Return the words of a page and its title; lists of countries, courts and languages are left out."""
    html = response.content.decode()
    html = re.sub(r"<(select|datalist|script|style)\b.*?</\1>", "", html, flags=re.S)
    labels = " ".join(re.findall(r'(?:aria-label|data-soon|alt|title|placeholder)="([^"]*)"', html))
    return strip_tags(html) + labels


@pytest.fixture
def arabic(client, office, settings):
    """Somebody who answers in Arabic."""
    begin(client)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    return client


def test_english_is_found():
    assert english_in("الاسم Dates known") == ["Dates", "known"]
    assert english_in("الاستمارة I-589 (USCIS)") == []


def test_every_question_field_choice_and_message_is_arabic(db):
    found = {}
    with translation.override("ar"):
        for page in FLOW:
            for helper in (False, True):
                form = page.make_form(helper=helper)
                words = [page.words(helper=helper), page.hint_words(helper=helper), page.section.title]
                for field in form.fields.values():
                    words += [field.label, field.help_text, *field.error_messages.values()]
                    if page.key not in ("home", "speaking"):
                        words += [name for _code, name in getattr(field, "choices", ())]
                found |= {(page.key, str(word)): english_in(str(word)) for word in words if word}
            found |= {(page.key, key): english_in(label_of(page, key)) for key in page.form.questions()}
        found |= {key: english_in(str(label)) for key, label in LABELS.items()}
    assert len(found) > 300
    assert {where: words for where, words in found.items() if words and "%(" not in str(where)} == {}


def test_every_answer_in_words_is_arabic(db):
    found = {}
    with translation.override("ar"):
        for page in FLOW:
            if page.key not in ("home", "speaking", "documents", "review"):
                for pair in words_of(page, full(page, FIRST)):
                    found[(page.key, pair[0])] = english_in(" ".join(pair))
    assert len(found) > 60
    assert {where: words for where, words in found.items() if words} == {}


@pytest.mark.parametrize("sent", [{}, {"x": "y"}])
def test_every_page_of_the_form_is_arabic(arabic, fill, sent):
    told = {"harm_past": "yes", "skips_story": ""}
    fill(arabic, hearing={"has_court": "yes"}, where_now={"custody": "ice"}, harm=told)
    found = {}
    for page in LATER:
        response = arabic.post(address_of(page.key), sent) if sent else arabic.get(address_of(page.key))
        if response.status_code in (200, 422):
            found[page.key] = english_in(shown(response))
    assert len(found) > (10 if sent else 24)
    assert {key: words for key, words in found.items() if words} == {}


def test_the_pages_around_are_arabic(arabic, fill, make_draft, now):
    fill(arabic)
    names = ("landing", "intake:review", "intake:map", "intake:first", "intake:talk", "intake:stop")
    names += ("intake:return", "intake:thanks")
    found = {name: english_in(shown(arabic.get(reverse(name)))) for name in names}
    open_with(arabic, submit_intake(make_draft(), at=now))
    for name in ("intake:mine", "intake:change", "intake:documents", "intake:talk"):
        found[f"sent {name}"] = english_in(shown(arabic.get(reverse(name))))
    for kind in ("call", "contact", "withdraw", "delete"):
        found[kind] = english_in(shown(arabic.get(reverse("intake:wish", args=[kind]))))
    assert {name: words for name, words in found.items() if words} == {}
