"""A case that ends leaves nothing alive: no offer, no referral, no assignment, no access."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse

from cases import actions as cases
from cases.access import visible_to
from cases.models import Case, CaseAccess
from cases.sql import END_LEFT_ACCESS
from foundation.accounts.actions import disable_user, enable_user
from foundation.database.principal import Principal, acting_as, system
from foundation.events.models import Delivery, Event
from foundation.refused import Refused
from intake.actions import note_wish
from intake.models import Intake
from notifications.models import Message
from referrals import actions
from referrals.models import Assignment, Offer, Referral
from referrals.sql import END_LEFT_REFERRALS
from tests.conftest import triage
from tests.support import handing
from tests.support.people import second_agrees
from tests.support.relay import deliver_due


def wish(case, kind, cast, now):
    """Ask for something with the receipt, and let Cora confirm it with the person."""
    asked = note_wish(Intake.objects.get(pk=case.intake_id), kind=kind, at=now)
    with as_cora(cast):
        cases.decide_wish(case, wish_id=asked.pk, confirmed=True, how="in_person", by=cast.cora, at=now)
    if kind == "delete":
        second_agrees(case, at=now)
        case.refresh_from_db()


def hand_over(case, cast, now):
    with as_cora(cast):
        handing.hand_over(case, by=cast.cora, at=now)


ENDS = {
    "withdrawn": lambda case, cast, now: wish(case, "withdraw", cast, now),
    "deleted": lambda case, cast, now: wish(case, "delete", cast, now),
    "handed over": hand_over,
}


@contextmanager
def as_cora(cast):
    """Act with a caseworker's rights in the database, and no more."""
    cora = cast.cora
    whose = Principal("caseworker", f"user:{cora.pk}", user_id=cora.pk, office_id=cast.office.pk)
    with acting_as(whose), transaction.atomic():
        yield


@pytest.mark.parametrize("way", ENDS)
def test_a_case_that_ends_takes_back_its_offer_its_referral_and_every_access(way, offer, cast, now):
    case = Case.objects.get(pk=offer.referral.case_id)
    actions.show_names(offer, by=cast.ade, at=now)
    cases.grant_access(case.pk, user=cast.bea, scope="file", reason="cover")
    if way == "deleted":
        cases.revoke_access(case.pk, user_id=cast.bea.pk, reason="cover")
    ENDS[way](case, cast, now)
    assert not case.is_open
    assert Offer.objects.get().status == "rescinded"
    assert Referral.objects.get().status == "returned"
    assert not CaseAccess.objects.filter(revoked_at=None).exists()
    assert not visible_to(cast.bea).exists()
    with pytest.raises(actions.OfferOver):
        actions.show_names(offer, by=cast.ade, at=now)
    with pytest.raises(actions.OfferOver):
        actions.accept_offer(offer, no_conflict=True, by=cast.ade, at=now)


def test_the_practitioner_hears_of_it_though_the_matter_is_deleted(offer, cast, now):
    deliver_due()
    wish(Case.objects.get(pk=offer.referral.case_id), "delete", cast, now)
    deliver_due()
    assert not Case.objects.exists()
    assert Message.objects.filter(kind="offer_rescinded", user=cast.ade, channel="in_app").count() == 1
    assert not Delivery.objects.filter(done_at=None).exists()


def test_a_declined_case_leaves_nobody_access(case, cast, now):
    cases.grant_access(case.pk, user=cast.bea, scope="file", reason="cover")
    cases.decline_case(case, reason="has moved away", by=cast.cora, at=now)
    assert not visible_to(cast.bea).exists()
    assert Event.objects.filter(name="cases.access_revoked").exists()


@pytest.mark.parametrize("way", ["withdrawn", "handed over"])
def test_what_an_attorney_has_accepted_ends_through_them_first(way, accepted, cast, now):
    case = accepted.case
    with pytest.raises(cases.LawyerFirst):
        ENDS[way](case, cast, now)
    case.refresh_from_db()
    assert case.is_open and set(visible_to(cast.ade)) == {case}
    actions.release_assignment(accepted, by=cast.ade, at=now)
    case.refresh_from_db()
    ENDS[way](case, cast, now)
    assert not case.is_open


def test_a_case_whose_attorney_was_shut_out_is_given_back_before_it_ends(accepted, cast, now):
    disable_user(cast.ade, by=cast.ines, at=now)
    case = Case.objects.get(pk=accepted.case_id)
    with pytest.raises(cases.LawyerFirst):
        wish(case, "withdraw", cast, now)
    deliver_due()
    case.refresh_from_db()
    wish(case, "withdraw", cast, now)
    assert not case.is_open


def test_nothing_is_put_into_a_queue_or_offered_once_a_case_is_over(triaged, cast, now):
    stale = Case.objects.get(pk=triaged.pk)
    referral = actions.refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    wish(Case.objects.get(pk=triaged.pk), "withdraw", cast, now)
    with pytest.raises(cases.CaseOver):
        actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
    with pytest.raises(cases.CaseOver):
        actions.refer_case(stale, queue=cast.office.queues.get(), by=cast.cora, at=now)
    assert not Offer.objects.exists()


def test_the_offer_page_says_that_it_is_over(offer, cast, now, client):
    client.force_login(cast.ade)
    url = reverse("referrals:offer-detail", args=[offer.pk])
    actions.show_names(offer, by=cast.ade, at=now)
    assert "Canary-Surname" in client.get(url).content.decode()
    wish(Case.objects.get(pk=offer.referral.case_id), "withdraw", cast, now)
    page = client.get(url).content.decode()
    assert "This offer is over" in page and "Canary-Surname" not in page
    accept = reverse("referrals:offer-accept", args=[offer.pk])
    assert client.post(accept, {"no_conflict": "on"}).status_code == 409


def test_what_is_offered_to_someone_who_is_shut_out_goes_back_into_the_queue(offer, cast, now):
    disable_user(cast.ade, by=cast.ines, at=now)
    deliver_due()
    offer.refresh_from_db()
    assert offer.status == "rescinded"
    assert Referral.objects.get().status == "queued"
    enable_user(cast.ade, by=cast.ines, at=now)
    with pytest.raises(actions.OfferOver):
        actions.show_names(offer, by=cast.ade, at=now)


# --- the database refuses it too ---------------------------------------------------------------------


def raw(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def over(offer, cast, now):
    """Return an offer whose case is over."""
    wish(Case.objects.get(pk=offer.referral.case_id), "withdraw", cast, now)
    return Offer.objects.select_related("referral__case").get(pk=offer.pk)


def copy(row, **changes):
    """Make a row like another one, as if somebody wrote it past the actions."""
    values = {field.attname: getattr(row, field.attname) for field in type(row)._meta.concrete_fields}
    values.pop("id")
    return type(row).objects.create(**{**values, **changes})


def test_the_database_refuses_anything_live_on_a_case_that_is_over(over, cast, now):
    case = over.referral.case
    for attempt in (
        lambda: copy(over, status="open", decided_at=None),
        lambda: copy(over.referral, status="queued"),
        lambda: Assignment.objects.create(
            **over.matter.columns,
            case=case,
            practitioner=cast.panel,
            user=cast.ade,
            offer=over,
            reserved_at=now,
        ),
        lambda: cases.grant_access(case.pk, user=cast.bea, scope="file", reason="cover"),
    ):
        with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
            attempt()


def test_the_database_wakes_nothing_of_a_case_that_is_over(over, tamper):
    """Rows as they were left before this rule stood: they may only end."""
    case = str(over.referral.case_id)
    tamper("update referrals_offer set status = 'open', decided_at = null, names_shown_at = now()")
    tamper("update referrals_referral set status = 'offered'")
    for sql in (
        "update referrals_offer set status = 'accepted', decided_at = now() where id = %s",
        "update referrals_offer set expires_at = now() where id = %s",
    ):
        with pytest.raises(IntegrityError, match="not open"):
            raw(sql, str(over.pk))
    with pytest.raises(IntegrityError, match="not open"):
        raw("update referrals_referral set status = 'placed' where case_id = %s", case)
    raw("update referrals_referral set status = 'returned' where case_id = %s", case)


def test_no_case_closes_over_something_that_lives(offer, cast):
    close = "update cases_case set status = 'closed', closed_at = now() where id = %s"
    case_id = str(offer.referral.case_id)
    with pytest.raises(IntegrityError, match="still"):
        raw(close, case_id)
    actions.rescind_offer(offer, reason="other", by=cast.cora, at=offer.offered_at)
    with pytest.raises(IntegrityError, match="live referral"):
        raw(close, case_id)
    raw("update referrals_referral set status = 'returned'")
    cases.grant_access(offer.referral.case_id, user=cast.bea, scope="file", reason="cover")
    with pytest.raises(IntegrityError, match="access"):
        raw(close, case_id)
    cases.revoke_access(offer.referral.case_id, user_id=cast.bea.pk, reason="cover")
    raw(close, case_id)


def test_what_was_left_alive_before_is_ended_by_the_migration(accepted, cast, tamper):
    case_id = str(accepted.case_id)
    tamper("update cases_case set status = 'closed', closed_at = now()")
    for sql in (END_LEFT_ACCESS, END_LEFT_REFERRALS):
        tamper_free(sql)
    assert not CaseAccess.objects.filter(revoked_at=None).exists()
    assert Referral.objects.get().status == "returned"
    assert not Assignment.objects.filter(ended_at=None).exists()
    assert Event.objects.filter(name="cases.access_revoked", subject_id=case_id).exists()
    assert Event.objects.filter(name="referrals.referral_taken_back").exists()


def tamper_free(sql):
    """Run what a migration runs, as whoever migrates."""
    import psycopg

    from foundation.devstack.template import url_of

    with psycopg.connect(url_of(connection.settings_dict["NAME"])) as owner:
        owner.execute(sql)


# --- two at once -------------------------------------------------------------------------------------


def at_once(*tasks):
    """Run tasks at the same moment, each on a connection of its own; return what each raised, or None."""
    gate = Barrier(len(tasks))

    def run(task):
        try:
            with acting_as(system("test")):
                gate.wait(timeout=20)
                task()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_accepting_and_withdrawing_at_once_leave_one_of_both(offer, cast, now):
    actions.show_names(offer, by=cast.ade, at=now)
    asked = note_wish(Intake.objects.get(pk=offer.referral.case.intake_id), kind="withdraw", at=now)
    held = Offer.objects.select_related("referral", "practitioner").get(pk=offer.pk)
    case = Case.objects.get(pk=offer.referral.case_id)
    said = {"wish_id": asked.pk, "confirmed": True, "how": "in_person", "by": cast.cora, "at": now}
    refusals = at_once(
        lambda: actions.accept_offer(held, no_conflict=True, by=cast.ade, at=now),
        lambda: cases.decide_wish(case, **said),
    )
    assert sorted(refusal is None for refusal in refusals) == [False, True]
    case.refresh_from_db()
    assert case.is_open is Assignment.objects.filter(ended_at=None).exists()
    assert case.is_open is CaseAccess.objects.filter(revoked_at=None).exists()


def test_two_offers_accepted_at_once_with_one_place_free_leave_one(make_case, cast, now):
    cast.panel.capacity = 1
    cast.panel.save()
    offers = []
    for _each in range(2):
        case = make_case()
        triage(case, by=cast.cora, at=now)
        referral = actions.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)
        made = actions.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
        actions.show_names(made, by=cast.ade, at=now)
        offers.append(Offer.objects.select_related("referral", "practitioner").get(pk=made.pk))
    refusals = at_once(
        *(lambda o=one: actions.accept_offer(o, no_conflict=True, by=cast.ade, at=now) for one in offers)
    )
    assert sorted(type(refusal) for refusal in refusals if refusal) == [actions.NoRoom]
    assert Assignment.objects.count() == 1
    assert sorted(Offer.objects.values_list("status", flat=True)) == ["accepted", "open"]


def test_whoever_held_a_case_that_the_office_closes_is_told_and_reads_when_and_why(
    accepted, cast, now, client
):
    case = Case.objects.select_related("office").get(pk=accepted.case_id)
    said = {"reason": "other", "note": "As a test.", "papers_returned": False}
    asked = cases.ask_to_close(case, **said, ended_on=case.office.today(now), by=cast.ade, at=now)
    assert asked.needs_second  # what its attorney asks a caseworker looks at
    cases.confirm_closing(asked, by=cast.cora, at=now)
    deliver_due()
    told = Message.objects.filter(user=cast.ade, kind="held_case_ended").first()
    client.force_login(cast.ade)
    page = client.get(told.link)
    assert page.status_code == 403 and "The case was closed." in page.content.decode()
    assert "Amina" not in page.content.decode()
