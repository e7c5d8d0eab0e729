"""Answers kept under pages of before: read as they are, moved by a command, nothing lost between."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command

from foundation.events.models import AccessRecord
from intake.actions import save_answers, start_intake, submit_intake
from intake.answering import write_page
from intake.models import Answer, EarlierAnswer, Intake
from intake.moving import left_to_move, move_answers
from intake.queries import answers_of, on_path, replaced_answers
from intake.questionnaire.earlier import JOINED, MOVED, RETIRED, current, page_of
from intake.questionnaire.path import ASKED, BY_KEY, BY_NUMBER, LATER
from tests.conftest import opened
from tests.support.answers import answers

# What stood under each page of before, by question; `skips` are pages whose branch was closed.
BEFORE = {
    "in_us": {"in_us": "yes"},
    "custody": {"custody": "no"},
    "facility": {"facility": "Elizabeth"},  # left from a yes that was changed since
    "has_court": {"has_court": "yes"},
    "hearing_date": {"hearing_date": "2031-05-02"},
    "hearing_kind": {"hearing_kind": "master"},
    "court": {"court": "Newark, NJ"},
    "decision": {"decision": "unsure"},
    "decision_date": {"decision_date": "2026-03"},
    "deported": {"deported": "no"},
    "appointments": {"has_appointment": "no", "asylum_interview": "", "checkin": ""},
    "letter_due": {"has_letter": "no", "letter_due": ""},
    "contact": {"channels": ["email"], "safe_times": "", "may_leave_message": "no", "through_name": ""},
    "phone_email": {"phone": "", "email": "amina@test.example"},
    "full_name": {"given_names": "Amina", "middle_names": "", "family_name": "Before"},
    "other_names": {"other_names": "Nina"},
    "dob": {"birth_date": "1991-04-12"},
    "a_number": {"a_number": "012345678"},
    "rep": {"rep": "none", "lawyer_name": ""},
    "notario": {"notario": "no", "notario_name": ""},
    "waitlist": {"waitlist": "no", "waitlist_name": ""},
    "where_live": {"state": "NJ", "zip_code": "07102"},
    "address": {"address": "1 Old Road"},
    "household": {"household_size": 2},
    "income": {"income": "900", "period": "monthly"},
    "benefits": {"benefits": "no"},
    "wants": {"wants": ["asylum"]},
    "fear": {"fear": "yes"},
    "arrival": {"arrival": "", "arrival_unknown": "yes"},
    "entry": {"entry": "visa"},
    "earlier_entries": {"earlier_entries": "yes", "earlier_dates": ["2019-05"]},
    "i589": {"i589": "no"},
    "i589_when": {},
    "i589_returned": {},
    "status": {"status": ["tps"]},
    "status_end": {"status_end": "2027-01"},
    "harm_past": {"harm_past": "", "skips_story": "yes"},
    "harm_who": {},
    "harm_why": {},
    "torture": {"torture": "yes"},
    "other_country": {"other_country": "no", "other_country_name": "", "other_country_long": ""},
    "interpreter": {"spoken_language": "ara", "other_language": "", "dialect": "", "interpreter_gender": ""},
    "access": {"access": ["none"], "access_what": "", "care": []},
}


@pytest.fixture
def old_draft(office, now):
    """Return a draft whose answers stand under the pages of before."""
    draft = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=now)
    for page, values in BEFORE.items():
        write_page(Answer, draft, page, values, at=now)
    for page, values in answers(office.today(now)).items():
        if page not in JOINED:
            write_page(Answer, draft, page, values, at=now)
    return draft


def told(intake):
    return on_path(answers_of(Intake.objects.get(pk=intake.pk), purpose="test"))


def stands_in(intake):
    return answers_of(Intake.objects.get(pk=intake.pk), purpose="test")


def test_every_page_of_before_has_its_place_or_is_retired_for_good():
    assert set(BEFORE) == set(MOVED)
    assert set(RETIRED.values()) - set(MOVED) == {"language"}
    assert set(JOINED) <= BY_KEY.keys() and not RETIRED.keys() & BY_NUMBER.keys()
    asked = {question for page in LATER for question in page.form.questions()}
    kept = {question for values in BEFORE.values() for question in values}
    assert kept - asked == {"zip_code", "arrival_unknown", "skips_story"}


def test_what_stands_under_pages_of_before_is_read_before_it_is_moved(old_draft):
    before = told(old_draft)
    assert before["hearing_kind"] == "master" and before["a_number"] == "012345678"
    assert before["earlier_dates"] == ["2019-05"] and before["arrival_unknown"] == "yes"
    assert before["skips_story"] == "yes"
    assert "facility" not in before  # nobody is asked where they are held who is not


def test_a_move_changes_nothing_that_is_read(old_draft, now):
    before, since = stands_in(old_draft), now
    assert move_answers() == 1
    after = stands_in(old_draft)
    assert after == before
    assert not Answer.objects.filter(page__in=MOVED).exists() and left_to_move() == 0
    assert set(Answer.objects.filter(page__in=JOINED).values_list("saved_at", flat=True)) == {since}
    assert move_answers() == 0  # nothing is left, and nothing is moved twice


def test_a_draft_of_before_is_sent_like_any_other(old_draft, now):
    submit_intake(old_draft, at=now)
    sent = Intake.objects.get(pk=old_draft.pk)
    assert opened(sent.applicant, "family_name").family_name == "Before"
    assert told(sent)["state"] == "NJ"


def test_a_half_answered_page_is_asked_again_with_what_was_said(office, now):
    draft = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=now)
    write_page(Answer, draft, "in_us", {"in_us": "yes"}, at=now)
    path_before = stands_in(draft)
    assert path_before.answers["where_now"] == {"in_us": "yes"}
    assert not BY_KEY["where_now"].is_answered_by(path_before.answers["where_now"])


def test_what_was_asked_and_what_came_late_keep_their_meaning(old_draft, now):
    write_page(Answer, old_draft, ASKED, {"asked": [*BEFORE, "danger"]}, at=now)
    Intake.objects.filter(pk=old_draft.pk).update(created_at=now - timedelta(days=1))
    before = stands_in(old_draft)
    assert "hearing" in before.asked and "danger" in before.asked
    move_answers()
    assert stands_in(old_draft).asked == before.asked


def test_an_answer_changed_before_the_move_stays_whole(old_draft, now):
    """A page of today that is written while older rows stand beside it holds what they say too."""
    submit_intake(old_draft, at=now)
    sent = Intake.objects.get(pk=old_draft.pk)
    form = BY_KEY["money"].make_form({"income": "950", "period": "monthly"}, adds=True, on=None)
    assert form.is_valid(), form.errors
    save_answers(sent, page="money", values=form.cleaned_data, at=now + timedelta(hours=1), join=form.join)
    expected = {"household_size": 2, "income": "950", "period": "monthly", "benefits": "no"}
    assert {key: told(sent)[key] for key in expected} == expected
    [replaced] = replaced_answers(sent, purpose="test")
    assert replaced.page.key == "money" and replaced.value["income"] == "900"
    move_answers()
    assert {key: told(sent)[key] for key in expected} == expected


def test_what_was_taken_away_is_not_brought_back(old_draft, now):
    save_answers(old_draft, page="papers", values=None, at=now)
    assert "status" not in told(old_draft)
    move_answers()
    assert "status" not in told(old_draft)


def test_an_earlier_answer_keeps_its_key_and_is_shown_on_its_page_of_today(old_draft, now):
    EarlierAnswer.objects.create(
        **old_draft.matter.columns,
        intake=old_draft,
        page="fear",
        value={"fear": "no"},
        saved_at=now,
        replaced_at=now,
    )
    [replaced] = replaced_answers(old_draft, purpose="test")
    assert (replaced.page.key, replaced.value) == ("help", {"fear": "no"})
    assert (current("fear"), page_of(35), page_of("dob"), page_of(18)) == ("help", "help", "born", "danger")


def test_the_command_can_be_stopped_and_started_and_is_on_record(old_draft, office, now, capsys):
    second = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=now)
    write_page(Answer, second, "in_us", {"in_us": "yes"}, at=now)
    call_command("move_answers", most=1)
    assert "of 1 forms; 1 are left" in capsys.readouterr().out
    call_command("move_answers")
    assert "of 1 forms; 0 are left" in capsys.readouterr().out
    assert AccessRecord.objects.filter(purpose="move answers").count() == 2
