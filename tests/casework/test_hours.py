"""Hours are logged by who worked them, on a case they hold or help with; the office reads the sum."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from casework import actions
from casework.actions.holding import Settled
from casework.actions.hours import BadDay, TooLong
from casework.models import LoggedHours
from config.middleware import principal_of
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from referrals import actions as referrals
from tests.support.people import assist, join
from tests.support.relay import deliver_due
from workspace.hours.queries import hours_of_case, hours_of_person


@pytest.fixture
def today(accepted, now):
    return accepted.office.today(now)


def log(accepted, cast, now, **changes):
    said = {"day": accepted.office.today(now), "minutes": 90, "kind": "talks", **changes}
    return actions.log_hours(accepted.case, **said, by=cast.ade, at=now)


def test_nobody_logs_hours_on_a_case_they_neither_hold_nor_help_with(accepted, cast, now, today):
    for stranger in (cast.bea, cast.cora, cast.ines, cast.otto):
        with pytest.raises(Forbidden):
            said = {"day": today, "minutes": 30, "kind": "talks"}
            actions.log_hours(accepted.case, **said, by=stranger, at=now)


def test_the_database_lets_nobody_write_hours_of_somebody_else(accepted, cast, now, today):
    with (
        acting_as(principal_of(cast.ade)),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
    ):
        LoggedHours.objects.create(
            **accepted.matter.columns,
            case_id=accepted.case_id,
            user=cast.cora,
            day=today,
            minutes=5,
            kind="talks",
            logged_at=now,
        )


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_ahead_or_more_than_a_year_ago_is_refused(accepted, cast, now, today, days):
    with pytest.raises(BadDay):
        log(accepted, cast, now, day=today - timedelta(days=days))


@pytest.mark.parametrize("days", [0, 366])
def test_today_and_a_year_ago_are_taken(accepted, cast, now, today, days):
    assert log(accepted, cast, now, day=today - timedelta(days=days)).minutes == 90


def test_a_day_has_24_hours_and_no_more(accepted, cast, now):
    log(accepted, cast, now, minutes=23 * 60)
    with pytest.raises(TooLong):
        log(accepted, cast, now, minutes=61)
    assert log(accepted, cast, now, minutes=60).minutes == 60


def test_who_wrote_it_mends_and_strikes_it_and_nobody_else(accepted, cast, now, today):
    one = log(accepted, cast, now)
    said = {"day": today, "minutes": 120, "kind": "court"}
    with pytest.raises(Forbidden):
        actions.change_hours(one, **said, by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.strike_hours(one, by=cast.cora, at=now)
    actions.change_hours(one, **said, by=cast.ade, at=now)
    assert hours_of_case(accepted.case) == "2 h 0 min"
    changed = Event.objects.get(name="casework.hours_changed")
    assert changed.data == {"minutes": 120, "before": 90}
    actions.strike_hours(one, by=cast.ade, at=now)
    assert hours_of_case(accepted.case) == ""
    with pytest.raises(Settled):
        actions.strike_hours(one, by=cast.ade, at=now)
    with pytest.raises(Settled):
        actions.change_hours(one, **said, by=cast.ade, at=now)


def test_who_gave_the_case_back_keeps_their_own_sum_and_reads_nobody_elses(accepted, cast, now):
    log(accepted, cast, now)
    referrals.release_assignment(accepted, by=cast.ade, at=now)
    deliver_due()
    with acting_as(principal_of(cast.ade)), transaction.atomic():
        assert hours_of_person(cast.ade, at=now) == "1 h 30 min"
    with acting_as(principal_of(cast.bea)), transaction.atomic():
        assert not LoggedHours.objects.exists()
    with pytest.raises(Forbidden):
        log(accepted, cast, now)


def test_the_pages_log_change_strike_and_sum(accepted, cast, now, today, client):
    client.force_login(cast.ade)
    address = reverse("workspace:hours", args=[accepted.case_id])
    empty = client.post(address, {"day": today.isoformat(), "kind": "talks"})
    assert empty.status_code == 422 and "Write how long it was." in empty.content.decode()
    sent = {"day": today.isoformat(), "hours": "2", "minutes": "15", "kind": "papers"}
    assert client.post(address, sent).status_code == 302
    assert "2 h 15 min" in client.get(address).content.decode()
    assert "2 h 15 min" in client.get(reverse("home")).content.decode()
    one = LoggedHours.objects.get()
    change = reverse("workspace:hours-change", args=[accepted.case_id, one.pk])
    assert client.post(change, {**sent, "hours": "1"}).status_code == 302
    client.force_login(cast.cora)
    assert "1 h 15 min" in client.get(reverse("workspace:referral", args=[accepted.case_id])).content.decode()
    page = client.get(address).content.decode()
    assert "1 h 15 min" in page and "Log hours" not in page
    assert "1 h 15 min" in client.get(reverse("workspace:close", args=[accepted.case_id])).content.decode()
    client.force_login(cast.ade)
    strike = reverse("workspace:hours-strike", args=[accepted.case_id, one.pk])
    assert client.post(strike).status_code == 302
    assert "Nobody logged any hours." in client.get(address).content.decode()


def test_what_was_worked_stands_with_the_closing(accepted, cast, now, client):
    from cases.actions import ask_to_close, confirm_closing
    from cases.models import Case, Closing

    log(accepted, cast, now)
    case = Case.objects.select_related("office").get(pk=accepted.case_id)
    said = {"reason": "other", "note": "As a test.", "papers_returned": False}
    ask_to_close(case, **said, ended_on=case.office.today(now), by=cast.ade, at=now)
    waiting = Closing.objects.filter(closed_at=None).first()
    if waiting:
        confirm_closing(waiting, by=cast.cora, at=now)
    client.force_login(cast.cora)
    page = client.get(reverse("case", args=[accepted.case_id])).content.decode()
    assert "Hours worked on it" in page and "1 h 30 min" in page


def test_an_assistant_logs_hours_while_they_work_for_who_holds_the_case(accepted, cast, now, today):
    pia = join(cast.office, "pia", "assistant")
    said = {"day": today, "minutes": 30, "kind": "papers"}
    with as_pia(pia), pytest.raises(Forbidden):
        actions.log_hours(accepted.case, **said, by=pia, at=now)
    assist(pia, cast.ade, by=cast.ines)
    with as_pia(pia):
        one = actions.log_hours(accepted.case, **said, by=pia, at=now)
        actions.strike_hours(one, by=pia, at=now)
        actions.log_hours(accepted.case, **said, by=pia, at=now)
    assert hours_of_case(accepted.case) == "0 h 30 min"


@contextmanager
def as_pia(pia):
    with acting_as(principal_of(pia)), transaction.atomic():
        yield
