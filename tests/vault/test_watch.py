"""Many different matters in an hour: the administrators hear of it, then it ends; lists go on."""

import pytest
from django.urls import reverse

from config.middleware import principal_of
from foundation import limits
from foundation.events.models import Event
from foundation.vault.opening import open_many, open_one
from foundation.vault.watch import TooManyMatters
from notifications.models import Message
from tests.abuse.test_rows import As
from tests.support.relay import deliver_due


@pytest.fixture
def few(monkeypatch):
    """Limits small enough for a test: told at the second matter, ended after the third."""
    monkeypatch.setitem(limits.LIMITS, "matters-alarm-caseworker", limits.Limit(1, 3600))
    monkeypatch.setitem(limits.LIMITS, "matters-caseworker", limits.Limit(3, 3600))


def test_beyond_the_limit_no_matter_opens_and_lists_still_do(few, make_case, cast, client):
    cases = [make_case() for _n in range(4)]
    client.force_login(cast.cora)
    codes = [client.get(case.get_absolute_url()).status_code for case in cases]
    assert codes == [200, 200, 200, 429]
    assert client.get(cases[3].get_absolute_url()).status_code == 429  # nor when it is asked for again
    assert client.get(reverse("workspace:queue")).status_code == 200
    assert client.get(cases[0].get_absolute_url()).status_code == 200  # one already opened is no new one


def test_the_administrators_are_told_once_and_without_a_name(few, make_case, cast):
    people = [make_case().applicant for _n in range(3)]
    with As(principal_of(cast.cora)):
        for person in people:
            open_one(person, "given_names", purpose="test")
            open_one(person, "family_name", purpose="test")
    event = Event.objects.get(name="vault.alarm_raised")
    assert (event.actor, event.data) == (f"user:{cast.cora.pk}", {"files": 2})
    deliver_due()
    told = Message.objects.filter(kind="reading_alarm", channel="in_app")
    assert [message.user for message in told] == [cast.ines]


def test_a_job_and_a_page_of_many_are_not_counted(few, make_case, cast):
    people = [make_case().applicant for _n in range(5)]
    for person in people:
        open_one(person, "given_names", purpose="test")
    with As(principal_of(cast.cora)):
        for _n in range(5):
            open_many(people, "given_names", purpose="queue")


def test_another_person_is_not_slowed(few, make_case, cast):
    people = [make_case().applicant for _n in range(4)]
    with pytest.raises(TooManyMatters), As(principal_of(cast.cora)):
        for person in people:
            open_one(person, "given_names", purpose="test")
    with As(principal_of(cast.ines)):
        open_one(people[3], "given_names", purpose="test")
