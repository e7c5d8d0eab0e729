"""A coordinator answers for the people of their firm, and for nobody else; the database says the same."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from cases.models import CaseAccess
from config.middleware import principal_of
from conflicts import actions as conflicts
from foundation.accounts.actions import disable_user
from foundation.accounts.holdings import held_by
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from intake.models import Applicant
from notifications.models import Message
from referrals import actions, firms
from referrals.models import Assignment, Firm, Offer, OfferMove, Practitioner, Referral
from tests.conftest import answer_names
from tests.support.firms import firm_of, fit
from tests.support.people import join
from tests.support.relay import deliver_due


def shown(client, url):
    return " ".join(client.get(url).content.decode().split())


def kinds_told(user):
    return set(Message.objects.filter(user=user).values_list("kind", flat=True))


@pytest.fixture
def firm(offer, cast, now):
    """Ade, who is offered Amina's case, is in a firm for which Bea answers; nobody's list is compared yet."""
    made = firm_of(cast.office, coordinator=cast.bea, people=[cast.ade], by=cast.ines, at=now)
    deliver_due()
    answer_names()
    return made


@pytest.fixture
def colleague(firm, cast, now):
    """Cal of the same firm, who may be offered cases."""
    cal = join(cast.office, "cal", "attorney")
    one = Practitioner.objects.create(user=cal, office=cast.office)
    firms.place_practitioner(one, firm=firm, coordinates=False, mentor=None, by=cast.ines, at=now)
    return fit(cal, by=cast.ines, at=now)


def as_bea(cast):
    return acting_as(principal_of(cast.bea))


# --- who sees what --------------------------------------------------------------------------------


def test_without_a_firm_nobody_answers_for_anybody(offer, cast, now):
    with pytest.raises(Forbidden):
        actions.decline_offer(offer, reason="capacity", by=cast.bea, at=now)
    with as_bea(cast), transaction.atomic():
        assert not Offer.objects.exists() and not Applicant.objects.exists()


def test_a_coordinator_sees_the_offers_of_their_own_firms_people_alone(firm, offer, cast, now):
    with as_bea(cast), transaction.atomic():
        assert Offer.objects.get().pk == offer.pk
        assert Referral.objects.count() == 1 and Applicant.objects.count() == 1
        assert not CaseAccess.objects.exists()  # nothing is granted to them: it follows from the firm
    apart = join(cast.office, "dan", "attorney")
    firm_of(cast.office, "Another", coordinator=apart, people=[], by=cast.ines, at=now)
    with acting_as(principal_of(apart)), transaction.atomic():
        assert not Offer.objects.exists() and not Applicant.objects.exists() and not Referral.objects.exists()
    with pytest.raises(Forbidden):
        actions.show_names(offer, by=apart, at=now)


def test_whoever_leaves_the_firm_keeps_their_offers_and_the_coordinator_sees_them_no_more(
    client, firm, offer, cast, now
):
    client.force_login(cast.ines)
    page = reverse("panel:practitioner", args=[cast.panel.pk])
    assert "Offers that wait for their answer: 1" in shown(client, page)
    assert client.post(reverse("panel:place", args=[cast.panel.pk]), {"firm": ""}).status_code == 302
    with as_bea(cast), transaction.atomic():
        assert not Offer.objects.exists() and not Applicant.objects.exists()
    with pytest.raises(Forbidden):
        actions.decline_offer(offer, reason="fit", by=cast.bea, at=now)
    deliver_due()
    assert "firm_changed" in kinds_told(cast.bea) and "place_changed" in kinds_told(cast.ade)
    actions.decline_offer(offer, reason="fit", by=cast.ade, at=now)


def test_who_coordinates_no_more_or_is_shut_out_sees_nothing_at_once(firm, offer, cast, now):
    (held,) = [one for one in held_by(cast.bea) if one.kind == "firms"]
    assert held.count == 1
    bea = principal_of(cast.bea)  # as a program of hers that still ran
    disable_user(cast.bea, by=cast.ines, at=now)
    with acting_as(bea), transaction.atomic():
        assert not Offer.objects.exists()
    deliver_due()
    assert not Practitioner.objects.get(user=cast.bea).coordinates
    assert "firm_uncoordinated" in kinds_told(cast.ines)


def test_an_ended_offer_or_one_that_ran_out_opens_no_names(firm, offer, cast, now):
    Offer.objects.filter(pk=offer.pk).update(expires_at=now - timedelta(hours=1))
    with as_bea(cast), transaction.atomic():
        assert Offer.objects.exists() and not Applicant.objects.exists()
    with pytest.raises(actions.OfferOver):
        actions.show_names(offer, by=cast.bea, at=now)


def test_a_coordinator_who_is_kept_off_a_case_sees_nothing_of_its_offer(client, firm, offer, cast, now):
    conflicts.fence(offer.matter_id, user=cast.bea, office_id=cast.office.pk, by=cast.ines, at=now)
    with as_bea(cast), transaction.atomic():
        assert not Offer.objects.exists() and not Applicant.objects.exists()
    client.force_login(cast.bea)
    assert client.get(reverse("referrals:offer-detail", args=[offer.pk])).status_code == 404
    assert "No open offers" in shown(client, reverse("panel:my-firm"))


# --- answering for somebody -----------------------------------------------------------------------


def test_a_coordinator_accepts_for_a_colleague_and_it_is_recorded_so(client, firm, offer, cast, now):
    client.force_login(cast.bea)
    address = reverse("referrals:offer-detail", args=[offer.pk])
    page = shown(client, address)
    assert "Put to" in page and "Amina" not in page
    accept = reverse("referrals:offer-accept", args=[offer.pk])
    assert client.post(accept, {"no_conflict": "on"}).status_code == 422  # before they saw the names
    assert client.post(reverse("referrals:offer-names", args=[offer.pk])).status_code == 302
    assert "Amina" in shown(client, address)
    client.force_login(cast.ade)
    assert "Amina" not in shown(client, address)  # who answers for him looked, not he
    client.force_login(cast.bea)
    assert client.post(accept, {"no_conflict": "on"}).url == reverse("panel:my-firm")
    offer.refresh_from_db()
    held = Assignment.objects.get()
    assert (offer.answered_by, held.user, offer.status) == (cast.bea, cast.ade, "accepted")
    event = Event.objects.get(name="referrals.offer_accepted")
    assert (event.actor, event.data["for"]) == (f"user:{cast.bea.pk}", cast.ade.pk)
    deliver_due()
    assert "offer_answered_for_you" in kinds_told(cast.ade) and "offer_accepted" in kinds_told(cast.cora)
    with as_bea(cast), transaction.atomic():
        assert not Applicant.objects.exists()  # the case is Ade's, and no concern of theirs any more
    assert client.get(reverse("case", args=[held.case_id])).status_code == 404
    assert "Answered for them by" in shown(client, address)
    client.force_login(cast.ade)
    assert "Answered for you by" in shown(client, address)
    assert client.get(reverse("case", args=[held.case_id])).status_code == 200


def test_a_coordinator_declines_for_a_colleague_who_is_told(client, firm, offer, cast, now):
    client.force_login(cast.bea)
    decline = reverse("referrals:offer-decline", args=[offer.pk])
    assert client.post(decline, {"reason": "capacity"}).url == reverse("panel:my-firm")
    offer.refresh_from_db()
    assert (offer.status, offer.answered_by) == ("declined", cast.bea)
    assert Referral.objects.get().status == "queued"
    assert not CaseAccess.objects.filter(user=cast.ade, revoked_at=None).exists()
    deliver_due()
    assert "offer_answered_for_you" in kinds_told(cast.ade)


def test_what_the_practitioner_saw_does_not_count_for_the_coordinator(firm, offer, cast, now):
    actions.show_names(offer, by=cast.ade, at=now)
    with pytest.raises(actions.NamesNotChecked):
        actions.accept_offer(offer, no_conflict=True, by=cast.bea, at=now)
    Offer.objects.filter(pk=offer.pk).update(names_shown_at=None, firm_shown_at=now, firm_shown_to=cast.bea)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(status="accepted", decided_at=now, answered_by=cast.ade)


def test_a_name_on_the_practitioners_own_list_is_for_them_to_decide(client, firm, offer, cast, now):
    conflicts.keep_own_list(["Amina Canary Surname"], by=cast.ade, at=now)
    deliver_due()
    answer_names()
    actions.show_names(offer, by=cast.bea, at=now)
    client.force_login(cast.bea)
    page = shown(client, reverse("referrals:offer-detail", args=[offer.pk]))
    assert "they must look at it themselves" in page
    with as_bea(cast), pytest.raises(actions.OnTheirList), transaction.atomic():
        actions.accept_offer(offer, no_conflict=True, by=cast.bea, at=now)


def test_a_list_that_was_not_compared_stops_a_coordinator(offer, cast, now):
    firm_of(cast.office, coordinator=cast.bea, people=[cast.ade], by=cast.ines, at=now)
    with as_bea(cast), transaction.atomic():
        actions.show_names(offer, by=cast.bea, at=now)
        with pytest.raises(actions.OnTheirList):
            actions.accept_offer(offer, no_conflict=True, by=cast.bea, at=now)


def test_nobody_is_given_more_cases_than_they_said(firm, offer, cast, now):
    actions.show_names(offer, by=cast.bea, at=now)
    Practitioner.objects.filter(user=cast.ade).update(capacity=0)
    with as_bea(cast), pytest.raises(actions.NoRoom, match="They hold"), transaction.atomic():
        actions.accept_offer(offer, no_conflict=True, by=cast.bea, at=now)


def test_the_second_to_answer_reads_that_it_was_answered(client, firm, offer, cast, now):
    actions.decline_offer(offer, reason="fit", by=cast.ade, at=now)
    client.force_login(cast.bea)
    decline = reverse("referrals:offer-decline", args=[offer.pk])
    assert client.post(decline, {"reason": "fit"}).status_code == 409


# --- moving ---------------------------------------------------------------------------------------


def test_an_unanswered_offer_is_moved_to_a_colleague_and_both_are_told(
    client, firm, offer, colleague, cast, now
):
    client.force_login(cast.bea)
    move = reverse("referrals:offer-move", args=[offer.pk])
    assert client.post(move, {"practitioner": colleague.pk}).url == reverse("panel:my-firm")
    until = offer.expires_at
    offer.refresh_from_db()
    assert (offer.user, offer.status, offer.expires_at) == (colleague.user, "open", until)
    live = CaseAccess.objects.filter(revoked_at=None)
    assert [(one.user, one.scope, one.expires_at) for one in live] == [(colleague.user, "names", until)]
    assert OfferMove.objects.get().user == cast.ade
    deliver_due()
    assert "offer_moved_away" in kinds_told(cast.ade) and "offer_received" in kinds_told(colleague.user)
    client.force_login(cast.ade)
    page = shown(client, reverse("referrals:offer-detail", args=[offer.pk]))
    assert "not yours any more" in page
    answer_names()
    actions.show_names(offer, by=colleague.user, at=now)
    actions.accept_offer(offer, no_conflict=True, by=colleague.user, at=now)
    assert Assignment.objects.get().user == colleague.user


def test_a_practitioner_moves_nothing_and_nobody_outside_the_firm_is_asked(
    client, firm, offer, colleague, cast, now
):
    client.force_login(cast.ade)
    move = reverse("referrals:offer-move", args=[offer.pk])
    assert client.post(move, {"practitioner": colleague.pk}).status_code == 403
    firms.place_practitioner(colleague, firm=None, coordinates=False, mentor=None, by=cast.ines, at=now)
    client.force_login(cast.bea)
    assert client.post(move, {"practitioner": colleague.pk}).status_code == 422
    with as_bea(cast), pytest.raises(actions.NotForThem), transaction.atomic():
        actions.move_offer(offer, practitioner=colleague, by=cast.bea, at=now)


@pytest.mark.parametrize("change", [{"accepting": False}, {"capacity": 0}, {"verified_at": None}])
def test_nothing_is_moved_to_whom_nothing_may_be_offered(firm, offer, colleague, cast, now, change):
    if "verified_at" in change:
        change = {**change, "verified_by": None}
    Practitioner.objects.filter(pk=colleague.pk).update(**change)
    with as_bea(cast), pytest.raises(actions.NotAvailable), transaction.atomic():
        actions.move_offer(offer, practitioner=colleague, by=cast.bea, at=now)


def test_nothing_is_moved_to_whoever_is_kept_off_and_it_is_not_said_why(firm, offer, colleague, cast, now):
    conflicts.fence(offer.matter_id, user=colleague.user, office_id=cast.office.pk, by=cast.ines, at=now)
    with as_bea(cast), pytest.raises(actions.NotForThem, match="cannot be asked"), transaction.atomic():
        actions.move_offer(offer, practitioner=colleague, by=cast.bea, at=now)
    with as_bea(cast), pytest.raises(ProgrammingError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(user=cast.cora, practitioner=cast.panel)


# --- pausing --------------------------------------------------------------------------------------


def test_a_coordinator_pauses_and_resumes_their_people_who_are_told(client, firm, cast, now):
    client.force_login(cast.bea)
    assert client.post(reverse("panel:pause-for", args=[cast.panel.pk])).status_code == 302
    assert not Practitioner.objects.get(pk=cast.panel.pk).accepting
    assert "Paused" in shown(client, reverse("panel:my-firm"))
    assert client.post(reverse("panel:resume-for", args=[cast.panel.pk])).status_code == 302
    assert Practitioner.objects.get(pk=cast.panel.pk).accepting
    deliver_due()
    assert "taking_changed_for_you" in kinds_told(cast.ade)


def test_the_database_lets_a_coordinator_pause_their_own_people_and_change_nothing_else(firm, cast, now):
    apart = Practitioner.objects.create(user=join(cast.office, "dan", "attorney"), office=cast.office)
    with pytest.raises(Forbidden):
        firms.set_accepting(apart, accepting=False, by=cast.bea, at=now)
    with as_bea(cast), transaction.atomic():
        with pytest.raises(ProgrammingError), transaction.atomic():
            firms.call("sec.set_accepting(%s, false)", [apart.pk])
        for change in ({"capacity": 9}, {"firm": None}, {"coordinates": True}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Practitioner.objects.filter(pk=cast.panel.pk).update(**change)
    with acting_as(principal_of(cast.ade)), pytest.raises(ProgrammingError), transaction.atomic():
        Practitioner.objects.filter(pk=cast.panel.pk).update(coordinates=True)


# --- firms of an office ---------------------------------------------------------------------------


def test_a_firm_is_made_renamed_ended_and_opened_again(client, cast, now):
    client.force_login(cast.ines)
    made = client.post(reverse("panel:firms"), {"name": "Lantern"})
    firm = Firm.objects.get()
    page = reverse("panel:firm", args=[firm.pk])
    assert made.url == page
    assert client.post(reverse("panel:firms"), {"name": "LANTERN"}).status_code == 409
    assert client.post(page, {"name": "Lantern & Lock"}).status_code == 302
    place = reverse("panel:place", args=[cast.panel.pk])
    assert client.post(place, {"firm": firm.pk}).status_code == 302
    assert "Nobody answers for this firm" in shown(client, page)
    client.post(reverse("panel:end-firm", args=[firm.pk]))
    assert Firm.objects.get().ended_at is None  # somebody is in it still
    client.post(place, {"firm": ""})
    client.post(reverse("panel:end-firm", args=[firm.pk]))
    assert Firm.objects.get().ended_at
    assert client.post(place, {"firm": firm.pk}).status_code == 422
    client.post(reverse("panel:reopen-firm", args=[firm.pk]))
    assert Firm.objects.get().ended_at is None


def test_only_who_leads_the_panel_says_who_coordinates(client, cast, now):
    firm = firms.open_firm(cast.office, name="Lantern", by=cast.ines, at=now)
    for user in (cast.cora, cast.ade):
        with pytest.raises(Forbidden):
            firms.place_practitioner(cast.panel, firm=firm, coordinates=True, mentor=None, by=user, at=now)
    client.force_login(join(cast.office, "sura", "supervisor"))
    place = reverse("panel:place", args=[cast.panel.pk])
    assert client.post(place, {"coordinates": "on"}).status_code == 422  # of no firm
    assert client.post(place, {"firm": firm.pk, "coordinates": "on"}).status_code == 302
    assert Practitioner.objects.get().coordinates


def test_mentor_and_mentee_both_see_it_and_neither_sees_a_case(client, firm, cast, now):
    bea = Practitioner.objects.get(user=cast.bea)
    kept = {"firm": firm, "coordinates": False, "by": cast.ines, "at": now}
    firms.place_practitioner(cast.panel, mentor=bea, **kept)
    with pytest.raises(firms.NotTheirMentor):
        firms.place_practitioner(cast.panel, mentor=cast.panel, **kept)
    client.force_login(cast.ade)
    assert "Mentor" in shown(client, reverse("panel:profile")) and "Bea" in shown(
        client, reverse("panel:profile")
    )
    client.force_login(cast.bea)
    assert "Mentor of" in shown(client, reverse("panel:profile"))
    disable_user(cast.bea, by=cast.ines, at=now)
    deliver_due()
    assert Practitioner.objects.get(pk=cast.panel.pk).mentor is None


def test_the_panel_shows_one_firm_or_everybody(client, firm, cast, now):
    Practitioner.objects.create(user=join(cast.office, "dan", "attorney"), office=cast.office)
    client.force_login(cast.cora)
    page = reverse("panel:practitioners")
    assert "Dan" in shown(client, page)
    assert "Dan" not in shown(client, f"{page}?firm={firm.pk}")
    assert "means nothing here" in shown(client, f"{page}?firm=x&due=never")
