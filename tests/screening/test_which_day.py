"""A date of which only a part is known: which day was it, and what would each come to?"""

from dataclasses import replace
from datetime import date

import pytest

from foundation.calendar import PartialDate
from screening.data import tables
from screening.rules import Config, Facts
from screening.rules.missing import Answer, missing_facts
from tests.screening.amina import AMINA

ON = date(2026, 11, 28)


def asked(**facts):
    found = missing_facts(Facts.from_dict({**AMINA, "age": 30, **facts}), on=ON)
    return [question for question in found if question.part]


def test_the_days_of_an_arrival_that_come_to_another_band_are_asked_for_before_all_else():
    [question] = asked(arrival="2025-11")
    assert (question.fact, question.part, question.decides) == ("arrival", "2025-11", True)
    assert [answer.name for answer in question.answers] == ["2025-11-01/2025-11-27", "2025-11-28/2025-11-30"]
    assert [answer.band for answer in question.answers] == ["MEDIUM", "CRITICAL"]
    assert [answer.score for answer in question.answers] == [20, 45]
    assert missing_facts(Facts.from_dict({**AMINA, "arrival": "2025-11"}), on=ON)[0] == question


def test_a_day_that_decides_nothing_is_asked_for_all_the_same():
    [question] = asked(arrival="2026-10")
    assert not question.decides
    assert [answer.name for answer in question.answers] == ["2026-10-01/2026-10-31"]


def test_what_has_happened_is_asked_for_up_to_today_and_no_further():
    [question] = asked(arrival="2026-11")
    assert question.answers[-1].name.endswith("/2026-11-28")


@pytest.mark.parametrize(
    ("facts", "fact", "days"),
    [
        ({"denial_date": "2026-10"}, "denial_date", "2026-10-01/2026-10-28 2026-10-29/2026-10-31"),
        (
            {"individual_hearing": "2026-12"},
            "individual_hearing",
            "2026-12-01/2026-12-05 2026-12-06/2026-12-28 2026-12-29/2026-12-31",
        ),
        (
            {"granted": {"date": "2025-12", "kind": "refugee"}},
            "granted",
            "2025-12-01/2025-12-28 2025-12-29/2025-12-31",
        ),
    ],
)
def test_the_day_of_every_part_of_a_date_that_a_rule_used_is_asked_for(facts, fact, days):
    [question] = asked(**facts)
    assert question.fact == fact
    assert [answer.name for answer in question.answers] == days.split()


def test_the_day_of_each_decision_is_tried_alone():
    board = {"by": "board", "date": "2026-10"}
    both = asked(decisions=[{"by": "judge", "date": "2026-09-02"}, board, {**board, "date": "2026-11"}])
    assert [(each.fact, each.part) for each in both] == [("decisions", "2026-10"), ("decisions", "2026-11")]
    assert both[1].answers[-1].name.endswith("2026-11-28")


def test_the_day_of_a_receipt_against_a_decision_is_asked_for():
    appeal = {"by": "judge", "date": "2026-10-01", "filed": "appeal", "filed_received": "2026-11"}
    [question] = asked(decisions=[appeal])
    assert (question.fact, question.part) == ("decisions", "2026-11")
    assert [answer.name for answer in question.answers] == ["2026-11-01/2026-11-02", "2026-11-03/2026-11-28"]


def test_a_whole_date_and_one_no_rule_reads_are_not_asked_for():
    assert asked(arrival="2025-11-29") == []
    assert asked(birth_date="1990-04") == []  # grown by every reading
    assert asked(status_end="2026-12") == []
    assert asked(denial_date="2027", granted={"date": "2027", "kind": "asylum"}) == []
    assert asked(decisions=[{"by": "board"}, {"by": "board", "date": "2027"}]) == []


def test_a_child_alone_is_asked_for_the_birthday():
    [question] = asked(uac=True, age=None, birth_date="2008-12")
    assert question.fact == "birth_date"
    assert {answer.band for answer in question.answers} == {"HIGH", "CRITICAL"}
    [far] = asked(uac=True, age=None, birth_date="2010-05")
    assert (far.fact, far.decides) == ("birth_date", False)
    assert asked(age=None, birth_date="1990-05") == []


def test_a_day_stands_whole_in_what_is_tried():
    [question] = asked(i589_received="2026-10", i589_returned="2026-11", arrival="2026-03-10")[:1]
    assert question.part in ("2026-10", "2026-11")
    assert PartialDate.parse(question.answers[0].name[:10]).is_exact


def test_the_days_of_a_date_are_tried_under_the_settings_and_figures_in_force():
    facts = Facts.from_dict({**AMINA, "age": 30, "arrival": "2025-11"})
    config = Config.from_dict({"service_area": ["CT"]})
    [day, *_] = missing_facts(facts, on=ON, config=config)
    assert {answer.outcome for answer in day.answers} == {"REFER_OUT"}
    other = replace(tables(), points={**tables().points, "one_year_passed_recently": 33})
    [day, *_] = missing_facts(facts, on=ON, of=other)
    assert [answer.score for answer in day.answers] == [33, 45]


def test_a_month_of_which_one_day_has_come_has_one_day():
    facts = Facts.from_dict({**AMINA, "age": 30, "arrival": "2026-11"})
    [day] = [each for each in missing_facts(facts, on=date(2026, 11, 1)) if each.part]
    assert day.answers == (Answer("2026-11-01/2026-11-01", "ELIGIBLE_FOR_REVIEW", "ROUTINE", 5),)
