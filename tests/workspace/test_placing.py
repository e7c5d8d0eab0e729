"""Where every referral stands, why it waits, and what stands still for longer than it should."""

from datetime import timedelta

import pytest
from django.urls import reverse

from benchmarks.referrals import make_referral
from cases.models import Case
from foundation.calendar import add_business_days
from foundation.events.models import AccessRecord
from notifications.models import Message
from referrals import actions
from referrals.engagements import look_after_reserved
from referrals.models import Assignment, Offer, Practitioner, Referral
from referrals.placing_queries import funnel_of, stands_of
from referrals.what_if import More, what_if
from tests.support.relay import deliver_due


def page(client, user):
    client.force_login(user)
    return client.get(reverse("workspace:placing")).content.decode()


def days_later(office, at, days):
    """Return the same hour so many business days of the office later."""
    return at + timedelta(days=(add_business_days(office.today(at), days) - office.today(at)).days)


def test_a_referral_nobody_is_asked_about_raises_an_alarm_in_business_days(triaged, cast, now, client):
    actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    (one,) = stands_of(cast.cora, at=now)
    assert (one.waits, one.is_alarm) == ("nobody", False)
    (late,) = stands_of(cast.cora, at=days_later(cast.office, now, 5))
    assert late.is_alarm and late.idle_days >= 4
    assert stands_of(cast.otto, at=now) == []
    text = page(client, cast.cora)
    assert triaged.reference in text and "Nobody is asked" in text


def test_an_offer_says_who_has_until_when_and_a_name_is_never_shown(offer, cast, now, client):
    (one,) = stands_of(cast.cora, at=now)
    assert (one.waits, one.who, one.until) == ("offer", "Ade", offer.expires_at)
    text = page(client, cast.cora)
    assert "Ade has until" in text and "Amina" not in text


def test_a_reserved_case_that_is_not_engaged_raises_an_alarm_and_goes_back(accepted, cast, now, client):
    office, early = cast.office, days_later(cast.office, now, 3)
    assert look_after_reserved(at=early) == 0
    late = days_later(office, now, 6)
    assert (look_after_reserved(at=late), look_after_reserved(at=late)) == (1, 0)
    (one,) = stands_of(cast.cora, at=late)
    assert (one.waits, one.is_alarm) == ("engagement", True)
    assert "without a signed engagement" in page(client, cast.cora)
    assert look_after_reserved(at=days_later(office, now, 12)) == 1
    accepted.refresh_from_db()
    assert accepted.ended_how == "overdue" and Referral.objects.get().status == "returned"
    assert stands_of(cast.cora, at=late) == []
    deliver_due()
    assert Message.objects.filter(kind="given_back", user=cast.cora).exists()


def test_a_signed_engagement_is_never_taken_back_for_being_late(accepted, cast, now):
    actions.note_engagement(accepted, signed_on=cast.office.today(now), by=cast.ade, at=now)
    assert look_after_reserved(at=days_later(cast.office, now, 30)) == 0
    assert Assignment.objects.get().ended_at is None
    assert stands_of(cast.cora, at=now) == []


def test_the_way_counts_each_step_with_its_days(accepted, cast, now):
    Offer.objects.update(decided_at=now + timedelta(days=2))
    steps = {step.key: step for step in funnel_of(cast.cora, at=now)}
    assert [steps[key].cases for key in ("referred", "asked", "accepted", "signed")] == [1, 1, 1, 0]
    assert steps["accepted"].half == 2.0 and steps["signed"].half is None


@pytest.fixture
def months(cast, now):
    """Twelve referrals of recent months, of people who speak Dari, and nobody on the panel who does."""
    queue = cast.office.queues.get()
    for n in range(12):
        at = now - timedelta(days=150 - 10 * n)
        made = make_referral(cast.office, queue, by=cast.cora, at=at)
        Case.objects.filter(pk=made.case_id).update(codes=["language:prs", "state:NJ"], track="defensive")


def tried(client, user, **values):
    client.force_login(user)
    sent = {"people": 2, "language": "prs", "state": "NJ", "places": 5, **values}
    return client.post(reverse("workspace:what-if"), sent)


def test_two_more_who_speak_the_language_place_more_of_the_same_referrals(months, cast, now):
    Practitioner.objects.update(states=["TX"])
    found = what_if(cast.ines, cast.office, More(2, "prs", "NJ", 5), at=now)
    assert (found.is_enough, found.now.placed, found.now.half) == (True, 0, None)
    assert found.then.placed >= 5 and found.then.half
    assert found.now.referrals % 5 == found.then.placed % 5 == 0


def test_a_few_referrals_say_nothing(triaged, cast, now):
    assert what_if(cast.ines, cast.office, More(2, "prs", "NJ", 5), at=now).is_enough is False


def test_what_if_opens_nothing_sealed_and_names_nobody(months, cast, client):
    before = AccessRecord.objects.count()
    answer = tried(client, cast.ines)
    text = answer.content.decode()
    assert answer.status_code == 200 and "What came of it" in text
    assert AccessRecord.objects.count() == before
    assert "Load" not in text and "Ade" not in text


def test_bad_input_of_what_if_is_said_and_a_caseworker_does_not_reach_it(months, cast, client):
    for wrong in ({"people": 0}, {"people": "many"}, {"language": "xx"}, {"places": 10**9}):
        assert tried(client, cast.ines, **wrong).status_code == 422
    assert tried(client, cast.cora).status_code == 403
