"""Offers as leases: a clock of working time, several asked in turn, ends that leave nobody waiting."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from foundation.events.models import Event
from foundation.events.relay import LINE
from foundation.refused import Forbidden
from notifications.models import Message
from referrals import actions
from referrals.cascades import wake_forgotten
from referrals.models import Cascade, Offer, Practitioner
from referrals.rules import Hours, add_minutes, minutes_between
from referrals.work import CASCADES
from tests.support.people import join
from tests.support.relay import deliver_due

NEW_YORK = Hours("America/New_York")
FRIDAY = datetime(2026, 10, 30, 20, 0, tzinfo=UTC)  # 16:00 there; on Sunday the clocks go back


def test_nights_and_weekends_do_not_count_and_a_change_of_clocks_moves_nothing():
    assert add_minutes(FRIDAY, 120, NEW_YORK) == datetime(2026, 11, 2, 15, 0, tzinfo=UTC)  # Monday, 10:00
    assert minutes_between(FRIDAY, datetime(2026, 11, 2, 15, 0, tzinfo=UTC), NEW_YORK) == 120
    assert minutes_between(FRIDAY, FRIDAY - timedelta(days=1), NEW_YORK) == 0


def test_a_holiday_and_the_practitioners_own_zone_count():
    eve = datetime(
        2026, 11, 25, 23, 30, tzinfo=UTC
    )  # 15:30 in Los Angeles, 18:30 in New York; then Thanksgiving
    assert add_minutes(eve, 120, Hours("America/Los_Angeles")) == datetime(2026, 11, 27, 17, 30, tzinfo=UTC)
    assert add_minutes(eve, 120, NEW_YORK) == datetime(2026, 11, 27, 16, 0, tzinfo=UTC)


def test_who_works_around_the_clock_has_a_day_of_its_own_length_when_clocks_change():
    always = Hours("America/New_York", 0, 24)
    spring = datetime(2027, 3, 12, 5, 0, tzinfo=UTC)  # a Friday's midnight; on Tuesday it is one
    assert minutes_between(spring, spring + timedelta(days=4), always) == 2 * 24 * 60 + 60


@pytest.fixture
def panel(cast, now):
    """Return Ade, Bea and Dee, who may all be asked."""
    dee = join(cast.office, "dee", "attorney")
    made = [cast.panel]
    for user in (cast.bea, dee):
        made.append(
            Practitioner.objects.create(
                user=user,
                office=cast.office,
                bar_state="NY",
                bar_number="1",
                verified_by=cast.ines,
                verified_at=now,
                languages=["eng"],
            )
        )
    return made


@pytest.fixture
def referral(triaged, cast, now):
    return actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)


@pytest.fixture
def cascade(referral, panel, cast, now):
    return actions.begin_cascade(referral, practitioners=panel, minutes=480, by=cast.cora, at=now)


def open_one():
    return Offer.objects.select_related("referral__case", "practitioner__office", "user").get(status="open")


def go_on():
    """Do what the worker would: hear of it, and ask the next."""
    deliver_due()
    CASCADES.work_off()


def test_the_first_is_asked_and_the_next_when_they_say_no_or_nothing(cascade, panel, cast, now):
    CASCADES.work_off()
    first = open_one()
    assert first.practitioner == panel[0] and first.minutes == 480
    assert first.expires_at == add_minutes(first.offered_at, 480, panel[0].hours)
    actions.decline_offer(first, reason="capacity", by=cast.ade, at=first.offered_at)
    go_on()
    second = open_one()
    assert second.practitioner == panel[1]
    assert actions.expire_offers(at=second.expires_at) == 1
    go_on()
    third = open_one()
    assert third.practitioner == panel[2] and third.pk == cascade.steps.get(place=3).offer_id
    actions.show_names(third, by=third.user, at=third.offered_at)
    actions.accept_offer(third, no_conflict=True, by=third.user, at=third.offered_at)
    go_on()
    cascade.refresh_from_db()
    assert (cascade.ended_how, cascade.next_try_at) == ("placed", None)
    assert sorted(Offer.objects.values_list("status", flat=True)) == ["accepted", "declined", "expired"]


def test_whom_a_limit_stops_when_their_turn_comes_is_passed_over_with_the_reason(cascade, panel, cast):
    Practitioner.objects.filter(pk=panel[0].pk).update(accepting=False)
    CASCADES.work_off()
    assert open_one().practitioner == panel[1]
    assert cascade.steps.get(place=1).passed_why == "not_available"


def test_after_the_last_the_caseworkers_hear_that_nobody_is_asked(cascade, panel, cast):
    Practitioner.objects.update(accepting=False)
    CASCADES.work_off()
    cascade.refresh_from_db()
    assert cascade.ended_how == "nobody" and cascade.referral.status == "queued"
    deliver_due()
    assert Message.objects.filter(kind="cascade_ended", user=cast.cora).exists()


def test_a_second_worker_asks_nobody_twice(cascade, now):
    CASCADES.work_off()
    Cascade.objects.update(next_try_at=now, attempts=0)
    CASCADES.work_off()
    assert Offer.objects.count() == 1
    cascade.refresh_from_db()
    assert cascade.next_try_at is None and cascade.ended_at is None


def test_a_cascade_whose_waking_was_lost_is_found(cascade, panel, cast, now):
    CASCADES.work_off()
    first = open_one()
    actions.decline_offer(first, reason="fit", by=cast.ade, at=first.offered_at)
    assert not Offer.objects.filter(status="open").exists()
    assert wake_forgotten(at=now) == 1 and wake_forgotten(at=now) == 0
    CASCADES.work_off()
    assert open_one().practitioner == panel[1]


def test_while_some_are_asked_in_turn_nobody_else_is_offered_it(cascade, referral, panel, cast, now):
    with pytest.raises(actions.CascadeRuns):
        actions.offer_referral(referral, practitioner=panel[2], by=cast.cora, at=now)
    with pytest.raises(actions.CascadeRuns):
        actions.begin_cascade(referral, practitioners=panel, minutes=480, by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.stop_cascade(cascade, by=cast.otto, at=now)
    actions.stop_cascade(cascade, by=cast.cora, at=now)
    CASCADES.work_off()
    assert not Offer.objects.exists()
    with pytest.raises(actions.NobodyListed):
        actions.begin_cascade(referral, practitioners=[], minutes=480, by=cast.cora, at=now)
    assert actions.offer_referral(referral, practitioner=panel[2], by=cast.cora, at=now)
    with pytest.raises(actions.NotQueued):
        actions.begin_cascade(referral, practitioners=panel, minutes=480, by=cast.cora, at=now)


def test_a_case_that_is_closed_ends_its_cascade_and_the_one_asked_reads_why(
    cascade, panel, cast, now, client
):
    CASCADES.work_off()
    offer = open_one()
    case = offer.referral.case
    actions.take_back(case, by=cast.cora, at=now, ends_representation=False)
    cascade.refresh_from_db()
    assert cascade.ended_how == "stopped"
    CASCADES.work_off()
    client.force_login(cast.ade)
    page = client.get(reverse("referrals:offer-detail", args=[offer.pk])).content.decode()
    assert "The case is over." in page and "Canary" not in page
    with pytest.raises(actions.OfferOver):
        actions.accept_offer(offer, no_conflict=True, by=cast.ade, at=now)


def test_who_said_that_they_have_a_conflict_is_not_asked_again(referral, panel, cast, now):
    offer = actions.offer_referral(referral, practitioner=panel[0], by=cast.cora, at=now)
    actions.decline_offer(offer, reason="conflict", by=cast.ade, at=now)
    with pytest.raises(actions.SaidConflict):
        actions.offer_referral(offer.referral, practitioner=panel[0], by=cast.cora, at=now)


# --- the clock ------------------------------------------------------------------------------------


def test_whoever_has_not_answered_is_reminded_at_half_time_and_near_the_end(offer, cast):
    hours = offer.practitioner.hours
    half = add_minutes(offer.offered_at, offer.minutes // 2, hours)
    assert actions.remind_of_offers(at=half - timedelta(minutes=1)) == 0
    assert (actions.remind_of_offers(at=half), actions.remind_of_offers(at=half)) == (1, 0)
    offer.refresh_from_db()
    assert minutes_between(offer.remind_at, offer.expires_at, hours) == 120
    assert actions.remind_of_offers(at=offer.remind_at) == 1
    offer.refresh_from_db()
    assert offer.remind_at is None
    LINE.work_off(at=offer.expires_at)
    assert Message.objects.filter(kind="offer_reminder", user=cast.ade).exists()


def test_the_clock_stands_still_once_and_within_a_limit(offer, cast, now):
    from cases.models import CaseAccess

    hours, before = offer.practitioner.hours, offer.expires_at
    with pytest.raises(actions.NamesNotChecked):
        actions.pause_offer(offer, by=cast.ade, at=now)
    actions.show_names(offer, by=cast.ade, at=now)
    with pytest.raises(Forbidden):
        actions.pause_offer(offer, by=cast.bea, at=now)
    actions.pause_offer(offer, by=cast.ade, at=now)
    offer.refresh_from_db()
    assert offer.paused_until == add_minutes(now, 16 * 60, hours)
    assert minutes_between(offer.paused_until, offer.expires_at, hours) == offer.left
    granted = CaseAccess.objects.get(case=offer.referral.case, user=cast.ade, revoked_at=None)
    assert granted.expires_at == offer.expires_at
    assert actions.expire_offers(at=before + timedelta(seconds=1)) == 0
    with pytest.raises(actions.PausedAlready):
        actions.pause_offer(offer, by=cast.ade, at=now)
    actions.resume_offer(offer, by=cast.ade, at=now)
    offer.refresh_from_db()
    assert abs(offer.expires_at - before) < timedelta(minutes=2)
    with pytest.raises(actions.NotPaused):
        actions.resume_offer(offer, by=cast.ade, at=now)


def test_credentials_that_ran_out_meanwhile_keep_an_offer_from_being_accepted(offer, cast, now):
    actions.show_names(offer, by=cast.ade, at=now)
    Practitioner.objects.update(expires_on=cast.office.today(now) - timedelta(days=1))
    with pytest.raises(actions.NotFit):
        actions.accept_offer(offer, no_conflict=True, by=cast.ade, at=now)
    Practitioner.objects.update(expires_on=None)
    assert actions.accept_offer(offer, no_conflict=True, by=cast.ade, at=now)


# --- the pages ------------------------------------------------------------------------------------


def test_a_caseworker_has_several_asked_in_turn_from_the_page(referral, panel, cast, client):
    client.force_login(cast.cora)
    address = reverse("workspace:ask-in-turn", args=[referral.case_id])
    nothing = client.post(address, {"minutes": "480"})
    assert nothing.status_code == 422 and "Choose at least one practitioner." in nothing.content.decode()
    sent = {"minutes": "480", "people": [panel[2].pk, panel[0].pk]}
    assert client.post(address, sent).status_code == 302
    live = Cascade.objects.get()
    assert [step.practitioner_id for step in live.steps.all()] == [panel[2].pk, panel[0].pk]
    CASCADES.work_off()
    page = client.get(reverse("workspace:referral", args=[referral.case_id])).content.decode()
    assert "Asked in turn" in page and "Working hours left: 8" in page and ">Next<" in page
    offer = open_one()
    rescinded = client.post(reverse("workspace:rescind", args=[offer.pk]), {"reason": "found"})
    assert rescinded.status_code == 302
    go_on()
    assert open_one().practitioner == panel[0]
    assert client.post(reverse("workspace:stop-asking", args=[referral.case_id])).status_code == 302
    page = client.get(reverse("workspace:referral", args=[referral.case_id])).content.decode()
    assert "The person found help elsewhere." in page and "It was stopped." in page


def test_an_attorney_stops_the_clock_from_the_offers_page(offer, cast, client):
    client.force_login(cast.ade)
    actions.show_names(offer, by=cast.ade, at=offer.offered_at)
    page = client.get(reverse("referrals:offer-detail", args=[offer.pk])).content.decode()
    assert "Stop the clock" in page
    assert client.post(reverse("referrals:offer-pause", args=[offer.pk])).status_code == 302
    page = client.get(reverse("referrals:offer-detail", args=[offer.pk])).content.decode()
    assert "The clock stands still until" in page and "Let it run on" in page
    assert client.post(reverse("referrals:offer-resume", args=[offer.pk])).status_code == 302
    assert Event.objects.filter(name="referrals.offer_resumed").exists()
