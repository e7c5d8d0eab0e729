"""Steps that two people take wait for the second, or a second looks after; nobody is their own."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import actions
from cases.actions import Decided, SecondPerson, SupervisorFirst
from cases.closing import asked_closing, closings_for
from cases.models import Case, Closing, SecondLook, Status, Step
from cases.seconds import open_looks, second_people
from cases.triage import HandOffNeeded, ScreenedSince
from config.middleware import principal_of
from conflicts.actions import fence
from foundation.accounts.actions import disable_user
from foundation.accounts.models import Role
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from intake.actions import note_wish
from intake.models import Answer, Intake, Wish
from notifications.models import Channel, Message
from screening.models import Band, Review
from screening.queries import latest_screening
from tests.conftest import opened
from tests.support.people import join, meanwhile
from tests.support.relay import deliver_due


@pytest.fixture
def mo(cast):
    """Another caseworker."""
    return join(cast.office, "mo", Role.CASEWORKER)


@pytest.fixture
def sura(cast):
    return join(cast.office, "sura", Role.SUPERVISOR)


@pytest.fixture
def critical(case):
    Case.objects.filter(pk=case.pk).update(band=Band.CRITICAL)
    case.refresh_from_db()
    return case


def lower(case, *, by, now, band=Band.HIGH):
    newest = latest_screening(case.intake)
    said = {"outcome": newest.outcome, "band": band, "reason": "The hearing was moved."}
    actions.review_case(case, screening=newest.pk, **said, by=by, at=now)
    case.refresh_from_db()


def look_of(case, step):
    return SecondLook.objects.select_related("case__office", "case__intake", "asked_by").get(
        case=case, step=step, decided_at=None
    )


# --- who can be the second -------------------------------------------------------------------------


def test_nobody_is_their_own_second(cast, critical, sura, now):
    lower(critical, by=cast.cora, now=now)
    with pytest.raises(SecondPerson):
        actions.confirm_step(look_of(critical, Step.LOWER), by=cast.cora, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondLook.objects.update(decided_by=cast.cora, decided_at=now, decision="done")


def test_the_supervisor_comes_before_another_caseworker(cast, critical, mo, sura, now):
    assert second_people(critical, asked_by=cast.cora.pk) == [sura]
    lower(critical, by=cast.cora, now=now)
    with pytest.raises(SupervisorFirst):
        actions.confirm_step(look_of(critical, Step.LOWER), by=mo, at=now)
    actions.confirm_step(look_of(critical, Step.LOWER), by=sura, at=now)


def test_without_a_supervisor_another_caseworker_is_the_second(cast, critical, mo):
    assert second_people(critical, asked_by=cast.cora.pk) == [mo]


def test_a_supervisor_who_asks_needs_another_person_too(cast, critical, sura):
    assert second_people(critical, asked_by=sura.pk) == [cast.cora]


def test_neither_attorneys_nor_administrators_nor_strangers_are_the_second(cast, critical, sura, now):
    lower(critical, by=cast.cora, now=now)
    for who in (cast.ade, cast.ines, cast.otto):
        with pytest.raises(Forbidden):
            actions.confirm_step(look_of(critical, Step.LOWER), by=who, at=now)


def test_who_is_shut_out_or_kept_off_the_case_is_not_the_second(cast, critical, mo, sura, now):
    fence(critical.matter_id, user=sura, office_id=cast.office.pk, by=cast.cora, at=now)
    assert second_people(critical, asked_by=cast.cora.pk) == [mo]
    disable_user(mo, by=cast.ines, at=now)
    assert second_people(critical, asked_by=cast.cora.pk) == []


# --- lower than critical ---------------------------------------------------------------------------


def test_a_band_below_critical_waits_and_the_case_stays_critical(cast, critical, sura, now):
    lower(critical, by=cast.cora, now=now)
    assert critical.band == Band.CRITICAL
    look = look_of(critical, Step.LOWER)
    assert opened(look, "details").details["band"] == Band.HIGH
    assert Review.objects.get().band == Band.CRITICAL


def test_the_second_lowers_it(cast, critical, sura, now):
    lower(critical, by=cast.cora, now=now)
    actions.confirm_step(look_of(critical, Step.LOWER), by=sura, at=now)
    critical.refresh_from_db()
    assert critical.band == Band.HIGH
    assert Review.objects.filter(decided_by=sura, band=Band.HIGH).count() == 1
    assert Event.objects.get(name="cases.band_set").actor == f"user:{sura.pk}"


def test_triage_goes_on_meanwhile(cast, critical, sura, now):
    from tests.conftest import triage

    triage(critical, by=cast.cora, at=now, band=Band.HIGH, reason="The hearing was moved.")
    critical.refresh_from_db()
    assert critical.triaged_at and critical.band == Band.CRITICAL
    assert look_of(critical, Step.LOWER)


def test_from_high_to_medium_one_person_is_enough(cast, case, now):
    Case.objects.filter(pk=case.pk).update(band=Band.HIGH)
    case.refresh_from_db()
    lower(case, by=cast.cora, now=now, band=Band.MEDIUM)
    assert case.band == Band.MEDIUM and not SecondLook.objects.exists()


def test_a_screening_that_is_newer_is_read_before_it_is_lowered(cast, critical, sura, now):
    lower(critical, by=cast.cora, now=now)
    look = look_of(critical, Step.LOWER)
    actions.rescreen_case(critical, by="system:test", at=now + timedelta(days=400))
    if latest_screening(critical.intake).pk == opened(look, "details").details["screening"]:
        pytest.skip("nothing was screened differently")
    with pytest.raises(ScreenedSince):
        actions.confirm_step(look, by=sura, at=now)
    critical.refresh_from_db()
    assert critical.band == Band.CRITICAL and look_of(critical, Step.LOWER)


def test_whoever_says_critical_again_lets_the_request_go(cast, critical, sura, now):
    lower(critical, by=cast.cora, now=now)
    lower(critical, by=cast.cora, now=now, band=Band.CRITICAL)
    assert not SecondLook.objects.filter(decided_at=None).exists()


# --- decline, close --------------------------------------------------------------------------------


@pytest.fixture
def urgent(case):
    """A case that is urgent and not critical."""
    Case.objects.filter(pk=case.pk).update(band=Band.HIGH, legal_hold=True)
    case.refresh_from_db()
    return case


def test_an_urgent_case_is_declined_by_two(cast, urgent, sura, now):
    actions.decline_case(urgent, reason="Another office takes it.", by=cast.cora, at=now)
    urgent.refresh_from_db()
    assert urgent.status == Status.IN_TRIAGE
    actions.confirm_step(look_of(urgent, Step.DECLINE), by=sura, at=now)
    urgent.refresh_from_db()
    assert urgent.status == Status.DECLINED
    note = urgent.notes.get()
    assert note.author == cast.cora and opened(note, "text").text == "Another office takes it."


def test_one_that_became_critical_meanwhile_is_not_declined(cast, urgent, sura, now):
    actions.decline_case(urgent, reason="Another office takes it.", by=cast.cora, at=now)
    Case.objects.filter(pk=urgent.pk).update(band=Band.CRITICAL)
    with pytest.raises(HandOffNeeded):
        actions.confirm_step(look_of(urgent, Step.DECLINE), by=sura, at=now)
    assert look_of(urgent, Step.DECLINE)


def test_what_was_refused_is_not_done_and_can_be_asked_again(cast, urgent, sura, now):
    actions.decline_case(urgent, reason="Not ours.", by=cast.cora, at=now)
    look = look_of(urgent, Step.DECLINE)
    actions.refuse_step(look, by=sura, at=now)
    urgent.refresh_from_db()
    assert urgent.is_open
    with pytest.raises(Decided):
        actions.confirm_step(look, by=sura, at=now)
    actions.decline_case(urgent, reason="Not ours.", by=cast.cora, at=now)
    assert look_of(urgent, Step.DECLINE)


def test_only_whoever_asked_takes_it_back(cast, urgent, mo, now):
    actions.decline_case(urgent, reason="Not ours.", by=cast.cora, at=now)
    look = look_of(urgent, Step.DECLINE)
    with pytest.raises(Forbidden):
        actions.drop_step(look, by=mo, at=now)
    actions.drop_step(look, by=cast.cora, at=now)
    assert not SecondLook.objects.filter(decided_at=None).exists()


def test_what_waits_goes_with_the_case_that_ends(cast, urgent, mo, now):
    actions.decline_case(urgent, reason="Not ours.", by=cast.cora, at=now)
    look = look_of(urgent, Step.DECLINE)
    asked = {"reason": "other", "ended_on": urgent.office.today(now), "note": "n", "papers_returned": False}
    actions.ask_to_close(urgent, **asked, by=cast.cora, at=now)
    actions.confirm_closing(asked_closing(urgent), by=mo, at=now)
    with pytest.raises(Decided):
        actions.confirm_step(look, by=mo, at=now)


def test_an_urgent_closing_waits_for_the_supervisor_first(cast, urgent, mo, sura, now):
    asked = {"reason": "other", "ended_on": urgent.office.today(now), "note": "n", "papers_returned": False}
    closing = actions.ask_to_close(urgent, **asked, by=cast.cora, at=now)
    with pytest.raises(SupervisorFirst):
        actions.confirm_closing(closing, by=mo, at=now)
    assert closings_for(mo, at=now) == [] and closings_for(sura, at=now) == [closing]
    actions.confirm_closing(closing, by=sura, at=now)
    urgent.refresh_from_db()
    assert urgent.status == Status.CLOSED


def test_two_seconds_at_once_do_it_once(cast, urgent, sura, now):
    """The other waits for the case, and finds that it is decided."""
    second = join(cast.office, "second", Role.SUPERVISOR)
    actions.decline_case(urgent, reason="Not ours.", by=cast.cora, at=now)
    look, other = look_of(urgent, Step.DECLINE), look_of(urgent, Step.DECLINE)
    with ExitStack() as first:
        first.enter_context(acting_as(principal_of(sura)))
        first.enter_context(transaction.atomic())
        actions.confirm_step(look, by=sura, at=now)
        with meanwhile(lambda: actions.confirm_step(other, by=second, at=now), principal_of(second)) as waits:
            first.close()
    assert isinstance(waits.exception(), Decided)
    assert urgent.notes.count() == 1


# --- deletion and withdrawal -----------------------------------------------------------------------


def wish_of(case, kind, now):
    return note_wish(Intake.objects.get(pk=case.intake_id), kind=kind, value={}, at=now)


def confirm_wish(case, wish, *, by, now):
    actions.decide_wish(case, wish_id=wish.pk, confirmed=True, how="in_person", by=by, at=now)


def test_a_withdrawal_acts_at_once(cast, case, now):
    confirm_wish(case, wish_of(case, "withdraw", now), by=cast.cora, now=now)
    case.refresh_from_db()
    assert case.status == Status.CLOSED


def test_a_deletion_ends_the_case_at_once_and_erases_it_when_a_second_has_looked(cast, case, mo, now):
    wish = wish_of(case, "delete", now)
    confirm_wish(case, wish, by=cast.cora, now=now)
    deliver_due()
    case.refresh_from_db()
    wish.refresh_from_db()
    assert case.status == Status.CLOSED and wish.status == "open" and Answer.objects.exists()
    actions.confirm_step(look_of(case, Step.DELETE), by=mo, at=now)
    deliver_due()
    assert not Case.objects.filter(pk=case.pk).exists()
    assert not SecondLook.objects.exists()


def test_a_deletion_that_the_person_took_back_is_not_done(cast, case, mo, now):
    wish = wish_of(case, "delete", now)
    confirm_wish(case, wish, by=cast.cora, now=now)
    look = look_of(case, Step.DELETE)
    Wish.objects.filter(pk=wish.pk).update(status="taken_back", decided_at=now)
    with pytest.raises(Decided):
        actions.confirm_step(look, by=mo, at=now)
    assert Case.objects.filter(pk=case.pk).exists()


def test_a_deletion_that_was_not_confirmed_after_all_waits_for_nobody(cast, case, mo, now):
    wish = wish_of(case, "delete", now)
    confirm_wish(case, wish, by=cast.cora, now=now)
    actions.decide_wish(case, wish_id=wish.pk, confirmed=False, by=mo, at=now)
    assert not SecondLook.objects.filter(decided_at=None).exists()


# --- done at once, looked at after -----------------------------------------------------------------


def test_a_hold_acts_at_once_and_a_second_looks_after(cast, case, mo, now):
    actions.set_legal_hold(case, on=True, by=cast.cora, at=now)
    case.refresh_from_db()
    assert case.legal_hold
    assert open_looks(cast.cora) == []
    (look,) = open_looks(mo)
    actions.confirm_step(look, by=mo, at=now)
    assert SecondLook.objects.get().decision == "seen" and open_looks(mo) == []


def test_a_fence_acts_at_once_and_a_second_looks_after_but_never_whom_it_keeps_off(cast, case, mo, now):
    sid = join(cast.office, "sid", Role.CASEWORKER)
    fence(case.matter_id, user=sid, office_id=cast.office.pk, by=cast.cora, at=now)
    deliver_due()
    assert [look.step for look in open_looks(mo)] == [Step.FENCED]
    assert open_looks(sid) == []
    with acting_as(principal_of(sid)), transaction.atomic():
        assert not SecondLook.objects.exists()


def test_what_was_done_cannot_be_refused_after(cast, case, mo, now):
    actions.set_legal_hold(case, on=True, by=cast.cora, at=now)
    with pytest.raises(Decided):
        actions.refuse_step(look_of(case, Step.HELD), by=mo, at=now)


# --- who hears of it -------------------------------------------------------------------------------


def told(user):
    return list(
        Message.objects.filter(user=user, channel=Channel.IN_APP)
        .order_by("queued_at", "pk")
        .values_list("kind", flat=True)
    )


def test_the_second_people_are_told_reminded_each_day_and_the_asker_hears_the_end(
    cast, urgent, mo, sura, now
):
    Message.objects.all().delete()
    actions.decline_case(urgent, reason="Not ours.", by=cast.cora, at=now)
    deliver_due()
    assert (told(sura), told(mo)) == (["second_needed"], [])
    assert actions.remind_of_seconds(at=now + timedelta(hours=23)) == 0
    assert actions.remind_of_seconds(at=now + timedelta(hours=25)) == 1
    assert actions.remind_of_seconds(at=now + timedelta(hours=26)) == 0
    assert actions.remind_of_seconds(at=now + timedelta(hours=50)) == 1
    assert told(sura).count("second_waiting") == 2
    actions.confirm_step(look_of(urgent, Step.DECLINE), by=sura, at=now)
    deliver_due()
    assert "second_decided" in told(cast.cora)
    assert actions.remind_of_seconds(at=now + timedelta(days=9)) == 0


def test_a_closing_that_waits_is_told_and_reminded_of_too(cast, urgent, sura, now):
    Message.objects.all().delete()
    asked = {"reason": "other", "ended_on": urgent.office.today(now), "note": "n", "papers_returned": False}
    actions.ask_to_close(urgent, **asked, by=cast.cora, at=now)
    deliver_due()
    assert told(sura) == ["second_needed"]
    assert actions.remind_of_seconds(at=now + timedelta(days=2)) == 1
    assert Closing.objects.get().reminded_at


# --- on the pages ----------------------------------------------------------------------------------


def test_the_page_says_who_can_and_the_second_decides_there(client, cast, urgent, sura, now):
    actions.decline_case(urgent, reason="Another office.", by=cast.cora, at=now)
    look = look_of(urgent, Step.DECLINE)
    client.force_login(cast.cora)
    html = client.get(urgent.get_absolute_url()).content.decode()
    assert sura.name in html and "Another office." in html and 'value="confirm"' not in html
    client.force_login(sura)
    assert urgent.reference in client.get(reverse("home")).content.decode()
    answer = client.post(reverse("workspace:second", args=[look.pk]), {"answer": "confirm"})
    assert answer.status_code == 302
    urgent.refresh_from_db()
    assert urgent.status == Status.DECLINED


def test_an_answer_nobody_offers_decides_nothing(client, cast, urgent, sura, now):
    actions.decline_case(urgent, reason="Another office.", by=cast.cora, at=now)
    look = look_of(urgent, Step.DECLINE)
    client.force_login(sura)
    for sent in ({}, {"answer": "perhaps"}):
        assert client.post(reverse("workspace:second", args=[look.pk]), sent).status_code == 422
    assert look_of(urgent, Step.DECLINE)


def test_an_office_without_a_second_person_says_so(client, cast, urgent, now):
    actions.decline_case(urgent, reason="Another office.", by=cast.cora, at=now)
    client.force_login(cast.cora)
    assert "nobody who could be the second person" in client.get(urgent.get_absolute_url()).content.decode()
