"""Amina's answers to the whole questionnaire, and how a browser sends the answers of a page."""

from datetime import timedelta

from django.urls import reverse

from demo.answers import PLAIN, lay_on_pages, typed
from intake.questionnaire.path import BY_KEY, FLOW

__all__ = ["answers", "typed"]

AMINA = {  # by question: where she differs from somebody plain
    **PLAIN,
    "given_names": "Amina",
    "family_name": "Canary-Surname",
    "birth_date": "1991-04-12",
    "citizenship": ["SY"],
    "hearing_kind": "",
    "with_parent": "unsure",
    "waitlist": "",
    "status": [],
    "us_harm": "",
    "child_parent": "",
    "channels": ["email"],
    "email": "amina@test.example",
    "spoken_language": "ara",
}


def answers(today, **changes):
    """Return Amina's answers, page by page in the order of the pages, those of closed branches too.

    `changes` maps page to what differs.
    """
    assert changes.keys() <= BY_KEY.keys(), changes.keys() - BY_KEY.keys()
    arrival = (today - timedelta(days=120)).isoformat()
    pages = lay_on_pages({**AMINA, "arrival": arrival})
    for page, values in changes.items():
        pages.setdefault(page, {}).update(values)
    return {page.key: pages[page.key] for page in FLOW if page.key in pages}


def on_pages(*told):
    """Return {page: {question: value}} of answers by question, as `answers` takes what differs."""
    pages = {}
    for key, value in (pair for one in told for pair in one.items()):
        page = next(page for page in FLOW if key in page.form.questions())
        pages.setdefault(page.key, {})[key] = value
    return pages


def number_of(key):
    return BY_KEY[key].number


def address_of(key):
    return reverse("intake:page", args=[number_of(key)])
