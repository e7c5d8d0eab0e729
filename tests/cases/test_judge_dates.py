"""A judge's date in place of a rule's."""

import pytest

from cases.data import deadline_rules
from cases.rules import BadFacts, DeadlineFacts, deadlines
from cases.rules.facts import JUDGE_MOVES
from tests.support.dated import TODAY, dates


def judged(*pairs, **facts):
    ordered = [{"replaces": key, "date": on} for key, on in pairs]
    return dates(judge_dates=ordered, **facts)


def test_the_judges_date_wins_and_says_so():
    pair = ("evidence_individual_nondetained", "2026-12-11")
    found = judged(pair, individual_hearing="2027-01-15", arrival="2026-03-10")
    due = found["evidence_individual_nondetained"]
    assert (due["date"], due["unmoved_date"], due["status"]) == ("2026-12-11", "2026-12-11", "ahead")
    assert due["note"] == "The judge set this date. The rule alone gives 2026-12-16."
    assert due["citation"].startswith("the judge's order, in place of: ICPM ch. 3.1(b)(2)")
    assert due["rule"].startswith("the date the judge set, in place of: 30 calendar days before")
    assert due["confidence"] == "as told"
    assert due["inputs"] == {"individual_hearing": "2027-01-15", "judge_dates": ["2026-12-11"]}
    assert due["name"] == deadline_rules()["evidence_individual_nondetained"].name
    assert found["oyd_operative"]["date"] == "2027-03-09"


def test_a_later_date_of_a_judge_stands_beside_the_rules_until_the_order_is_on_file():
    facts = {"individual_hearing": "2027-01-15"}
    later = {"replaces": "evidence_individual_nondetained", "date": "2026-12-19"}
    due = dates(judge_dates=[later], **facts)["evidence_individual_nondetained"]
    assert due["date"] == "2026-12-16"
    assert due["note"].startswith(
        "A judge's date was told without the order on file: 2026-12-19. Until it is there, work to this one."
    )
    due = dates(judge_dates=[{**later, "on_file": True}], **facts)["evidence_individual_nondetained"]
    assert (due["date"], due["latest"], due["safe"]) == ("2026-12-19", "2026-12-19", None)


def test_a_judge_who_says_what_the_rule_says_moves_nothing():
    due = judged(("evidence_individual_nondetained", "2026-12-16"), individual_hearing="2027-01-15")
    found = due["evidence_individual_nondetained"]
    assert found["date"] == "2026-12-16"
    assert found["note"].startswith("A judge's date was told without the order on file: 2026-12-16.")
    assert found["inputs"] == {"individual_hearing": "2027-01-15", "judge_dates": ["2026-12-16"]}


def test_a_judges_date_has_no_safe_day_before_it():
    filed = {"motion_filed_by_dhs": "2026-11-18"}  # ten days end on a Saturday
    assert dates(**filed)["response_to_motion"]["safe"] == "2026-11-27"
    due = judged(("response_to_motion", "2026-11-24"), **filed)["response_to_motion"]
    assert (due["date"], due["safe"]) == ("2026-11-24", None)


@pytest.mark.parametrize(
    ("key", "status"), [("i589_callup", "passed"), ("evidence_individual_nondetained", "gone_by")]
)
def test_a_judges_date_goes_by_as_the_rules_does(key, status):
    assert judged((key, "2026-11-20"))[key]["status"] == status


def test_a_judges_date_is_one_day_whatever_is_known_of_the_hearing():
    told = {"judge_dates": [{"replaces": "evidence_individual_nondetained", "date": "2026-12-01"}]}
    for hearing in ({"individual_hearing": "2027-01"}, {"detained_hearing": "2027-01"}):
        [due] = [
            due
            for due in deadlines(DeadlineFacts.from_dict({**told, **hearing}), on=TODAY)
            if due.key == "evidence_individual_nondetained"
        ]
        assert due.span_days == 1


def test_a_judges_date_for_a_row_that_is_not_tried_is_left_out():
    facts = DeadlineFacts.from_dict({"judge_dates": [{"replaces": "i589_callup", "date": "2027-01-05"}]})
    assert deadlines(facts, on=TODAY, of={"ar11": deadline_rules()["ar11"]}) == []
    assert [due.key for due in deadlines(facts, on=TODAY)] == ["i589_callup"]


def test_of_several_dates_of_a_judge_the_earliest_counts_and_the_others_are_named():
    pairs = [("i589_callup", "2027-01-05"), ("i589_callup", "2026-11-20"), ("i589_callup", "2026-12-24")]
    due = judged(*pairs)["i589_callup"]
    assert (due["date"], due["status"]) == ("2026-11-20", "passed")
    assert due["note"] == "The judge set this date. Other dates were set too: 2026-12-24, 2027-01-05."
    assert due["inputs"] == {"judge_dates": ["2026-11-20", "2026-12-24", "2027-01-05"]}


def test_a_judges_date_is_shown_even_where_the_rule_has_no_place():
    found = judged(("evidence_detained", "2026-12-12"), arrival="2027")
    assert {key: due["date"] for key, due in found.items()} == {"evidence_detained": "2026-12-12"}
    assert found["evidence_detained"]["note"] == "The judge set this date."


@pytest.mark.parametrize("key", sorted(set(deadline_rules()) - set(JUDGE_MOVES)))
def test_a_judge_cannot_move_what_a_statute_or_another_body_sets(key):
    movable = "evidence_individual_nondetained, evidence_detained, master_nondetained, response_to_motion"
    told = rf"no judge can move {key}, which is set by .*; a judge can move only {movable}, i589_callup$"
    with pytest.raises(BadFacts, match=told):
        judged((key, "2027-06-04"), arrival="2026-03-10")


def test_whether_an_order_is_on_file_is_yes_or_no():
    told = {"replaces": "i589_callup", "date": "2027-01-05", "on_file": "maybe"}
    with pytest.raises(BadFacts, match=r"^judge_dates\[0\].on_file must be true or false$"):
        DeadlineFacts.from_dict({"judge_dates": [told]})
