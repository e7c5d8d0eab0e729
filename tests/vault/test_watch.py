"""Many different people's matters in an hour: others hear of it, then it ends. Lists count a little."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from config.middleware import principal_of
from foundation.accounts.models import Membership, Role, User
from foundation.events.ledger import record
from foundation.events.models import AccessRecord, Event
from foundation.vault import watch
from foundation.vault.keys import opening_keys
from foundation.vault.opening import open_many, open_one
from foundation.vault.watch import Bounds, TooManyMatters
from notifications.models import Message
from tests.abuse.test_rows import As
from tests.support.relay import deliver_due


@pytest.fixture
def few(monkeypatch):
    """Bounds small enough for a test: told at the second matter, ended after the third."""
    for role in ("caseworker", "administrator"):
        monkeypatch.setitem(watch.BOUNDS, role, Bounds(alarm=1, most=3))


def read_each(user, people):
    """Open each of these people's names by itself, in a request of its own."""
    with As(principal_of(user)):
        for person in people:
            with opening_keys():
                open_one(person, "given_names", purpose="test")


def list_them(user, people):
    """Open all these people's names at once, as a list does."""
    with As(principal_of(user)), opening_keys():
        open_many(people, "given_names", purpose="queue")


def alarms():
    return [(event.actor, event.data["files"]) for event in Event.objects.filter(name="vault.alarm_raised")]


def told():
    deliver_due()
    return {message.user.name for message in Message.objects.filter(kind="reading_alarm", channel="in_app")}


def test_beyond_the_limit_nobody_new_opens_neither_alone_nor_in_a_list(few, make_case, cast, client):
    cases = [make_case() for _n in range(4)]
    client.force_login(cast.cora)
    codes = [client.get(case.get_absolute_url()).status_code for case in cases]
    assert codes == [200, 200, 200, 429]
    assert client.get(cases[3].get_absolute_url()).status_code == 429  # nor when it is asked for again
    assert client.get(reverse("workspace:queue")).status_code == 429
    assert client.get(cases[0].get_absolute_url()).status_code == 200  # one already opened is no new one


def test_the_administrators_are_told_once_and_without_a_name(few, make_case, cast):
    people = [make_case().applicant for _n in range(3)]
    read_each(cast.cora, [*people, *people])
    assert alarms() == [(f"user:{cast.cora.pk}", 2)]
    assert told() == {"Ines"}
    message = Message.objects.filter(kind="reading_alarm").first()
    assert message.link == f"/readings/{cast.cora.pk}/"


def test_an_alarm_of_nobody_leads_to_the_list_of_all_who_read(case, cast):
    with transaction.atomic():
        record("vault.alarm_raised", case, by="system:test", data={"files": 2})
    assert told() == {"Ines"}
    assert Message.objects.filter(kind="reading_alarm").first().link == reverse("workspace:readings")


def test_an_hour_later_the_alarm_can_ring_again(few, make_case, cast, time_machine, now):
    people = [make_case().applicant for _n in range(2)]
    for hours in (0, 1.5):
        time_machine.move_to(now + timedelta(hours=hours))
        read_each(cast.cora, people)
    assert len(alarms()) == 2


def test_an_administrator_s_readings_are_watched_by_another_one(few, make_case, cast):
    iris = User.objects.create(email="iris@test.example", name="Iris", password="!")
    Membership.objects.create(user=iris, office=cast.office, roles=[Role.ADMINISTRATOR])
    read_each(cast.ines, [make_case().applicant for _n in range(2)])
    assert told() == {"Iris"}


def test_where_there_is_no_other_administrator_the_caseworkers_watch(few, make_case, cast):
    read_each(cast.ines, [make_case().applicant for _n in range(2)])
    assert told() == {"Cora"}


def test_a_name_in_a_list_counts_as_a_tenth_of_a_person(few, make_case, cast):
    people = [make_case().applicant for _n in range(11)]
    list_them(cast.cora, people[:10])
    assert alarms() == []
    list_them(cast.cora, people)
    assert alarms() == [(f"user:{cast.cora.pk}", 2)]


def test_the_same_list_again_and_again_counts_once(few, make_case, cast):
    people = [make_case().applicant for _n in range(5)]
    for _n in range(12):
        list_them(cast.cora, people)
    assert alarms() == []


def test_who_pages_through_everybody_is_stopped(monkeypatch, make_case, cast):
    monkeypatch.setitem(watch.BOUNDS, "caseworker", Bounds(alarm=0, most=0))
    people = [make_case().applicant for _n in range(2)]
    with pytest.raises(TooManyMatters):
        list_them(cast.cora, people)
    refused = AccessRecord.objects.filter(action="denied", purpose="queue").get()
    assert refused.matter_ids == sorted(person.matter_id for person in people)
    assert not AccessRecord.objects.filter(action="opened", purpose="queue").exists()


def test_a_person_listed_and_then_opened_counts_as_opened(few, make_case, cast):
    people = [make_case().applicant for _n in range(3)]
    list_them(cast.cora, people)
    read_each(cast.cora, people[:1])
    assert alarms() == [(f"user:{cast.cora.pk}", 2)]  # one opened, two listed: more than one whole person


def test_what_the_cache_forgot_still_counts(few, make_case, cast):
    cases = [make_case().applicant for _n in range(4)]
    read_each(cast.cora, cases[:3])
    cache.clear()
    with pytest.raises(TooManyMatters):
        read_each(cast.cora, cases[3:])


def test_a_job_is_not_counted(few, make_case):
    for person in [make_case().applicant for _n in range(5)]:
        open_one(person, "given_names", purpose="test")


def test_another_person_is_not_slowed(few, make_case, cast):
    people = [make_case().applicant for _n in range(4)]
    with pytest.raises(TooManyMatters):
        read_each(cast.cora, people)
    read_each(cast.ines, people[3:])


def test_a_page_of_one_case_asks_once_however_much_it_opens(case, cast, client, statements):
    client.force_login(cast.cora)
    with statements() as asked:
        assert client.get(case.get_absolute_url()).status_code == 200
    assert sum("weigh_readings" in sql for sql in asked) == 1


def test_an_ordinary_morning_rings_no_alarm(client, make_case, cast):
    """Sixty requests read one after the other, with a look at the queue before each."""
    cases = [make_case() for _n in range(60)]
    client.force_login(cast.cora)
    client.get(reverse("home"))
    for number, case in enumerate(cases):
        assert client.get(reverse("workspace:queue"), {"page": 1 + number % 2}).status_code == 200
        assert client.get(case.get_absolute_url()).status_code == 200
    assert client.get(reverse("workspace:search"), {"q": "Amina"}).status_code == 200
    assert alarms() == []
