"""What each row says it was counted from, and that only a part of it was known. Today is 23 November 2026."""

import pytest

from cases.rules import DeadlineFacts, case_dates
from cases.rules.trigger import LEAP_DAY
from cases.rules.triggers import ASK_DETERMINATION, SAID_SENT, WAS_RETURNED
from foundation.calendar import PartialDate
from screening.rules.seen import seen_of
from tests.support.dated import PARTIAL, TODAY, dates


@pytest.mark.parametrize(
    ("key", "facts", "used"),
    [
        (
            "ij_cf_review",
            {"fear_review_requested": "2026-11-20"},
            {"fear_review_requested": "2026-11-20"},
        ),
        ("child_21", {"children": [{"birth_date": "2006-01"}]}, {"children": [{"birth_date": "2006-01"}]}),
        (
            "status_refile",
            {"arrival": "2025-03-10", "status": ["visa", "tps"], "status_end": "2026-12"},
            {"status": ["tps", "visa"], "status_end": "2026-12"},
        ),
        ("sij_21", {"birth_date": "2006-05", "sij": True}, {"birth_date": "2006-05", "sij": True}),
        ("uac_18", {"birth_date": "2010-05", "uac": True}, {"birth_date": "2010-05"}),
        ("asylee_gc", {"granted": {"date": "2026-03", "kind": "asylum"}}, None),
        ("ead_file", {"i589_received": "2026-10"}, {"i589_received": "2026-10"}),
    ],
)
def test_a_row_names_the_facts_and_the_part_of_a_date(key, facts, used):
    due = dates(**facts)[key]
    assert due["inputs"] == (used or facts)
    is_part = key != "ij_cf_review"
    assert (PARTIAL in due["note"]) is is_part


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("child_21", {"children": [{"birth_date": "2006-01-10"}]}),
        ("status_refile", {"arrival": "2025-03-10", "status": ["visa"], "status_end": "2026-12-10"}),
        ("sij_21", {"birth_date": "2006-05-10", "sij": True}),
        ("asylee_gc", {"granted": {"date": "2026-03-10", "kind": "asylum"}}),
        ("ead_file", {"i589_received": "2026-10-10"}),
    ],
)
def test_a_whole_date_needs_no_word(key, facts):
    assert PARTIAL not in dates(**facts)[key]["note"]


def test_the_rows_of_two_children_are_told_apart():
    facts = DeadlineFacts(children=(PartialDate(2006, 1, 10), PartialDate(2006, 3)))
    assert [due.subject for due in case_dates(facts, on=TODAY)] == ["child:2006-01-10", "child:2006-03"]


@pytest.mark.parametrize(
    "facts",
    [
        {"i589_received": "2027-01-10"},
        {"children": [{"birth_date": "2030-01-10"}]},
        {"birth_date": "2030-01-10", "uac": True, "sij": True},
        {"granted": {"date": "2027-02-01", "kind": "asylum"}},
    ],
)
def test_what_cannot_have_happened_yet_starts_no_row(facts):
    assert dates(**facts) == {}


def test_a_request_alone_asks_for_the_determination_and_sets_no_day():
    """The seven days run from the determination (8 USC 1225(b)(1)(B)(iii)(III))."""
    asked = {"fear_review_requested": "2026-11-20"}
    due = dates(**asked)["ij_cf_review"]
    assert (due["date"], due["status"]) == (None, "open_ended")
    assert ASK_DETERMINATION in due["note"]
    both = dates(**asked, fear_determination="2026-11-18")["ij_cf_review"]
    assert (both["date"], both["inputs"]) == ("2026-11-25", {"fear_determination": "2026-11-18"})


def test_a_form_that_is_said_to_be_sent_or_came_back_is_named_beside_the_year():
    year = {"arrival": "2026-03-10"}
    sent = dates(**year, i589_filed=True)["oyd_outer"]["note"]
    returned = dates(**year, i589_filed=True, i589_returned=True)["oyd_outer"]["note"]
    before = dates(**year, i589_filed=True, i589_received="2026-02-02")["oyd_outer"]["note"]
    assert [SAID_SENT in note for note in (sent, returned, before)] == [True, False, False]
    assert [WAS_RETURNED in note for note in (sent, returned, before)] == [False, True, False]


def test_a_grant_of_a_leap_day_says_where_it_counts_to():
    note = dates(granted={"date": "2024-02-29", "kind": "asylum"})["asylee_gc"]["note"]
    assert LEAP_DAY in note
    assert LEAP_DAY not in dates(granted={"date": "2024-02", "kind": "asylum"})["asylee_gc"]["note"]


def test_facts_that_the_screening_has_looked_at_are_not_looked_at_anew():
    facts = DeadlineFacts(arrival=PartialDate(2026, 3, 10))
    filed = facts._replace(i589_received=PartialDate(2026, 4, 10))
    assert case_dates(facts, on=TODAY)
    assert case_dates(facts, on=TODAY, seen=seen_of(filed, on=TODAY)) == []
