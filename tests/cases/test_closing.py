"""A case ends with its reason, by two people where it is urgent; what leaned on it ends too."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases import actions
from cases.access import visible_to
from cases.models import Case, Closing, Deadline
from foundation.accounts.models import Membership, Role, User
from foundation.events.models import Event
from foundation.refused import Forbidden
from intake.actions import note_wish
from intake.models import Intake
from referrals import actions as referring
from referrals.models import Assignment, Referral
from screening.models import Band
from tests.conftest import give_code_app, opened, triage
from tests.support.handing import hand_over
from tests.support.relay import deliver_due

GRANTED = {"reason": "granted", "note": "", "papers_returned": True}


@pytest.fixture
def calm(case):
    """A case that one person may close: routine, and no date near."""
    Case.objects.filter(pk=case.pk).update(band=Band.ROUTINE)
    Deadline.objects.filter(case=case).update(date=None, latest=None)
    return Case.objects.select_related("office", "intake").get(pk=case.pk)


@pytest.fixture
def colleague(cast):
    user = User.objects.create(email="mo@test.example", password="!", name="Mo")
    Membership.objects.create(user=user, office=cast.office, roles=[Role.CASEWORKER])
    give_code_app(user)
    return user


def close(case, by, at, **changes):
    ended_on = case.office.today(at)
    return actions.ask_to_close(case, **{**GRANTED, "ended_on": ended_on, **changes}, by=by, at=at)


def words(client, url):
    return " ".join(client.get(url).content.decode().split())


def test_one_caseworker_closes_a_calm_case_and_its_person_is_to_be_told(client, calm, cast, now):
    client.force_login(cast.cora)
    url = reverse("workspace:close", args=[calm.pk])
    sent = {"reason": "moved", "ended_on": str(calm.office.today(now)), "note": "To Ohio."}
    assert client.post(url, sent).status_code == 302
    calm.refresh_from_db()
    assert calm.status == "closed" and calm.closed_at and calm.must_be_told
    page = words(client, calm.get_absolute_url())
    assert "They moved away" in page and "To Ohio." in page and "Open the case again" in page
    assert opened(Closing.objects.get(), "note").note == "To Ohio."
    assert "To Ohio." not in str(Event.objects.values_list("data", flat=True))


def test_an_urgent_one_waits_for_a_second_person_and_nothing_changes_until_then(
    client, case, cast, colleague, now
):
    Case.objects.filter(pk=case.pk).update(band=Band.CRITICAL)
    closing = close(case, cast.cora, now)
    case.refresh_from_db()
    assert case.is_open and closing.needs_second
    client.force_login(cast.cora)
    page = words(client, case.get_absolute_url())
    assert (
        "It waits for one of these: Mo." in page
        and reverse("workspace:confirm-closing", args=[case.pk]) not in page
    )
    with pytest.raises(actions.SecondPerson):
        actions.confirm_closing(closing, by=cast.cora, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.filter(pk=closing.pk).update(closed_by=cast.cora, closed_at=now)
    with pytest.raises(actions.AlreadyAsked):
        close(case, cast.cora, now)
    client.force_login(colleague)
    assert case.reference in words(client, reverse("home"))
    assert client.post(reverse("workspace:confirm-closing", args=[case.pk])).status_code == 302
    case.refresh_from_db()
    assert case.status == "closed"
    assert client.post(reverse("workspace:confirm-closing", args=[case.pk])).status_code == 409


@pytest.mark.parametrize("why", ["date", "hold"])
def test_what_is_urgent_is_a_near_date_or_a_hold_too(calm, cast, now, why):
    if why == "hold":
        Case.objects.filter(pk=calm.pk).update(legal_hold=True)
    else:
        day = calm.office.today(now) + timedelta(days=20)
        row = Deadline.objects.filter(case=calm).first()
        Deadline.objects.filter(pk=row.pk).update(date=day, latest=day, status="open")
    assert close(Case.objects.get(pk=calm.pk), cast.cora, now).needs_second


def test_it_can_be_taken_back_and_asked_for_again(client, case, cast, now):
    Case.objects.filter(pk=case.pk).update(band=Band.CRITICAL)
    close(case, cast.cora, now)
    client.force_login(cast.cora)
    assert client.post(reverse("workspace:drop-closing", args=[case.pk])).status_code == 302
    assert "Somebody asks to close" not in words(client, case.get_absolute_url())
    assert client.post(reverse("workspace:drop-closing", args=[case.pk])).status_code == 409
    assert close(case, cast.cora, now)


def test_a_represented_case_ends_with_its_representation_and_the_place_is_free(client, accepted, cast, now):
    referring.note_engagement(accepted, signed_on=cast.office.today(now), by=cast.ade, at=now)
    case = Case.objects.select_related("office").get(pk=accepted.case_id)
    asked = close(case, cast.ade, now)
    assert asked.needs_second, "what its attorney asks a caseworker looks at"
    case.refresh_from_db()
    assert case.status == "represented"
    actions.confirm_closing(Closing.objects.select_related("case__office").get(), by=cast.cora, at=now)
    case.refresh_from_db()
    assert case.status == "closed"
    assert Assignment.objects.get().ended_at and Referral.objects.get().status == "returned"
    assert not visible_to(cast.ade).filter(pk=case.pk).exists()
    assert cast.panel.has_room()
    deliver_due()
    assert Event.objects.filter(name="referrals.representation_ended").count() == 1


def test_who_took_it_meanwhile_is_read_before_it_is_closed(client, accepted, cast, now):
    """The page was opened before the yes: what it says is not so any more, and what was typed stays."""
    case = Case.objects.get()
    Deadline.objects.filter(case=case).update(date=None)
    Case.objects.update(band="ROUTINE")
    client.force_login(cast.cora)
    url = reverse("workspace:close", args=[case.pk])
    sent = {"reason": "moved", "ended_on": str(case.office.today(now)), "note": "To Ohio.", "held_by": ""}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Meanwhile somebody took the case" in page and "To Ohio." in page
    assert Case.objects.get().closed_at is None
    [knows] = re.findall(r'name="held_by" value="([^"]+)"', page)
    assert client.post(url, {**sent, "held_by": knows}).status_code == 302
    assert Case.objects.get().closed_at is not None


def test_another_reason_needs_words(calm, cast, now):
    with pytest.raises(actions.WordsNeeded):
        close(calm, cast.cora, now, reason="other", note=" ")
    assert close(calm, cast.cora, now, reason="other", note="They asked us to.")


def test_a_day_that_has_not_come_and_a_stranger_are_refused(client, calm, cast, now):
    client.force_login(cast.cora)
    url = reverse("workspace:close", args=[calm.pk])
    ahead = str(calm.office.today(now) + timedelta(days=1))
    response = client.post(url, {"reason": "granted", "ended_on": ahead})
    assert response.status_code == 422 and "has not come" in response.content.decode()
    for stranger in (cast.bea, cast.ines, cast.otto):
        with pytest.raises(Forbidden):
            close(calm, stranger, now)
    assert client.post(reverse("workspace:confirm-closing", args=[calm.pk])).status_code == 404


def test_a_closed_case_goes_on_is_triaged_anew_and_brings_nothing_back(client, triaged, cast, now):
    Case.objects.filter(pk=triaged.pk).update(band=Band.ROUTINE)
    Deadline.objects.filter(case=triaged).update(date=None, latest=None)
    case = Case.objects.select_related("office", "intake").get(pk=triaged.pk)
    referral = referring.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)
    offer = referring.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
    close(case, cast.cora, now)
    actions.tell_ending(case, how="in_person", by=cast.cora, at=now)
    client.force_login(cast.cora)
    url = reverse("workspace:reopen", args=[case.pk])
    assert client.post(url, {"why": ""}).status_code == 422
    assert client.post(url, {"why": "The grant was reopened."}).status_code == 302
    case.refresh_from_db()
    assert (case.status, case.closed_at, case.told_at, case.triaged_at) == ("in_triage", None, None, None)
    offer.refresh_from_db(), referral.refresh_from_db()
    assert (offer.status, referral.status) == ("rescinded", "returned")
    assert not visible_to(cast.ade).filter(pk=case.pk).exists()
    assert client.post(url, {"why": "again"}).status_code == 409
    page = words(client, case.get_absolute_url())
    assert "Closed earlier" in page and "The grant was reopened." in page
    triage(case, by=cast.cora, at=now)
    assert referring.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)


def test_who_was_handed_over_can_be_handed_over_again(case, cast, now):
    hand_over(case, by=cast.cora, at=now)
    actions.reopen_case(case, why="They have no room.", by=cast.cora, at=now)
    hand_over(case, by=cast.cora, at=now)
    assert case.hand_overs.count() == 2


def test_whoever_withdrew_comes_back_only_by_their_own_word(client, case, cast, now):
    wish = note_wish(case.intake, kind="withdraw", at=now)
    actions.decide_wish(case, wish_id=wish.pk, confirmed=True, how="in_person", by=cast.cora, at=now)
    case = Case.objects.select_related("office", "intake").get(pk=case.pk)
    with pytest.raises(actions.TheirOwnWord):
        actions.reopen_case(case, why="I think they should.", by=cast.cora, at=now)
    client.force_login(cast.cora)
    assert "Open the case again" not in words(client, case.get_absolute_url())
    assert Intake.objects.get(pk=case.intake_id).status == "withdrawn"
