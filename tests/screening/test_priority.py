"""Points and dates. At each limit: at it, one below, one above."""

from datetime import date, timedelta

import pytest

from tests.screening.amina import FILED, finding, in_days, result


def table(fact, *rows):
    return [(fact, days, points) for days, points in rows]


CLOCK = [
    *table(
        "individual_hearing", (-30, None), (0, 60), (6, 60), (7, 60), (8, 45), (29, 45), (30, 45), (31, 25)
    ),
    *table("individual_hearing", (89, 25), (90, 25), (91, 10), (179, 10), (180, 10), (181, None)),
    *table("master_hearing", (0, 35), (6, 35), (7, 35), (8, 25), (29, 25), (30, 25), (31, 10)),
    *table("master_hearing", (89, 10), (90, 10), (91, None)),
    *table("asylum_interview", (0, 45), (13, 45), (14, 45), (15, 30), (44, 30), (45, 30), (46, 15)),
    *table("asylum_interview", (89, 15), (90, 15), (91, None)),
    *table("notice_due", (0, 30), (13, 30), (14, 30), (15, 20), (29, 20), (30, 20), (31, None)),
]


@pytest.mark.parametrize(("fact", "days", "points"), CLOCK)
def test_the_clock_scores_by_the_days_left(fact, days, points):
    assessed = result(**{fact: in_days(days)}, **FILED)
    assert assessed.points.get("clock") == points
    assert assessed.score == (points or 0)


def test_only_the_largest_of_the_clock_counts():
    mixed = {"individual_hearing": in_days(40), "notice_due": in_days(3), "in_absentia": True}
    assert result(**mixed).points["clock"] == 40
    assert result(**mixed, fear_screening=True).points["clock"] == 60


def test_a_score_never_passes_100():
    heavy = {"custody": "ice", "uac": True, "danger": True, "vulnerable": True, "fear_screening": True}
    assert sum(result(**heavy).points.values()) > 100
    assert result(**heavy).score == 100


@pytest.mark.parametrize(
    ("days_ago", "points", "code", "band"),
    [
        # decided on 23 Nov less this many days; 30 days rolled forward, 10 days rolled back
        (0, 60, "APPEAL_WINDOW_OPEN", "CRITICAL"),
        (10, 60, "APPEAL_WINDOW_OPEN", "CRITICAL"),  # the tenth day is today, a Monday
        (11, 50, "APPEAL_WINDOW_OPEN", "HIGH"),  # the tenth day was Sunday, shown as Friday: gone
        (18, 50, "APPEAL_WINDOW_OPEN", "HIGH"),
        (19, 50, "APPEAL_WINDOW_OPEN", "HIGH"),  # the thirtieth is Friday 4 Dec, 11 days off
        (20, 60, "APPEAL_WINDOW_OPEN", "CRITICAL"),  # Thursday 3 Dec, 10 days off
        (21, 60, "APPEAL_WINDOW_OPEN", "CRITICAL"),
        (30, 60, "APPEAL_WINDOW_OPEN", "CRITICAL"),
        (31, 60, "APPEAL_WINDOW_OPEN", "CRITICAL"),  # 22 Nov is a Sunday: still open on Monday
        (32, 60, "APPEAL_WINDOW_OPEN", "CRITICAL"),  # and so is the Saturday before
        (33, 40, "FINAL_ORDER_POSSIBLE", "HIGH"),  # a Friday: over, and a motion to reopen may still be filed
        (120, 40, "FINAL_ORDER_POSSIBLE", "HIGH"),  # final on 25 Aug: 90 days after is today
        (121, 40, "FINAL_ORDER_POSSIBLE", "HIGH"),  # final on 24 Aug: the 90th is Sunday, so today
        (400, 30, "FINAL_ORDER_POSSIBLE", "MEDIUM"),
    ],
)
def test_the_time_to_appeal(days_ago, points, code, band):
    assessed = result(denial_date=in_days(-days_ago), **FILED)
    assert assessed.points["clock"] == points
    assert code in assessed.codes
    assert assessed.band == band
    assert ("BIA_DEADLINE_DISPUTED" in assessed.codes) == (code == "APPEAL_WINDOW_OPEN")
    assert ("FINAL_ORDER_POSSIBLE" in assessed.codes) == (code == "FINAL_ORDER_POSSIBLE")
    assert "PRIOR_DENIAL" in assessed.codes


def test_a_denial_names_both_disputed_dates():
    decision = {"by": "judge", "date": "2026-11-01"}
    used = {"decision": decision, "early": "2026-11-10", "late": "2026-12-01"}
    assert finding("APPEAL_WINDOW_OPEN", denial_date="2026-11-01").inputs == used
    assert finding("BIA_DEADLINE_DISPUTED", denial_date="2026-11-01").inputs == used
    # 2 Oct + 10 is Monday 12 Oct, Columbus Day: back to Friday; + 30 is Sunday 1 Nov: on to Monday
    used = {"decision": decision | {"date": "2026-10-02"}, "early": "2026-10-09", "late": "2026-11-02"}
    assert finding("FINAL_ORDER_POSSIBLE", denial_date="2026-10-02").inputs == used
    denied = finding("PRIOR_DENIAL", denial_date="2026-11")
    assert denied.inputs == {"decisions": [{"by": "judge", "date": "2026-11"}]}
    assert finding("PRIOR_DENIAL", prior_denial=True).inputs == {
        "decisions": [{"by": "unsure", "date": None}]
    }


# An arrival on 10 March 2026: safe date Tuesday 9 March 2027, outer date Wednesday 10 March 2027.
OPERATIVE, OUTER = date(2027, 3, 9), date(2027, 3, 10)


@pytest.mark.parametrize(
    ("left", "points", "code", "band"),
    [
        (0, 45, "OYD_14", "CRITICAL"),
        (13, 45, "OYD_14", "CRITICAL"),
        (14, 45, "OYD_14", "CRITICAL"),
        (15, 40, "OYD_30", "HIGH"),
        (29, 40, "OYD_30", "HIGH"),
        (30, 40, "OYD_30", "HIGH"),
        (31, 30, "OYD_60", "MEDIUM"),
        (59, 30, "OYD_60", "MEDIUM"),
        (60, 30, "OYD_60", "MEDIUM"),
        (61, 20, "OYD_120", "MEDIUM"),
        (119, 20, "OYD_120", "MEDIUM"),
        (120, 20, "OYD_120", "MEDIUM"),
        (121, 5, None, "ROUTINE"),
    ],
)
def test_the_one_year_rule_scores_by_the_days_to_the_safe_date(left, points, code, band):
    assessed = result(arrival="2026-03-10", on=OPERATIVE - timedelta(days=left))
    assert assessed.points == {"one_year": points}
    assert assessed.band == band
    assert [each for each in assessed.codes if each.startswith("OYD_")] == ([code] if code else [])


def test_a_one_year_code_names_the_dates():
    dates = {
        "operative": "2027-03-09",
        "anniversary": "2027-03-10",
        "outer": "2027-03-10",
        "outer_latest": "2027-03-10",
    }
    assert finding("OYD_120", arrival="2026-03-10").inputs == {"arrival": "2026-03-10", **dates}
    passed = finding("OYD_PASSED", arrival="2025-11-20")
    dates = {
        "operative": "2026-11-19",
        "anniversary": "2026-11-20",
        "outer": "2026-11-20",
        "outer_latest": "2026-11-20",
    }
    assert passed.inputs == {"arrival": "2025-11-20", **dates}
    approximate = finding("ARRIVAL_APPROX", arrival="2026-03")
    assert approximate.inputs["arrival"] == "2026-03"
    assert finding("ARRIVAL_APPROX", arrival="2026-03-10") is None


# What the anniversary falls on: each weekday, a holiday, both days of a weekend, and the leap day.
ONE_YEAR = [
    ("2025-11-27", "2026-11-25", "2026-11-27", "2026-11-27"),  # Friday, after Thanksgiving
    ("2025-11-28", "2026-11-27", "2026-11-28", "2026-11-30"),  # Saturday
    ("2025-11-29", "2026-11-27", "2026-11-29", "2026-11-30"),  # Sunday
    ("2025-11-30", "2026-11-27", "2026-11-30", "2026-11-30"),  # Monday: the day before is a Sunday
    ("2025-11-26", "2026-11-25", "2026-11-26", "2026-11-27"),  # Thanksgiving
    ("2025-12-25", "2026-12-24", "2026-12-25", "2026-12-28"),  # Christmas Day, a Friday
    ("2025-07-04", "2026-07-02", "2026-07-04", "2026-07-06"),  # Saturday, observed on the Friday before
    ("2026-07-04", "2027-07-02", "2027-07-04", "2027-07-06"),  # Sunday, observed on the Monday after
    ("2026-06-01", "2027-05-28", "2027-06-01", "2027-06-01"),  # the day before is Memorial Day
    ("2026-01-18", "2027-01-15", "2027-01-18", "2027-01-19"),  # Martin Luther King's, a Monday
    ("2024-02-29", "2025-02-27", "2025-02-28", "2025-02-28"),  # leap day: 28 February
    ("2023-02-28", "2024-02-27", "2024-02-28", "2024-02-28"),  # and into a leap year
    ("2023-03-01", "2024-02-29", "2024-03-01", "2024-03-01"),
    ("2026", "2026-12-31", "2027-01-01", "2027-01-04"),  # counts from 1 January
    ("2026-03", "2027-02-26", "2027-03-01", "2027-03-01"),  # counts from 1 March
    ("1996-05-05", "1998-03-31", "1998-04-01", "1998-04-01"),  # counts from 1 April 1997
    ("1997-03-31", "1998-03-31", "1998-04-01", "1998-04-01"),
    ("1997-04-01", "1998-03-31", "1998-04-01", "1998-04-01"),
    ("1997-04-02", "1998-04-01", "1998-04-02", "1998-04-02"),
]


# Counted from the last day they can mean: today, and 31 March.
LATEST = {"2026": "2027-11-23", "2026-03": "2027-03-31"}


@pytest.mark.parametrize(("arrival", "operative", "anniversary", "outer"), ONE_YEAR)
def test_the_one_year_dates(arrival, operative, anniversary, outer):
    dates = result(arrival=arrival).one_year_dates()
    latest = LATEST.get(arrival, outer)
    assert dates == {
        "operative": operative,
        "anniversary": anniversary,
        "outer": outer,
        "outer_latest": latest,
    }


@pytest.mark.parametrize(("gone", "points"), [(1, 20), (179, 20), (180, 20), (181, 10), (5000, 10)])
def test_points_after_the_outer_date(gone, points):
    assessed = result(arrival="2026-03-10", on=OUTER + timedelta(days=gone))
    assert assessed.points == {"one_year": points}
    assert "OYD_PASSED" in assessed.codes
    assert assessed.band == ("MEDIUM" if points == 20 else "ROUTINE")


def test_between_the_safe_and_the_outer_date_nothing_has_passed():
    assessed = result(arrival="2026-03-10", on=OUTER)
    assert "OYD_14" in assessed.codes
    assert "OYD_PASSED" not in assessed.codes
    assert (assessed.score, assessed.band) == (45, "CRITICAL")


@pytest.mark.parametrize(
    "changes",
    [{"fear": "no"}, {"fear": None}, {"outside_us": True}, {"fear": "no", "other_protection": ["u"]}],
)
@pytest.mark.parametrize("also", [{"uac": True}, FILED, {"arrival": None}, {}])
def test_one_year_codes_have_no_place_without_fear_or_abroad(changes, also):
    assessed = result(**{**changes, **also})
    assert not {"OYD_UAC_CHECK", "ARRIVAL_UNKNOWN"} & set(assessed.codes)
    assert "one_year" not in assessed.points
    assert assessed.one_year_dates() is None
    assert ("I589_FILED" in assessed.codes) == (also == FILED)  # papers are papers, whatever is feared


def test_only_a_receipt_stops_the_year():
    assert finding("I589_FILED", **FILED).inputs == FILED
    stopped = result(**FILED)
    assert [each.code for each in stopped.findings if each.gate == "one_year"] == ["I589_FILED"]
    assert "one_year" not in stopped.points
    assert stopped.one_year_dates() is None


@pytest.mark.parametrize(
    ("changes", "group", "points", "code", "inputs"),
    [
        ({"custody": "ice"}, "custody", 40, "DETAINED", {"custody": "ice"}),
        ({"custody": "orr"}, "custody", 30, "ORR_CUSTODY", {"custody": "orr"}),
        ({"checkin": in_days(14)}, "custody", 15, "CHECKIN_SOON", {"checkin": in_days(14)}),
        ({"checkin": in_days(13), "custody": "none"}, "custody", 15, "CHECKIN_SOON", None),
        ({"uac": True}, "child", 30, "UAC", {"uac": True}),
        ({"age": 0}, "child", 20, "CHILD_PRINCIPAL", {"age": 0}),
        ({"age": 17}, "child", 20, "CHILD_PRINCIPAL", {"age": 17}),
        ({"age": 17.9}, "child", 20, "CHILD_PRINCIPAL", {"age": 17.9}),
        ({"turns_18_or_21_soon": True}, "aging_out", 10, "AGING_OUT", {"turns_18_or_21_soon": True}),
        ({"danger": True}, "safety", 25, "DANGER_NOW", {"danger": True}),
        ({"vulnerable": True}, "vulnerable", 10, "VULNERABLE", {"vulnerable": True}),
        ({"rep": "notario"}, "scam", 10, "NOTARIO", {"rep": "notario"}),
        ({"notario": True}, "scam", 10, "NOTARIO", {"notario": True}),
        ({"entry": "ewi"}, "er", 10, "ENTRY_EWI", {"entry": "ewi"}),
        (
            {"entry": "ewi"},
            "er",
            10,
            "ER_EXPOSURE",
            {"entry": "ewi", "in_proceedings": False, "arrival": "2026-10-01"},
        ),
        ({"entry": "ewi", "arrival": None}, "er", 10, "ER_EXPOSURE", None),
        ({"fear_screening": True}, "clock", 60, "FEAR_SCREENING", {"fear_screening": True}),
        ({"in_absentia": True}, "clock", 40, "IN_ABSENTIA", {"decision": {"by": "absentia", "date": None}}),
        ({"arrival": None}, "one_year", 25, "ARRIVAL_UNKNOWN", {"arrival": None}),
    ],
)
def test_each_group_scores_and_says_why(changes, group, points, code, inputs):
    assessed = result(**changes)
    assert assessed.points[group] == points
    assert inputs is None or finding(code, **changes).inputs == inputs
    assert code in assessed.codes


@pytest.mark.parametrize(
    ("changes", "group", "code"),
    [
        ({"checkin": in_days(15)}, "custody", "CHECKIN_SOON"),
        ({"age": 18}, "child", "CHILD_PRINCIPAL"),
        ({"entry": None, "outside_us": True}, "er", "ER_EXPOSURE"),
        ({"entry": "ewi", "arrival": in_days(-731)}, "er", "ER_EXPOSURE"),
        ({"entry": "port"}, "er", "ENTRY_EWI"),
    ],
)
def test_what_does_not_score_is_not_said(changes, group, code):
    assert group not in result(**changes).points
    assert code not in result(**changes).codes


@pytest.mark.parametrize(
    ("changes", "points", "codes"),
    [
        ({"custody": "ice", "checkin": in_days(1)}, 40, {"DETAINED"}),
        ({"custody": "orr", "checkin": in_days(1)}, 30, {"ORR_CUSTODY"}),
    ],
)
def test_whoever_is_held_has_no_check_in(changes, points, codes):
    assessed = result(**changes)
    assert assessed.points["custody"] == points
    assert {each.code for each in assessed.findings if each.gate == "custody"} == codes


def test_a_child_alone_is_not_counted_twice():
    assert result(uac=True, age=16).points["child"] == 30
    assert finding("CHILD_PRINCIPAL", uac=True, age=16) is None


def test_under_two_years_here_is_fewer_than_731_days():
    for days, points in ((729, 10), (730, 10), (731, None), (732, None)):
        assert result(entry="ewi", arrival=in_days(-days)).points.get("er") == points
    assert result(entry="ewi", arrival="2024-10").points.get("er") is None
    assert result(entry="ewi", arrival="2024-11").points.get("er") == 10  # by its last day
    assert result(entry="ewi", arrival="2024").points.get("er") == 10


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("individual_hearing", "HEARING_INDIVIDUAL"),
        ("master_hearing", "HEARING_MASTER"),
        ("asylum_interview", "ASYLUM_INTERVIEW"),
        ("notice_due", "NOTICE_DUE"),
    ],
)
def test_a_date_that_is_given_is_said_whatever_its_points(fact, code):
    for days in (0, 400):
        assert finding(code, **{fact: in_days(days)}).inputs == {fact: in_days(days)}
    assert finding(code) is None
