"""The answer about names, and the opening of a case: whichever comes first, the case follows the answer."""

import threading

import pytest
from django.db import connection, transaction

from cases.actions import open_case
from cases.models import Case
from conflicts.models import ConflictHit
from conflicts.queries import standing
from foundation.database.principal import acting_as, system
from foundation.vault.keys import opening_keys
from intake.actions import submit_intake
from intake.models import Intake
from screening.queries import latest_screening
from tests.conftest import answer_names
from tests.support.relay import deliver_due

HIM = {"name": {"given_names": "Yousef", "family_name": "Rahman"}}
HER = {
    "name": {"given_names": "Rania", "family_name": "Haddad"},
    "feared_here": {"feared_here": "yes", "feared_name": "Yusuf al-Rahman"},
}


def answer_on_the_side():
    """Let the names worker answer on connections of its own."""

    def work():
        with acting_as(system("test")), opening_keys():
            answer_names()
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def opened_by_worker(draft):
    return Case.objects.get(intake=draft)


def outcome_of(case):
    return latest_screening(case.intake).outcome


@pytest.fixture
def sent(make_draft, now):
    draft = make_draft()
    submit_intake(draft, at=now)
    return Intake.objects.get(pk=draft.pk)


def test_an_answer_before_the_case_is_opened(sent):
    answer_names()
    deliver_due()
    assert outcome_of(opened_by_worker(sent)) == "ELIGIBLE_FOR_REVIEW"


def test_an_answer_between_the_reading_and_the_commit_of_an_opening(sent, now):
    with transaction.atomic():
        open_case(sent, by="system:test", at=now)
        answering = answer_on_the_side()
        answering.join(2)
    answering.join(20)
    assert not answering.is_alive()
    deliver_due()
    assert standing(sent.matter_id) == "clear"
    assert outcome_of(opened_by_worker(sent)) == "ELIGIBLE_FOR_REVIEW"


def test_an_answer_heard_of_before_the_opening_is_committed(sent, now):
    """The worst order: the answer's listener looks for the case while it is still being opened."""
    with transaction.atomic():
        open_case(sent, by="system:test", at=now)

        def work():
            with acting_as(system("test")), opening_keys():
                answer_names()
                deliver_due()
                connection.close()

        thread = threading.Thread(target=work)
        thread.start()
        thread.join(2)
    thread.join(20)
    deliver_due()
    assert outcome_of(opened_by_worker(sent)) == "ELIGIBLE_FOR_REVIEW"


def test_an_answer_after_the_case_is_opened(sent):
    deliver_due()
    case = opened_by_worker(sent)
    assert outcome_of(case) == "CONFLICT_HOLD"
    answer_names()
    deliver_due()
    assert outcome_of(case) == "ELIGIBLE_FOR_REVIEW"


@pytest.mark.parametrize("answered", ["before", "after", "never"])
def test_a_pair_found_while_its_form_was_a_draft_holds_both_sides_once_it_is_sent(
    make_case, make_draft, now, answered
):
    him, draft = make_case(**HIM), make_draft(**HER)
    answer_names()
    deliver_due()
    assert ConflictHit.objects.filter(matter_id=draft.matter_id).exists()
    assert (standing(him.matter_id), outcome_of(him)) == ("clear", "ELIGIBLE_FOR_REVIEW")
    submit_intake(draft, at=now)
    if answered == "before":
        answer_names()
    deliver_due()
    if answered == "after":
        answer_names()
        deliver_due()
    her = opened_by_worker(draft)
    for case in (him, her):
        assert (standing(case.matter_id), outcome_of(case)) == ("possible", "CONFLICT_HOLD")
