"""Who is away says so, with who covers; they are not asked meanwhile, and the cover hears what they would."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from cases.seconds import second_people
from config.middleware import principal_of
from foundation.accounts.actions import disable_user
from foundation.accounts.away import AwayThen, BackBefore, NotACover, cover_of, end_away, say_away
from foundation.accounts.models import Away, Role
from foundation.database.principal import acting_as
from foundation.refused import Forbidden
from notifications.actions import notify_user
from notifications.models import Channel, Message
from referrals.actions import NotAvailable, offer_referral, refer_case
from referrals.matching import practitioners_for
from referrals.models import Queue
from tests.support.people import join


@pytest.fixture
def mo(cast):
    return join(cast.office, "mo", Role.CASEWORKER)


@pytest.fixture
def days(cast, now):
    """Return a function from numbers of days from today to the dates of an absence."""
    today = cast.office.today(now)
    return lambda first=0, last=5: {
        "starts_on": today + timedelta(days=first),
        "ends_on": today + timedelta(days=last),
    }


def told(user):
    return list(Message.objects.filter(user=user, channel=Channel.IN_APP).values_list("kind", flat=True))


# --- who says it -----------------------------------------------------------------------------------


def test_nobody_says_it_of_a_colleague_but_supervisors_and_administrators(cast, mo, days, now):
    sura = join(cast.office, "sura", Role.SUPERVISOR)
    for who in (cast.cora, cast.ade, cast.otto):
        with pytest.raises(Forbidden):
            say_away(mo, **days(), cover=None, by=who, at=now)
    say_away(mo, **days(0, 1), cover=None, by=sura, at=now)
    say_away(mo, **days(2, 3), cover=None, by=cast.ines, at=now)
    say_away(mo, **days(4, 5), cover=None, by=mo, at=now)
    assert Away.objects.count() == 3


def test_the_database_keeps_it_to_oneself_and_lets_supervisors_say_it(cast, mo, days, now):
    row = {"office": cast.office, "user": mo, **days(), "said_at": now}
    with acting_as(principal_of(cast.cora)), pytest.raises(DatabaseError), transaction.atomic():
        Away.objects.create(**row, said_by=cast.cora)
    sura = join(cast.office, "sura", Role.SUPERVISOR)
    with acting_as(principal_of(sura)), transaction.atomic():
        Away.objects.create(**row, said_by=sura)


@pytest.mark.parametrize(("first", "last", "is_right"), [(0, 0, True), (1, 0, False), (-5, -1, False)])
def test_the_last_day_is_no_earlier_than_the_first_and_not_over(cast, days, now, first, last, is_right):
    if is_right:
        assert say_away(cast.cora, **days(first, last), cover=None, by=cast.cora, at=now)
        return
    with pytest.raises(BackBefore):
        say_away(cast.cora, **days(first, last), cover=None, by=cast.cora, at=now)


def test_the_same_day_is_not_said_twice(cast, days, now):
    made = say_away(cast.cora, **days(0, 5), cover=None, by=cast.cora, at=now)
    with pytest.raises(AwayThen):
        say_away(cast.cora, **days(5, 9), cover=None, by=cast.cora, at=now)
    end_away(made, by=cast.cora, at=now)
    assert say_away(cast.cora, **days(5, 9), cover=None, by=cast.cora, at=now)


def test_the_cover_has_the_role_may_sign_in_and_is_there(cast, mo, days, now):
    for wrong in (cast.ade, cast.otto, cast.cora):
        with pytest.raises(NotACover):
            say_away(cast.cora, **days(), cover=wrong, by=cast.cora, at=now)
    say_away(mo, **days(5, 9), cover=None, by=mo, at=now)
    with pytest.raises(NotACover):
        say_away(cast.cora, **days(0, 5), cover=mo, by=cast.cora, at=now)
    assert say_away(cast.cora, **days(0, 4), cover=mo, by=cast.cora, at=now)


# --- what follows ----------------------------------------------------------------------------------


def test_the_cover_hears_what_the_person_hears_while_they_are_away(cast, mo, days, now):
    say_away(cast.cora, **days(0, 2), cover=mo, by=cast.cora, at=now)
    notify_user(cast.cora, kind="deadline_near", at=now)
    assert told(cast.cora) == told(mo) == ["deadline_near"]
    notify_user(cast.cora, kind="deadline_near", at=now + timedelta(days=3))
    assert len(told(cast.cora)) == 2 and len(told(mo)) == 1


def test_what_is_about_somebodys_own_sign_in_the_cover_does_not_hear(cast, mo, days, now):
    say_away(cast.cora, **days(), cover=mo, by=cast.cora, at=now)
    for kind in ("own_restore_asked", "own_restored", "tries_slowed"):
        notify_user(cast.cora, kind=kind, at=now)
    assert told(mo) == [] and len(told(cast.cora)) == 3


def test_a_cover_who_was_shut_out_hears_nothing(cast, mo, days, now):
    say_away(cast.cora, **days(), cover=mo, by=cast.cora, at=now)
    disable_user(mo, by=cast.ines, at=now)
    assert cover_of(cast.cora, at=now) is None


def test_a_practitioner_who_is_away_is_offered_nothing_and_the_page_says_why(cast, triaged, days, now):
    say_away(cast.ade, **days(), cover=None, by=cast.ade, at=now)
    referral = refer_case(triaged, queue=Queue.objects.get(office=cast.office), by=cast.cora, at=now)
    (choice,) = practitioners_for(triaged)
    assert not choice.available and "is away now" in choice.stops
    with pytest.raises(NotAvailable):
        offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
    Away.objects.update(ended_at=now)
    assert offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)


def test_who_is_away_is_the_second_person_only_where_nobody_else_is(cast, case, mo, days, now):
    sura = join(cast.office, "sura", Role.SUPERVISOR)
    say_away(sura, **days(), cover=None, by=sura, at=now)
    assert second_people(case, asked_by=cast.cora.pk) == [mo]
    say_away(mo, **days(), cover=None, by=mo, at=now)
    assert second_people(case, asked_by=cast.cora.pk) == [sura]


# --- on the pages ----------------------------------------------------------------------------------


def test_one_says_it_on_ones_own_page_and_ends_it_there(client, cast, mo, days):
    client.force_login(cast.cora)
    page = reverse("my-away")
    sent = {name: str(day) for name, day in days().items()} | {"cover": mo.pk}
    assert client.post(page, sent).url == page
    assert "Mo" in client.get(page).content.decode()
    made = Away.objects.get()
    client.force_login(mo)
    assert client.post(reverse("end-away", args=[made.pk])).status_code == 404
    assert client.post(reverse("end-away-of", args=[made.pk])).status_code == 403
    client.force_login(cast.cora)
    assert client.post(reverse("end-away", args=[made.pk])).url == page
    assert Away.objects.get().ended_at


def test_what_was_typed_stays_where_it_is_refused(client, cast, days):
    client.force_login(cast.cora)
    sent = {name: str(day) for name, day in days(3, 1).items()}
    answer = client.post(reverse("my-away"), sent)
    assert answer.status_code == 422 and sent["starts_on"] in answer.content.decode()


def test_a_list_says_until_when_somebody_is_away_and_that_nobody_covers(client, cast, days, now):
    say_away(cast.ade, **days(), cover=None, by=cast.ade, at=now)
    client.force_login(cast.ines)
    html = client.get(reverse("people")).content.decode()
    assert "away until" in html and "nobody covers" in html
    assert "They are away until" in client.get(reverse("panel:practitioners")).content.decode()


def test_a_supervisor_says_it_for_a_colleague(client, cast, mo, days):
    client.force_login(join(cast.office, "sura", Role.SUPERVISOR))
    page = reverse("away-of", args=[mo.pk])
    assert client.post(page, {name: str(day) for name, day in days().items()}).url == page
    assert client.post(reverse("end-away-of", args=[Away.objects.get().pk])).url == page
