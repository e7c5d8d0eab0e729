"""Questions that staff ask after the form was sent: asked, answered, dropped, ended with the case."""

import pytest
from django.urls import reverse

from cases import actions
from cases.ending import CaseOver
from cases.looking import asking_person
from cases.models import Case
from config.middleware import principal_of
from foundation.database.principal import applicant
from foundation.events.models import Event
from foundation.refused import Forbidden
from intake.actions import give_receipt
from intake.models import Intake, Posting, Question
from intake.posting import Settled
from intake.promises import approve, words_in
from intake.questions import NoWords
from intake.usual_questions import QUESTIONS, usual_questions
from notifications import talk
from tests.abuse.test_rows import As
from tests.conftest import opened
from tests.intake.conftest import open_with
from tests.support.relay import deliver_due
from workspace.questions.forms import QuestionForm

ASKED = "Canary-Question: since when do you live here?"


def ask(case, by, now, **more):
    return actions.ask_person(case, words=ASKED, **more, by=by, at=now)


def told(client, case, **asked):
    return client.get(reverse("workspace:told-us", args=[case.pk]), asked).content.decode()


def test_nobody_but_a_caseworker_asks_and_nobody_asks_nothing(case, cast, accepted, now):
    for who in (cast.ade, cast.ines, cast.otto):
        with pytest.raises(Forbidden):
            ask(case, who, now)
    with pytest.raises(NoWords):
        actions.ask_person(case, words="  ", by=cast.cora, at=now)
    assert not Question.objects.exists()


def test_what_nobody_marked_as_safe_stands_on_no_return_page(client, case, cast, now):
    ask(case, cast.cora, now)
    open_with(client, give_receipt(Intake.objects.get(pk=case.intake_id), at=now))
    assert "Canary-Question" not in client.get(reverse("intake:mine")).content.decode()
    with As(applicant(case.matter_id)), pytest.raises(Exception, match="permission denied"):
        list(Question.objects.all())


def test_a_safe_one_is_answered_by_receipt_and_taken_as_the_answer(client, case, cast, now):
    question = ask(case, cast.cora, now, is_safe=True)
    open_with(client, give_receipt(Intake.objects.get(pk=case.intake_id), at=now))
    assert "Canary-Question" in client.get(reverse("intake:mine")).content.decode()
    talk.write_by_receipt(case.matter, words="Canary-Answer", at=now)
    client.force_login(cast.cora)
    page = told(client, case, do=f"answer:{question.pk}")
    assert "Canary-Question" in page and "Canary-Answer" in page and 'value="receipt" selected' in page
    answer = {"question_id": question.pk, "answer": "Canary-Answer", "how": "receipt"}
    kept = client.post(reverse("workspace:question-answer", args=[case.pk]), answer)
    assert kept.status_code == 302
    row = Question.objects.get()
    assert opened(row, "answer").answer == "Canary-Answer" and row.answered_by == cast.cora
    assert Posting.objects.get().settled_at  # the return page asks for it no more
    assert "Canary-Answer" in told(client, case)


def test_the_case_asks_its_person_until_they_answered(case, cast, now):
    assert asking_person([case]) == set()
    first, second = ask(case, cast.cora, now), ask(case, cast.cora, now)
    deliver_due()
    assert asking_person([case]) == {case.pk}
    actions.note_answer(case, question_id=first.pk, answer="Since May", how="call", by=cast.cora, at=now)
    assert asking_person([case]) == {case.pk}
    actions.drop_question(case, question_id=second.pk, by=cast.cora, at=now)
    deliver_due()
    assert asking_person([case]) == set()


def test_the_second_of_two_who_answer_sees_both(client, case, cast, now):
    question = ask(case, cast.cora, now)
    said = {"question_id": question.pk, "how": "call", "by": cast.cora, "at": now}
    actions.note_answer(case, answer="The first", **said)
    with pytest.raises(Settled):
        actions.note_answer(case, answer="The second", **said)
    client.force_login(cast.cora)
    sent = {"question_id": question.pk, "answer": "The second", "how": "call"}
    refused = client.post(reverse("workspace:question-answer", args=[case.pk]), sent)
    page = refused.content.decode()
    assert refused.status_code == 409 and "The first" in page and "The second" in page


def test_a_dropped_one_is_asked_no_more_and_stays_in_the_history(client, case, cast, now):
    question = ask(case, cast.cora, now, is_safe=True)
    client.force_login(cast.cora)
    assert "Canary-Question" in told(client, case)
    client.post(reverse("workspace:question-drop", args=[case.pk, question.pk]))
    assert "Canary-Question" not in told(client, case) and Posting.objects.get().settled_at
    assert Event.objects.filter(name="intake.question_dropped").count() == 1
    with pytest.raises(Settled):
        actions.drop_question(case, question_id=question.pk, by=cast.cora, at=now)


def test_a_case_that_ends_asks_nothing_any_more(case, cast, now):
    question = ask(case, cast.cora, now)
    actions.decline_case(case, reason="capacity", by=cast.cora, at=now)
    assert Question.objects.get(pk=question.pk).dropped_at
    with pytest.raises(CaseOver):
        ask(Case.objects.get(pk=case.pk), cast.cora, now)


def test_what_is_asked_and_answered_lies_sealed_and_in_no_event(case, cast, now):
    question = ask(case, cast.cora, now, is_safe=True)
    actions.note_answer(case, question_id=question.pk, answer="Canary-A", how="call", by=cast.cora, at=now)
    with As(principal_of(cast.cora)):
        row = Question.objects.get()
    assert "Canary" not in repr(row.words) and "Canary" not in repr(row.answer)
    assert not [event for event in Event.objects.all() if "Canary" in str(event.data)]


def test_a_usual_question_is_asked_in_the_persons_language_and_may_stand_on_the_page(
    client, make_case, cast, now
):
    case = make_case()
    Intake.objects.filter(pk=case.intake_id).update(language="ar")
    client.force_login(cast.cora)
    address = reverse("workspace:question-ask", args=[case.pk])
    assert client.post(address, {"usual": "ask-day"}).status_code == 302
    question = Question.objects.get()
    assert opened(question, "words").words == words_in("ask-day", "ar")
    assert question.posting is not None


@pytest.mark.parametrize(
    "typed",
    [{}, {"words": "  "}, {"usual": "ask-day", "words": ASKED}, {"usual": "ask-nothing"}],
)
def test_a_question_is_a_usual_one_or_words_of_ones_own(client, case, cast, typed):
    client.force_login(cast.cora)
    assert client.post(reverse("workspace:question-ask", args=[case.pk]), typed).status_code == 422
    assert not Question.objects.exists()


def test_in_production_only_a_question_that_a_lawyer_approved_is_offered(settings, tmp_path):
    settings.PRODUCTION, settings.INTAKE_APPROVALS = True, str(tmp_path / "approved.toml")
    assert usual_questions("en") == []
    approve("en", by="A lawyer", on="2026-11-30")
    assert {name for name, _words in usual_questions("en")} == set(QUESTIONS)
    assert usual_questions("ar") == []
    assert "usual" not in QuestionForm(language="ar").fields
