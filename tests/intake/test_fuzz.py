"""Anything in any field: a message or an answer that is kept, never a 5xx, never an earlier answer lost."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.models import Answer
from intake.questionnaire.fields import PartialDateField
from intake.questionnaire.path import BY_KEY, DOCUMENTS, FIRST, LATER
from tests.conftest import opened
from tests.support.answers import address_of

MEAN = [
    "",
    " ",
    "x" * 10_000,
    "\x00",
    "a\x07b\x1b[31m",
    "\u202eevil\u202c",
    "\u200b\u200d\ufeff",
    "👩‍👩‍👧‍👦" * 50,
    "أمينة Amina አሚና Амина 李",
    "-1",
    "1e309",
    "9" * 400,
    "٣٫٥",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "\ud83d",
    "yes",
    "on",
]
TEXT = st.one_of(st.sampled_from(MEAN), st.text(max_size=300))
PAGES = [page for page in LATER if page is not DOCUMENTS]


def names_of(page):
    """Return every name a browser could send for a page."""
    form = page.make_form()
    for name, field in form.fields.items():
        parts = ("_year", "_month", "_day", "_unknown") if isinstance(field, PartialDateField) else ("",)
        yield from (f"{name}{part}" for part in parts)
    yield "press"


@pytest.fixture
def answered(started, fill):
    fill(started, harm={"harm_past": "yes", "skips_story": ""}, hearing={"has_court": "yes"})
    return started


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=st.sampled_from(PAGES), data=st.data())
def test_nothing_in_any_field_breaks_a_page(answered, page, data):
    sent = {
        name: data.draw(st.one_of(TEXT, st.lists(TEXT, max_size=3)), label=name) for name in names_of(page)
    }
    sent = {name: encodable(value) for name, value in sent.items()}
    before = kept(page)
    response = answered.post(reverse("intake:page", args=[page.number]), sent)
    assert response.status_code in (302, 422)
    if response.status_code == 422:
        assert kept(page) == before
        assert response.context["form"].errors


def encodable(value):
    """A lone half of a pair cannot be sent in a form at all."""
    if isinstance(value, list):
        return [encodable(one) for one in value]
    return value.encode("utf-8", "replace").decode()


def kept(page):
    found = Answer.objects.filter(page=page.key).first()
    return opened(found, "value").value if found else None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=100))
def test_a_name_is_kept_as_typed_or_refused(answered, name):
    name = encodable(name)
    response = answered.post(address_of("name"), {"given_names": name})
    if response.status_code == 302:
        assert kept(BY_KEY["name"])["given_names"] == name.strip()


@pytest.mark.parametrize("page", FIRST)
def test_nothing_before_consent_breaks_a_page(office, page):
    """Each text comes from a visitor of its own."""
    answers = {}
    for text in map(encodable, MEAN):
        client = Client()
        client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
        client.post(address_of("who_fills"), {"who_fills": "helper"})
        sent = dict.fromkeys(("safe_now", "shared", "who_fills", "helper_name", "consent"), text)
        answers[text] = client.post(address_of(page.key), sent).status_code
    assert len(answers) >= len(MEAN) - 1
    assert {text: code for text, code in answers.items() if code not in (200, 302, 422)} == {}


def test_nothing_breaks_the_pages_of_a_receipt(client, office):
    for text in map(encodable, MEAN):
        response = client.post(reverse("intake:return"), {"locator": text, "secret": text})
        assert response.status_code == 422, text
