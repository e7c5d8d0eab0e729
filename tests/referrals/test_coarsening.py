"""What an offer tells is coarser where few people are like the person, and still enough to decide on."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.countries import all_countries
from referrals.data import REGIONS, region_by_country
from referrals.rules import FEWEST, Shown, Window, coarsened
from referrals.rules.coarsening import third_of

SLOW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
EXACT = st.builds(
    Shown,
    country=st.sampled_from([*region_by_country(), "", "XX"]),
    region=st.just(""),
    court=st.sampled_from(["NYC", "NEW", "other", ""]),
    state=st.sampled_from(["NY", "NJ", ""]),
    days=st.dictionaries(
        st.sampled_from(["individual_hearing", "master_hearing", "rfe"]),
        DAYS.map(lambda day: Window(day, day)),
    ),
)


@SLOW
@given(EXACT, st.integers(min_value=FEWEST, max_value=9_999))
def test_of_five_people_and_more_all_is_told(exact, met):
    assert coarsened(exact, met=met, regions=region_by_country()) == exact


@SLOW
@given(EXACT, st.integers(min_value=0, max_value=FEWEST - 1))
def test_of_fewer_neither_country_nor_court_nor_day_is_told(exact, met):
    told = coarsened(exact, met=met, regions=region_by_country())
    assert told.is_coarse
    assert (told.country, told.court, told.state) == ("", "", exact.state)
    assert told.region == region_by_country().get(exact.country, "")
    assert told.days.keys() == exact.days.keys()
    for key, window in told.days.items():
        day = exact.days[key].first
        assert window.first <= day <= window.last
        assert (window.first.year, window.first.month) == (day.year, day.month)
        assert (window.last.year, window.last.month) == (day.year, day.month)
        assert (window.last - window.first).days >= 7
    assert coarsened(told, met=met, regions=region_by_country()) == told


@SLOW
@given(DAYS, DAYS)
def test_days_of_one_third_cannot_be_told_apart(one, other):
    if third_of(one) == third_of(other):
        assert third_of(one).first <= other <= third_of(one).last
    else:
        assert not third_of(one).first <= other <= third_of(one).last


def test_every_country_of_the_form_lies_in_a_region_that_has_several():
    regions = region_by_country()
    missing = {code for code, _name in all_countries()} - regions.keys()
    assert missing <= {"AQ"}
    for region in REGIONS:
        assert list(regions.values()).count(region) >= 5
