"""A band rises by itself and never falls; a person's decision stands until something new is reached."""

import pytest

from cases.rules import Asked, more_urgent, risen

QUIET = Asked("ROUTINE")
NEAR = Asked("HIGH", {"one_year_high": "HIGH"})


def test_a_band_never_falls_by_itself():
    assert risen("HIGH", now=QUIET, decided=None) == "HIGH"
    assert risen("HIGH", now=QUIET, decided=NEAR) == "HIGH"


def test_what_nobody_decided_about_rises_to_what_the_rules_ask_for():
    assert risen("ROUTINE", now=NEAR, decided=None) == "HIGH"
    assert risen("CRITICAL", now=NEAR, decided=None) == "CRITICAL"


def test_the_same_facts_do_not_undo_a_persons_decision():
    assert risen("ROUTINE", now=NEAR, decided=NEAR) == "ROUTINE"


def test_more_points_in_the_band_decided_against_do_not_undo_it():
    danger = Asked("HIGH", {"danger": "HIGH"})
    assert risen("MEDIUM", now=danger, decided=danger) == "MEDIUM"


def test_a_more_urgent_band_raises_it():
    assert risen("ROUTINE", now=Asked("CRITICAL"), decided=NEAR) == "CRITICAL"


def test_a_less_urgent_band_than_the_one_decided_against_raises_nothing():
    assert risen("ROUTINE", now=Asked("MEDIUM"), decided=NEAR) == "ROUTINE"


def test_a_floor_reached_since_raises_it_though_the_band_is_the_one_decided_against():
    before = Asked("HIGH", {"danger": "HIGH"})
    now = Asked("HIGH", {"danger": "HIGH", "one_year_high": "HIGH"})
    assert risen("ROUTINE", now=now, decided=before) == "HIGH"


def test_a_new_floor_raises_to_its_own_band_and_not_to_the_one_decided_against():
    before = Asked("CRITICAL", {"merits_near": "CRITICAL"})
    now = Asked("CRITICAL", {"merits_near": "CRITICAL", "danger": "HIGH"})
    assert risen("ROUTINE", now=now, decided=before) == "HIGH"


def test_a_floor_that_left_and_came_back_is_not_new():
    assert risen("ROUTINE", now=QUIET, decided=NEAR) == "ROUTINE"
    assert risen("ROUTINE", now=NEAR, decided=NEAR) == "ROUTINE"


@pytest.mark.parametrize("band", ["CRITICAL", "HIGH", "MEDIUM", "ROUTINE"])
def test_a_band_is_not_more_urgent_than_itself(band):
    assert not more_urgent(band, band)
    assert more_urgent("CRITICAL", "ROUTINE")
