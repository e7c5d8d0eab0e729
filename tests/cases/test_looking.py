"""By when a person must look, and the one next thing: kept, sealed, worked out anew when anything moves."""

from datetime import timedelta

import pytest
from django.db import connection

from cases import actions
from cases.looking import thing_from, upcoming_of
from cases.models import Case, CaseFacts, Deadline
from cases.rescreening import rescreen_open_cases
from foundation.calendar import is_business_day
from tests.conftest import opened, triage


@pytest.fixture
def today(cast, now):
    return cast.office.today(now)


def learn(case, by, now, **values):
    newest = CaseFacts.objects.filter(case=case).first()
    return actions.write_facts(case, values=values, seen=newest and newest.pk, by=by, at=now)


def kept(case):
    row = Case.objects.get(pk=case.pk)
    return row, thing_from(opened(row, "next_thing").next_thing)


def test_every_open_case_has_a_next_thing_from_the_start(case, today):
    row, thing = kept(case)
    assert thing is not None and row.next_code
    words = upcoming_of([row], on=today, purpose="test")[row.pk].first
    assert words.sentence and len(words.short) <= 28


def test_the_look_comes_before_the_nearest_date(case, cast, now, today):
    hearing = today + timedelta(days=3)
    learn(case, cast.cora, now, in_proceedings=True, individual_hearing=hearing.isoformat())
    row, _thing = kept(case)
    assert today <= row.look_by < hearing
    assert row.look_by == today or is_business_day(row.look_by)


def test_a_date_somebody_settled_is_not_next(case, cast, now, today):
    learn(case, cast.cora, now, notice_due=(today + timedelta(days=2)).isoformat())
    assert kept(case)[1].key == "notice_due"
    letter = Deadline.objects.select_related("case__office").get(case=case, key="notice_due")
    actions.finish_deadline(letter, by=cast.cora, at=now)
    assert kept(case)[1].key != "notice_due"
    letter.refresh_from_db()
    actions.reopen_deadline(letter, by=cast.cora, at=now)
    assert kept(case)[1].key == "notice_due"


def test_once_somebody_looked_the_day_stays(case, cast, now, today):
    triage(case, by=cast.cora, at=now)
    before = kept(case)[0].look_by
    learn(case, cast.cora, now, notice_due=(today + timedelta(days=1)).isoformat())
    assert kept(case)[0].look_by == before


def test_the_day_alone_moves_the_next_thing(case, cast, now, today):
    """Nothing changed but the day: tomorrow the letter is due today, and the nightly run says so."""
    learn(case, cast.cora, now, notice_due=(today + timedelta(days=1)).isoformat())
    assert kept(case)[1].day == today + timedelta(days=1)
    rescreen_open_cases(at=now + timedelta(days=1))
    row, thing = kept(case)
    tomorrow = today + timedelta(days=1)
    words = upcoming_of([row], on=tomorrow, purpose="test")[row.pk].first
    assert thing.day == tomorrow and row.next_code == words.code == "ROW:notice_due"
    assert words.sentence.startswith("Today")


def test_nothing_of_the_sentence_stands_plain(case):
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM cases_case c WHERE id = %s", [case.pk])
        raw = cursor.fetchone()[0]
    _row, thing = kept(case)
    assert "Today" not in raw and f'"key": "{thing.key}"' not in raw


def test_a_child_with_only_the_birthday_stands_at_the_top(make_case, cast, now, today):
    """A birthday's row is sealed and has no plain day: the queue goes by look_by, which counts it."""
    grown = today + timedelta(days=12)
    born = grown.replace(year=grown.year - 18).isoformat()
    child = make_case(born={"birth_date": born}, with_parent={"with_parent": "no"})
    plain = make_case()
    assert not Deadline.objects.filter(case=child, key="uac_18").exclude(date=None).exists()
    assert kept(child)[0].look_by < kept(plain)[0].look_by
    row = kept(child)[0]
    words = upcoming_of([row], on=today, purpose="test")[row.pk].first
    assert born not in words.short and str(grown.day) not in words.short
