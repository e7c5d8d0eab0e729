"""Before a yes somebody asks; a caseworker answers on the offer, in words that tell nobody who it is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from conflicts.actions import add_party
from foundation.events.models import Event
from foundation.refused import Forbidden
from notifications.models import Message
from referrals import actions
from referrals.asking_queries import questions_of
from referrals.models import OfferQuestion
from referrals.summaries import earlier_answers
from referrals.summary_queries import summary_of
from tests.support.firms import on_the_panel
from tests.support.relay import deliver_due

WHAT = "Is there a phone at the center, or only the cousin?"


def ask(offer, cast, now, question=WHAT):
    return actions.ask_about_offer(offer, question=question, by=cast.ade, at=now)


def test_a_question_and_its_answer_stand_on_the_offer_for_both(offer, cast, now, client):
    asked = ask(offer, cast, now)
    client.force_login(cast.cora)
    tab = client.get(reverse("workspace:referral", args=[offer.referral.case_id])).content.decode()
    assert WHAT in tab
    address = reverse("workspace:offer-question-answer", args=[asked.pk])
    assert client.post(address, {"answer": "Only the cousin, after four."}).status_code == 302
    client.force_login(cast.ade)
    page = client.get(reverse("referrals:offer-detail", args=[offer.pk]), follow=True).content.decode()
    assert WHAT in page and "Only the cousin, after four." in page
    for name in ("question_asked", "question_answered"):
        event = Event.objects.get(name=f"referrals.{name}")
        assert "cousin" not in str(event.data)


def test_both_sides_are_told_and_no_message_says_what_was_asked(offer, cast, now):
    asked = ask(offer, cast, now)
    deliver_due()
    told = Message.objects.filter(user=cast.cora, kind="offer_question")
    assert told.exists()
    actions.answer_question(asked, answer="Yes.", by=cast.cora, at=now)
    deliver_due()
    assert Message.objects.filter(user=cast.ade, kind="offer_question_answered").exists()


def test_an_answer_that_tells_who_it_is_is_refused_with_the_word(offer, cast, now):
    asked = ask(offer, cast, now)
    with pytest.raises(actions.TellsWho, match="Amina"):
        actions.answer_question(asked, answer="Amina has a phone.", by=cast.cora, at=now)
    assert questions_of([offer])[0].answer == ""


def test_only_who_answers_the_offer_asks_and_only_a_caseworker_of_the_case_answers(offer, cast, now):
    with pytest.raises(Forbidden):
        actions.ask_about_offer(offer, question="?", by=cast.bea, at=now)
    asked = ask(offer, cast, now)
    for stranger in (cast.otto, cast.ade, cast.ines):
        with pytest.raises(Forbidden):
            actions.answer_question(asked, answer="Yes.", by=stranger, at=now)


def test_of_two_who_answer_the_second_is_told_so_and_the_first_answer_stands(offer, cast, now, client):
    asked = ask(offer, cast, now)
    actions.answer_question(asked, answer="The first.", by=cast.cora, at=now)
    client.force_login(cast.cora)
    page = client.post(reverse("workspace:offer-question-answer", args=[asked.pk]), {"answer": "The second."})
    assert page.status_code == 409
    assert "The first." in page.content.decode() and "The second." in page.content.decode()


def test_an_open_question_does_not_hold_the_clock(offer, cast, now):
    until = offer.expires_at
    asked = ask(offer, cast, now)
    offer.refresh_from_db()
    assert offer.expires_at == until
    late = until + timedelta(minutes=1)
    assert actions.expire_offers(at=late) == 1
    with pytest.raises(actions.OfferOver):
        actions.answer_question(asked, answer="Too late.", by=cast.cora, at=late)
    with pytest.raises(actions.OfferOver):
        ask(offer, cast, late)


def test_so_many_questions_are_asked_and_no_more(offer, cast, now):
    for _n in range(10):
        ask(offer, cast, now)
    with pytest.raises(actions.TooManyQuestions):
        ask(offer, cast, now)
    assert OfferQuestion.objects.count() == 10


@pytest.fixture
def bea(cast, now):
    """Put Bea on the panel, verified."""
    return on_the_panel(cast.bea, by=cast.ines, at=now)


def test_what_was_answered_goes_along_to_the_next_one_asked_and_the_question_does_not(
    offer, bea, cast, now, client
):
    actions.answer_question(ask(offer, cast, now), answer="Only the cousin.", by=cast.cora, at=now)
    ask(offer, cast, now, "Which papers are there?")
    actions.decline_offer(offer, reason="capacity", by=cast.ade, at=now)
    later = actions.offer_referral(offer.referral, practitioner=bea, by=cast.cora, at=now)
    assert summary_of(later).answers == ["Only the cousin."]
    client.force_login(cast.bea)
    page = client.get(reverse("referrals:offer-detail", args=[later.pk]), follow=True).content.decode()
    assert "Only the cousin." in page
    assert WHAT not in page and "Which papers are there?" not in page


def test_an_answer_that_tells_by_now_who_it_is_stays_behind(offer, bea, cast, now):
    for words in ("Ask for Zoraida there.", "Yes, after six."):
        actions.answer_question(ask(offer, cast, now), answer=words, by=cast.cora, at=now)
    add_party(offer.matter, role="family", name="Zoraida Example", by=cast.cora, at=now)
    assert earlier_answers(offer.referral.case, at=now) == ["Yes, after six."]
