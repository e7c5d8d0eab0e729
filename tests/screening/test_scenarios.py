"""Whole cases from facts to result: our own, and those of the shared file where it is at hand."""

import json
from datetime import date

import pytest

from cases.batch import screen_item
from tests.screening.amina import OWN, SHARED, TODAY

FILE = SHARED / "scenarios-2.json"
THEIRS = json.loads(FILE.read_text()) if FILE.exists() else []


def check(item):
    found = screen_item({**item, "as_of": item.get("as_of", TODAY.isoformat())})
    found = {**found, **(found["one_year"] or {})}
    expected = dict(item["expect"])
    assert sorted(found["codes"]) == sorted(expected.pop("codes"))
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize("item", OWN, ids=lambda item: item["title"])
def test_our_own_scenarios_come_out_as_worked_by_hand(item):
    check(item)


@pytest.mark.skipif(not THEIRS, reason="the shared scenario file is not beside this checkout")
@pytest.mark.parametrize("item", THEIRS, ids=lambda item: item["id"])
def test_the_shared_scenarios_match(item):
    check(item)


def test_the_dates_of_our_scenarios_are_whole():
    assert all(date.fromisoformat(item["as_of"]) for item in OWN)
