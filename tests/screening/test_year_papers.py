"""The papers of the I-589 beside the year: what each code rests on, and what it asks for.

Who came on 10 March 2025 had until Tuesday, 10 March 2026.
"""

from datetime import date

import pytest

from tests.screening.amina import TODAY, result

OVER = "2025-03-10"


def inputs_of(found, code):
    """Return what the one finding of a code used; None where it is not said."""
    return next((each.inputs for each in found.findings if each.code == code), None)


@pytest.mark.parametrize(
    ("papers", "code", "used"),
    [
        ({"i589_filed": True}, "I589_SAID_SENT", {"i589_filed": True}),
        ({"i589_received": "2026-10-20"}, "I589_FILED", {"i589_received": "2026-10-20"}),
        (
            {"i589_filed": True, "i589_received": "2026-09-20"},
            "I589_BEFORE_ARRIVAL",
            {"i589_filed": True, "i589_received": "2026-09-20", "arrival": "2026-10-01"},
        ),
        ({"i589_returned": True}, "I589_RETURNED", {"i589_returned": True}),
        (
            {"i589_received": "2026-10-20", "i589_returned": "2026-11"},
            "I589_RETURNED",
            {"i589_received": "2026-10-20", "i589_returned": "2026-11"},
        ),
        ({"i589_received": "2026-10-01"}, "I589_FILED", {"i589_received": "2026-10-01"}),  # on that very day
        (  # it came back before: this receipt is of another form
            {"i589_received": "2026-10-20", "i589_returned": "2026-10-19"},
            "I589_FILED",
            {"i589_received": "2026-10-20", "i589_returned": "2026-10-19"},
        ),
    ],
)
def test_each_paper_has_its_code_and_says_what_it_rests_on(papers, code, used):
    """Sent is not filed, and what came back stops nothing (8 CFR 208.8)."""
    found = result(**papers)
    assert inputs_of(found, code) == used
    assert {each for each in found.codes if each.startswith("I589_")} == {code}
    assert found.floors == ({"i589_returned": "HIGH"} if code == "I589_RETURNED" else {})


def test_a_form_that_came_back_is_high_after_the_year_too():
    """Refiled within a reasonable period it may be excused (8 CFR 208.4(a)(5)(v))."""
    found = result(arrival=OVER, i589_returned=True)
    assert (found.floors, found.band) == ({"i589_returned": "HIGH"}, "HIGH")


def test_a_child_alone_is_checked_and_the_year_scores_nothing_while_under_18():
    found = result(uac=True, birth_date="2010-05-02", arrival=OVER)
    assert inputs_of(found, "OYD_UAC_CHECK") == {"uac": True}
    assert "one_year" not in found.points
    assert "OYD_UAC_CHECK" in result(uac=True, arrival=OVER).codes
    grown = result(uac=True, birth_date="2008-05-02", arrival=OVER)
    assert not {"OYD_UAC_CHECK"} & set(grown.codes)
    assert {"OYD_PASSED", "CHILD_EXCEPTION"} <= set(grown.codes)


@pytest.mark.parametrize(("born", "scores"), [("2008-11-23", True), ("2008-11-24", False)])
def test_the_year_of_a_child_alone_scores_from_the_18th_birthday_on(born, scores):
    found = result(uac=True, birth_date=born, arrival=OVER)
    assert ("OYD_PASSED" in found.codes) is scores


def test_an_arrival_nobody_knows_scores_as_itself():
    found = result(arrival=None)
    assert inputs_of(found, "ARRIVAL_UNKNOWN") == {"arrival": None}
    assert found.points == {"one_year": 25}


def test_the_dates_of_the_year_stand_beside_what_is_said_of_it():
    dates = {
        "operative": "2026-10-30",
        "anniversary": "2026-11-01",
        "outer": "2026-11-02",
        "outer_latest": "2026-11-30",
    }
    found = result(arrival="2025-11")
    for code in ("ARRIVAL_APPROX", "OYD_MAY_RUN"):
        assert inputs_of(found, code) == {"arrival": "2025-11", **dates}


@pytest.mark.parametrize(("on", "points"), [(date(2026, 9, 6), 20), (date(2026, 9, 7), 10)])
def test_a_year_scores_less_once_it_is_180_days_over(on, points):
    found = result(on=on, arrival=OVER)
    assert found.points == {"one_year": points}
    assert inputs_of(found, "OYD_PASSED")["arrival"] == OVER


def test_what_may_have_been_filed_in_time_is_scored_and_not_said_to_be_late():
    found = result(arrival=OVER, i589_received="2025", age=17)
    assert not {"OYD_PASSED", "CHILD_EXCEPTION"} & set(found.codes)
    assert found.points["one_year"] == 10


@pytest.mark.parametrize(
    ("arrival", "received", "code"),
    [
        (OVER, "2026-03-10", None),
        (OVER, "2026-03-11", "OYD_FILED_LATE"),
        ("2025-03", "2026-03-03", "OYD_FILED_MAYBE_LATE"),
        ("2025-03", "2026-04-01", "OYD_FILED_LATE"),
    ],
)
def test_a_receipt_of_after_the_year_goes_with_the_reason_for_being_late(arrival, received, code):
    """USCIS may send such a form to court without an interview (FR Doc 2026-15190)."""
    found = result(arrival=arrival, i589_received=received)
    late = {"OYD_FILED_LATE", "OYD_FILED_MAYBE_LATE", "LATE_FILE_PROOF"} & set(found.codes)
    assert late == ({code, "LATE_FILE_PROOF"} if code else set())
    for each in late:
        assert inputs_of(found, each) == {"i589_received": received, "arrival": arrival}


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"arrival": OVER}, False),
        ({"arrival": OVER, "i589_filed": True}, True),
        ({"arrival": OVER, "i589_returned": True}, True),
        ({"arrival": OVER, "i589_received": "2025-01-10"}, True),  # of before the last arrival
        ({"arrival": "2026-10-01", "i589_filed": True}, False),
        ({"arrival": "2025-11"}, True),  # it may run: whatever is filed now may be late
        ({"arrival": None, "i589_filed": True}, False),
    ],
)
def test_a_form_on_its_way_after_the_year_needs_the_reason_too(facts, asked):
    assert ("LATE_FILE_PROOF" in result(**facts).codes) is asked


def test_the_last_day_in_time_of_the_last_day_of_arrival_is_not_over():
    last = result(on=date(2026, 11, 30), arrival="2025-11")
    assert "OYD_MAY_RUN" in last.codes
    assert "OYD_PASSED" not in last.codes
    assert "OYD_PASSED" in result(on=date(2026, 12, 1), arrival="2025-11").codes


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        (date(2026, 11, 2), False),  # the last day for someone who came on the 1st, a Sunday a year later
        (date(2026, 11, 3), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_the_reason_is_asked_for_from_the_first_day_that_may_be_late_to_the_last_in_time(on, asked):
    assert ("LATE_FILE_PROOF" in result(on=on, arrival="2025-11").codes) is asked


@pytest.mark.parametrize(
    ("end", "band"),
    [
        ("2026-03-09", None),  # before the year was over
        ("2026-03-10", "MEDIUM"),
        ("2026-05-26", "MEDIUM"),  # 181 days ago
        ("2026-05-27", "HIGH"),
        ("2027-01-22", "HIGH"),  # in 60 days
        ("2027-01-23", "MEDIUM"),
        (None, "MEDIUM"),  # students have no end
    ],
)
def test_a_status_kept_past_the_year_is_high_around_its_end(end, band):
    """A filing soon after it ends may be excused (8 CFR 208.4(a)(5)(iv))."""
    found = result(on=TODAY, arrival=OVER, status=["visa", "tps"], status_end=end)
    assert found.floors.get("status_kept") == band
    used = {"status": ["tps", "visa"], "status_end": end} if band else None
    assert inputs_of(found, "STATUS_KEPT") == used


def test_a_status_excuses_nothing_where_the_form_is_filed():
    filed = {"arrival": OVER, "i589_received": "2026-01-12"}
    assert "STATUS_KEPT" not in result(**filed, status=["visa"], status_end="2026-12-31").codes
    assert "STATUS_KEPT" not in result(arrival=OVER, status=["daca"]).codes


@pytest.mark.parametrize(("born", "may"), [("2007-03-10", False), ("2007-03-11", True), ("2007-03", True)])
def test_who_turned_18_on_the_day_of_arrival_was_no_child_in_the_year(born, may):
    assert ("CHILD_EXCEPTION" in result(arrival=OVER, birth_date=born).codes) is may


def test_a_receipt_that_came_back_or_of_an_unknown_arrival_is_not_said_to_be_late():
    late = {"OYD_FILED_LATE", "OYD_FILED_MAYBE_LATE"}
    assert not late & set(result(arrival=OVER, i589_received="2026-04-01", i589_returned=True).codes)
    assert not late & set(result(arrival=None, i589_received="2026-04-01").codes)
    assert not late & set(result(arrival=OVER, i589_received="2025-01-10").codes)
