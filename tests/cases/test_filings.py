"""Receipts: only one that stands stops a clock; each is written down, noted as come back, or taken off."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from cases import actions
from cases.facts import deadline_facts_of, known_of, screening_facts_of
from cases.models import Deadline, Filing
from config.middleware import principal_of
from foundation.database.principal import acting_as
from foundation.events.lifecycle import Stale
from foundation.events.models import Event
from foundation.refused import Forbidden
from screening.models import Screening
from tests.conftest import opened
from tests.support.relay import deliver_due


@pytest.fixture
def today(cast, now):
    return cast.office.today(now)


@pytest.fixture
def receipt(case, cast, now, today):
    """Amina's I-589 was received ten days ago."""
    day = (today - timedelta(days=10)).isoformat()
    return actions.record_filing(
        case, form="i589", received=day, number="IOE0912345678", by=cast.cora, at=now
    )


def live(case):
    return set(
        Deadline.objects.filter(case=case, status__in=("open", "confirmed")).values_list("key", flat=True)
    )


def facts(case, today):
    known = known_of([case], purpose="test")[case.pk]
    return screening_facts_of(known, on=today), deadline_facts_of(known, on=today)


def test_a_receipt_stops_the_year_and_its_return_starts_it_again(case, receipt, cast, now, today):
    assert "oyd_outer" not in live(case)
    actions.note_returned(receipt, returned="", by=cast.cora, at=now)
    assert "oyd_outer" in live(case)
    screened, counted = facts(case, today)
    assert screened.i589_returned is True is counted.i589_returned


def test_a_receipt_taken_off_stops_nothing_and_stays_to_be_seen(case, receipt, cast, now):
    actions.remove_filing(receipt, reason="another person's", by=cast.cora, at=now)
    assert "oyd_outer" in live(case)
    kept = opened(Filing.objects.get(), "removal", "number")
    assert (kept.removal, kept.number) == ("another person's", "IOE0912345678")


def test_sent_alone_stops_nothing(case, cast, now, today):
    actions.write_facts(case, values={"i589_filed": True}, seen=None, by=cast.cora, at=now)
    assert "oyd_outer" in live(case)
    assert facts(case, today)[0].i589_received is None


def test_the_screening_follows_a_receipt(case, receipt):
    before = Screening.objects.count()
    deliver_due()
    assert Screening.objects.count() == before + 1
    assert "I589_FILED" in set(
        Screening.objects.order_by("-created_at").first().findings.values_list("code", flat=True)
    )


def test_two_people_cannot_settle_one_receipt_twice(receipt, cast, now):
    seen = Filing.objects.get(pk=receipt.pk)
    actions.remove_filing(receipt, reason="wrong", by=cast.cora, at=now)
    for change in (
        lambda: actions.remove_filing(seen, reason="wrong", by=cast.cora, at=now),
        lambda: actions.note_returned(seen, returned="", by=cast.cora, at=now),
    ):
        with pytest.raises(Stale):
            change()


@pytest.mark.parametrize("who", ["ade", "ines", "otto"])
def test_who_does_not_work_on_the_case_writes_no_receipt(who, case, cast, now, today):
    with pytest.raises(Forbidden):
        actions.record_filing(case, form="i589", received=today.isoformat(), by=getattr(cast, who), at=now)


def test_the_database_shows_a_receipt_to_nobody_else(accepted, cast, now, today):
    actions.record_filing(accepted.case, form="i589", received=today.isoformat(), by=cast.cora, at=now)
    for user, sees in ((cast.ade, True), (cast.cora, True), (cast.bea, False), (cast.otto, False)):
        with acting_as(principal_of(user)), transaction.atomic():
            assert Filing.objects.exists() is sees, user


def test_nothing_of_a_receipt_but_its_form_stands_on_the_record(receipt):
    assert Event.objects.get(name="cases.filing_recorded").data == {"form": "i589"}


# --- the page -------------------------------------------------------------------------------------


def test_a_caseworker_writes_a_receipt_down_and_notes_that_it_came_back(client, case, cast, today):
    client.force_login(cast.cora)
    page = reverse("workspace:receipts", args=[case.pk])
    sent = {"form": "i589", "received": today.isoformat(), "number": "ioe 0912-345678"}
    assert client.post(reverse("workspace:receipt-record", args=[case.pk]), sent).url == page
    shown = client.get(page).content.decode()
    assert "IOE0912345678" in shown
    filing = Filing.objects.get()
    back = reverse("workspace:receipt-returned", args=[case.pk, filing.pk])
    assert client.post(back, {f"back-{filing.pk}-returned": ""}).url == page
    assert "the day is not known" in client.get(page).content.decode()
    off = reverse("workspace:receipt-remove", args=[case.pk, filing.pk])
    assert client.post(off, {f"off-{filing.pk}-reason": "typed twice"}).url == page
    assert "typed twice" in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"received": "2999-01-01"}, "has not come yet"),
        ({"received": "soon"}, "year-month-day"),
        ({"number": "IOE12"}, "three letters and ten numbers"),
        ({"form": "visa"}, "visa"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_with_what_was_typed(client, case, cast, today, typed, said):
    client.force_login(cast.cora)
    sent = {"form": "i589", "received": today.isoformat(), "number": "IOE0912345678", **typed}
    answer = client.post(reverse("workspace:receipt-record", args=[case.pk]), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Filing.objects.exists()
