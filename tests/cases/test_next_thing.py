"""Both engines at once: by when to look, and the one thing to do."""

from datetime import date, timedelta

import pytest

from cases.batch import screen_item
from cases.rules import BadFacts
from cases.rules.next import ROW, NextThing, next_thing, sooner
from screening.rules import Finding


def looked_at(**facts):
    found = screen_item({"facts": {"fear": "yes", **facts}, "as_of": "2026-11-28"})
    return found["look_by"], found["next_thing"]


@pytest.mark.parametrize(
    ("facts", "by", "thing"),
    [
        (
            {"arrival": "2025-11"},
            "2026-11-28",
            "Today: find out which day they came; if Nov 28 to 30, 2025, file the I-589 online today (paper"
            " cannot arrive by Monday); in court: e-file Monday, Nov 30.",
        ),
        (
            {"arrival": "2026-10-01", "master_hearing": "2026-11-28"},
            "2026-11-28",
            "Today: prepare the hearing (Master hearing).",
        ),
        (
            {"decisions": [{"by": "board", "date": "2026-10-31"}]},
            "2026-11-28",  # Monday is the last day, and Friday has gone by
            "By Monday, Nov 30: file to reconsider (Motion to reconsider).",
        ),
        (
            {"arrival": "2024-03-01", "checkin": "2026-12-02"},
            "2026-12-01",
            "By Wednesday, Dec 2: prepare the check-in (Check-in with immigration).",
        ),
        (
            {"arrival": "2026-10-01", "noid": "2026-11-19"},
            "2026-12-03",
            "By Friday, Dec 4: answer the notice (Answer to the asylum office's notice of intent to deny).",
        ),
    ],
)
def test_a_case_says_by_when_to_look_and_the_one_thing_to_do(facts, by, thing):
    assert looked_at(**facts) == (by, thing)


def test_a_key_neither_engine_knows_is_named():
    with pytest.raises(BadFacts, match=r"^facts: unknown key: color$"):
        looked_at(color="blue")
    assert looked_at(judge_dates=[{"replaces": "i589_callup", "date": "2026-12-01"}])[0] == "2026-11-30"


def test_of_one_day_the_law_comes_before_the_work():
    today = date(2026, 11, 28)
    law, work = NextThing(ROW, today, "pfr"), NextThing("REFER", today)
    tomorrow = NextThing(ROW, today + timedelta(days=1), "pfr")
    assert sooner(law, work) == (law, work)
    assert sooner(tomorrow, work) == (work, tomorrow)
    assert sooner(law, None) == (law, None)
    assert sooner(law, NextThing(ROW, today, "pfr")) == (law, None)


def asked_for(arrival, on):
    return next_thing([Finding("OYD_MAY_RUN", "", "FLAG", {"arrival": arrival})], [], on=on)


@pytest.mark.parametrize(
    ("arrival", "on", "days"),
    [
        # Friday 28 November 2025 has its anniversary on a Saturday: that Monday is still in time.
        ("2025-11", date(2026, 11, 29), (date(2025, 11, 28), date(2025, 11, 30), date(2026, 11, 30))),
        ("2025-11", date(2026, 11, 30), (date(2025, 11, 28), date(2025, 11, 30), date(2026, 11, 30))),
        ("2025-10", date(2026, 10, 6), (date(2025, 10, 6), date(2025, 10, 31), date(2026, 10, 6))),
        # A year that is not over: nobody came after today, nor long before a year ago and in time.
        ("2025", date(2026, 11, 29), (date(2025, 11, 28), date(2025, 12, 31), date(2026, 11, 30))),
    ],
)
def test_the_days_of_arrival_that_may_still_be_in_time_are_named(arrival, on, days):
    assert asked_for(arrival, on) == NextThing("OYD_MAY_RUN", on, "", days)
