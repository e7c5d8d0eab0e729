"""Which questions somebody is asked, and in which order."""

from datetime import date

import pytest

from intake.questionnaire.path import BY_KEY, FLOW, walk
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
        ("fear_interview", {"custody": "ice"}),
        ("fear_interview", {"arrival": "2026-11-20"}),
        ("fear_interview", {"arrival": "2026-11"}),
        ("hearing_went", {"has_court": "yes", "hearing_date": "2026-11-24"}),
        ("helper_reach", {"who_fills": "helper"}),
        ("with_parent", {"birth_date": "2010"}),
        ("late_reason", {"arrival": "2024", "i589": "no"}),
        ("late_reason", {"arrival": "", "i589": "no"}),
        ("hardship", {"income": "90000", "period": "monthly", "household_size": 1, "state": "NY"}),
        ("us_harm", {"fear": "no", "wants": ["other"], "harm_past": "talk"}),
        ("child_parent", {"fear": "no", "wants": ["other"], "harm_past": "talk"}),
        ("torture_elsewhere", {"harm_past": "no"}),
    ],
)
def test_a_branch_opens(key, answers):
    assert key in asked(**answers)


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("fear_interview", {"arrival": "2026-10-01"}),
        ("hearing_went", {"has_court": "no", "hearing_date": "2026-11-24"}),
        ("hearing_went", {"has_court": "yes", "hearing_date": "2026-11-25"}),
        ("helper_reach", {"who_fills": "parent"}),
        ("with_parent", {"birth_date": "1991"}),
        ("money", {"birth_date": "2010"}),
        ("hardship", {"birth_date": "2010", "income": "90000", "period": "monthly"}),
        ("hardship", {"income": "800", "period": "monthly", "household_size": 1, "state": "NY"}),
        ("late_reason", {"arrival": "2024", "i589": "yes"}),
        ("late_reason", {"arrival": "2026-03", "i589": "no"}),
        ("torture_elsewhere", {"harm_past": "talk"}),
        ("harm", {"who_fills": "helper"}),
        ("us_harm", {"who_fills": "helper", "fear": "no"}),
        ("child_parent", {"birth_date": "1991", "harm_past": "yes"}),
        ("us_harm", {"fear": "no", "wants": ["u"], "harm_past": "talk"}),
        ("story", {"harm_past": "yes"}),
    ],
)
def test_a_branch_stays_closed(key, answers):
    assert key not in asked(**answers)


def is_open(name, answers):
    """Tell whether the page of a question opens with it for somebody who answered so."""
    page = next(page for page in FLOW if name in page.form.base_fields)
    return page.make_form(initial=answers).fields[name].part["is_open"]


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("facility", {"custody": "ice"}),
        ("facility", {"custody": "orr"}),
        ("hearing_date", {"has_court": "yes"}),
        ("hearing_kind", {"has_court": "yes"}),
        ("court", {"has_court": "yes"}),
        ("decision_date", {"decision": "judge"}),
        ("decision_date", {"decision": "unsure"}),
        ("i589_date", {"i589": "yes"}),
        ("status_end", {"status": ["visa"]}),
        ("phone", {"channels": ["call"]}),
        ("email", {"channels": ["email"]}),
        ("through_name", {"channels": ["visit", "through"]}),
    ],
)
def test_a_part_of_a_page_opens(name, answers):
    assert is_open(name, answers)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("facility", {"custody": "no"}),
        ("hearing_date", {"has_court": "no"}),
        ("decision_date", {"decision": "no"}),
        ("i589_date", {"i589": "no"}),
        ("status_end", {"status": ["none"]}),
        ("phone", {"channels": ["none"]}),
        ("email", {"channels": ["call"]}),
    ],
)
def test_a_part_of_a_page_stays_closed(name, answers):
    assert not is_open(name, answers)


def test_a_hardship_that_was_told_stays_on_the_path():
    rich = {"income": "90000", "period": "monthly", "household_size": 1, "state": "NY"}
    assert "hardship" in asked(**rich, hardship="yes")


def test_the_story_opens_by_invitation_alone():
    pages = walk(Saved({}), on=TODAY, story_is_open=True).pages
    assert "story" in [page.key for page in pages]


@pytest.mark.parametrize("answers", [{}, {"danger": "yes"}, {"who_fills": "helper"}])
def test_everyone_says_how_to_reach_them_right_after_what_is_urgent(answers):
    """Before their name and all the rest, so that who must stop can be reached."""
    keys = asked(**answers)
    contact = [key for key in keys if BY_KEY[key].section.letter == "C"]
    assert contact == (["helper_reach", "reach"] if answers.get("who_fills") else ["reach"])
    after = keys.index("reach") + 1
    assert {BY_KEY[key].section.letter for key in keys[:after]} == {"B", "C"}
    assert keys[after] == "name" and not {"B", "C"} & {BY_KEY[key].section.letter for key in keys[after:]}


def test_who_sends_what_is_urgent_first_is_asked_that_alone():
    held = {"where_now": {"custody": "ice"}, "papers": {"status": ["visa"]}}
    short = walk(Saved(held, is_short=True), on=TODAY).pages
    assert [page.key for page in short if not page.is_short] == ["papers"], "what was answered stays"
    keys = [page.key for page in short]
    assert keys.index("fear_interview") < keys.index("reach") < keys.index("name") < keys.index("born")
    whole = [page.key for page in walk(Saved(held), on=TODAY).pages]
    assert set(keys) < set(whole) and "others_helped" in whole
    sent = walk(Saved(held, is_short=True, is_sent=True, day=TODAY), on=TODAY).pages
    assert [page.key for page in sent] == whole, "once it is sent the rest is asked"


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


@pytest.mark.parametrize(
    ("answers", "cannot_wait"),
    [
        ({}, False),
        ({"custody": "ice"}, True),
        ({"has_court": "yes", "hearing_date": "2026-12-09"}, True),  # in two weeks
        ({"has_court": "yes", "hearing_date": "2026-12-10"}, False),
    ],
)
def test_what_may_be_sent_first(answers, cannot_wait):
    assert Told(answers, on=TODAY).cannot_wait is cannot_wait
