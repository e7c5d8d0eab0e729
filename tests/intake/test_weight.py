"""What a page costs on an old phone with a bad connection: bytes and requests."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from intake.questionnaire.path import FIRST, LATER
from tests.support.answers import address_of, answers, typed

PAGE, FIRST_PAGE, REQUESTS = 25_000, 120_000, 12


@pytest.fixture
def open_ended(started, fill):
    """Everything open that can be: the longest pages."""
    fill(
        started,
        where_now={"custody": "ice"},
        hearing={"has_court": "yes"},
        harm={"harm_past": "yes", "skips_story": ""},
    )
    return started


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_the_form_is_over_25_kb(open_ended, language, settings):
    open_ended.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    sizes = {page.key: len(open_ended.get(address_of(page.key)).content) for page in [*FIRST, *LATER]}
    sizes["review"] = len(open_ended.get(reverse("intake:review")).content)
    assert max(size for size in sizes.values()) > 5_000
    assert {number: size for number, size in sizes.items() if size > PAGE} == {}


def assets(html):
    """Return the addresses a browser fetches for a page."""
    return set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html))


@pytest.mark.parametrize("key", ["", "safe_now", "citizenship"])
def test_a_first_page_with_all_it_needs_is_light(open_ended, key):
    url = address_of(key) if key else reverse("landing")
    html = open_ended.get(url).content
    files = assets(html.decode())
    total = len(gzip.compress(html))
    for name in files:
        total += len(gzip.compress(Path(finders.find(name.removeprefix("/static/"))).read_bytes()))
    assert len(files) >= 4
    assert total < FIRST_PAGE, total
    assert 1 + len(files) < REQUESTS


def test_a_step_asks_the_database_at_most_6_times_on_every_page(open_ended, statements, office, now):
    """Over all connections; BEGIN, savepoints and the binding left out. At most three are writes."""
    everything = answers(office.today(now), where_now={"custody": "ice"}, hearing={"has_court": "yes"})
    over = {}
    for key, values in everything.items():
        if key in ("documents", "harm"):
            continue
        with statements() as asked:
            open_ended.post(address_of(key), typed(key, values))
        writes = [sql for sql in asked if sql.split()[0] in ("INSERT", "UPDATE", "DELETE")]
        if len(asked) > 6 or len(writes) > 3:
            over[key] = asked
    assert over == {}
