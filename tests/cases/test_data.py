"""Deadline rules and fees: whole, dated, and changed without touching Python."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases import apps
from cases import data as module
from cases.data import (
    HERE,
    deadline_rules,
    fee_on,
    fees,
    figures,
    law_watch,
    load_fees,
    load_rules,
    unknown_fees,
)
from cases.models import Deadline
from cases.rules import DeadlineFacts, deadlines
from foundation.calendar import PartialDate
from foundation.figures import BadData

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain" / "data"
TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path):
    for path in HERE.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(path, old, new):
    """Change the first such text of a file and return the number of its line."""
    text = path.read_text()
    place = text.index(old)
    path.write_text(text.replace(old, new, 1))
    return text[:place].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("oyd_operative,", "oyd_outer,", "oyd_outer stands twice"),
        (",lawyer,", ",everyone,", "audience is 'everyone': use one of 'staff', 'lawyer'"),
        (",1,years,after", ",one,years,after", "offset is 'one': a whole number is needed"),
        (",1,years,after", ",,years,after", "offset is '': a whole number is needed"),
        (",1,years,after", ",1,moons,after", "unit is 'moons'"),
        (",1,years,after", ",1,years,around", "direction is 'around'"),
        (
            ",,set by the court,",
            ",3,set by the court,",
            "offset must be empty where the date is set by",
        ),
        (",roll_forward,", ",sideways,", "weekend_holiday_rule is 'sideways'"),
        (",ICPM ch. 3.1(b),", ",,", "citation is needed"),
        ("1997-04-01", "1997-04-31", "effective_from is '1997-04-31': a date is needed"),
        (",high,", ",sure,", "confidence is 'sure'"),
        (",arrival,", ",,", "starts_with is '': use one of 'arrival', 'individual_hearing'"),
        (",arrival,", ",landing,", "starts_with is 'landing': use one of 'arrival'"),
        (",not detained,", ",not held,", "only_if is 'not held': use one of 'i589_filed', 'uac'"),
    ],
)
def test_a_broken_rule_is_refused_with_its_line(folder, old, new, said):
    line = change(folder / "deadlines.csv", old, new)
    with pytest.raises(BadData) as refused:
        load_rules(folder / "deadlines.csv")
    assert str(refused.value).startswith(f"deadlines.csv line {line}: {said}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",100,2025-07-22", ",$100,2025-07-22", "amount_usd is '$100': a whole number is needed"),
        (",no,", ",perhaps,", "waivable is 'perhaps'"),
        ("uscis_i589,", ",", "key is needed"),
    ],
)
def test_a_broken_fee_is_refused_with_its_line(folder, old, new, said):
    line = change(folder / "fees.csv", old, new)
    with pytest.raises(BadData) as refused:
        load_fees(folder / "fees.csv")
    assert str(refused.value).startswith(f"fees.csv line {line}: {said}")


@pytest.mark.parametrize(("old", "new"), [("2025-12-31", "2026-01-01"), ("2026-10-15", "")])
def test_two_rows_of_a_fee_that_hold_on_one_day_are_refused_with_the_second_line(folder, old, new):
    line = change(folder / "fees.csv", old, new)
    said = rf"^fees.csv line {line + 1}: annual_asylum_fee has another row that holds on the same day"
    with pytest.raises(BadData, match=said):
        load_fees(folder / "fees.csv")


def test_a_broken_file_stops_the_start_with_file_and_line(folder, monkeypatch):
    line = change(folder / "fees.csv", ",100,", ",much,")
    monkeypatch.setattr(module, "HERE", folder)
    fees.cache_clear()
    try:
        [error] = apps.data_is_whole()
    finally:
        monkeypatch.undo()
        fees.cache_clear()
    assert error.msg == f"fees.csv line {line}: amount_usd is 'much': a whole number is needed"
    assert apps.data_is_whole() == []


def test_a_figure_changes_without_touching_python(folder):
    change(folder / "deadlines.csv", ",30,calendar days,before", ",15,calendar days,before")
    change(folder / "deadlines.csv", "roll_forward_per_manual_show_previous_business_day", "roll_forward")
    change(folder / "deadlines.csv", ",180,calendar days,after,none", ",365,calendar days,after,none")
    facts = DeadlineFacts.from_dict(
        {
            "individual_hearing": "2026-12-13",
            "i589_received": "2026-01-10",
            "ead_stops": [{"from": "2026-03-01", "to": "2026-03-11"}],
        }
    )
    found = {due.key: due.date for due in deadlines(facts, on=TODAY, of=load_rules(folder / "deadlines.csv"))}
    assert found == {
        "evidence_individual_nondetained": date(2026, 11, 30),  # the 28th is a Saturday
        "ead_file": date(2026, 6, 19),
        "ead_eligible": date(2027, 1, 20),
    }


def test_rows_that_are_tried_are_the_only_ones_that_are_counted():
    facts = DeadlineFacts(arrival=PartialDate(2026, 3, 10), moved=PartialDate(2026, 11, 20))
    tried = {"ar11": deadline_rules()["ar11"]}
    assert [due.key for due in deadlines(facts, on=TODAY, of=tried)] == ["ar11"]


ADDED = (
    "bond_motion,Motion for bond,staff,last_day,hearing in detention,5,calendar days,before,roll_backward,"
    "roll_backward,received,held,the court,,,individual_hearing,detained; not uac,8 CFR 1003.19,,,,low,,,,"
    "to verify,"
)


@pytest.fixture
def with_a_row_more(folder, monkeypatch):
    """Read the data from a folder with one row more, as an office that has added it does."""
    with (folder / "deadlines.csv").open("a") as file:
        file.write(f"{ADDED}\n")
    monkeypatch.setattr(module, "HERE", folder)
    deadline_rules.cache_clear()
    yield folder
    monkeypatch.undo()
    deadline_rules.cache_clear()


def test_a_row_that_is_added_is_counted_where_its_fact_is_known_and_its_conditions_hold(with_a_row_more):
    assert apps.data_is_whole() == []
    for facts, day in (
        ({"detained": True}, date(2026, 12, 10)),
        ({"detained": False}, None),
        ({"detained": True, "uac": True}, None),
    ):
        known = DeadlineFacts.from_dict({"individual_hearing": "2026-12-15", **facts})
        found = {due.key: due.date for due in deadlines(known, on=TODAY)}
        assert found.get("bond_motion") == day
    assert "bond_motion" not in {due.key for due in deadlines(DeadlineFacts(detained=True), on=TODAY)}


def test_a_row_that_is_added_stands_among_the_dates_of_a_case(with_a_row_more, make_case):
    case = make_case(
        where_now={"custody": "ice"},
        hearing={"has_court": "yes", "hearing_date": "2030-12-10", "hearing_kind": "individual"},
    )
    row = Deadline.objects.get(case=case, key="bond_motion")
    assert (row.date, row.label) == (date(2030, 12, 5), "Motion for bond")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",individual_hearing,", ",bond_hearing,", "starts_with is 'bond_hearing'"),
        ("detained; not uac", "in_jail; not uac", "only_if is 'in_jail'"),
    ],
)
def test_a_row_that_nothing_starts_stops_the_start_and_is_named(with_a_row_more, old, new, said):
    line = change(with_a_row_more / "deadlines.csv", ADDED, ADDED.replace(old, new))
    deadline_rules.cache_clear()
    [error] = apps.data_is_whole()
    assert error.msg.startswith(f"deadlines.csv line {line}: {said}")
    with pytest.raises(CommandError, match=f"line {line}"):
        call_command("data_check")


def test_a_day_counted_from_a_birthday_is_kept_as_one(folder):
    added = ADDED.replace("individual_hearing,detained; not uac", "turns_18,").replace(
        "5,calendar", "0,calendar"
    )
    with (folder / "deadlines.csv").open("a") as file:
        file.write(f"{added}\n")
    facts = DeadlineFacts(birth_date=PartialDate(2010, 5, 6))
    [due] = deadlines(facts, on=TODAY, of=load_rules(folder / "deadlines.csv"))
    assert (due.key, due.date, due.is_birthday) == ("bond_motion", date(2028, 5, 5), True)


def test_a_rule_is_put_into_a_sentence():
    rules = deadline_rules()
    assert rules["ar11"].counting == "10 calendar days after move"
    assert rules["i730"].counting.startswith(
        "2 years after grant of asylum or refugee admission; on a closed"
    )
    assert rules["oyd_operative"].counting.startswith("1 year minus 1 day after last arrival")
    assert rules["rfe"].counting.startswith("as the notice says after date on the notice; on a closed day")


@pytest.mark.parametrize(
    ("key", "day", "amount"),
    [
        ("annual_asylum_fee", date(2025, 7, 3), None),
        ("annual_asylum_fee", date(2025, 7, 4), 100),
        ("annual_asylum_fee", date(2025, 12, 31), 100),
        ("annual_asylum_fee", date(2026, 1, 1), 102),
        ("annual_asylum_fee", date(2026, 10, 15), 102),
        ("annual_asylum_fee", date(2026, 10, 16), 105),
        ("i765_c8_initial", TODAY, 570),
        ("i765_c8_renewal", TODAY, 275),
        ("eoir26", TODAY, 1060),
        ("ij_motion", TODAY, 1095),
        ("i914", date(1999, 1, 1), 0),
        ("lunch", TODAY, None),
    ],
)
def test_the_fee_in_force_on_a_day_is_found(key, day, amount):
    found = fee_on(key, day)
    assert (found and found.amount_usd) == amount


def test_every_row_has_its_source_and_its_confidence():
    for figure in figures():
        assert figure.words.strip() and figure.confidence in ("high", "medium", "low") and figure.line > 1
    assert {figure.file for figure in figures()} == {"deadlines.csv", "fees.csv"}


needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not beside this checkout")


def shared(name):
    with (SHARED / name).open(newline="") as file:
        return list(csv.DictReader(file))


# Rows the second reading of the law corrected (2026-11-28): they need not agree with the older table.
CORRECTED = {
    *("oyd_outer", "oyd_operative", "master_nondetained", "mtr_reopen", "mtr_reconsider", "mtr_in_absentia"),
    *("ij_cf_review", "aaf_notice", "eoir33", "i730", "asylee_gc", "sij_21", "rfe"),
}


@needs_shared
def test_no_deadline_of_the_shared_data_is_missing_or_counted_otherwise():
    ours = deadline_rules()
    for row in shared("deadlines.csv"):
        rule = ours[row["key"]]
        assert rule.direction == row["direction"].split(" ")[0] or row["key"] in CORRECTED
        if row["key"] not in CORRECTED:
            assert str(rule.offset if rule.offset is not None else "") == row["offset"], row["key"]
            assert (rule.weekend, rule.citation) == (
                row["weekend_holiday_rule"],
                row["citation"].replace("programme policy", "office policy"),
            )


@needs_shared
def test_no_fee_of_the_shared_data_is_missing_or_of_another_amount():
    for row in shared("fees.csv"):
        key = row["key"].removesuffix("_fy25").removesuffix("_fy26")
        day = date.fromisoformat(row["effective_to"] or "2026-11-23")
        found = fee_on(key, day)
        assert found, row["key"]
        assert found.amount_usd == int(row["amount_usd"])
        assert found.figure.confidence == row["confidence"]
        assert str(found.figure.effective_from or "") == row["effective_from"]
        assert str(found.figure.effective_to or "") == row["effective_to"]


def test_a_row_nobody_checked_is_at_most_of_medium_confidence(folder):
    assert all(rule.checked is None for rule in deadline_rules().values())
    assert {rule.confidence for rule in deadline_rules().values()} <= {"medium", "low"}
    change(folder / "deadlines.csv", ",high,,,,", ",high,2026-12-01,Bea,8 CFR 208.4 at ecfr.gov,")
    rule = load_rules(folder / "deadlines.csv")["oyd_outer"]
    assert (rule.confidence, rule.figure.confidence) == ("high", "high")
    assert (rule.checked.on, rule.checked.by) == (date(2026, 12, 1), "Bea")
    assert rule.checked.against == "8 CFR 208.4 at ecfr.gov"


def test_a_date_is_printed_with_who_checked_its_row(folder):
    change(folder / "deadlines.csv", ",high,,,,", ",high,2026-12-01,Bea,8 CFR 208.4 at ecfr.gov,")
    facts = DeadlineFacts(arrival=PartialDate(2026, 3, 10))
    found = deadlines(facts, on=TODAY, of=load_rules(folder / "deadlines.csv"))
    printed = next(due.as_dict() for due in found if due.key == "oyd_outer")
    assert {name: value for name, value in printed.items() if name.startswith("checked")} == {
        "checked_on": "2026-12-01",
        "checked_by": "Bea",
        "checked_against": "8 CFR 208.4 at ecfr.gov",
    }


def test_a_check_is_whole_or_none(folder):
    change(folder / "deadlines.csv", ",high,,,,", ",high,2026-12-01,,,")
    with pytest.raises(BadData, match="line 2: checked_on, checked_by and checked_against belong together"):
        load_rules(folder / "deadlines.csv")


def test_every_fee_a_row_names_is_in_the_list_of_fees():
    assert unknown_fees(deadline_rules().values(), fees()) == []
    assert unknown_fees(deadline_rules().values(), [])[0] == "annual_asylum_fee"


def test_a_fee_nobody_lists_stops_the_data_check_by_name(monkeypatch):
    monkeypatch.setattr(module, "fees", tuple)
    with pytest.raises(BadData, match=r"no row of fees\.csv has annual_asylum_fee"):
        figures()


def test_what_is_watched_in_the_law_is_listed():
    assert {"bia_appeal", "aaf", "hold", "er", "parole", "no_interview", "ead_365", "uac_memo"} <= {
        one.key for one in law_watch()
    }
    assert all(one.look_at and one.state and one.source and one.known_to for one in law_watch())
