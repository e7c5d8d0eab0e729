"""Which organizations suit somebody: what is not known speaks neither for one nor against it."""

from datetime import date, timedelta

import pytest

from directory.rules import CHECK_DAYS, Asks, Offers, fit, is_unchecked, rank

TODAY = date(2026, 11, 29)
SURE = {"checked_on": TODAY, "taking": "open"}


@pytest.mark.parametrize(("more", "old"), [(-1, False), (0, True), (1, True)])
def test_what_was_not_checked_for_180_days_is_old(more, old):
    assert is_unchecked(TODAY - timedelta(days=CHECK_DAYS + more), on=TODAY) is old


def test_what_nobody_checked_is_old():
    assert is_unchecked(None, on=TODAY)
    assert "UNCHECKED" in fit(Asks(), Offers(1), on=TODAY).doubts


@pytest.mark.parametrize(
    ("asks", "offers", "reasons", "doubts", "against"),
    [
        ({"help": ["lawyer", "forms"]}, {"helps_with": ["forms"]}, ["HELP"], [], []),
        ({"help": ["lawyer"]}, {"helps_with": ["health"]}, [], [], ["NO_HELP"]),
        ({"help": ["lawyer"]}, {}, [], ["HELP_UNKNOWN"], []),
        ({"state": "NY"}, {"states": ["NY"]}, ["STATE"], [], []),
        ({"state": "NY"}, {"states": ["NJ"]}, [], [], ["NO_STATE"]),
        ({"state": "NY"}, {"states": ["NJ"], "everywhere": True}, ["STATE"], [], []),
        ({"state": "NY"}, {}, [], ["STATE_UNKNOWN"], []),
        ({"language": "som"}, {"languages": ["som"]}, ["LANGUAGE"], [], []),
        ({"language": "som"}, {"languages": ["eng"]}, [], [], ["NO_LANGUAGE"]),
        ({"language": "som"}, {}, [], ["LANGUAGE_UNKNOWN"], []),
        ({}, {"languages": ["eng"], "states": ["NY"]}, [], [], []),
        ({"is_held": True}, {"takes_held": "yes"}, ["HELD"], [], []),
        ({"is_held": True}, {"takes_held": "no"}, [], [], ["NO_HELD"]),
        ({"is_held": True}, {}, [], ["HELD_UNKNOWN"], []),
        ({"is_held": False}, {"takes_held": "no"}, [], [], []),
        ({"is_child_alone": True}, {"takes_children": "no"}, [], [], ["NO_CHILDREN"]),
        ({"is_child_alone": None}, {"takes_children": "no"}, [], [], []),
        ({"relief": ["asylum", "u"]}, {"relief": ["u"]}, ["RELIEF"], [], []),
        ({"relief": ["asylum"]}, {"relief": ["u"]}, [], [], ["NO_RELIEF"]),
    ],
)
def test_each_thing_asked_speaks_for_it_against_it_or_is_not_known(asks, offers, reasons, doubts, against):
    found = fit(Asks(**asks), Offers(1, **SURE, **offers), on=TODAY)
    assert (found.reasons, found.doubts, found.against) == ([*reasons, "ROOM"], doubts, against)
    assert found.fits == (not against)


def test_one_that_takes_nobody_now_does_not_suit():
    assert fit(Asks(), Offers(1, taking="full", checked_on=TODAY), on=TODAY).against == ["NO_ROOM"]


def test_what_suits_stands_first_then_what_more_speaks_for():
    full = Offers(1, taking="full", states=["NY"], languages=["som"], checked_on=TODAY)
    vague = Offers(2, checked_on=TODAY)
    good = Offers(3, **SURE, states=["NY"], languages=["som"])
    some = Offers(4, **SURE, states=["NY"])
    asks = Asks(state="NY", language="som")
    assert [one.id for one in rank(asks, [full, vague, good, some], on=TODAY)] == [3, 4, 2, 1]
