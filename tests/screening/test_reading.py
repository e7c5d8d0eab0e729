"""Facts and settings from outside: what is malformed is refused by name, what is missing is not."""

import pytest

from foundation.calendar import PartialDate
from screening.rules import BadFacts, Config, Facts
from screening.rules.facts import READERS
from screening.rules.reading import dated_item
from tests.screening.amina import result

DATES = ["arrival", "individual_hearing", "master_hearing", "asylum_interview", "notice_due", "checkin"]
FLAGS = [
    *("consent", "outside_us", "benefit", "hardship", "uac", "i589_filed", "in_proceedings", "notario"),
    *("prior_denial", "in_absentia", "fear_screening", "turns_18_or_21_soon", "danger", "vulnerable"),
]
WORDS = ["conflict", "state", "court_state", "rep", "fear", "entry", "custody", "period"]


def refusal(item):
    with pytest.raises(BadFacts) as refused:
        Facts.from_dict(item)
    return str(refused.value)


@pytest.mark.parametrize("key", [*DATES, "denial_date"])
@pytest.mark.parametrize(
    "value", ["yesterday", "", "2026-02-30", "2026-13", "26-01-01", 20260101, 2026.5, True, [], {}]
)
def test_a_bad_date_is_refused_by_name(key, value):
    assert refusal({key: value}) == f"{key} is not a date: {value!r}"


@pytest.mark.parametrize("value", ["1899-12-31", "2200-01-01", "0001", "9999-12-31"])
def test_a_date_far_from_any_life_is_refused(value):
    assert refusal({"arrival": value}) == f"arrival must lie between 1900 and 2199: {value!r}"


@pytest.mark.parametrize("value", ["1900-01-01", "2199-12-31", "2026", "2026-03", "2024-02-29"])
def test_a_date_may_be_partial_and_lie_far_away(value):
    assert Facts.from_dict({"arrival": value}).arrival == PartialDate.parse(value)
    assert result(arrival=value).outcome == "ELIGIBLE_FOR_REVIEW"


@pytest.mark.parametrize("key", FLAGS)
@pytest.mark.parametrize("value", ["yes", "true", 1, 0, [], 0.0])
def test_what_is_neither_true_nor_false_is_refused(key, value):
    assert refusal({key: value}) == f"{key} must be true or false"


@pytest.mark.parametrize("key", WORDS)
@pytest.mark.parametrize("value", ["blue", "", "YES", 1, True, ["none"], {}])
def test_an_unknown_word_is_refused(key, value):
    said = refusal({key: value})
    assert said.startswith(f"{key} must be one of ")
    assert said.endswith(f": {value!r}")


@pytest.mark.parametrize("value", ["sij", {"sij": True}, 1, True])
def test_forms_of_protection_must_be_a_list(value):
    assert refusal({"other_protection": value}) == "other_protection must be a list"


@pytest.mark.parametrize("value", [["sij", "blue"], [None], [["sij"]], [1]])
def test_an_unknown_form_of_protection_is_refused(value):
    assert refusal({"other_protection": value}).startswith("other_protection must be one of sij, t, u")


@pytest.mark.parametrize("key", ["income", "assets"])
@pytest.mark.parametrize("value", ["800", 800.5, 800.0, True, [], float("nan")])
def test_money_must_be_whole(key, value):
    assert refusal({key: value}) == f"{key} must be a whole number"


@pytest.mark.parametrize("value", ["16", True, -1, -0.5, float("nan"), float("inf"), [], {}])
def test_an_age_must_be_a_number_of_years(value):
    assert refusal({"age": value}) == "age must be a number of 0 or more"


def test_an_unknown_fact_is_refused_by_name():
    assert refusal({"favorite_color": "blue", "arrival": "2026"}) == "facts: unknown key: favorite_color"
    assert refusal({"b": 1, "a": 1}) == "facts: unknown key: a, b"


@pytest.mark.parametrize("value", [None, [], "facts", 5])
def test_facts_must_be_an_object(value):
    assert refusal(value) == "facts must be an object"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"decisions": {"by": "judge"}}, "decisions must be a list"),
        ({"decisions": [{"by": "judge"}, {"date": "2026"}]}, "decisions[1].by is needed"),
        (
            {"decisions": [{"by": "judge", "filed_received": 5}]},
            "decisions[0].filed_received is not a date: 5",
        ),
        ({"granted": {"date": "soon", "kind": "asylum"}}, "granted.date is not a date: 'soon'"),
        ({"children": "two"}, "children must be a list"),
        ({"children": [{}, "two"]}, "children[1] must be an object"),
        ({"children": [{}, {"birth_date": 2010}]}, "children[1].birth_date is not a date: 2010"),
        ({"i589_returned": 2026}, "i589_returned is not a date: 2026"),
        ({"status": {"visa": True}}, "status must be a list"),
    ],
)
def test_what_is_inside_a_fact_is_refused_by_its_place(item, said):
    assert refusal(item) == said


@pytest.mark.parametrize("value", ["green", ["visa", "green"], [5], [None]])
def test_an_unknown_status_is_refused(value):
    assert refusal({"status": value}).startswith("status must be one of none, visa, parole, tps, daca")


@pytest.mark.parametrize("value", ["VISA", "visa", ["Visa"]])
def test_a_status_is_read_in_any_case_and_one_alone_needs_no_list(value):
    assert Facts.from_dict({"status": value}).status == ("visa",)


@pytest.mark.parametrize("key", sorted(READERS))
def test_null_is_not_answered(key):
    assert Facts.from_dict({key: None}) == Facts()


def test_what_is_read_is_kept_in_its_place():
    facts = Facts.from_dict(
        {"income": 5, "assets": 7, "age": 16, "other_protection": ["sij", "t"], "household_size": "two"}
    )
    assert (facts.income, facts.assets, facts.age, facts.household_size) == (5, 7, 16, "two")
    assert facts.other_protection == ("sij", "t")
    assert facts.consent is True and facts.conflict == "clear"


SETTINGS = [
    ("auto_pct", "125", "config.auto_pct must be a whole number"),
    ("auto_pct", -1, "config.auto_pct must not be negative"),
    ("max_pct", 187.5, "config.max_pct must be a whole number"),
    ("max_pct", True, "config.max_pct must be a whole number"),
    ("asset_cap", -1, "config.asset_cap must not be negative"),
    ("asset_cap", "none", "config.asset_cap must be a whole number"),
    ("service_area", "NY", "config.service_area must be a list"),
    ("service_area", 5, "config.service_area must be a list"),
    ("service_area", [5], "config.service_area must be one of *, AL"),
    ("service_area", ["New York"], "config.service_area must be one of *, AL"),
    ("tps_only", "maybe", "config.tps_only must be one of review, accept: 'maybe'"),
    ("ruleset", 2026.11, "config.ruleset must be a word"),
    ("ruleset", "", "config.ruleset must be a word"),
    ("color", "blue", "config: unknown key: color"),
]


@pytest.mark.parametrize(("key", "value", "said"), SETTINGS)
def test_a_setting_of_the_wrong_shape_is_refused_by_name(key, value, said):
    with pytest.raises(BadFacts) as refused:
        Config.from_dict({key: value})
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("value", [[], "x", 5])
def test_settings_must_be_an_object(value):
    with pytest.raises(BadFacts, match=r"^config must be an object$"):
        Config.from_dict(value)


def test_settings_come_from_the_rule_set_where_nothing_else_is_said():
    default = Config("2026.12", 125, 200, None, ("*",), "review")
    nothing = dict.fromkeys(("auto_pct", "max_pct", "asset_cap", "service_area", "tps_only", "ruleset"))
    assert Config.from_dict() == Config.from_dict({}) == Config.from_dict(nothing) == default
    assert Config.from_dict({"auto_pct": 0, "max_pct": 0, "asset_cap": 0}) == Config(
        "2026.12", 0, 0, 0, ("*",), "review"
    )


def test_a_result_and_each_finding_carry_the_version_of_the_rules():
    assert result().ruleset == "2026.12"
    trial = result(config={"ruleset": "2027.01-trial"})
    assert trial.ruleset == "2027.01-trial"
    assert {finding.ruleset for finding in trial.findings} == {"2027.01-trial"}


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (None, "an item must be an object with facts and as_of"),
        ([], "an item must be an object with facts and as_of"),
        ({}, "facts is needed"),
        ({"as_of": "2026-11-23"}, "facts is needed"),
        ({"facts": {}}, "as_of is needed"),
        ({"facts": {}, "as_of": None}, "as_of is not a date: None"),
        ({"facts": {}, "as_of": "2026-11"}, "as_of must be a whole date, year-month-day: '2026-11'"),
    ],
)
def test_an_item_without_facts_or_a_day_is_refused(item, said):
    with pytest.raises(BadFacts) as refused:
        dated_item(item)
    assert str(refused.value) == said
