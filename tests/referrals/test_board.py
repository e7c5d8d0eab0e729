"""The board: who reads what waits, less exactly and without a name; who asks for it, and how that ends."""

import uuid
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from config.middleware import principal_of
from foundation.database.principal import acting_as, applicant
from foundation.events.models import Event
from foundation.files.erasing import erase_matters
from foundation.refused import Forbidden
from notifications.digests import lines_of
from notifications.kinds import WEEK_DIGEST
from notifications.models import Message
from referrals import actions
from referrals.board import look_after_board
from referrals.board_queries import new_on_board, told_to
from referrals.matching import practitioners_for
from referrals.models import Interest, Listing, Practitioner, Queue, Referral
from tests.support.firms import on_the_panel
from tests.support.relay import deliver_due


@pytest.fixture
def bea(cast, now):
    """Put Bea on the panel: verified, and she browses."""
    return on_the_panel(cast.bea, by=cast.ines, at=now, detained=True, remote=True, browses=True)


@pytest.fixture
def waiting(triaged, cast, bea, now):
    """Return Amina's referral, which waits in its queue and is offered to nobody."""
    queue = Queue.objects.get(office=cast.office)
    referral = actions.refer_case(triaged, queue=queue, by=cast.cora, at=now)
    deliver_due()
    return referral


def as_user(user):
    return acting_as(principal_of(user))


def board(user):
    """Return what somebody can ask for, as the database tells them."""
    with as_user(user), transaction.atomic():
        return [one for one in told_to(user) if one.is_open]


def ask(user, now):
    with as_user(user), transaction.atomic():
        [one] = [one for one in told_to(user) if one.is_open]
        actions.say_interest(one.id, by=user, at=now)
    return Interest.objects.select_related("referral__case", "practitioner__user").get(ended_at=None)


def test_who_browses_reads_coarse_codes_of_what_waits_and_nothing_that_names_anybody(waiting, cast):
    [one] = board(cast.bea)
    assert one.region == "west_asia" and one.language == "ara"
    told = str(one)
    for never in ("Amina", "SY", str(waiting.pk), str(waiting.case_id), str(waiting.matter_id)):
        assert never not in told, never


@pytest.mark.parametrize(
    "keeps",
    [
        {"browses": False},
        {"verified_at": None, "verified_by": None},
        {"accepting": False},
        {"capacity": 0},
        {"expires_on": "2001-01-01"},
    ],
)
def test_whom_an_offer_would_not_reach_reads_no_board(waiting, bea, cast, keeps):
    assert board(cast.bea)
    Practitioner.objects.filter(pk=bea.pk).update(**keeps)
    assert board(cast.bea) == []


def test_who_is_kept_off_or_shut_out_or_elsewhere_reads_none_of_it(waiting, cast, now):
    from conflicts import actions as conflicts

    with as_user(cast.otto), pytest.raises(ProgrammingError), transaction.atomic():
        told_to(cast.otto)  # a caseworker has no board, here or elsewhere
    conflicts.fence(waiting.matter_id, user=cast.bea, office_id=cast.office.pk, by=cast.ines, at=now)
    assert board(cast.bea) == []


def test_who_said_that_they_have_a_conflict_does_not_read_it_again(waiting, bea, cast, now):
    offer = actions.offer_referral(waiting, practitioner=bea, by=cast.cora, at=now)
    actions.decline_offer(offer, reason="conflict", by=cast.bea, at=now)
    deliver_due()
    assert board(cast.bea) == []


def test_what_is_offered_or_asked_in_turn_or_has_unclear_names_stands_on_no_board(waiting, cast, now, tamper):
    assert board(cast.bea)
    offer = actions.offer_referral(waiting, practitioner=cast.panel, by=cast.cora, at=now)
    assert board(cast.bea) == []
    actions.rescind_offer(offer, reason="mistake", by=cast.cora, at=now)
    assert board(cast.bea)
    tamper("UPDATE conflicts_standing SET state = 'possible' WHERE file_id = %s", waiting.matter_id)
    assert board(cast.bea) == []


def test_a_queue_that_asks_for_a_training_shows_nothing_to_whoever_lacks_it(waiting, bea, cast, now):
    from referrals import training

    wanted = training.list_training(cast.office, name="Children", by=cast.ines, at=now)
    Queue.objects.filter(pk=waiting.queue_id).update(takes={"trainings": [wanted.pk]})
    assert board(cast.bea) == []
    training.note_training(bea, training=wanted, taken_on=cast.office.today(now), by=cast.ines, at=now)
    assert board(cast.bea)


def test_a_practitioner_reads_no_row_of_the_board_themselves_nor_anybody_elses_board(waiting, cast):
    for sql in (
        "SELECT * FROM referrals_listing",
        "SELECT * FROM referrals_interest",
        f"SELECT * FROM sec.board_of({cast.ade.pk})",
    ):
        with as_user(cast.bea), pytest.raises(ProgrammingError), transaction.atomic(), ExitStack() as stack:
            cursor = stack.enter_context(connection.cursor())
            cursor.execute(sql)
    with (
        acting_as(applicant(waiting.matter_id)),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM sec.board()")


def test_who_asks_is_seen_by_the_caseworker_in_the_ranking_and_on_the_case(waiting, cast, now, client):
    ask(cast.bea, now)
    deliver_due()
    assert Message.objects.filter(user=cast.cora, kind="interest_said").exists()
    [choice] = [one for one in practitioners_for(waiting.case) if one.practitioner.user_id == cast.bea.pk]
    assert "asked for it" in choice.reasons
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:referral", args=[waiting.case_id])).content.decode()
    assert "Who asked for it" in page and "Bea" in page
    said = Event.objects.get(name="referrals.interest_said")
    assert said.matter_id is None and said.data == {}


def test_asking_twice_is_one_asking_and_a_key_of_nothing_is_refused(waiting, cast, now):
    one = ask(cast.bea, now)
    listing = Listing.objects.get(referral=waiting)
    with as_user(cast.bea), transaction.atomic():
        with pytest.raises(actions.NotOnBoard):
            actions.say_interest(listing.pk, by=cast.bea, at=now)
        with pytest.raises(actions.NotOnBoard):
            actions.say_interest(uuid.uuid4(), by=cast.bea, at=now)
        with pytest.raises(actions.InterestOver):
            actions.withdraw_interest(uuid.uuid4(), by=cast.bea, at=now)
    assert Interest.objects.get() == one


def test_what_was_asked_for_is_taken_back_and_asked_for_anew(waiting, cast, now):
    ask(cast.bea, now)
    listing = Listing.objects.get(referral=waiting)
    with as_user(cast.bea), transaction.atomic():
        actions.withdraw_interest(listing.pk, by=cast.bea, at=now)
    ended = Interest.objects.get()
    assert ended.ended_how == "withdrawn" and ended.ended_by_id == cast.bea.pk
    ask(cast.bea, now)
    assert Interest.objects.count() == 2


def test_a_caseworker_says_why_not_and_whoever_asked_reads_it(waiting, cast, now, client):
    one = ask(cast.bea, now)
    client.force_login(cast.cora)
    address = reverse("workspace:interest-decline", args=[one.pk])
    assert client.post(address, {"why_not": "no-such"}).status_code == 422
    assert client.post(address, {"why_not": "experience"}).status_code == 302
    again = client.post(address, {"why_not": "other"})
    assert again.status_code == 409
    deliver_due()
    assert Message.objects.filter(user=cast.bea, kind="interest_declined").exists()
    client.force_login(cast.bea)
    page = client.get(reverse("panel:board")).content.decode()
    assert "It needs somebody who has done such cases." in page
    assert "Ask for it" not in page  # it was answered: it is not asked for over and over
    assert board(cast.bea) == []
    for stranger in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Forbidden):
            actions.decline_interest(one, why_not="other", by=stranger, at=now)


def test_an_offer_ends_the_interest_of_whoever_gets_it_and_a_placement_that_of_all(waiting, bea, cast, now):
    Practitioner.objects.filter(pk=cast.panel.pk).update(browses=True, detained=True, remote=True)
    ask(cast.bea, now)
    with as_user(cast.ade), transaction.atomic():
        [one] = [one for one in told_to(cast.ade) if one.is_open]
        actions.say_interest(one.id, by=cast.ade, at=now)
    offer = actions.offer_referral(waiting, practitioner=bea, by=cast.cora, at=now)
    deliver_due()
    how = dict(Interest.objects.values_list("practitioner", "ended_how"))
    assert how == {bea.pk: "offered", cast.panel.pk: ""}
    actions.show_names(offer, by=cast.bea, at=now)
    from tests.conftest import answer_names

    answer_names()
    actions.accept_offer(offer, no_conflict=True, by=cast.bea, at=now)
    deliver_due()
    how = dict(Interest.objects.values_list("practitioner", "ended_how"))
    assert how == {bea.pk: "offered", cast.panel.pk: "left"}


def test_a_case_that_ends_ends_what_was_asked_for(waiting, cast, now):
    ask(cast.bea, now)
    actions.untake_referral(Referral.objects.select_related("case").get(pk=waiting.pk), by=cast.cora, at=now)
    deliver_due()
    assert Interest.objects.get().ended_how == "left"
    assert board(cast.bea) == []


def test_the_board_follows_the_case_and_mends_what_an_event_missed(waiting, cast, now):
    Listing.objects.all().delete()
    assert board(cast.bea) == []
    look_after_board(at=now)
    [one] = board(cast.bea)
    type(waiting.case).objects.filter(pk=waiting.case_id).update(codes=["language:spa", "custody:no"])
    look_after_board(at=now)
    [later] = board(cast.bea)
    assert (later.id, later.language, later.custody) == (one.id, "spa", "no")
    assert later.listed_at == one.listed_at


def test_the_mail_of_the_week_counts_what_is_new_and_tells_nothing(waiting, cast, now):
    assert new_on_board(cast.bea, now) == 1
    assert new_on_board(cast.ade, now) == 0  # who did not choose to browse
    digest = Message(user=cast.bea, kind=WEEK_DIGEST, queued_at=now)
    assert "New on the board: 1" in lines_of(digest)
    assert new_on_board(cast.bea, now + timedelta(days=8)) == 0


def test_the_page_filters_and_an_address_that_means_nothing_is_refused_in_words(waiting, cast, client):
    client.force_login(cast.bea)
    address = reverse("panel:board")
    page = client.get(address).content.decode()
    assert "Western Asia" in page and "Amina" not in page and "Syria" not in page
    assert "Ask for it" in page
    assert "Ask for it" not in client.get(address, {"language": "spa"}).content.decode()
    assert client.get(address, {"language": "zz-top"}).status_code == 400
    client.force_login(cast.ade)
    assert "You have not chosen to browse." in client.get(address).content.decode()


def test_who_is_erased_is_on_no_board_and_nobody_asks_for_them_any_more(waiting, cast, now):
    ask(cast.bea, now)
    with transaction.atomic():
        erase_matters([waiting.matter_id])
    assert not Listing.objects.exists() and not Interest.objects.exists()
    with as_user(cast.bea), transaction.atomic():
        assert told_to(cast.bea) == []
