"""One "next" everywhere: what is due first, of the law or of the work; in queue, case page and inbox."""

import pytest
from django.urls import reverse

from cases import actions
from cases.looking import short_words, upcoming_of
from cases.models import Case, CaseFacts
from notifications.actions import mark_all_read, notify_user
from notifications.models import Message
from referrals import actions as referring
from referrals.engagements import note_engagement, release_assignment
from tests.conftest import triage
from tests.support.relay import deliver_due


@pytest.fixture
def today(cast, now):
    return cast.office.today(now)


def learn(case, by, now, **values):
    newest = CaseFacts.objects.filter(case=case).first()
    actions.write_facts(case, values=values, seen=newest and newest.pk, by=by, at=now)


def next_of(case, today):
    """Return the code of what is next, when the queue and the case's page say the same."""
    deliver_due()
    row = Case.objects.select_related("office").get(pk=case.pk)
    words = upcoming_of([row], on=today, purpose="test")[row.pk].first
    assert (row.next_code, short_words(row.next_code)) == (words.code, words.short)
    return words.code


def test_before_triage_a_look_is_next_unless_something_is_due_today(case, cast, now, today):
    assert next_of(case, today) == "LOOK"
    learn(case, cast.cora, now, notice_due=today.isoformat())
    assert next_of(case, today) == "ROW:notice_due"


def test_each_step_of_the_work_is_next_in_turn(case, cast, now, today):
    triage(case, by=cast.cora, at=now)
    assert next_of(case, today) == "REFER"
    referral = referring.refer_case(case, queue=cast.office.queues.get(), by=cast.cora, at=now)
    assert next_of(case, today) == "OFFER"
    offer = referring.offer_referral(referral, practitioner=cast.panel, by=cast.cora, at=now)
    assert next_of(case, today) == "ANSWER"
    referring.show_names(offer, by=cast.ade, at=now)
    assignment = referring.accept_offer(offer, no_conflict=True, by=cast.ade, at=now)
    assert next_of(case, today) == "ENGAGE"
    note_engagement(assignment, signed_on=today, by=cast.ade, at=now)
    assert next_of(case, today).startswith("ROW:"), "an engaged case goes by its dates alone"


def test_a_case_given_back_is_to_be_offered_again(accepted, cast, now, today):
    release_assignment(accepted, by=cast.ade, at=now)
    assert next_of(accepted.case, today) in ("OFFER", "REFER")


def test_what_is_due_today_by_law_stands_before_the_step(triaged, cast, now, today):
    learn(triaged, cast.cora, now, notice_due=today.isoformat())
    assert next_of(triaged, today) == "ROW:notice_due"


def test_the_inbox_says_what_is_next_until_the_message_was_read(case, cast, now, client, today):
    sentence = upcoming_of([case], on=today, purpose="test")[case.pk].first.sentence
    notify_user(cast.cora, kind="band_raised", link=case.get_absolute_url(), at=now)
    client.force_login(cast.cora)
    inbox = reverse("notifications:inbox")
    assert sentence in client.get(inbox).content.decode()
    mark_all_read(cast.cora, at=now)
    assert sentence not in client.get(inbox).content.decode()


def test_whoever_may_not_see_the_case_reads_nothing_of_it(case, cast, now, client):
    notify_user(cast.otto, kind="band_raised", link=case.get_absolute_url(), at=now)
    client.force_login(cast.otto)
    page = client.get(reverse("notifications:inbox")).content.decode()
    assert "urgent" in page and "read the answers" not in page


def test_no_mail_says_what_is_next(case, cast, now, today):
    sentence = upcoming_of([case], on=today, purpose="test")[case.pk].first.sentence
    notify_user(cast.cora, kind="band_raised", link=case.get_absolute_url(), at=now)
    for message in Message.objects.all():
        assert sentence not in f"{message.title} {message.body} {message.link}"
