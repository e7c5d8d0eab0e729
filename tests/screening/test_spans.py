"""What must hold of a date of which only a part is known, whatever else is known.

A short count in the quick run; `--full` tries 5,000 facts of each.
"""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cases.batch import deadlines_item
from cases.rules.facts import READERS
from foundation.calendar import PartialDate
from screening.rules import Facts, assess
from screening.rules.spans import Span, birthdays, born_at, happened, span_of, years_after
from tests.screening.parts import AHEAD, HAPPENED, PARTS, TODAY
from tests.support.many import many

RANK = ["ROUTINE", "MEDIUM", "HIGH", "CRITICAL"]
BOOL = st.booleans()


def near(low, high):
    """Return days around today, as whole dates, months and years."""
    days = st.integers(low, high).map(lambda n: (TODAY + timedelta(days=n)).isoformat())
    return days | days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])


BEHIND = near(-800, 0) | near(-60, 0) | near(-400, -330)
DECISIONS = st.lists(
    st.fixed_dictionaries(
        {"by": st.sampled_from(["officer", "dhs", "judge", "board", "absentia", "unsure"])},
        optional={
            "date": st.none() | BEHIND,
            "filed": st.sampled_from([None, "appeal", "motion", "petition", "waived"]),
            "filed_received": st.none() | BEHIND,
        },
    ),
    max_size=2,
)
FACTS = st.fixed_dictionaries(
    {"fear": st.sampled_from(["yes", "yes", "unsure", "no"])},
    optional={
        **dict.fromkeys(("arrival", "i589_received", "i589_returned", "denial_date"), BEHIND),
        **dict.fromkeys(AHEAD, near(-60, 200)),
        **dict.fromkeys(("i589_filed", "in_absentia", "prior_denial", "uac", "held", "danger"), BOOL),
        "birth_date": near(-7800, -6300),
        "decisions": DECISIONS,
        "rep": st.sampled_from(["none", "active"]),
        "entry": st.sampled_from(["visa", "ewi", "port", "parole"]),
        "custody": st.sampled_from(["ice", "orr"]),
        "status": st.sampled_from(["visa", "tps", "daca"]),
        "granted": st.fixed_dictionaries({"date": BEHIND, "kind": st.just("refugee")}),
        "children": st.lists(st.fixed_dictionaries({"birth_date": near(-7800, -7300)}), max_size=2),
    },
)


def assessed(facts):
    return assess(Facts.from_dict(facts), on=TODAY)


def rank(facts):
    return RANK.index(assessed(facts).band)


@settings(max_examples=many(5_000), deadline=None)
@given(FACTS, PARTS)
def test_knowing_a_part_of_a_date_is_as_urgent_as_its_most_urgent_day(facts, part):
    assume(part.span)
    each = [rank(part.put(facts, day)) for day in part.days()]
    known, unknown = rank(part.put(facts, part.value)), rank(part.put(facts, None))
    assert known >= max(each) - (part.span.days > 31)
    assert known >= min(unknown, max(each))


@settings(max_examples=many(5_000), deadline=None)
@given(FACTS, PARTS)
def test_nothing_is_said_to_be_over_unless_it_is_on_every_day(facts, part):
    assume(part.span)
    said = over(part.put(facts, part.value))
    if said:
        assert all(said <= over(part.put(facts, day)) for day in part.days())


def over(facts):
    """Return the codes that say something is over, and the rows that have passed."""
    dated = {name: value for name, value in facts.items() if name in READERS}
    rows = deadlines_item({"facts": dated, "as_of": TODAY.isoformat()})
    passed = {row["key"] for row in rows if row["status"] == "passed"}
    return passed | gone(facts) | {"OYD_PASSED", "FINAL_ORDER_POSSIBLE"} & set(assessed(facts).codes)


def gone(facts):
    """Return rows that are over by every reading, and not there where something else says what came of them.

    A child of 21 has no birthday ahead; a decision after an interview says that it was held.
    """
    born = [happened(PartialDate.parse(one["birth_date"]), on=TODAY) for one in facts.get("children") or []]
    rows = {"child_21"} if any(span and birthdays(span, 21).last <= TODAY for span in born) else set()
    if facts.get("asylum_interview"):
        interview = span_of(PartialDate.parse(facts["asylum_interview"]))
        rows |= {"interview_missed"} if interview.last + timedelta(days=45) < TODAY else set()
    return rows


@settings(max_examples=many(5_000), deadline=None)
@given(FACTS)
def test_saying_that_the_form_was_sent_never_makes_it_less_urgent(facts):
    without = {name: value for name, value in facts.items() if name not in ("i589_filed", "i589_received")}
    assert rank({**without, "i589_filed": True}) >= rank(without)


@settings(max_examples=many(5_000), deadline=None)
@given(FACTS, st.sampled_from(HAPPENED), st.integers(1, 800))
def test_what_has_happened_cannot_lie_ahead(facts, fact, days):
    ahead = {**facts, fact: (TODAY + timedelta(days=days)).isoformat()}
    assert f"{fact.upper()}_FUTURE" in assessed(ahead).codes
    if fact != "denial_date":  # a denial on a day that cannot be is a denial on a day nobody knows
        assert rank(ahead) == rank({**facts, fact: None})


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11-28", date(2026, 11, 28), date(2026, 11, 28)),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 28)),
        ("2026", date(2026, 1, 1), date(2026, 11, 28)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
    ],
)
def test_what_has_happened_is_cut_at_today(text, first, last):
    assert happened(PartialDate.parse(text), on=TODAY) == Span(first, last)


@pytest.mark.parametrize("text", ["2026-11-29", "2026-12", "2027"])
def test_of_what_lies_ahead_nothing_is_left(text):
    assert happened(PartialDate.parse(text), on=TODAY) is None


def test_a_span_knows_its_days_and_what_it_meets():
    november = span_of(PartialDate(2026, 11))
    assert (november.days, november.is_exact) == (30, False)
    assert span_of(PartialDate(2026, 11, 5)).is_exact
    assert november.meets(Span(date(2026, 11, 30), date(2026, 12, 2)))
    assert november.meets(Span(date(2026, 10, 1), date(2026, 11, 1)))
    assert not november.meets(Span(date(2026, 12, 1), date(2026, 12, 2)))
    assert not november.meets(Span(date(2026, 10, 1), date(2026, 10, 31)))


@settings(max_examples=many(2_000), deadline=None)
@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 90))
def test_an_age_is_the_birth_dates_that_give_it_today(on, age):
    born = born_at(age, on=on)
    assert birthdays(Span(born.first, born.last), age).last <= on < years_after(born.first, age + 1)
    before, after = born.first - timedelta(days=1), born.last + timedelta(days=1)
    assert years_after(before, age + 1) <= on < years_after(after, age)


def test_a_leap_day_has_its_birthdays_on_28_february():
    assert years_after(date(2008, 2, 29), 18) == date(2026, 2, 28)
    assert born_at(18, on=date(2026, 2, 28)).last == date(2008, 2, 29)
    assert born_at(18, on=date(2026, 2, 27)).last == date(2008, 2, 27)
    assert born_at(17, on=date(2026, 2, 28)).first == date(2008, 3, 1)
    assert born_at(1, on=date(2027, 2, 28)).last == date(2026, 2, 28)  # no leap day between
    assert born_at(17.9, on=TODAY) == born_at(17, on=TODAY)
