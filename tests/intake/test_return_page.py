"""The return page: where it stands and what was asked for, in words fit for whoever holds the receipt."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from cases import actions as cases
from cases.models import CASE_LIFE, Case, HowTold
from cases.telling import STEPS, step_of
from foundation.database.principal import acting_as, applicant
from foundation.events.models import Event
from foundation.refused import Refused
from intake.actions import give_receipt, note_spoken_alone, note_wish, take_back_wish
from intake.models import Intake, Posting, Progress, Step, Wish
from intake.progress import return_page
from intake.promises import PROMISES
from notifications.models import Message, Reach
from referrals.actions import refer_case
from tests.conftest import opened, triage
from tests.intake.conftest import open_with
from tests.support.handing import hand_over
from tests.support.relay import deliver_due

MINE = reverse("intake:mine")
TOLD_ALONE = "Looking for a lawyer"


@pytest.fixture
def intake(case):
    return Intake.objects.get(pk=case.intake_id)


@pytest.fixture
def page(client, intake, now):
    """Return what the return page says, read with the receipt."""
    open_with(client, give_receipt(intake, at=now))
    return lambda: client.get(MINE).content.decode()


def where(intake):
    """Return the step at which the page stands, and the day beside it."""
    shown = return_page(Intake.objects.select_related("office").get(pk=intake.pk))
    here = shown.end or next(stage for stage in shown.road if stage.state == "here")
    return str(here.title)


def put(case, cast, now, **changes):
    values = {"kind": "paper", "words": "", "is_safe": False, "asks": False, **changes}
    return cases.post_to_person(case, **values, by=cast.cora, at=now)


# --- where it stands ------------------------------------------------------------------------------


def test_it_follows_the_case_step_by_step(case, intake, cast, now):
    assert where(intake) == "Received"
    triage(case, by=cast.cora, at=now)
    deliver_due()
    assert where(intake) == "Being read"
    refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)
    deliver_due()
    assert where(intake) == "Looking for a lawyer"
    cases.mark_represented(case, by=cast.cora)
    deliver_due()
    assert where(intake) == "A lawyer has it"
    cases.counsel_withdrew(case, by=cast.cora)
    deliver_due()
    assert where(intake) == "Looking for a lawyer"


def test_each_step_passed_has_its_day_and_none_ahead_has(triaged, intake, now):
    deliver_due()
    road = return_page(intake).road
    assert [stage.state for stage in road] == ["done", "here", "ahead", "ahead"]
    today = intake.office.today(now)
    assert [stage.since for stage in road] == [today, today, None, None]


def test_every_status_a_case_may_have_has_a_step_with_words(case, now):
    ends = {end for ends in CASE_LIFE.moves.values() for end in ends}
    assert ends | {"in_triage"} == {str(status) for status in STEPS} | {"in_triage"}
    kinds = set(Posting.Kind) - {Posting.Kind.OWN}
    assert {f"step-{step}" for step in Step} | {f"posted-{kind}" for kind in kinds} <= set(PROMISES)
    assert step_of(case) == Step.RECEIVED


def test_a_step_is_written_down_once_however_often_it_is_announced(triaged, intake):
    for _twice in range(2):
        cases.show_progress(triaged, by="system:test", at=triaged.triaged_at)
    deliver_due()
    assert Progress.objects.filter(intake=intake).count() == 1


# --- a decision is told first ---------------------------------------------------------------------


def ended(case, cast, now, how):
    if how == "declined":
        cases.decline_case(case, reason="Outside our work.", by=cast.cora, at=now)
    else:
        hand_over(case, by=cast.cora, at=now)
    deliver_due()


@pytest.mark.parametrize(
    ("how", "words"), [("declined", "We cannot take it"), ("referred_out", "Handed over to others")]
)
def test_how_it_ended_shows_only_once_a_person_told_them(case, cast, now, page, client, how, words):
    ended(case, cast, now, how)
    text = page()
    assert words not in text and "Who else may help" not in text and "There is news" in text
    cases.tell_ending(Case.objects.get(pk=case.pk), how=HowTold.IN_PERSON, by=cast.cora, at=now)
    deliver_due()
    text = page()
    assert words in text and "Who else may help" in text and "Call us" in text
    assert Event.objects.get(name="cases.ending_told").data == {"how": "in_person"}


def test_that_it_must_be_told_is_the_next_step_of_the_case(case, cast, now, client):
    ended(case, cast, now, "declined")
    client.force_login(cast.cora)
    home = client.get(reverse("home")).content.decode()
    assert "does not know it yet" in home and case.get_absolute_url() in home
    text = client.get(case.get_absolute_url()).content.decode()
    assert "tell the person how it ended" in text and "Nothing is left to do" not in text
    listed = client.get(reverse("workspace:queue"), {"tab": "ended", "status": "declined"}).content.decode()
    assert "Tell them how it ended" in listed
    client.post(reverse("workspace:tell", args=[case.pk]), {"how": "in_person"})
    assert "does not know it yet" not in client.get(reverse("home")).content.decode()
    assert "Nothing is left to do" in client.get(case.get_absolute_url()).content.decode()


def test_it_is_told_once_and_only_of_a_case_that_ended(case, cast, now):
    with pytest.raises(Refused):
        cases.tell_ending(case, how=HowTold.IN_PERSON, by=cast.cora, at=now)
    ended(case, cast, now, "declined")
    cases.tell_ending(case, how=HowTold.IN_PERSON, by=cast.cora, at=now)
    with pytest.raises(Refused):
        cases.tell_ending(case, how=HowTold.SAFE_WAY, by=cast.cora, at=now)


def test_it_is_not_told_by_a_way_that_is_not_safe_any_more(case, intake, cast, now):
    note_wish(intake, kind=Wish.Kind.UNSAFE, at=now)
    ended(case, cast, now, "declined")
    with pytest.raises(Refused, match="in person"):
        cases.tell_ending(case, how=HowTold.SAFE_WAY, by=cast.cora, at=now)
    cases.tell_ending(case, how=HowTold.IN_PERSON, by=cast.cora, at=now)


def test_who_asked_us_to_stop_knows_it_and_is_on_nobodys_list(case, intake, cast, now, client):
    wish = note_wish(intake, kind=Wish.Kind.WITHDRAW, at=now)
    cases.decide_wish(case, wish_id=wish.pk, confirmed=True, how="in_person", by=cast.cora, at=now)
    deliver_due()
    told = Case.objects.get(pk=case.pk)
    assert told.told_how == HowTold.OWN_WISH and where(intake) == "Closed"
    client.force_login(cast.cora)
    assert "does not know it yet" not in client.get(reverse("home")).content.decode()


# --- a helper's receipt ---------------------------------------------------------------------------


def test_a_helpers_receipt_shows_received_and_no_more_until_the_person_was_spoken_to(
    triaged, intake, cast, now, client, page
):
    Intake.objects.filter(pk=intake.pk).update(helped=True)
    refer_case(triaged, queue=cast.office.queues.get(), by=cast.cora, at=now)
    put(triaged, cast, now, kind="own", words="Bring the blue folder", is_safe=True)
    note_wish(Intake.objects.get(pk=intake.pk), kind=Wish.Kind.CALL, at=now)
    deliver_due()
    text = page()
    assert "Received" in text
    for never in (TOLD_ALONE, "Being read", "blue folder", "What you asked for", "Messages"):
        assert never not in text, never
    note_spoken_alone(Intake.objects.get(pk=intake.pk), by=cast.cora, at=now)
    text = page()
    assert TOLD_ALONE in text and "blue folder" in text and "What you asked for" in text


# --- what was asked for ---------------------------------------------------------------------------


def test_a_wish_stands_there_with_its_day_and_is_taken_back_there(case, intake, cast, now, client, page):
    client.post(reverse("intake:wish", args=["contact"]), {"channels": "none"})
    note_wish(intake, kind=Wish.Kind.CONTACT, at=now)
    page()
    assert "A new way to be reached" in page()
    assert client.post(reverse("intake:take-back", args=["contact"])).url == MINE
    page()
    assert "What you asked for" not in page()
    wish = Wish.objects.get()
    assert (wish.status, wish.decided_by) == ("taken_back", None) and wish.decided_at
    deliver_due()
    assert Message.objects.filter(kind="wish_taken_back", user=cast.cora, channel="in_app").count() == 1


def test_that_a_way_is_not_safe_never_stands_there_and_is_never_taken_back_there(intake, now, client, page):
    note_wish(intake, kind=Wish.Kind.UNSAFE, at=now)
    assert "What you asked for" not in page()
    client.post(reverse("intake:take-back", args=["unsafe"]))
    assert Wish.objects.get().status == "open"
    assert Reach.objects.get(matter_id=intake.matter_id).stopped == "unsafe"


def test_the_database_lets_no_receipt_take_back_that_a_way_is_not_safe(intake, now):
    note_wish(intake, kind=Wish.Kind.UNSAFE, at=now)
    note_wish(intake, kind=Wish.Kind.CALL, at=now)
    with acting_as(applicant(intake.matter_id)), transaction.atomic():
        taken = Wish.objects.filter(intake=intake, kind="call")
        assert taken.update(status="taken_back", decided_at=now) == 1
        with pytest.raises(ProgrammingError, match="row-level security"):
            Wish.objects.filter(kind="unsafe").update(status="taken_back", decided_at=now)


def test_nobody_takes_back_what_staff_decided_meanwhile(case, intake, cast, now):
    wish = note_wish(intake, kind=Wish.Kind.CALL, at=now)
    cases.decide_wish(case, wish_id=wish.pk, confirmed=True, by=cast.cora, at=now)
    assert not take_back_wish(intake, kind=Wish.Kind.CALL, at=now)
    assert Wish.objects.get().status == "done"


# --- what staff put there -------------------------------------------------------------------------


def test_approved_words_stand_there_until_they_are_settled(case, intake, cast, now, client, page):
    posting = put(case, cast, now)
    text = page()
    assert "We need something from you" in text and "the paper we talked about" in text
    assert reverse("intake:documents") in text
    cases.settle_posting(case, posting_id=posting.pk, by=cast.cora, at=now)
    assert "We need something from you" not in page()


def test_own_words_need_the_mark_that_they_are_safe(case, cast, now, client, page):
    with pytest.raises(Refused, match="Whoever holds the receipt"):
        put(case, cast, now, kind="own", words="Bring the blue folder")
    client.force_login(cast.cora)
    sent = {"kind": "own", "words": "Bring the blue folder"}
    refused = client.post(reverse("workspace:post", args=[case.pk]), sent)
    assert refused.status_code == 422 and "Bring the blue folder" in refused.content.decode()
    client.post(reverse("workspace:post", args=[case.pk]), {**sent, "is_safe": "on"})
    assert opened(Posting.objects.get(), "words").words == "Bring the blue folder"
    assert "Bring the blue folder" in page()


def test_the_mail_says_that_words_wait_and_not_which(case, cast, now):
    put(case, cast, now, kind="own", words="Bring the blue folder", is_safe=True)
    deliver_due()
    (mail,) = Message.objects.filter(user=None, channel="email").exclude(kind="received")
    assert "blue folder" not in mail.body and "two numbers" in mail.body


def test_another_office_and_attorneys_put_nothing_there(case, cast, now):
    for other in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Refused):
            cases.post_to_person(case, kind="call", words="", is_safe=False, asks=False, by=other, at=now)
    assert not Posting.objects.exists()


def test_the_page_shows_nothing_told_at_any_step(triaged, cast, now, page):
    put(triaged, cast, now, kind="letter")
    deliver_due()
    text = page()
    for told in ("Amina", "Canary", "amina@test.example", "1991", "Syria", "asylum"):
        assert told not in text
