"""Whoever goes is shown with what they hold, and none of it is left with nobody."""

import pytest
from django.urls import reverse

from cases.holdings import hand_cases_over, least_busy
from cases.models import Case, CaseAccess, Status
from conflicts.actions import fence
from foundation.accounts.actions import disable_user, enable_user, hand_over
from foundation.accounts.giving_roles import NoRole, StillHolds, change_roles
from foundation.accounts.holdings import held_by, held_in
from foundation.accounts.models import Assistance, Membership, Role
from foundation.events.models import Event
from foundation.refused import Forbidden
from notifications.models import Channel, Message
from referrals.actions import note_engagement, refer_case, release_assignment
from referrals.models import Assignment, Offer, Queue, Referral
from tests.support.people import assist, join
from tests.support.relay import deliver_due


@pytest.fixture
def mo(cast):
    return join(cast.office, "mo", Role.CASEWORKER)


def told(user):
    return set(Message.objects.filter(user=user, channel=Channel.IN_APP).values_list("kind", flat=True))


def counts(user):
    return {one.kind: one.count for one in held_by(user)}


# --- what somebody holds ---------------------------------------------------------------------------


def test_each_app_tells_what_somebody_holds(cast, accepted):
    assert counts(cast.cora) == {"cases": 1}
    assert counts(cast.ade) == {"assignments": 1}
    assert counts(cast.bea) == {}
    assert [one.kind for one in held_in(cast.ade, Role.ATTORNEY)] == ["assignments"]
    assert held_in(cast.ade, Role.CASEWORKER) == []


def test_an_open_offer_is_held_too(cast, offer):
    assert counts(cast.ade) == {"offers": 1}


def test_the_caseworker_with_the_fewest_open_cases_is_suggested(cast, triaged, mo):
    assert least_busy(cast.cora) == mo.pk
    lu = join(cast.office, "lu", Role.CASEWORKER)
    Case.objects.update(caseworker=mo)
    assert least_busy(cast.cora) == lu.pk
    assert least_busy(cast.otto) is None


def test_a_role_in_which_somebody_holds_something_is_not_taken_away(cast, accepted, now):
    with pytest.raises(StillHolds):
        change_roles(cast.ade, roles=["assistant"], by=cast.ines, at=now)
    with pytest.raises(StillHolds):
        change_roles(cast.cora, roles=["security"], by=cast.ines, at=now)
    change_roles(cast.ade, roles=["attorney", "caseworker"], by=cast.ines, at=now)


# --- the page shows it first -----------------------------------------------------------------------


def test_the_page_shows_what_they_hold_before_and_hands_it_to_whom_is_chosen(client, cast, triaged, mo):
    client.force_login(cast.ines)
    page = reverse("disable-person", args=[cast.cora.pk])
    html = client.get(page).content.decode()
    assert "Open cases as caseworker" in html and f'value="{mo.pk}" selected' in html
    assert client.post(page, {"cases": mo.pk}).url == reverse("people")
    deliver_due()
    assert Case.objects.get().caseworker == mo
    assert "cases_handed_over" in told(mo)
    event = Event.objects.get(name="cases.handed_over")
    assert event.data == {"from": cast.cora.pk, "to": mo.pk}


def test_somebody_elses_colleague_cannot_be_chosen(client, cast, triaged):
    client.force_login(cast.ines)
    for wrong in (cast.otto, cast.ade, cast.cora):
        answer = client.post(reverse("disable-person", args=[cast.cora.pk]), {"cases": wrong.pk})
        assert answer.status_code == 422
    cast.cora.refresh_from_db()
    assert cast.cora.is_active and Case.objects.get().caseworker == cast.cora


def test_with_nobody_chosen_every_caseworker_is_told(cast, triaged, mo, now):
    disable_user(cast.cora, by=cast.ines, at=now)
    deliver_due()
    assert Case.objects.get().caseworker is None
    assert "cases_handed_over" in told(mo)


def test_a_colleague_who_went_too_counts_as_nobody(cast, triaged, mo, now):
    lu = join(cast.office, "lu", Role.CASEWORKER)
    disable_user(mo, by=cast.ines, at=now)
    hand_cases_over(cast.cora.pk, to=mo.pk, by="system:test", at=now)
    assert Case.objects.get().caseworker is None and "cases_handed_over" in told(lu)


def test_a_case_goes_to_nobody_who_is_kept_off_it(cast, triaged, mo, now):
    fence(triaged.matter_id, user=mo, office_id=cast.office.pk, by=cast.cora, at=now)
    hand_cases_over(cast.cora.pk, to=mo.pk, by="system:test", at=now)
    assert Case.objects.get().caseworker is None


# --- an attorney goes ------------------------------------------------------------------------------


def test_a_represented_case_of_an_attorney_seeks_counsel_again_and_its_caseworker_is_told(
    cast, accepted, now
):
    note_engagement(accepted, signed_on=cast.office.today(now), by=cast.ade, at=now)
    disable_user(cast.ade, by=cast.ines, at=now)
    deliver_due()
    case = Case.objects.get()
    assert case.status == Status.SEEKING_COUNSEL
    assert Assignment.objects.get().ended_at and not CaseAccess.objects.filter(revoked_at=None).exists()
    assert "given_back" in told(cast.cora)
    refer_case(case, queue=Queue.objects.get(office=cast.office), by=cast.cora, at=now)


def test_a_reserved_case_and_an_open_offer_go_back_too(cast, accepted, now):
    disable_user(cast.ade, by=cast.ines, at=now)
    deliver_due()
    assert Assignment.objects.get().ended_how == "left"
    assert Referral.objects.get().status == "returned"
    assert not Offer.objects.filter(status="open").exists()


def test_the_assistants_of_who_goes_read_nothing_any_more(cast, now):
    asha = join(cast.office, "asha", Role.ASSISTANT)
    assist(asha, cast.ade, by=cast.ines)
    disable_user(cast.ade, by=cast.ines, at=now)
    assert not Assistance.objects.filter(ended_at=None).exists()


# --- who stays -------------------------------------------------------------------------------------


def test_whoever_stays_hands_over_and_can_give_up_the_role_then(client, cast, triaged, mo, now):
    client.force_login(cast.ines)
    page = reverse("hand-over", args=[cast.cora.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"cases": mo.pk}).status_code == 302
    deliver_due()
    assert Case.objects.get().caseworker == mo
    change_roles(cast.cora, roles=["security"], by=cast.ines, at=now)


def test_only_an_administrator_hands_over(cast, triaged, now):
    for who in (cast.cora, cast.ade, cast.olga if hasattr(cast, "olga") else cast.otto):
        with pytest.raises(Forbidden):
            hand_over(cast.cora, to={}, by=who, at=now)


def test_handing_over_twice_moves_nothing_twice(cast, triaged, mo, now):
    for _turn in range(2):
        hand_over(cast.cora, to={"cases": mo.pk}, by=cast.ines, at=now)
        deliver_due()
    assert Event.objects.filter(name="cases.handed_over").count() == 1


# --- let in again ----------------------------------------------------------------------------------


def test_letting_in_again_gives_the_roles_that_are_ticked_and_no_case(client, cast, accepted, now):
    disable_user(cast.ade, by=cast.ines, at=now)
    deliver_due()
    client.force_login(cast.ines)
    page = reverse("enable-person", args=[cast.ade.pk])
    assert 'value="attorney"' in client.get(page).content.decode()
    assert client.post(page, {"roles": ["attorney", "assistant"]}).status_code == 302
    cast.ade.refresh_from_db()
    assert cast.ade.is_active
    assert Membership.objects.get(user=cast.ade).roles == ["attorney", "assistant"]
    assert not CaseAccess.objects.filter(user=cast.ade, revoked_at=None).exists()


def test_nobody_is_let_in_again_without_a_role(cast, now):
    disable_user(cast.bea, by=cast.ines, at=now)
    with pytest.raises(NoRole):
        enable_user(cast.bea, roles=[], by=cast.ines, at=now)


# --- whoever had a case once reads why it is gone ---------------------------------------------------


def page_of(client, user, case):
    client.force_login(user)
    answer = client.get(case.get_absolute_url())
    return answer.status_code, answer.content.decode()


def test_an_attorney_who_gave_a_case_back_reads_that(client, cast, accepted, now):
    release_assignment(accepted, by=cast.ade, at=now)
    status, html = page_of(client, cast.ade, accepted.case)
    assert status == 403
    assert "You gave it back." in html and cast.cora.name in html and cast.office.phone in html
    assert "Amina" not in html and accepted.case.reference not in html


def test_one_whose_case_was_taken_back_or_who_was_shut_out_reads_that(client, cast, accepted, now):
    release_assignment(accepted, by=cast.cora, at=now)
    assert "took it back from you" in page_of(client, cast.ade, accepted.case)[1]
    Assignment.objects.update(ended_how="left")
    assert "handed over" in page_of(client, cast.ade, accepted.case)[1]
    Assignment.objects.update(ended_how="")
    assert page_of(client, cast.ade, accepted.case)[0] == 403


def test_somebody_who_never_had_it_still_finds_nothing(client, cast, accepted, now):
    release_assignment(accepted, by=cast.ade, at=now)
    assert page_of(client, cast.bea, accepted.case)[0] == 404


def test_somebody_who_was_only_asked_finds_nothing(client, cast, offer):
    assert page_of(client, cast.ade, offer.referral.case)[0] == 404
