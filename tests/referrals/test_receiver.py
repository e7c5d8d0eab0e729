"""The page behind a link: looking changes nothing, one answer counts, and it never says of whom."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.urls import reverse

from foundation.database.principal import ANONYMOUS, acting_as, system
from foundation.events.models import AccessRecord, Event
from foundation.refused import Refused
from referrals import actions
from referrals.links import RECEIVER, find_link, token_for
from referrals.models import HandOver
from tests.support.handing import SUMMARY, ask


@pytest.fixture
def made(case, cast, now):
    return ask(case, by=cast.cora, at=now)


def at(made):
    return reverse("receiver", args=[token_for(made.pk)])


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


YES, NO = {"says": "accepted"}, {"says": "refused", "why": "full"}


def test_whoever_has_the_link_reads_the_summary_and_not_who_it_is(client, case, made):
    answer = client.get(at(made))
    page = words(answer)
    assert answer.status_code == 200 and SUMMARY in page and "Our Office" in page and "(212) 555-0100" in page
    for told in ("Canary", "Amina", case.reference, "Harbor Aid"):
        assert told not in answer.content.decode()


def test_looking_changes_nothing(client, made):
    events = Event.objects.count()
    for method in (client.get, client.head, client.get):
        assert method(at(made)).status_code == 200
    made.refresh_from_db()
    assert made.status == "asked" and Event.objects.count() == events
    assert client.put(at(made)).status_code == 405


def test_a_key_that_was_retired_meanwhile_ends_the_link_and_not_the_page(client, made):
    made.refresh_from_db()
    HandOver.objects.filter(pk=made.pk).update(shown=f"7{made.shown[1:]}")
    answer = client.get(at(made))
    assert answer.status_code == 200 and SUMMARY not in words(answer) and "(212) 555-0100" in words(answer)
    assert client.post(at(made), YES).status_code == 409


def test_a_yes_counts_once_and_the_page_says_what_comes_next(client, case, made):
    answer = client.post(at(made), YES, follow=True)
    assert "Thank you for your yes" in words(answer) and SUMMARY not in words(answer)
    made.refresh_from_db()
    assert (made.status, made.shown, made.answered_by) == ("accepted", "", None)
    event = Event.objects.get(name="referrals.hand_over_accepted")
    assert (event.actor, event.matter_id, event.data) == ("receiver", case.matter_id, {"case": str(case.pk)})
    again = client.post(at(made), NO)
    assert again.status_code == 409 and "Thank you for your yes" in words(again)
    made.refresh_from_db()
    assert made.status == "accepted"


def test_a_no_needs_a_reason_and_keeps_it(client, made):
    answer = client.post(at(made), {"says": "refused"})
    assert answer.status_code == 422 and "Choose a reason" in words(answer) and SUMMARY in words(answer)
    answer = client.post(at(made), NO, follow=True)
    assert "We ask somebody else" in words(answer)
    made.refresh_from_db()
    assert (made.status, made.refusal) == ("refused", "full")


@pytest.mark.parametrize("sent", [{}, {"says": "done"}, {"says": "accepted", "why": "nonsense"}])
def test_what_is_no_answer_changes_nothing(client, made, sent):
    assert client.post(at(made), sent).status_code == 422
    made.refresh_from_db()
    assert made.status == "asked"


def test_after_its_time_it_says_so_before_anybody_swept(client, made, now):
    HandOver.objects.filter(pk=made.pk).update(expires_at=now - timedelta(seconds=1))
    answer = client.get(at(made))
    assert "The time to answer is over" in words(answer) and SUMMARY not in words(answer)
    assert client.post(at(made), YES).status_code == 409
    made.refresh_from_db()
    assert made.status == "asked"


def test_what_was_taken_back_says_only_that_it_is_over(client, cast, made, now):
    actions.rescind_hand_over(made, by=cast.cora, at=now)
    page = words(client.get(at(made)))
    assert "This is over" in page and SUMMARY not in page
    assert client.post(at(made), YES).status_code == 409


@pytest.mark.parametrize("token", ["0" * 64, "x", "٣" * 64, "%00"])
def test_a_wrong_link_says_what_to_do(client, made, token):
    answer = client.get(reverse("receiver", args=[token]))
    assert answer.status_code == 404 and "This link leads nowhere" in words(answer)
    assert client.post(reverse("receiver", args=[token]), YES).status_code == 404


def test_what_was_handed_over_before_there_were_links_opens_with_none(case, cast, now):
    HandOver.objects.create(
        **case.matter.columns, case=case, receiver="Old Aid", status="done", asked_by=cast.cora, asked_at=now
    )
    assert find_link("") is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sec.find_hand_over('')")
        assert cursor.fetchone() == (0,)


def test_the_public_role_reads_no_row_and_writes_none(made):
    with acting_as(ANONYMOUS), transaction.atomic():
        for statement in ("SELECT id FROM", "UPDATE"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                tail = " SET status = 'accepted'" if statement == "UPDATE" else ""
                cursor.execute(f"{statement} referrals_handover{tail}")


def test_the_database_takes_no_other_answer(made):
    from foundation.accounts.actions import hash_of

    link = hash_of(token_for(made.pk))
    with acting_as(ANONYMOUS), pytest.raises(IntegrityError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM sec.answer_hand_over(%s, 'done', '')", [link])


def test_reading_by_the_link_opens_nobody_s_key(client, made):
    before = AccessRecord.objects.count()
    client.get(at(made))
    assert AccessRecord.objects.count() == before


def test_a_yes_and_taking_it_back_at_once_end_one_way(cast, made, now):
    barrier, found = Barrier(2), []

    def run(action):
        try:
            with acting_as(system("race")):
                barrier.wait(5)
                action()
                found.append(True)
        except Refused as refused:
            found.append(type(refused).__name__)
        finally:
            connections.close_all()

    def answer():
        with acting_as(RECEIVER):
            actions.answer_link(token_for(made.pk), says="accepted", why="", at=now)

    def take_back():
        with transaction.atomic():
            actions.take_back_open_links([made.matter_id], by="system:race", at=now)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, [answer, take_back]))
    made.refresh_from_db()
    events = Event.objects.filter(subject_id=str(made.pk)).exclude(name="referrals.hand_over_asked")
    assert made.status in ("accepted", "rescinded") and events.count() == 1, found
