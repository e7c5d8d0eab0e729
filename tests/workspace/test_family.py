"""The family in a claim, and the watch over who of it turns 21."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions

SAMI, LINA = "Canary-Sami", "Canary-Lina"


def born_so_that_21_is(today, *, days):
    """Return a birth date whose 21st birthday lies so many days ahead."""
    day = today + timedelta(days=days)
    return day.replace(year=day.year - 21, day=min(day.day, 28)).isoformat()


@pytest.fixture
def family(client, cast, make_case, office, now):
    """Make a case with a child and a husband, and return its tab of people as a caseworker reads it."""

    def made(**child):
        rows = [
            {"name": SAMI, "related": "child", **child},
            {"name": LINA, "related": "spouse", "birth_date": child["birth_date"]},
        ]
        case = make_case(family_here={"family_here": rows})
        client.force_login(cast.cora)
        return case, client.get(reverse("workspace:people", args=[case.pk]))

    return made


@pytest.mark.parametrize(("days", "is_watched"), [(150, True), (250, False)])
def test_a_child_of_twenty_and_a_half_is_watched(family, office, now, days, is_watched):
    _case, page = family(birth_date=born_so_that_21_is(office.today(now), days=days))
    lines = {one.name: one for one in page.context["page"].family}
    assert lines[SAMI].last_day and lines[SAMI].is_watched is is_watched
    assert lines[LINA].last_day is None and not lines[LINA].is_watched
    text = page.content.decode()
    assert ("turns 21 soon" in text) is is_watched and "[to verify]" in text and "INA 208(b)(3)(B)" in text


def test_a_child_far_from_21_and_one_of_whom_no_day_is_known_have_no_date(family, office, now):
    for birth_date in ("2020-05-01", ""):
        _case, page = family(birth_date=birth_date)
        assert [one.last_day for one in page.context["page"].family] == [None, None]


def test_the_watch_ends_once_a_receipt_shows_that_the_form_is_in(client, cast, family, office, now):
    case, page = family(birth_date=born_so_that_21_is(office.today(now), days=150))
    received = office.today(now).isoformat()
    actions.record_filing(case, form="i589", received=received, by=cast.cora, at=now)
    again = client.get(reverse("workspace:people", args=[case.pk]))
    assert page.context["page"].family[0].is_watched
    assert not again.context["page"].family[0].is_watched


def test_where_nobody_of_the_family_is_named_nothing_is_shown(client, cast, case):
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:people", args=[case.pk]))
    assert page.context["page"].family == [] and "Family in this claim" not in page.content.decode()
