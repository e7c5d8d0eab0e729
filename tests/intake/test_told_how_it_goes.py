"""The person hears that their form arrived, that it goes on, and that it ended once a person told them."""

from datetime import timedelta

import pytest

from cases import actions
from cases.models import HowTold
from foundation.events.models import Event
from intake.models import Intake
from notifications.actions import SafeWays, change_reach
from notifications.channels.carrier import NullClient
from notifications.kinds import KINDS
from notifications.models import Message
from notifications.queries import said_to
from notifications.work import line
from tests.support.relay import deliver_due

EMAIL = SafeWays(["email"], email="amina@example.org")


def told(kind):
    return Message.objects.filter(kind=kind).count()


def send():
    client = NullClient()
    line(client).work_off()
    return [one.to for one in client.sent if one.alias]


@pytest.fixture
def by_mail(case, cast, now):
    change_reach(case.matter, EMAIL, by=cast.cora, at=now)
    return case


def test_whoever_sent_a_form_hears_by_their_safe_way_that_it_arrived(by_mail):
    deliver_due()
    assert send() == ["amina@example.org"]
    assert Message.objects.get(kind="received").status == "sent"


def test_a_courtesy_that_has_no_safe_way_is_nobodys_task(case, cast, now):
    change_reach(case.matter, SafeWays(["call"], phone="+12125550123"), by=cast.cora, at=now)
    deliver_due()
    assert send() == []
    deliver_due()
    assert Message.objects.get(kind="received").reason == "courtesy"
    assert not case.tasks.exists()
    assert told("person_not_told") == 0


def test_in_a_burst_nobody_is_written_to(by_mail):
    Intake.objects.filter(pk=by_mail.intake_id).update(in_burst=True)
    deliver_due()
    assert told("received") == 0


@pytest.mark.parametrize(("hours", "count"), [(23, 1), (25, 2)])
def test_one_address_hears_of_forms_once_a_day(by_mail, make_case, cast, now, hours, count):
    """Anybody can send forms to any address: it is not written to again and again."""
    deliver_due()
    other = make_case()
    change_reach(other.matter, EMAIL, by=cast.cora, at=now)
    event = Event.objects.get(name="intake.submitted", matter_id=other.matter_id)
    Message.objects.filter(kind="received").update(queued_at=event.at - timedelta(hours=hours))
    deliver_due()
    assert told("received") == count


def test_the_person_hears_that_somebody_looked_and_not_of_each_step(by_mail, triaged, now):
    deliver_due()
    deliver_due()
    assert told("went_on") == 1


def test_an_ending_is_written_of_only_once_a_person_told_them(by_mail, cast, now):
    actions.decline_case(by_mail, reason="Outside our work.", by=cast.cora, at=now)
    deliver_due()
    deliver_due()
    assert told("ended") == 0
    actions.tell_ending(by_mail, how=HowTold.IN_PERSON, by=cast.cora, at=now)
    deliver_due()
    deliver_due()
    assert told("ended") == 1


def test_what_the_page_says_itself_does_not_stand_there_as_a_message_too(by_mail, now):
    deliver_due()
    assert said_to(by_mail.matter_id) == []
    assert all(one.for_applicants for one in KINDS.values() if one.courtesy)
