"""A page's readings are one statement, on record before anything of the page is shown, whatever happens."""

import pytest
from django.db import DatabaseError, connections
from django.urls import reverse

from foundation.events.access import gathered, record_access
from foundation.events.models import AccessRecord
from foundation.vault.opening import open_one


def inserts(asked):
    return [sql for sql in asked if "INSERT INTO events_accessrecord" in sql]


def test_what_is_gathered_is_one_statement_and_a_row_for_each_reading(case, statements):
    before = AccessRecord.objects.count()
    with statements() as asked, gathered():
        open_one(case.applicant, "family_name", purpose="test")
        open_one(case, "next_thing", purpose="test")
        assert AccessRecord.objects.count() == before
    assert len(inserts(asked)) == 1
    assert AccessRecord.objects.count() == before + 2


def test_a_page_that_fails_leaves_its_records(case):
    before = AccessRecord.objects.count()
    with pytest.raises(ZeroDivisionError), gathered():
        open_one(case.applicant, "family_name", purpose="test")
        raise ZeroDivisionError
    assert AccessRecord.objects.count() == before + 1


def test_a_refusal_is_on_record_at_once_with_what_was_opened_before_it(case):
    before = AccessRecord.objects.count()
    with gathered():
        open_one(case.applicant, "family_name", purpose="test")
        record_access("denied", subject_id="7", purpose="test")
        assert AccessRecord.objects.count() == before + 2


def test_what_is_gathered_within_another_is_written_with_it(case, statements):
    with statements() as asked, gathered():
        with gathered():
            open_one(case.applicant, "family_name", purpose="test")
        open_one(case, "next_thing", purpose="test")
    assert len(inserts(asked)) == 1


def test_a_page_whose_records_cannot_be_written_is_not_shown(client, cast, case):
    """The audit connection is turned to a transaction that may only read: nothing of it can be written."""
    client.force_login(cast.cora)
    client.raise_request_exception = False
    with connections["audit"].cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        answer = client.get(case.get_absolute_url())
    finally:
        with connections["audit"].cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
    assert answer.status_code >= 500
    assert case.reference not in answer.content.decode()


def test_records_that_could_not_be_written_hold_back_none_of_the_next_page(case):
    """The list of a page that failed goes with it, or the thread would gather for ever and write nothing."""
    with connections["audit"].cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        with pytest.raises(DatabaseError), gathered():
            open_one(case.applicant, "family_name", purpose="test")
    finally:
        with connections["audit"].cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")
    before = AccessRecord.objects.count()
    open_one(case.applicant, "family_name", purpose="test")
    assert AccessRecord.objects.count() == before + 1


def test_outside_of_a_page_a_reading_is_on_record_before_it_opens(case):
    with connections["audit"].cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        with pytest.raises(DatabaseError):
            open_one(case.applicant, "family_name", purpose="test")
    finally:
        with connections["audit"].cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


def test_the_summary_of_one_page_is_one_record_too(client, cast, case, statements):
    client.force_login(cast.cora)
    with statements() as asked:
        assert client.get(reverse("workspace:summary", args=[case.pk])).status_code == 200
    assert len(inserts(asked)) == 1
