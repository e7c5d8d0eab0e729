"""Papers the person is asked for: asked, answered, looked at, reminded of, ended with the case."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from cases import actions
from cases.actions import ask_for_papers, grant_access, settle_paper
from cases.asking import PaperOutcome
from cases.ending import CaseOver
from cases.models import Paper, PaperKind, Track
from config.middleware import principal_of
from foundation.database.principal import applicant
from foundation.events.lifecycle import NotAllowed
from foundation.events.models import Event
from foundation.refused import Forbidden, Refused
from intake.asked import NothingToAsk, Tally, answer_paper, papers_to_send, remind_of_papers, tally_of
from intake.checklist import WORDS, checklist, usual_papers
from intake.models import AskedFile, AskedPaper, AskedStatus, Intake, WhyAgain
from notifications.models import Message
from tests.abuse.test_rows import As
from tests.cases.test_papers import media, sent_by_amina
from tests.conftest import opened
from tests.support.relay import deliver_due

__all__ = ["media"]


def ask(case, by, now, *codes, **changes):
    return ask_for_papers(case, codes=codes or ("identity", "court"), **changes, by=by, at=now)


def settled(case, paper, outcome, by, now, why=""):
    settle_paper(case, asked_id=paper.pk, outcome=outcome, why=why, by=by, at=now)
    return AskedPaper.objects.get(pk=paper.pk)


def answered(paper, answer, now, uploads=()):
    """Answer as whoever holds the receipt does."""
    with As(applicant(paper.matter_id)):
        mine = AskedPaper.objects.get(pk=paper.pk)
        answer_paper(mine, answer=answer, uploads=uploads, by="applicant", at=now)


# --- the checklist ---------------------------------------------------------------------------------


def test_every_paper_of_the_list_has_words_and_a_kind_and_every_track_a_list():
    assert set(checklist()) == set(WORDS)
    assert {paper.kind for paper in checklist().values()} <= set(PaperKind.values)
    assert all(usual_papers(track) for track in Track.values)


def test_what_would_tell_something_stands_on_no_page_and_on_no_usual_list():
    talk = {paper.code for paper in checklist().values() if not paper.on_page}
    assert talk == {"medical", "witness", "police"}
    assert not talk & {paper.code for track in Track.values for paper in usual_papers(track)}


# --- who may ask -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["bea", "ines", "otto"])
def test_nobody_else_asks_for_papers(case, cast, now, who):
    with pytest.raises(Forbidden):
        ask(case, getattr(cast, who), now)


def test_an_attorney_asks_and_settles_while_they_hold_the_matter(case, cast, now):
    grant_access(case.pk, user=cast.ade, scope="file", reason="test")
    with As(principal_of(cast.ade)):
        (paper,) = ask(case, cast.ade, now, "court")
        settle_paper(case, asked_id=paper.pk, outcome=PaperOutcome.NOT_NEEDED, by=cast.ade, at=now)
    assert AskedPaper.objects.get().status == AskedStatus.NOT_NEEDED


def test_each_paper_is_asked_for_once_while_it_is_open(case, cast, now):
    first, second = ask(case, cast.cora, now)
    assert [one.number for one in (first, second)] == [1, 2]
    (third,) = ask(case, cast.cora, now, "identity", "entry")
    assert (third.code, third.number) == ("entry", 3)
    with pytest.raises(NothingToAsk):
        ask(case, cast.cora, now, "identity")
    settled(case, first, PaperOutcome.ACCEPT, cast.cora, now)
    assert ask(case, cast.cora, now, "identity")[0].number == 4


def test_words_of_our_own_stand_on_the_page_only_where_they_are_marked_as_safe(case, cast, now):
    ask(case, cast.cora, now, words="The blue booklet", is_safe=True)
    ask(case, cast.cora, now, "entry", words="What the doctor of the camp wrote")
    with As(applicant(case.matter_id)):
        intake = Intake.objects.get(pk=case.intake_id)
        labels = [paper.label for paper in papers_to_send(intake)]
    assert "The blue booklet" in labels and len(labels) == 4
    assert opened(AskedPaper.objects.get(number=5), "words").words.startswith("What the doctor")


# --- what the receipt may do ------------------------------------------------------------------------


def test_the_receipt_reads_and_answers_what_stands_on_the_page_and_nothing_else(case, cast, now):
    page, talk = ask(case, cast.cora, now, "identity", "medical")
    with As(applicant(case.matter_id)):
        assert list(AskedPaper.objects.values_list("code", flat=True)) == ["identity"]
        for change in ({"status": "accepted"}, {"due_on": now.date()}, {"status": "not_needed"}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                AskedPaper.objects.filter(pk=page.pk).update(**change, answer="none", answered_at=now)
        assert not AskedPaper.objects.filter(pk=talk.pk).update(answer="none", answered_at=now)
    answered(page, "none", now)
    page.refresh_from_db()
    assert (page.status, page.answer) == ("answered", "none")


def test_a_helpers_receipt_shows_nothing_of_it_and_no_message_goes_out(make_case, cast, now):
    case = make_case()
    Intake.objects.filter(pk=case.intake_id).update(helped=True)
    case.intake.refresh_from_db()
    ask(case, cast.cora, now)
    deliver_due()
    assert papers_to_send(Intake.objects.get(pk=case.intake_id)) == []
    assert not Message.objects.filter(kind="papers_asked").exists()


def test_the_message_says_nothing_of_what_is_asked_for(case, cast, now):
    ask(case, cast.cora, now, "court")
    deliver_due()
    for message in Message.objects.filter(kind="papers_asked"):
        assert "court" not in f"{message.title} {message.body}".lower()
    assert Message.objects.filter(kind="papers_asked").exists()


def test_what_only_a_person_asks_for_sends_no_message(case, cast, now):
    ask(case, cast.cora, now, "medical")
    deliver_due()
    assert not Message.objects.filter(kind="papers_asked").exists()


# --- answers go back to staff -----------------------------------------------------------------------


def test_an_answer_goes_back_to_staff_and_to_the_attorney_who_holds_the_matter(case, cast, now):
    grant_access(case.pk, user=cast.ade, scope="file", reason="test")
    paper, _other = ask(case, cast.cora, now)
    answered(paper, "sent", now, uploads=[sent_by_amina(case, now)])
    deliver_due()
    told = Message.objects.filter(kind="paper_answered", channel="in_app").values_list("user", flat=True)
    assert set(told) == {cast.cora.pk, cast.ade.pk}
    assert tally_of([case.intake_id]) == {case.intake_id: Tally(asked=2, in_=1, to_look_at=1)}
    assert Event.objects.get(name="intake.paper_answered").data == {"number": 1, "answer": "sent"} | {
        "from": "asked",
        "to": "answered",
    }


def test_an_accepted_paper_says_what_its_file_is_unless_somebody_did(case, cast, now):
    paper, _other = ask(case, cast.cora, now, "court", "identity")
    upload = sent_by_amina(case, now)
    answered(paper, "sent", now, uploads=[upload])
    settled(case, paper, PaperOutcome.ACCEPT, cast.cora, now)
    assert opened(Paper.objects.get(upload=upload), "kind").kind == "notice"
    assert AskedFile.objects.get().upload == upload


def test_it_is_asked_for_once_more_with_a_reason_of_the_list_and_the_person_hears(case, cast, now):
    paper, _other = ask(case, cast.cora, now)
    answered(paper, "sent", now)
    with pytest.raises(Refused, match="Say why"):
        settled(case, paper, PaperOutcome.AGAIN, cast.cora, now)
    deliver_due()
    before = Message.objects.filter(kind="papers_asked").count()
    again = settled(case, paper, PaperOutcome.AGAIN, cast.cora, now, why=WhyAgain.PART)
    assert (again.status, again.again) == ("asked", "part")
    deliver_due()
    assert Message.objects.filter(kind="papers_asked").count() > before


@pytest.mark.parametrize(
    ("outcome", "status", "tally"),
    [
        (PaperOutcome.ACCEPT, "accepted", Tally(2, 1, 0)),
        (PaperOutcome.NOT_NEEDED, "not_needed", Tally(1, 0, 0)),
        (PaperOutcome.GIVE_UP, "cannot", Tally(1, 0, 0)),
        (PaperOutcome.SAID_BRING, "answered", Tally(2, 0, 1)),
        (PaperOutcome.SAID_NONE, "answered", Tally(2, 0, 1)),
        (PaperOutcome.SAID_CANNOT, "answered", Tally(2, 0, 1)),
    ],
)
def test_staff_note_what_became_of_a_paper_and_each_is_an_event(case, cast, now, outcome, status, tally):
    paper, _other = ask(case, cast.cora, now)
    events = Event.objects.count()
    assert settled(case, paper, outcome, cast.cora, now).status == status
    assert tally_of([case.intake_id])[case.intake_id] == tally
    assert Event.objects.count() == events + 1


def test_what_ended_does_not_move_any_more(case, cast, now):
    paper, _other = ask(case, cast.cora, now)
    settled(case, paper, PaperOutcome.ACCEPT, cast.cora, now)
    for outcome in (PaperOutcome.NOT_NEEDED, PaperOutcome.GIVE_UP):
        with pytest.raises(NotAllowed):
            settled(case, paper, outcome, cast.cora, now)


# --- reminded, ended --------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "told"), [(4, 0), (3, 1), (0, 1), (-1, 0)])
def test_the_person_is_reminded_once_before_the_day(case, cast, now, days, told):
    ask(case, cast.cora, now, due_on=case.office.today(now) + timedelta(days=days))
    assert remind_of_papers(at=now) == told
    assert remind_of_papers(at=now) == 0


def test_nobody_is_reminded_of_what_they_answered(case, cast, now):
    (paper,) = ask(case, cast.cora, now, "court", due_on=case.office.today(now))
    answered(paper, "bring", now)
    assert remind_of_papers(at=now) == 0


def test_a_case_that_ends_asks_for_nothing_any_more(case, cast, now):
    paper, other = ask(case, cast.cora, now)
    settled(case, other, PaperOutcome.ACCEPT, cast.cora, now)
    actions.decline_case(case, reason="Outside our work.", by=cast.cora, at=now)
    assert [one.status for one in AskedPaper.objects.order_by("number")] == ["not_needed", "accepted"]
    case.refresh_from_db()
    with pytest.raises(CaseOver):
        ask(case, cast.cora, now, "entry")
    with pytest.raises(CaseOver):
        settled(case, paper, PaperOutcome.ACCEPT, cast.cora, now)
