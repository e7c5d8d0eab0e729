"""Whoever must act hears of a hearing by the schedule, each step once, until somebody confirms; and after."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from casework.actions.holding import Settled
from casework.data import WHATS, schedule
from casework.models import Appointment, Hearing
from casework.reminding import confirm_hearing, is_confirmed, remind_of_appointments, remind_of_hearings
from casework.rules.reminding import due_after, due_before, open_days
from foundation.refused import Forbidden
from notifications.actions import SafeWays, change_reach, change_terms
from notifications.channels.carrier import NullClient
from notifications.models import Message, Reminder
from notifications.reminders import once
from notifications.work import line
from tests.support.relay import deliver_due

NEW_YORK = ZoneInfo("America/New_York")


def at(day, hour=10):
    return datetime.combine(day, datetime.min.time(), tzinfo=NEW_YORK).replace(hour=hour)


@pytest.fixture
def hearing(case, cast, now):
    row = {"case": case, "kind": "individual_hearing", "starts_at": at(date(2027, 6, 16)), "judge": "J"}
    made = {"noted_by": cast.cora, "noted_at": now, "outcome_note": ""}
    Message.objects.all().delete()
    return Hearing.objects.create(**case.matter.columns, **row, **made)


def told(kind, name="Cora"):
    return Message.objects.filter(kind=kind, channel="in_app", user__name=name).count()


# --- the rule -------------------------------------------------------------------------------------


def test_business_days_leave_out_weekends_and_holidays():
    assert open_days(date(2027, 6, 16), date(2027, 6, 22)) == 3
    assert open_days(date(2027, 6, 16), date(2027, 6, 16)) == 0


@pytest.mark.parametrize(("left", "days"), [(11, None), (10, 10), (9, 10), (6, 10), (5, 5), (3, 5)])
def test_the_nearest_step_that_has_come_is_due(left, days):
    day = date(2027, 6, 16)
    today = next(
        day - timedelta(days=n) for n in range(40) if open_days(day - timedelta(days=n), day) == left
    )
    due = due_before("hearing", day, today=today, schedule=schedule(), confirmed=False)
    assert due == ([(f"hearing:{day}:holders:{days}", "holders")] if days else [])


@pytest.mark.parametrize(("confirmed", "whom"), [(False, {"holders", "supervisors"}), (True, {"holders"})])
def test_the_day_before_it_goes_up_where_nobody_confirmed(confirmed, whom):
    day, today = date(2027, 6, 16), date(2027, 6, 15)
    due = due_before("hearing", day, today=today, schedule=schedule(), confirmed=confirmed)
    assert {one for _step, one in due} == whom


def test_from_two_days_before_it_is_said_each_day_until_it_is_confirmed():
    day, days = date(2027, 6, 16), [date(2027, 6, 14), date(2027, 6, 15), date(2027, 6, 16)]

    def steps(*, confirmed):
        due = [
            due_before("hearing", day, today=one, schedule=schedule(), confirmed=confirmed) for one in days
        ]
        return {step for one in due for step, whom in one if whom == "holders"}

    assert len(steps(confirmed=False)) == 3 and len(steps(confirmed=True)) == 1


def test_after_the_day_it_is_asked_each_day_on_which_offices_work():
    day = date(2027, 6, 16)
    asked = [due_after("held", day, today=day + timedelta(days=n), schedule=schedule()) for n in range(7)]
    assert [len(one) for one in asked] == [0, 1, 0, 0, 0, 1, 2]


# --- who hears ------------------------------------------------------------------------------------


def test_the_holder_hears_once_a_day_whatever_runs_twice(hearing):
    for _beat in range(2):
        remind_of_hearings(at=at(date(2027, 6, 14)))
    assert told("hearing_near") == 1
    remind_of_hearings(at=at(date(2027, 6, 15)))
    assert told("hearing_near") == 2
    assert told("hearing_unconfirmed") == 1, "without a supervisor the caseworkers hear that nobody confirmed"


def test_of_two_who_take_a_step_one_is_told_yes(case, now):
    step = {"about": case.pk, "step": "a", "at": now}
    assert [once(case.matter, **step) for _asker in range(3)] == [True, False, False]
    assert Reminder.objects.count() == 1


def test_whoever_confirms_ends_it_and_another_day_begins_it_anew(client, hearing, cast, case):
    client.force_login(cast.cora)
    confirm = reverse("workspace:hearing-confirm", args=[case.pk, hearing.pk])
    assert "We know of it" in client.get(case.get_absolute_url()).content.decode()
    assert client.post(confirm).status_code == 302
    assert client.post(confirm).status_code == 409
    page = client.get(case.get_absolute_url()).content.decode()
    assert "confirmed" in page and "We know of it" not in page
    for day in (14, 15, 16):
        remind_of_hearings(at=at(date(2027, 6, day), hour=9))
    assert (told("hearing_near"), told("hearing_unconfirmed")) == (1, 0)
    Hearing.objects.update(starts_at=at(date(2027, 6, 23)))
    hearing.refresh_from_db()
    assert not is_confirmed(hearing)
    remind_of_hearings(at=at(date(2027, 6, 22)))
    assert told("hearing_unconfirmed") == 1


def test_nobody_else_confirms(hearing, cast, now):
    for other in (cast.otto, cast.ines):
        with pytest.raises(Forbidden):
            confirm_hearing(hearing, by=other, at=now)
    Hearing.objects.update(outcome="held", ended_at=now, ended_by=cast.cora)
    hearing.refresh_from_db()
    with pytest.raises(Settled):
        confirm_hearing(hearing, by=cast.cora, at=now)


def test_after_the_day_it_is_asked_whether_it_was_held_until_somebody_notes_it(hearing, cast, now):
    for day in (17, 18, 21):
        remind_of_hearings(at=at(date(2027, 6, day)))
    assert told("hearing_held") == 2
    Hearing.objects.update(outcome="held", ended_at=now, ended_by=cast.cora)
    assert remind_of_hearings(at=at(date(2027, 6, 22))) == 0


def test_an_hour_that_was_missed_is_made_good(hearing):
    remind_of_hearings(at=at(date(2027, 6, 4)))
    assert told("hearing_near") == 1


# --- the person -----------------------------------------------------------------------------------


def sent_at(moment, time_machine):
    time_machine.move_to(moment, tick=False)
    client = NullClient()
    line(client).work_off(at=moment)
    return [one for one in client.sent if one.alias]


@pytest.mark.parametrize("tells", [(), ("text",)])
def test_the_person_hears_that_something_is_near_and_the_day_where_they_allowed_it(
    hearing, case, cast, now, time_machine, tells
):
    change_reach(case.matter, SafeWays(["text"], phone="+12125550142"), by=cast.cora, at=now)
    change_terms(case.matter, parts=[], zone="", tells=tells, by=cast.cora, at=now)
    moment = at(date(2027, 6, 15), hour=12)
    remind_of_hearings(at=moment)
    (sent,) = sent_at(moment, time_machine)
    assert ("16 June" in sent.body) == bool(tells)
    assert "hearing" not in sent.body.lower() and "court" not in sent.body.lower()
    deliver_due()
    codes = set(case.tasks.values_list("code", flat=True))
    assert ("unsent_plain" in codes) == (not tells)


def test_a_hearing_that_was_called_off_is_told_to_nobody(hearing, case, cast, now, time_machine):
    moment = at(date(2027, 6, 15), hour=12)
    remind_of_hearings(at=moment)
    Hearing.objects.update(outcome="cancelled", ended_at=now, ended_by=cast.cora)
    assert sent_at(moment, time_machine) == []


def test_an_appointment_is_told_the_business_day_before_once(case, cast, now):
    Message.objects.all().delete()
    row = {"case": case, "meeting": "office", "starts_at": at(date(2027, 6, 21)), "place": "here"}
    made = {"with_whom": cast.cora, "made_by": cast.cora, "made_at": now}
    Appointment.objects.create(**case.matter.columns, **row, **made)
    assert remind_of_appointments(at=at(date(2027, 6, 16))) == 0
    for _beat in range(2):
        remind_of_appointments(at=at(date(2027, 6, 17)))
    assert Message.objects.filter(kind="appointment_soon", channel="in_app").count() == 1


def test_the_schedule_is_whole():
    assert {row.what for row in schedule()} == set(WHATS)
