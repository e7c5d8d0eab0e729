"""A change of the office: on record, from a day set ahead, undone, and never written over unseen."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from config.middleware import principal_of
from foundation.accounts.models import Office, OfficeChange
from foundation.accounts.office_changes import (
    ChangedMeanwhile,
    DayGone,
    MovedOn,
    NotWaiting,
    apply_due_changes,
    change_office,
    drop_change,
    mark_of,
    undo_change,
)
from foundation.accounts.office_forms import OfficeForm
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden

URL = reverse("office")
SAID = {
    "name": "Our Office",
    "phone": "(212) 555-0100",
    "hours_in_en": "9-17",
    "place_en": "1",
    "place_ar": "2",
}


@pytest.fixture
def ines(client, cast):
    client.force_login(cast.ines)
    return client


def again(office):
    return Office.objects.get(pk=office.pk)


def test_a_change_says_what_was_before_and_is_undone(cast, now):
    change = change_office(cast.office, phone="(212) 555-0999", by=cast.ines, at=now)
    assert change.fields == {"phone": ["(212) 555-0100", "(212) 555-0999"]}
    undo_change(change, by=cast.ines, at=now)
    assert again(cast.office).phone == "(212) 555-0100"
    assert Event.objects.filter(name="accounts.office_changed").count() == 2


def test_what_was_changed_again_since_is_not_undone_over_it(cast, now):
    change = change_office(cast.office, phone="1", by=cast.ines, at=now)
    change_office(cast.office, phone="2", by=cast.ines, at=now)
    with pytest.raises(MovedOn):
        undo_change(change, by=cast.ines, at=now)
    assert again(cast.office).phone == "2"


def test_a_change_waits_for_the_morning_of_its_day_in_the_offices_own_zone(cast, now):
    day = cast.office.today(now) + timedelta(days=3)
    change = change_office(cast.office, phone="(212) 555-0999", starts_on=day, by=cast.ines, at=now)
    assert again(cast.office).phone == "(212) 555-0100"
    assert apply_due_changes(at=now + timedelta(days=1)) == 0
    with pytest.raises(NotWaiting):
        undo_change(change, by=cast.ines, at=now)
    assert apply_due_changes(at=now + timedelta(days=3)) == 1
    assert again(cast.office).phone == "(212) 555-0999"
    assert apply_due_changes(at=now + timedelta(days=4)) == 0


def test_what_stood_when_its_day_came_is_what_an_undo_puts_back(cast, now):
    day = cast.office.today(now) + timedelta(days=3)
    change = change_office(cast.office, phone="3", starts_on=day, by=cast.ines, at=now)
    change_office(cast.office, phone="2", by=cast.ines, at=now)
    apply_due_changes(at=now + timedelta(days=3))
    change.refresh_from_db()
    undo_change(change, by=cast.ines, at=now + timedelta(days=3))
    assert again(cast.office).phone == "2"


def test_a_change_that_waits_is_called_off_once(cast, now):
    day = cast.office.today(now) + timedelta(days=3)
    change = change_office(cast.office, phone="3", starts_on=day, by=cast.ines, at=now)
    drop_change(change, by=cast.ines, at=now)
    with pytest.raises(NotWaiting):
        drop_change(change, by=cast.ines, at=now)
    assert apply_due_changes(at=now + timedelta(days=5)) == 0


def test_a_day_that_is_over_is_refused_and_today_is_at_once(cast, now):
    today = cast.office.today(now)
    with pytest.raises(DayGone):
        change_office(cast.office, phone="3", starts_on=today - timedelta(days=1), by=cast.ines, at=now)
    change_office(cast.office, phone="3", starts_on=today, by=cast.ines, at=now)
    assert again(cast.office).phone == "3"


def test_nobody_else_changes_undoes_or_calls_off(cast, now):
    made = change_office(cast.office, phone="3", by=cast.ines, at=now)
    day = cast.office.today(now) + timedelta(days=3)
    waits = change_office(cast.office, phone="4", starts_on=day, by=cast.ines, at=now)
    for other in (cast.cora, cast.ade, cast.otto):
        for action in (
            lambda who: undo_change(made, by=who, at=now),
            lambda who: drop_change(waits, by=who, at=now),
        ):
            with pytest.raises(Forbidden):
                action(other)


def test_the_database_shows_changes_to_administrators_of_the_office_alone(cast, now):
    change = change_office(cast.office, phone="3", by=cast.ines, at=now)
    with acting_as(principal_of(cast.ines)), transaction.atomic():
        assert OfficeChange.objects.filter(pk=change.pk).exists()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            OfficeChange.objects.create(
                office=cast.other, fields={}, changed_by=cast.ines, changed_at=now, applied_at=now
            )
    with (
        acting_as(principal_of(cast.cora)),
        transaction.atomic(),
        pytest.raises(DatabaseError, match="denied"),
    ):
        OfficeChange.objects.exists()


def test_the_second_of_two_sees_what_the_first_wrote_and_keeps_what_was_typed(ines, cast, now):
    opened = mark_of(cast.office, OfficeForm.names())
    change_office(cast.office, phone="(212) 555-0777", by=cast.ines, at=now)
    typed = {**SAID, "phone": "(212) 555-0888", "seen": opened}
    page = ines.post(URL, typed)
    words = page.content.decode()
    assert page.status_code == 409
    assert "(212) 555-0888" in words and "Now: (212) 555-0777" in words
    assert again(cast.office).phone == "(212) 555-0777"
    ines.post(URL, {**typed, "seen": page.context["form"]["seen"].value()})
    assert again(cast.office).phone == "(212) 555-0888"


def test_the_action_itself_refuses_what_was_not_seen(cast, now):
    with pytest.raises(ChangedMeanwhile):
        change_office(cast.office, phone="1", seen="of another day", by=cast.ines, at=now)


def test_the_page_shows_what_waits_and_what_was_made_and_both_have_a_button(ines, cast, now):
    day = cast.office.today(now) + timedelta(days=3)
    ines.post(URL, {**SAID, "phone": "(212) 555-0555", "starts_on": day.isoformat()})
    ines.post(URL, {**SAID, "look_days": "4"})
    words = ines.get(URL).content.decode()
    waits = OfficeChange.objects.get(applied_at=None)
    assert reverse("drop-office-change", args=[waits.pk]) in words and "(212) 555-0555" in words
    made = OfficeChange.objects.exclude(applied_at=None).get()
    ines.post(reverse("undo-office-change", args=[made.pk]))
    ines.post(reverse("drop-office-change", args=[waits.pk]))
    assert again(cast.office).look_days is None
    assert OfficeChange.objects.get(pk=waits.pk).dropped_at


@pytest.mark.parametrize("url", ["http://plain.example/", "javascript:alert(1)", "http://testserver/", "x"])
def test_leaving_leads_to_no_odd_place(ines, url):
    assert ines.post(URL, {**SAID, "exit_url": url}).status_code == 422


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [(0, 0, True), (None, None, True), (1, None, False), (None, -1, False), (-3, 3, True)],
)
def test_a_notice_stands_on_every_public_page_on_its_days(ines, client, cast, now, first, last, shown):
    today = cast.office.today(now)
    days = {
        name: (today + timedelta(days=ahead)).isoformat()
        for name, ahead in (("notice_from", first), ("notice_until", last))
        if ahead is not None
    }
    assert ines.post(URL, {**SAID, "notice_in_en": "Shut on Friday.", **days}).status_code == 302
    client.logout()
    for address in ("landing", "intake:privacy", "intake:return"):
        assert ("Shut on Friday." in client.get(reverse(address)).content.decode()) is shown


def test_a_notice_that_ends_before_it_begins_is_refused(ines):
    wrong = {**SAID, "notice_from": "2027-01-02", "notice_until": "2027-01-01"}
    assert ines.post(URL, wrong).status_code == 422


def test_leaving_goes_where_the_office_says(ines, client):
    ines.post(URL, {**SAID, "exit_url": "https://www.example.org/"})
    client.logout()
    assert client.post(reverse("leave"))["Refresh"] == "0; url=https://www.example.org/"
    assert 'data-neutral-url="https://www.example.org/"' in client.get(reverse("landing")).content.decode()
