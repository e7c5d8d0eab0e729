"""The plain codes of a case say what lists need, and no more; what is not known has none."""

from datetime import timedelta

import pytest

from cases import actions, codes
from cases.codes import court_code, value_of
from cases.models import Case, CaseFacts, Deadline, WaitsOn
from cases.rescreening import rescreen_open_cases
from tests.conftest import triage


@pytest.fixture
def today(cast, now):
    return cast.office.today(now)


def kept(case):
    return Case.objects.get(pk=case.pk)


def code_of(case, kind):
    return value_of(kept(case).codes, kind)


def learn(case, by, now, **values):
    newest = CaseFacts.objects.filter(case=case).first()
    return actions.write_facts(case, values=values, seen=newest and newest.pk, by=by, at=now)


def test_what_nobody_was_told_has_no_code(make_case):
    case = make_case(where_now={"in_us": "yes", "custody": "unsure"})
    assert code_of(case, codes.CUSTODY) == ""


def test_not_held_is_said_only_where_they_said_so(make_case):
    assert code_of(make_case(where_now={"in_us": "yes", "custody": "no"}), codes.CUSTODY) == "no"


def test_a_fact_learned_later_changes_the_code(case, cast, now):
    learn(case, cast.cora, now, detained=True)
    assert code_of(case, codes.CUSTODY) == "ice"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("", ""),
        ("the one downtown", "other"),
        ("Annandale Immigration Court, VA", "ANN"),
        ("Annandale", "ANN"),
    ],
)
def test_a_court_is_known_by_its_name_or_its_city(told, code):
    assert court_code(told) == code


def test_a_day_gone_by_is_not_hidden_by_a_later_one(case, cast, now, today):
    soon, later = today - timedelta(days=3), today + timedelta(days=50)
    values = {"notice_due": soon.isoformat(), "in_proceedings": True, "master_hearing": later.isoformat()}
    learn(case, cast.cora, now, **values)
    row = kept(case)
    assert (row.live_date, row.live_key) == (soon, "notice_due")
    assert row.hearing_on == later
    letter = Deadline.objects.select_related("case__office").get(case=case, key="notice_due")
    actions.finish_deadline(letter, by=cast.cora, at=now)
    assert kept(case).live_date != soon


def test_a_birthday_stands_in_no_plain_column(make_case, today):
    turns = today + timedelta(days=10)
    born = turns.replace(year=turns.year - 21).isoformat()
    case = make_case(born={"birth_date": born}, help={"wants": ["sij"]})
    assert Deadline.objects.filter(case=case, key="sij_21", date=None).exists()
    row = kept(case)
    assert row.live_key != "sij_21"
    assert born[:4] not in " ".join(row.codes)


def test_who_acts_next_moves_with_the_work(case, cast, now):
    assert kept(case).waits_on == WaitsOn.OFFICE
    triage(case, by=cast.cora, at=now)
    before = kept(case)
    assert before.waits_on == WaitsOn.OFFICE
    assert before.waits_since == kept(case).waits_since


def test_the_nightly_run_writes_codes_that_are_missing(case, now):
    Case.objects.filter(pk=case.pk).update(codes=[], live_date=None)
    rescreen_open_cases(at=now)
    assert kept(case).codes
