"""A colleague gets one mail for ten events in ten minutes, and none for what they read in the app."""

from datetime import timedelta

import pytest

from notifications.actions import mark_all_read, notify_user
from notifications.channels.carrier import NullClient
from notifications.models import Message
from notifications.work import line


@pytest.fixture
def told(cast, now, time_machine):
    """Return a function that tells Ade of something and works the line off so many minutes later."""
    Message.objects.all().delete()
    client = NullClient()

    def tell(*kinds, minutes=0):
        at = now + timedelta(minutes=minutes)
        time_machine.move_to(at, tick=False)
        for kind in kinds:
            notify_user(cast.ade, kind=kind, at=at)
        line(client).work_off(at=at)
        return client.sent

    return tell


def test_ten_events_in_ten_minutes_are_two_mails(told):
    for minute in range(10):
        told("offer_received", "dates_moved", minutes=minute)
    assert len(told(minutes=9)) == 1, "the first goes at once"
    _first, second = told(minutes=11)
    said = [second.body.count(title) for title in ("You have a new offer", "Dates of a case changed")]
    assert "19 new messages" in second.subject and sum(said) == 19
    assert len(told(minutes=60)) == 2
    assert not Message.objects.filter(status="queued").exists()
    assert Message.objects.filter(reason="together").count() == 18


@pytest.mark.parametrize(("minutes", "mails"), [(9, 1), (11, 2)])
def test_what_comes_within_ten_minutes_waits(told, minutes, mails):
    told("offer_received")
    assert len(told("dates_moved", minutes=minutes)) == mails


def test_what_can_hurt_somebody_within_minutes_waits_for_nothing(told):
    told("offer_received")
    assert len(told("way_not_safe", "case_urgent", minutes=1)) == 3


def test_what_was_read_in_the_app_is_not_mailed(told, cast, now):
    told("offer_received")
    told("dates_moved", minutes=1)
    mark_all_read(cast.ade, at=now + timedelta(minutes=2))
    assert len(told(minutes=12)) == 1
    assert Message.objects.get(kind="dates_moved", channel="email").reason == "read"


def test_a_worker_that_dies_with_several_in_hand_loses_none(told, cast, now, time_machine):
    told("offer_received")
    told("dates_moved", "given_back", minutes=1)

    class Dies:
        def send(self, outgoing):
            raise ConnectionResetError

    at = now + timedelta(minutes=11)
    time_machine.move_to(at, tick=False)
    line(Dies()).work_off(at=at, limit=1)
    assert Message.objects.filter(status="queued").count() == 2
    assert len(told(minutes=30)) >= 2
    assert not Message.objects.filter(status="queued").exists()


def test_the_mails_of_one_colleague_hold_up_nobody_elses(told, cast, now):
    told("offer_received")
    notify_user(cast.cora, kind="dates_moved", at=now)
    assert len(told("dates_moved", minutes=1)) == 2


def test_a_mail_sent_while_the_clock_ran_ahead_holds_up_none_after_it(told):
    told("offer_received", minutes=60)
    assert len(told("dates_moved")) == 2
