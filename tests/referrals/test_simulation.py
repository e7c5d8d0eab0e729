"""A simulated office: the program's own rules over simulated time, the same from the same seed."""

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks import cascade
from referrals.rules import Candidate, Hours, Need
from referrals.rules.simulation import (
    BY_HAND,
    CASCADE,
    USUAL,
    Arrival,
    Habit,
    Person,
    World,
    habit_of,
    simulate,
)

EVE = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)  # the day before Thanksgiving, ten o'clock in New York
NY = Hours("America/New_York")
YES, SILENT = Habit(silent=0, yes=1, minutes=1), Habit(silent=1, yes=0, minutes=1)


def person(key, habit, **changes):
    said = {"languages": ["spa"], "countries": [], "tracks": ["defensive"], "capacity": 1, "open_cases": 0}
    said |= {"accepting": True, "has_credentials": True, **changes}
    return Person(Candidate(id=key, **said), NY, habit)


def world(*people, arrivals=1, days=60, **changes):
    need, minutes = Need("spa", "", "defensive"), 8 * 60
    coming = tuple(Arrival(EVE + timedelta(hours=n), need, minutes) for n in range(arrivals))
    return World(coming, people, NY, EVE + timedelta(days=days), **changes)


@pytest.mark.parametrize("way", [CASCADE, BY_HAND])
def test_nobody_is_asked_whom_a_hard_limit_stops(way):
    away, held = person(1, YES, is_away=True), person(2, YES, has_credentials=False)
    got = simulate(world(away, held), way)
    assert (got.asked, got.placed, got.waiting) == (0, 0, 1)


@pytest.mark.parametrize("way", [CASCADE, BY_HAND])
def test_nobody_holds_more_than_their_places(way):
    got = simulate(world(person(1, YES), arrivals=3, holds=1000), way)
    assert (got.placed, got.waiting, got.busiest) == (1, 2, 1.0)
    again = simulate(world(person(1, YES), arrivals=3, holds=10), way)
    assert again.placed > 1  # what they took ended, and there was room


def test_silence_lasts_over_a_holiday_and_then_the_next_one_is_asked_at_once():
    silent, takes = person(1, SILENT, capacity=9), person(2, YES)
    got = simulate(world(silent, takes), CASCADE)
    # eight working hours from Wednesday at ten: Thanksgiving does not count, so Friday at ten
    assert (got.asked, got.placed) == (2, 1)
    assert got.half == pytest.approx(2.0, abs=0.1)


def test_by_hand_the_same_case_waits_until_somebody_comes_back_to_it():
    silent, takes = person(1, SILENT, capacity=9), person(2, YES)
    fast, slow = (simulate(world(silent, takes), way) for way in (CASCADE, BY_HAND))
    assert fast.half < slow.half


def test_the_same_seed_makes_the_same_half_year_and_another_a_different_one():
    one, again, other = (simulate(cascade.world(seed, people=8), CASCADE) for seed in (1, 1, 2))
    assert one == again != other


def test_who_came_last_and_waits_still_counts_as_waiting():
    got = simulate(world(person(1, SILENT), days=1), CASCADE)
    assert (got.half, got.most, got.waiting) == (None, None, 1)


def test_a_panel_of_which_little_is_known_answers_as_usual():
    asked = EVE - timedelta(days=7)
    said = ("accepted", asked, asked + timedelta(hours=2))
    assert habit_of([said] * 3, NY) == USUAL
    kept = habit_of([said] * 6 + [("expired", asked, asked), ("declined", *said[1:])] * 3, NY)
    assert (kept.silent, kept.yes, kept.minutes) == (0.25, 0.67, 120)
