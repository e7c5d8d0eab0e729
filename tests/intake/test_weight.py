"""What a page costs on an old phone with a bad connection: bytes and requests."""

import gzip
import re

import pytest
from django.urls import reverse

from foundation.house import ROOT
from intake.questionnaire.path import FIRST, LATER
from tests.support.answers import address_of, answers, typed

PAGE, FIRST_PAGE, REQUESTS = 25_000, 25_000, 5


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


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("key", ["", "safe_now", "citizenship"])
def test_a_first_page_with_all_it_needs_is_light(open_ended, settings, key, language):
    """As a first visit loads it: the page as it is (pages are not compressed), the rest as it is served."""
    open_ended.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    html = open_ended.get(address_of(key) if key else reverse("landing")).content
    files = assets(html.decode())
    packed = sum(len(gzip.compress((ROOT / name.lstrip("/")).read_bytes())) for name in files)
    assert len(files) >= 3
    assert packed + len(gzip.compress(html)) < FIRST_PAGE, (packed, len(html))
    assert key or packed + len(html) < FIRST_PAGE, (packed, len(html))
    assert 1 + len(files) <= REQUESTS


def test_no_public_page_loads_what_is_for_staff(open_ended):
    for url in (reverse("landing"), address_of("safe_now"), reverse("intake:privacy"), "/nothing-here/"):
        assert not [name for name in assets(open_ended.get(url).content.decode()) if "vendor" in name]


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
