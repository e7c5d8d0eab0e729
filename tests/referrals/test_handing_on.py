"""A case handed on to a colleague: theirs after a yes, with the names checked; until then it stays put."""

from datetime import timedelta

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.urls import reverse

from cases.access import visible_to
from config.middleware import principal_of
from conflicts import actions as conflicts
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.files.erasing import erase_matters
from foundation.refused import Forbidden
from notifications.models import Message
from referrals import actions
from referrals.asked_over import asked_over
from referrals.models import Assignment, Offer
from tests.conftest import answer_names
from tests.support.firms import firm_of, on_the_panel
from tests.support.relay import deliver_due


@pytest.fixture
def bea(cast, now):
    """Put Bea on the panel, verified."""
    return on_the_panel(cast.bea, by=cast.ines, at=now)


@pytest.fixture
def asked(accepted, bea, cast, now):
    """Return the offer by which Ade, who holds the case, asks Bea to take it over."""
    return ask(accepted, bea, cast, now)


def ask(accepted, bea, cast, now):
    with as_user(cast.ade):
        made = actions.ask_colleague(accepted, practitioner=bea, note="A motion is due.", by=cast.ade, at=now)
    deliver_due()
    answer_names()
    return Offer.objects.select_related("referral__case", "practitioner", "user", "office").get(pk=made.pk)


def as_user(user):
    return acting_as(principal_of(user))


def say_yes(asked, cast, now):
    with as_user(cast.bea):
        actions.show_names(asked, by=cast.bea, at=now)
        made = actions.accept_offer(asked, no_conflict=True, by=cast.bea, at=now)
    deliver_due()
    return made


def test_until_a_yes_the_case_stays_with_whoever_asked(asked, accepted, cast):
    assert set(visible_to(cast.ade)) == {accepted.case}
    assert not visible_to(cast.bea).exists()
    accepted.refresh_from_db()
    assert accepted.ended_at is None
    assert asked.referral.status == "placed"
    assert Message.objects.filter(user=cast.bea, kind="hand_on_asked").exists()
    assert Message.objects.filter(user=cast.cora, kind="hand_on_begun").exists()


def test_the_colleague_reads_facts_without_a_name_and_no_note_before_a_yes(asked, cast, client):
    client.force_login(cast.bea)
    page = client.get(reverse("referrals:offer-detail", args=[asked.pk]), follow=True)
    text = page.content.decode()
    assert page.status_code == 200
    for never in (
        "Amina",
        "Canary-Surname",
        "1991",
        "Syria",
        "A motion is due.",
        asked.referral.case.reference,
    ):
        assert never not in text


def test_with_the_yes_it_is_the_colleagues_and_never_nobodys(asked, accepted, cast, now, client):
    made = say_yes(asked, cast, now)
    accepted.refresh_from_db()
    assert accepted.ended_how == "handed_on"
    assert Assignment.objects.get(case=accepted.case, ended_at=None) == made
    assert set(visible_to(cast.bea)) == {accepted.case}
    assert not visible_to(cast.ade).exists()
    asked.referral.refresh_from_db()
    assert asked.referral.status == "placed"
    assert Message.objects.filter(user=cast.ade, kind="hand_on_answered").exists()
    client.force_login(cast.bea)
    assert (
        "A motion is due." in client.get(reverse("workspace:referral", args=[made.case_id])).content.decode()
    )
    event = Event.objects.get(name="referrals.handed_on")
    assert event.data["from"] == cast.ade.pk and event.data["user"] == cast.bea.pk


def test_a_represented_case_waits_for_the_colleagues_own_engagement(accepted, bea, cast, now):
    today = cast.office.today(now)
    actions.note_engagement(accepted, signed_on=today, by=cast.ade, at=now)
    made = say_yes(ask(accepted, bea, cast, now), cast, now)
    accepted.case.refresh_from_db()
    assert accepted.case.status == "seeking_counsel"
    actions.note_engagement(made, signed_on=today, by=cast.bea, at=now)
    accepted.case.refresh_from_db()
    assert accepted.case.status == "represented"


def test_a_no_leaves_everything_as_it_was_and_tells_who_asked(asked, accepted, cast, now):
    with as_user(cast.bea):
        actions.decline_offer(asked, reason="capacity", by=cast.bea, at=now)
    deliver_due()
    accepted.refresh_from_db()
    assert accepted.ended_at is None and set(visible_to(cast.ade)) == {accepted.case}
    asked.referral.refresh_from_db()
    assert asked.referral.status == "placed"
    assert Message.objects.filter(user=cast.ade, kind="hand_on_answered").exists()
    assert not Message.objects.filter(user=cast.cora, kind="offer_declined").exists()
    access = accepted.case.access.filter(user=cast.bea, revoked_at=None)
    assert not access.exists()


def test_silence_leaves_it_too(asked, accepted, cast):
    assert actions.expire_offers(at=asked.expires_at + timedelta(seconds=1)) == 1
    accepted.refresh_from_db()
    assert accepted.ended_at is None and asked_over(accepted) is None


def test_whoever_asked_takes_it_back_and_may_ask_another(asked, accepted, bea, cast, now):
    with pytest.raises(actions.AskedAlready):
        ask(accepted, bea, cast, now)
    with as_user(cast.ade):
        actions.take_asking_back(accepted, by=cast.ade, at=now)
    assert not accepted.case.access.filter(user=cast.bea, revoked_at=None).exists()
    with pytest.raises(actions.OfferOver), as_user(cast.ade):
        actions.take_asking_back(accepted, by=cast.ade, at=now)
    ask(accepted, bea, cast, now)


def test_giving_the_case_back_takes_back_what_a_colleague_is_asked(asked, accepted, cast, now):
    with as_user(cast.ade):
        actions.release_assignment(accepted, by=cast.ade, at=now)
    asked.refresh_from_db()
    assert (asked.status, asked.rescind_reason) == ("rescinded", "gone")
    asked.referral.refresh_from_db()
    assert asked.referral.status == "returned"
    with pytest.raises(actions.OfferOver):
        actions.accept_offer(asked, no_conflict=True, by=cast.bea, at=now)


def test_a_case_that_closes_meanwhile_ends_it_for_both(asked, accepted, cast, now):
    actions.take_back(accepted.case, by=cast.cora, at=now, ends_representation=True)
    asked.refresh_from_db()
    assert (asked.status, asked.rescind_reason) == ("rescinded", "closed")


def test_nobody_asks_about_what_they_do_not_hold_nor_themselves(accepted, bea, cast, now):
    with pytest.raises(Forbidden):
        actions.ask_colleague(accepted, practitioner=bea, note="", by=cast.cora, at=now)
    with pytest.raises(Forbidden):
        actions.ask_colleague(accepted, practitioner=cast.panel, note="", by=cast.ade, at=now)


def test_whoever_asks_does_not_answer_for_the_colleague_though_they_coordinate_the_firm(
    accepted, bea, cast, now
):
    firm_of(cast.office, coordinator=cast.ade, people=[cast.bea], by=cast.ines, at=now)
    asked = ask(accepted, bea, cast, now)
    with pytest.raises(Forbidden), as_user(cast.ade):
        actions.show_names(asked, by=cast.ade, at=now)
    accepted.refresh_from_db()
    assert accepted.ended_at is None


def test_who_is_kept_off_the_case_is_not_asked(accepted, bea, cast, now):
    case = accepted.case
    conflicts.fence(case.matter_id, user=cast.bea, office_id=case.office_id, by=cast.cora, at=now)
    with pytest.raises(actions.NotForThem):
        ask(accepted, bea, cast, now)
    assert asked_over(accepted) is None


def test_the_database_lets_no_attorney_write_another_offer(asked, accepted, cast, now):
    """By raw SQL either: no offer at all, and no answer in somebody else's name."""
    columns = {**accepted.matter.columns, "offered_by": cast.bea, "offered_at": now, "expires_at": now}
    with pytest.raises((ProgrammingError, InternalError)), as_user(cast.bea), transaction.atomic():
        Offer.objects.create(
            **columns,
            referral=asked.referral,
            practitioner=cast.panel,
            user=cast.ade,
            hands_on=accepted.offer,
        )
    with as_user(cast.ade), transaction.atomic():
        assert not Offer.objects.filter(pk=asked.pk).update(names_shown_at=now)
    for call in ("sec.unask_colleague(%s, 'found')", "sec.take_over(%s)"):
        try:
            with as_user(cast.bea), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"SELECT {call}", [asked.pk])
                assert cursor.fetchone() == (False,)
        except ProgrammingError:
            continue
    accepted.refresh_from_db()
    assert accepted.ended_at is None


def test_where_every_referral_stands_names_who_holds_it_and_not_who_is_asked(asked, cast, client):
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:placing")).content.decode()
    assert "Ade accepted" in page and "Bea accepted" not in page
    tab = client.get(reverse("workspace:referral", args=[asked.referral.case_id])).content.decode()
    assert "Ade holds the case and asks a colleague to take it over." in tab


def test_a_matter_with_a_case_that_was_handed_on_is_erased_whole(asked, accepted, cast, now):
    say_yes(asked, cast, now)
    erase_matters([accepted.matter_id])
    assert not Offer.objects.filter(matter_id=accepted.matter_id).exists()
    assert not Assignment.objects.filter(matter_id=accepted.matter_id).exists()
