"""The dates of a case as the application uses them: those people were told beside those counted."""

from datetime import date

import pytest

from cases.data import KINDS, deadline_rules
from cases.rules import DeadlineFacts, Decision, case_dates, deadlines, look_within, told
from cases.words import DEADLINES, GONE_BY, STATUSES, status_words
from foundation.calendar import PartialDate
from tests.support.dated import PARTIAL, TODAY


def test_the_application_shows_the_dates_people_were_told_beside_those_counted():
    facts = DeadlineFacts(
        arrival=PartialDate(2026, 3, 10),
        individual_hearing=PartialDate(2027, 1, 15),
        master_hearing=PartialDate(2027, 2),
        notice_due=PartialDate(2026, 11, 28),
        decision=Decision(PartialDate(2026, 11, 3), "judge"),
    )
    found = {due.key: due for due in case_dates(facts, on=TODAY)}
    assert list(found) == [
        *("notice_due", "bia_appeal_court_order", "mtr_reconsider", "evidence_individual_nondetained"),
        *("individual_hearing", "master_nondetained", "master_hearing", "mtr_reopen", "oyd_operative"),
        *("oyd_outer", "bia_appeal_reg_text"),
    ]
    hearing = found["individual_hearing"]
    assert (hearing.date, hearing.unmoved_date, hearing.status) == (
        date(2027, 1, 15),
        date(2027, 1, 15),
        "ahead",
    )
    assert (hearing.citation, hearing.confidence, hearing.rule) == ("hearing notice", "as told", "")
    assert (hearing.name, hearing.note) == ("Individual hearing", "Check the hearing notice.")
    assert (hearing.audience, hearing.inputs) == ("staff", {"individual_hearing": "2027-01-15"})
    assert found["master_hearing"].note == f"{PARTIAL} Check the hearing notice."
    assert found["master_hearing"].date == found["master_hearing"].unmoved_date == date(2027, 2, 1)
    assert found["notice_due"].date == date(2026, 11, 28)
    assert found["notice_due"].citation == "the letter itself"
    assert {due.key for due in deadlines(facts, on=TODAY)} - set(found) == {"rfe"}


def test_a_date_people_were_told_is_printed_without_what_a_row_says_of_itself():
    [hearing] = case_dates(DeadlineFacts(checkin=PartialDate(2027, 1, 15)), on=TODAY)
    printed = hearing.as_dict()
    assert (printed["key"], printed["kind"], printed["date"]) == ("checkin", "event", "2027-01-15")
    assert not {"source", "fees", "checked_on"} & set(printed)
    assert (hearing.checked, hearing.fees) == (None, [])


def test_the_application_shows_no_date_nobody_told():
    assert case_dates(DeadlineFacts(), on=TODAY) == []


def test_every_date_of_today_has_a_name_for_people_in_their_language():
    """A row that is added meanwhile shows its own name until it has one here."""
    assert {*deadline_rules(), *told.TOLD} == set(DEADLINES)


@pytest.mark.parametrize(
    ("band", "by"),
    [
        ("CRITICAL", date(2026, 11, 25)),
        ("HIGH", date(2026, 11, 30)),
        ("MEDIUM", date(2026, 12, 3)),
        ("ROUTINE", date(2026, 12, 10)),
    ],
)
def test_a_person_looks_within_business_days(band, by):
    """Opened on the Wednesday before Thanksgiving."""
    assert look_within(band, date(2026, 11, 25)) == by


def test_a_state_is_said_as_its_kind_has_it_and_never_as_a_loss():
    assert (
        status_words("gone_by", "safe_day", last_day_ahead=True) == "safe day gone by, last day still ahead"
    )
    assert status_words("gone_by", "safe_day") == "safe day gone by"
    assert {str(status_words("gone_by", kind)) for kind in KINDS} <= {
        *map(str, GONE_BY.values()),
        str(STATUSES["gone_by"]),
    }
    for status in STATUSES:
        assert "lost" not in str(status_words(status, "last_day"))


def test_a_part_of_a_date_people_were_told_is_live_until_its_last_day():
    facts = DeadlineFacts(checkin=PartialDate(2026, 11), notice_due=PartialDate(2026, 11))
    letter, checkin = sorted(case_dates(facts, on=TODAY), key=lambda due: due.kind, reverse=True)
    for due, kind in ((checkin, "event"), (letter, "last_day")):
        assert (due.date, due.latest) == (date(2026, 11, 1), date(2026, 11, 30))
        assert (due.kind, due.status, due.span_days) == (kind, "may_be_passed", 30)


def test_something_to_come_to_goes_by_and_a_letter_passes():
    """Whether a hearing was held is a question; whether a letter was answered in time is none any more."""
    gone = PartialDate(2026, 11, 20)
    found = case_dates(DeadlineFacts(checkin=gone, notice_due=gone), on=TODAY)
    assert {due.key: due.status for due in found} == {"checkin": "gone_by", "notice_due": "passed"}
