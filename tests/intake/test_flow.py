"""Which questions somebody is asked, and in which order."""

from datetime import date

import pytest

from intake.questionnaire.path import FLOW, walk
from intake.told import Saved, Told

TODAY = date(2026, 11, 25)


def asked(**answers):
    """Return the keys of the pages asked of someone who answered so: {key: value} by question."""
    pages = {}
    for key, value in answers.items():
        page = next(page for page in FLOW if key in page.form.questions())
        pages.setdefault(page.key, {})[key] = value
    return [page.key for page in walk(Saved(pages), on=TODAY).pages]


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("where_now", {"custody": "ice"}),
        ("where_now", {"custody": "orr"}),
        ("fear_interview", {"custody": "ice"}),
        ("fear_interview", {"arrival": "2026-11-20"}),
        ("fear_interview", {"arrival": "2026-11"}),
        ("hearing", {"has_court": "yes"}),
        ("hearing", {"has_court": "yes"}),
        ("hearing", {"has_court": "yes"}),
        ("refused", {"decision": "judge"}),
        ("refused", {"decision": "unsure"}),
        ("with_parent", {"birth_date": "2010"}),
        ("asylum_form", {"i589": "yes"}),
        ("papers", {"status": ["visa"]}),
        ("late_reason", {"arrival": "2024", "i589": "no"}),
        ("late_reason", {"arrival": "", "i589": "no"}),
        ("reach", {"channels": ["call"]}),
        ("hardship", {"income": "90000", "period": "monthly", "household_size": 1, "state": "NY"}),
        ("us_harm", {"fear": "no", "wants": ["other"], "harm_past": "talk"}),
        ("child_parent", {"fear": "no", "wants": ["other"], "harm_past": "talk"}),
        ("harm", {"harm_past": "no"}),
    ],
)
def test_a_branch_opens(key, answers):
    assert key in asked(**answers)


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("where_now", {"custody": "no"}),
        ("fear_interview", {"arrival": "2026-10-01"}),
        ("hearing", {"has_court": "no"}),
        ("refused", {"decision": "no"}),
        ("with_parent", {"birth_date": "1991"}),
        ("money", {"birth_date": "2010"}),
        ("money", {"birth_date": "2010"}),
        ("hardship", {"birth_date": "2010", "income": "90000", "period": "monthly"}),
        ("hardship", {"income": "800", "period": "monthly", "household_size": 1, "state": "NY"}),
        ("asylum_form", {"i589": "no"}),
        ("papers", {"status": ["none"]}),
        ("late_reason", {"arrival": "2024", "i589": "yes"}),
        ("late_reason", {"arrival": "2026-03", "i589": "no"}),
        ("reach", {"channels": ["none"]}),
        ("harm", {"harm_past": "talk"}),
        ("harm", {"who_fills": "helper"}),
        ("us_harm", {"who_fills": "helper", "fear": "no"}),
        ("child_parent", {"birth_date": "1991", "harm_past": "yes"}),
        ("us_harm", {"fear": "no", "wants": ["u"], "harm_past": "talk"}),
        ("story", {"harm_past": "yes"}),
    ],
)
def test_a_branch_stays_closed(key, answers):
    assert key not in asked(**answers)


def test_a_hardship_that_was_told_stays_on_the_path():
    rich = {"income": "90000", "period": "monthly", "household_size": 1, "state": "NY"}
    assert "hardship" in asked(**rich, hardship="yes")


def test_the_story_opens_by_invitation_alone():
    pages = walk(Saved({}), on=TODAY, story_is_open=True).pages
    assert "story" in [page.key for page in pages]


def test_someone_in_danger_says_first_how_to_reach_them():
    keys = asked(danger="yes", channels=["call"])
    assert keys.index("contact") < keys.index("phone_email") < keys.index("full_name")
    assert keys.count("contact") == 1


@pytest.mark.parametrize(
    ("answers", "urgent"),
    [
        ({}, False),
        ({"custody": "ice"}, True),
        ({"custody": "unsure"}, False),
        ({"danger": "talk"}, True),
        ({"fear_interview": "refused"}, True),
        ({"fear_interview": "passed"}, False),
        ({"has_court": "yes", "hearing_date": "2026-12-02"}, True),
        ({"has_court": "yes", "hearing_date": "2026-12-03"}, False),
        ({"has_court": "yes", "hearing_date": "2026-12"}, True),
        ({"has_court": "yes", "hearing_date": "2026-11-24"}, True),  # yesterday: was it held?
        ({"has_court": "yes", "hearing_date": "2026-11-24", "hearing_went": "missed"}, True),
        ({"has_court": "yes", "hearing_date": "2026-11-24", "hearing_went": "unsure"}, True),
        ({"has_court": "yes", "hearing_date": "2026-11-24", "hearing_went": "held"}, False),
        ({"has_court": "yes", "hearing_date": "2026-11-24", "hearing_went": "moved"}, False),
        ({"has_court": "yes", "hearing_date": "2026-11"}, True),
        ({"has_court": "no", "hearing_date": "2026-11-26"}, False),
    ],
)
def test_what_is_urgent(answers, urgent):
    assert Told(answers, on=TODAY).is_urgent is urgent
