"""A case is taken out of its queue again: in triage, it may be handed over, declined or referred anew."""

import pytest
from django.urls import reverse

from cases.actions import decline_case
from cases.models import Status
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden
from referrals import actions


@pytest.fixture
def referral(triaged, cast, now):
    return actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)


def test_it_stands_in_triage_again_and_is_referred_anew_or_declined(referral, cast, now):
    case = referral.case
    actions.untake_referral(referral, by=cast.cora, at=now)
    assert (referral.status, case.status) == ("returned", Status.IN_TRIAGE)
    actions.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)
    actions.untake_referral(case.referrals.exclude(status="returned").get(), by=cast.cora, at=now)
    case.refresh_from_db()
    decline_case(case, reason="Too far away.", by=cast.cora, at=now)
    assert case.status == Status.DECLINED


def test_not_while_somebody_is_asked_to_take_it(offer, cast, now):
    with pytest.raises(actions.StillOffered):
        actions.untake_referral(offer.referral, by=cast.cora, at=now)


def test_not_once_somebody_took_it(accepted, cast, now):
    referral = accepted.offer.referral
    with pytest.raises(Stale):
        actions.untake_referral(referral, by=cast.cora, at=now)
    referral.refresh_from_db()
    assert referral.status == "placed"


def test_nobody_but_who_may_refer_it(referral, cast, now):
    for other in (cast.ade, cast.otto, cast.ines):
        with pytest.raises(Forbidden):
            actions.untake_referral(referral, by=other, at=now)


def test_the_button_stands_on_the_case_page_and_works_once(client, referral, cast):
    client.force_login(cast.cora)
    page, press = (
        reverse("workspace:referral", args=[referral.case_id]),
        reverse("workspace:untake", args=[referral.case_id]),
    )
    assert press in client.get(page).content.decode()
    assert client.post(press).url == page
    assert press not in client.get(page).content.decode()
    assert client.post(press).status_code == 409


def test_the_track_is_proposed_with_its_reason_until_somebody_decided(client, case, cast):
    client.force_login(cast.cora)
    page = client.get(reverse("case", args=[case.pk]), {"do": "depart"})
    form = page.context["forms"].triage
    assert form.initial["track"] in ("affirmative", "defensive", "unknown")
    assert "Proposed: " in page.content.decode()
