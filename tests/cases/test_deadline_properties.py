"""What must hold whatever the facts are."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.data import KINDS, deadline_rules
from cases.rules import DeadlineFacts, case_dates, deadlines, look_by, look_within
from cases.rules.counting import add_working_days, unmoved_from
from cases.words import CONFIDENCE, STATUSES
from foundation.calendar import is_business_day
from screening.rules import Facts, assess
from screening.rules.priority import BANDS
from tests.support.any_facts import FACTS
from tests.support.dated import TODAY, dates, decided
from tests.support.many import many


@settings(max_examples=many(5_000), deadline=None)
@given(FACTS, st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_counting_again_changes_nothing_and_every_date_is_whole(facts, on):
    found = deadlines(DeadlineFacts.from_dict(facts), on=on)
    assert found == deadlines(DeadlineFacts.from_dict(facts), on=on)
    assert len({(due.key, due.subject) for due in found}) == len(found)
    for due in found:
        assert due.citation and due.rule and due.name and due.inputs
        assert due.confidence in CONFIDENCE
        assert due.audience in ("staff", "lawyer")
        assert due.kind in KINDS
        assert due.status in STATUSES
        assert (due.date is None) == (due.latest is None) == (due.status == "open_ended")
        if due.date and due.latest:
            assert due.date <= due.latest
            assert due.safe is None or due.safe < due.date
            assert (due.status in ("passed", "gone_by")) == (due.latest < on)
            assert due.kind != "safe_day" or due.confidence == "as told" or due.date <= due.unmoved_date
    places = [(due.status in ("passed", "gone_by"), max(due.date or date.max, on)) for due in found]
    assert [over for over, _day in places] == sorted(over for over, _day in places)
    live = [day for over, day in places if not over]
    assert live == sorted(live)


@settings(max_examples=many(5_000), deadline=None)
@given(FACTS, st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.sampled_from(BANDS))
def test_nobody_looks_after_a_day_that_can_still_be_missed(facts, on, band):
    found = case_dates(DeadlineFacts.from_dict(facts), on=on)
    by = look_by(band, found, on=on)
    assert on <= by <= look_within(band, on)
    assert is_business_day(by) or by == on
    for due in found:
        if not due.is_live or due.kind == "first_day":
            continue
        if due.status == "may_be_passed" and due.kind != "event":
            assert by <= due.latest
            assert by == on or due.span_days > 31
        else:
            assert by <= max(due.date, on) or (due.kind == "last_day" and by <= due.latest)
            assert by < max(due.date, on) or by == on or due.kind == "last_day"


@settings(max_examples=many(2_000), deadline=None)
@given(FACTS, st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_a_day_that_passes_never_gives_more_time(facts, on):
    """Monotonic in days: what has gone by has not begun again tomorrow, and no date moves by itself."""
    known, tomorrow = DeadlineFacts.from_dict(facts), on + timedelta(days=1)
    today = {(due.key, due.subject): due for due in deadlines(known, on=on)}
    for due in deadlines(known, on=tomorrow):
        before = today.get((due.key, due.subject))
        if before and before.status in ("passed", "gone_by") and before.date == due.date:
            assert due.status in ("passed", "gone_by") or due.latest > before.latest


@settings(max_examples=300, deadline=None)
@given(st.dates(date(1990, 1, 1), TODAY))
def test_the_safe_date_is_before_the_outer_and_both_agree_with_the_screening(arrived):
    found = dates(arrival=arrived.isoformat())
    safe, outer = found["oyd_operative"]["date"], found["oyd_outer"]["date"]
    assert safe < outer
    screened = assess(Facts.from_dict({"fear": "yes", "arrival": arrived.isoformat()}), on=TODAY)
    assert screened.one_year_dates() == {
        "operative": safe,
        "anniversary": found["oyd_outer"]["unmoved_date"],
        "outer": outer,
        "outer_latest": outer,
    }
    assert found["oyd_outer"]["safe"] == safe


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_both_readings_of_the_appeal_agree_with_the_screening(denied):
    found = dates(denied, **decided(denied.isoformat()))
    screened = assess(Facts.from_dict({"denial_date": denied.isoformat()}), on=denied)
    [used] = [finding.inputs for finding in screened.findings if finding.code == "APPEAL_WINDOW_OPEN"]
    assert used["early"] == found["bia_appeal_reg_text"]["date"]
    assert used["late"] == found["bia_appeal_court_order"]["date"]


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 30))
def test_working_days_are_counted_one_by_one_both_ways(start, count):
    end = add_working_days(start, count)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(is_business_day, between)) == count
    begin = add_working_days(start, -count)
    before = [start - timedelta(days=n) for n in range(1, (start - begin).days + 1)]
    assert sum(map(is_business_day, before)) == count
    assert is_business_day(end) and is_business_day(begin)


def test_a_row_may_count_working_days_both_ways():
    """No row does today; a lawyer may write one (`UNITS` in cases/data)."""
    five = replace(deadline_rules()["eoir33"], unit="working days")
    monday, thanksgiving_week_on = date(2026, 11, 23), date(2026, 12, 1)
    assert unmoved_from(five, monday) == thanksgiving_week_on
    assert unmoved_from(replace(five, direction="before"), thanksgiving_week_on) == monday


def test_no_working_days_are_no_move_at_all():
    assert add_working_days(date(2026, 11, 28), 0) == date(2026, 11, 28)


def test_twins_share_one_row_for_their_21st_birthday():
    twins = {"children": [{"birth_date": "2007-02-01"}, {"birth_date": "2007-02-01"}]}
    found = deadlines(DeadlineFacts.from_dict(twins), on=date(2028, 1, 1))
    assert [due.key for due in found if due.key == "child_21"] == ["child_21"]
