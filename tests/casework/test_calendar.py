"""Appointments and hearings: each has an end, and the day of a hearing is one truth with the facts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from cases.facts import learned_of
from cases.models import Deadline
from casework import actions
from casework.actions.appointments import IsPast, NotOver
from casework.actions.holding import Settled
from casework.models import Appointment, Hearing
from tests.conftest import opened

ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def meet(cast, case, now):
    def meet(**more):
        said = {"meeting": "phone", "starts_at": now + timedelta(days=2), "place": "Canary-Place"}
        return actions.make_appointment(case, **{**said, **more}, by=cast.cora, at=now)

    return meet


@pytest.fixture
def hear(cast, case, now):
    def hear(days=30, **more):
        day = case.office.today(now) + timedelta(days=days)
        said = {
            "kind": "individual_hearing",
            "starts_at": datetime(day.year, day.month, day.day, 9, tzinfo=ZONE),
        }
        at = now + timedelta(seconds=days)  # facts of one moment have no order
        return actions.note_hearing(case, **{**said, **more}, by=cast.cora, at=at)

    return hear


def facts(case):
    return learned_of([case], purpose="test").get(case.pk, {})


def test_an_appointment_lies_ahead_and_is_not_over_before_it_began(meet, cast, now):
    with pytest.raises(IsPast):
        meet(starts_at=now)
    with pytest.raises(NotOver):
        actions.end_appointment(meet(), came="no_show", by=cast.cora, at=now)


def test_an_appointment_ends_once(meet, cast, now):
    made = meet()
    later = now + timedelta(days=3)
    actions.end_appointment(made, came="no_show", by=cast.cora, at=later)
    with pytest.raises(Settled):
        actions.end_appointment(made, came="held", by=cast.cora, at=later)


def test_a_moved_appointment_names_the_new_one_and_its_interpreter_is_booked_anew(meet, cast, now):
    made = meet(interpreter="to_book")
    actions.book_interpreter(made, by=cast.cora, at=now)
    made.refresh_from_db()
    later = {"starts_at": now + timedelta(days=5), "opened": "Canary-Place"}
    moved = actions.move_appointment(made, **later, by=cast.cora, at=now)
    made.refresh_from_db()
    assert (made.came, made.moved_to) == ("moved", moved)
    assert moved.interpreter == "to_book"
    assert opened(Appointment.objects.get(pk=moved.pk), "place").place == "Canary-Place"


def test_an_appointment_is_made_only_once_somebody_looked_at_the_safe_times(client, cast, case, now):
    client.force_login(cast.cora)
    sent = {
        "meeting": "phone",
        "starts_at": "2099-03-02T09:30",
        "minutes": "30",
        "place": "",
        "interpreter": "booked",
    }
    add = reverse("workspace:appointment-add", args=[case.pk])
    assert client.post(add, sent).status_code == 422
    assert client.post(add, {**sent, "is_safe": "on"}).status_code == 302
    assert Appointment.objects.get().minutes == 30


def test_the_day_of_a_hearing_becomes_a_fact_and_the_dates_are_counted_from_it(hear, case):
    made = hear()
    day = made.starts_at.astimezone(ZONE).date()
    assert facts(case)["individual_hearing"] == day.isoformat()
    assert facts(case)["in_proceedings"] is True
    assert Deadline.objects.get(case=case, key="individual_hearing").date == day


def test_a_hearing_that_is_over_is_no_day_ahead_and_one_that_was_missed_stays(hear, cast, case, now):
    missed, later = hear(), now + timedelta(minutes=5)
    actions.end_hearing(missed, outcome="missed", by=cast.cora, at=later)
    assert facts(case)["individual_hearing"]
    held = hear(days=40)
    actions.end_hearing(held, outcome="held", outcome_note="Canary took notes", by=cast.cora, at=later)
    assert facts(case)["individual_hearing"] is None
    with pytest.raises(Settled):
        actions.end_hearing(held, outcome="put_off", by=cast.cora, at=later)


def test_a_later_hearing_is_not_forgotten_when_an_earlier_one_is_put_off(hear, cast, case, now):
    first, second = hear(days=30), hear(days=60)
    later = now + timedelta(minutes=5)
    actions.end_hearing(first, outcome="put_off", by=cast.cora, at=later)
    assert facts(case)["individual_hearing"] == second.starts_at.astimezone(ZONE).date().isoformat()


def test_the_judge_lies_sealed_and_stands_on_the_page(client, cast, case, hear):
    hear(judge="Canary-Judge", court="NYC")
    assert "Canary" not in repr(Hearing.objects.get().judge)
    client.force_login(cast.cora)
    assert "Canary-Judge" in client.get(case.get_absolute_url()).content.decode()


def test_a_hearing_of_which_the_facts_say_another_day_says_so(client, cast, case, hear):
    from cases.actions import write_facts
    from cases.models import CaseFacts

    hear()
    newest = CaseFacts.objects.latest("written_at")
    changed = {**facts(case), "individual_hearing": "2030-01-02"}
    write_facts(
        case, values=changed, seen=newest.pk, by=cast.cora, at=newest.written_at + timedelta(seconds=1)
    )
    client.force_login(cast.cora)
    assert "The facts of the case say another day" in client.get(case.get_absolute_url()).content.decode()
