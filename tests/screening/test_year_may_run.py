"""An arrival known in part: the year has ended for some of its days and not for others."""

from datetime import date

import pytest

from tests.screening.amina import result


@pytest.mark.parametrize(
    ("on", "arrival", "points", "band"),
    [
        (date(2026, 11, 29), "2025-11", 45, "CRITICAL"),
        (date(2026, 10, 15), "2025-10", 45, "CRITICAL"),  # 31 days are a short span still
        (date(2026, 11, 28), "2025", 40, "HIGH"),
    ],
)
def test_a_year_that_may_run_is_critical_for_a_month_and_high_for_longer(on, arrival, points, band):
    found = result(on=on, arrival=arrival)
    assert {"OYD_MAY_RUN", "ARRIVAL_APPROX"} <= set(found.codes)
    assert found.points == {"one_year": points}
    assert found.floors == {"one_year_may_run": band}
    assert found.band == band


@pytest.mark.parametrize(
    ("told", "used"),
    [
        ({"birth_date": "2008-05"}, {"birth_date": "2008-05"}),
        ({"age": 17}, {"age": 17}),
        ({"birth_date": "2008-05-02", "age": 18}, {"birth_date": "2008-05-02"}),
    ],
)
def test_who_was_under_18_in_the_year_may_have_an_exception_and_it_says_from_what(told, used):
    """8 CFR 208.4(a)(5)(ii). The year of this arrival ended in March 2025."""
    found = result(arrival="2024-03-01", **told)
    [exception] = [each for each in found.findings if each.code == "CHILD_EXCEPTION"]
    assert exception.inputs == used
    assert "OYD_PASSED" in found.codes
