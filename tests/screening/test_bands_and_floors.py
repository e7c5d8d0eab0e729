"""Bands follow the score; floors raise them. At each limit: at it, one below, one above."""

from datetime import date

import pytest

from foundation.calendar import PartialDate
from screening.data import tables
from screening.rules.facts import Facts
from screening.rules.one_year import one_year_of
from screening.rules.priority import priority_of
from screening.rules.run import Mark
from screening.rules.seen import seen_of
from tests.screening.amina import FILED, TODAY, finding, in_days, result


@pytest.mark.parametrize(
    ("changes", "score", "band"),
    [
        ({"notice_due": in_days(9), "vulnerable": True}, 40, "MEDIUM"),  # no floor: bands alone
        ({"in_absentia": True, "age": 17, "turns_18_or_21_soon": True}, 70, "CRITICAL"),
        ({"notice_due": in_days(9), "asylum_interview": in_days(14)}, 45, "HIGH"),
        ({"age": 10}, 20, "MEDIUM"),
        ({"vulnerable": True}, 10, "ROUTINE"),
        ({}, 0, "ROUTINE"),
    ],
)
def test_bands_follow_the_score(changes, score, band):
    assessed = result(**FILED, **changes)
    assert (assessed.score, assessed.band) == (score, band)


@pytest.mark.parametrize(
    ("changes", "band"),
    [
        ({"individual_hearing": in_days(7)}, "CRITICAL"),
        ({"individual_hearing": in_days(6)}, "CRITICAL"),
        ({"individual_hearing": in_days(8)}, "HIGH"),
        ({"fear_screening": True}, "CRITICAL"),
        ({"denial_date": in_days(-25)}, "CRITICAL"),
        ({"denial_date": in_days(-15)}, "HIGH"),
        ({"custody": "ice"}, "HIGH"),
        ({"custody": "orr"}, "MEDIUM"),
        ({"uac": True}, "HIGH"),
        ({"danger": True}, "HIGH"),
        ({"master_hearing": in_days(6)}, "HIGH"),
        ({"master_hearing": in_days(7)}, "HIGH"),
        ({"master_hearing": in_days(8)}, "MEDIUM"),
    ],
)
def test_floors_raise_the_band(changes, band):
    assert result(**FILED, **changes).band == band


def test_the_highest_floor_counts_whatever_stands_beside_it():
    assert result(danger=True, fear_screening=True, arrival="2025-12-24").band == "CRITICAL"


def test_evidence_dates_gone_by_are_said_without_saying_too_late():
    assert finding("EVIDENCE_DATE_PASSED", individual_hearing=in_days(30)) is None
    assert finding("EVIDENCE_DATE_PASSED", individual_hearing=in_days(5), custody="ice") is None
    assert finding("EVIDENCE_DATE_PASSED", individual_hearing=in_days(-1)) is None
    for days, custody in ((29, None), (28, "orr"), (0, None)):
        said = finding("EVIDENCE_DATE_PASSED", individual_hearing=in_days(days), custody=custody)
        assert said.inputs == {"individual_hearing": in_days(days), "custody": custody}


def test_facts_of_the_application_need_no_json():
    facts = Facts(fear="unsure", arrival=PartialDate(2025, 11, 28))
    dates = one_year_of(facts, seen_of(facts, on=TODAY))
    assert (dates.operative, dates.outer, dates.approximate) == (
        date(2026, 11, 27),
        date(2026, 11, 30),
        False,
    )
    assert dates.outer > TODAY


@pytest.mark.parametrize(
    ("changes", "floors"),
    [
        ({}, {}),
        ({"fear_screening": True}, {"fear_screening": "CRITICAL"}),
        ({"individual_hearing": in_days(7)}, {"merits_near": "CRITICAL"}),
        ({"individual_hearing": in_days(8)}, {}),
        ({"master_hearing": in_days(7)}, {"master_near": "HIGH"}),
        ({"custody": "ice"}, {"custody_ice": "HIGH"}),
        ({"uac": True}, {"child_alone": "HIGH"}),
        ({"danger": True, "custody": "ice"}, {"danger": "HIGH", "custody_ice": "HIGH"}),
        ({"denial_date": in_days(-5)}, {"appeal_near": "CRITICAL"}),
        ({"denial_date": in_days(-15)}, {"appeal_open": "HIGH"}),
        ({"denial_date": in_days(-60)}, {"reopen_open": "HIGH"}),
        ({"denial_date": in_days(-200)}, {}),
    ],
)
def test_every_floor_that_is_reached_has_its_name_and_its_band(changes, floors):
    assert result(**FILED, **changes).floors == floors


def test_a_floor_that_is_reached_twice_keeps_its_higher_band_in_any_order():
    low, high = (Mark(floor="child_alone", band=band) for band in ("MEDIUM", "CRITICAL"))
    for marks in ([low, high], [high, low]):
        assert priority_of(marks, tables()).floors == {"child_alone": "CRITICAL"}
    apart = priority_of([high, low._replace(floor="appeal_open")], tables())
    assert apart.floors == {"child_alone": "CRITICAL", "appeal_open": "MEDIUM"}


def test_a_single_point_counts():
    assert priority_of([Mark(group="er", points=1)], tables())[::2] == (1, {"er": 1})


@pytest.mark.parametrize(
    ("arrival", "floors"),
    [
        ("2025-12-09", {"one_year_high": "HIGH"}),
        ("2025-12-08", {"one_year_critical": "CRITICAL"}),
        ("2025-12-24", {"one_year_high": "HIGH"}),
        ("2025-12-28", {}),
        ("2025-11-20", {}),
    ],
)
def test_the_one_year_date_has_two_floors_of_which_one_holds(arrival, floors):
    assert result(arrival=arrival).floors == floors
