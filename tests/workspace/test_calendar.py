"""A calendar program reads one person's dates by a secret address: neutral, theirs alone, until revoked."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from icalendar import Calendar

from cases.models import Deadline
from casework.models import Hearing
from config.middleware import principal_of
from foundation import limits
from foundation.accounts.actions import disable_user, enable_user
from foundation.accounts.calendar_address import make_address, revoke_address
from foundation.accounts.models import CalendarAddress
from foundation.database.principal import acting_as
from foundation.events.models import AccessRecord, Event
from foundation.refused import Forbidden


def feed(client, token):
    return client.get(reverse("workspace:calendar-feed", args=[token]))


def read(answer):
    """Return {title: the event} of a calendar file."""
    return {str(one["summary"]): one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


@pytest.fixture
def token(accepted, now):
    return make_address(accepted.user, by=accepted.user, at=now)


def hear(case, by, starts_at):
    said = {"kind": "master_hearing", "court": "NEW", "noted_by": by, "noted_at": starts_at}
    return Hearing.objects.create(**case.matter.columns, case=case, starts_at=starts_at, **said)


def test_an_unknown_or_revoked_address_is_answered_in_words_and_kept_nowhere(client, token, accepted, now):
    revoke_address(accepted.user, by=accepted.user, at=now)
    client.force_login(accepted.user)
    for wrong in (token, "nothing-of-ours", "x" * 300):
        answer = feed(client, wrong)
        assert (answer.status_code, "no calendar" in answer.content.decode()) == (404, True)
    assert not AccessRecord.objects.filter(subject_id__contains=token[:20]).exists()
    assert not any(token in str(one.data) for one in Event.objects.all())


def test_the_secret_is_kept_nowhere_and_a_new_one_ends_the_old(client, token, accepted, now):
    row = CalendarAddress.objects.get()
    assert token not in str(vars(row))
    newer = make_address(accepted.user, by=accepted.user, at=now)
    assert (feed(client, token).status_code, feed(client, newer).status_code) == (404, 200)


def test_nobody_makes_or_ends_the_address_of_another(cast, token, accepted, now):
    for act in (make_address, revoke_address):
        with pytest.raises(Forbidden):
            act(accepted.user, by=cast.ines, at=now)
    with acting_as(principal_of(cast.cora)), transaction.atomic():
        assert not CalendarAddress.objects.exists()
    row = {"office": cast.office, "user": cast.ade, "token_hash": "x", "made_at": now}
    with acting_as(principal_of(cast.cora)), pytest.raises(DatabaseError), transaction.atomic():
        CalendarAddress.objects.create(**row)


def test_whoever_is_shut_out_is_read_no_more_and_not_again_when_they_are_let_in(client, cast, token, now):
    disable_user(cast.ade, by=cast.ines, at=now)
    assert feed(client, token).status_code == 404
    enable_user(cast.ade, by=cast.ines, at=now)
    assert feed(client, token).status_code == 404


def test_it_says_what_kind_of_date_and_the_number_of_the_case_and_nothing_else(client, token, accepted, now):
    case = accepted.case
    hear(case, accepted.user, now + timedelta(days=20))
    answer = feed(client, token)
    assert answer["Content-Type"].startswith("text/calendar")
    words = answer.content.decode().casefold()
    for telling in ("amina", "asylum", "syria", "newark", "one-year", "court", str(case.pk)):
        assert telling not in words
    titles = set(read(answer))
    assert titles == {f"Hearing · {case.reference}", f"Deadline · {case.reference}"}
    assert CalendarAddress.objects.get().read_at is not None


def test_the_dates_of_a_case_somebody_no_longer_holds_are_gone(client, token, accepted, cast, now):
    from referrals.actions import release_assignment

    assert read(feed(client, token))
    release_assignment(accepted, by=cast.cora, at=now)
    assert read(feed(client, token)) == {}


def test_a_date_that_is_settled_or_a_hearing_that_was_put_off_is_gone(client, token, accepted, now):
    hearing = hear(accepted.case, accepted.user, now + timedelta(days=20))
    over = {"outcome": "put_off", "ended_by": accepted.user, "ended_at": now}
    Hearing.objects.filter(pk=hearing.pk).update(**over)
    Deadline.objects.filter(case=accepted.case).update(date=None)
    assert read(feed(client, token)) == {}


@pytest.mark.parametrize(
    ("utc", "local"),
    [
        (datetime(2027, 3, 12, 14, 0, tzinfo=UTC), "0900"),  # the last Friday before summer time
        (datetime(2027, 3, 15, 13, 0, tzinfo=UTC), "0900"),  # the Monday after
        (datetime(2027, 11, 5, 13, 0, tzinfo=UTC), "0900"),
        (datetime(2027, 11, 8, 14, 0, tzinfo=UTC), "0900"),
    ],
)
def test_an_hour_is_the_offices_on_both_sides_of_summer_time(client, token, accepted, utc, local):
    hear(accepted.case, accepted.user, utc)
    answer = feed(client, token)
    start = read(answer)[f"Hearing · {accepted.case.reference}"]["dtstart"].dt
    assert start.astimezone(UTC) == utc
    assert start.astimezone(ZoneInfo("America/New_York")).strftime("%H%M") == local
    assert b"BEGIN:VTIMEZONE" in answer.content
    assert re.search(rb"DTSTART;TZID=America/New_York:\d{8}T090000", answer.content)


def test_a_day_of_the_law_is_a_whole_day_in_whatever_zone_it_is_read(client, token, accepted, now):
    day = accepted.case.office.today(now) + timedelta(days=9)
    Deadline.objects.filter(case=accepted.case).update(date=None)
    Deadline.objects.filter(pk=Deadline.objects.filter(case=accepted.case, status="open").first().pk).update(
        date=day, key="notice_due"
    )
    (event,) = read(feed(client, token)).values()
    assert event["dtstart"].dt == day
    assert b"DTSTART;VALUE=DATE:" in event.to_ical()


def test_somebody_with_two_roles_reads_both(client, cast, accepted, make_case, now):
    from cases.models import Case
    from foundation.accounts.models import Membership

    other = make_case()
    Case.objects.filter(pk=other.pk).update(caseworker=cast.ade)
    Membership.objects.filter(user=cast.ade).update(roles=["caseworker", "attorney"])
    cast.ade = type(cast.ade).objects.get(pk=cast.ade.pk)
    both = read(feed(client, make_address(cast.ade, by=cast.ade, at=now)))
    assert {title.split(" · ")[1] for title in both} == {accepted.case.reference, other.reference}


def test_one_address_is_not_read_more_often_than_programs_do(client, token):
    for _time in range(limits.LIMITS["calendar"].times):
        assert feed(client, token).status_code == 200
    late = feed(client, token)
    assert (late.status_code, late["Retry-After"]) == (429, "1800")


def test_the_page_shows_the_address_once_and_when_it_was_read(client, cast, accepted):
    client.force_login(cast.ade)
    page = reverse("workspace:my-calendar")
    made = client.post(reverse("workspace:new-calendar-address")).content.decode()
    (token,) = re.findall(r"/calendar/([\w-]+)\.ics", made)
    assert token not in client.get(page).content.decode()
    assert "Nobody has read it yet" in client.get(page).content.decode()
    assert feed(client, token).status_code == 200
    assert "Read last" in client.get(page).content.decode()
    client.post(reverse("workspace:revoke-calendar-address"))
    assert feed(client, token).status_code == 404
    assert "No program reads your calendar" in client.get(page).content.decode()


def test_one_date_is_handed_out_as_a_file_to_whoever_holds_the_case_alone(client, cast, accepted, now):
    hearing = hear(accepted.case, cast.ade, now + timedelta(days=20))
    address = reverse("workspace:calendar-file", args=["hearing", hearing.pk])
    client.force_login(cast.ade)
    assert len(read(client.get(address))) == 1
    for other in (cast.bea, cast.otto):
        client.force_login(other)
        assert client.get(address).status_code == 404
