"""Old readings go by whole signed batches and their seals stay; younger ones nobody can let go of."""

import io
import time
from datetime import timedelta

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from foundation.accounts.models import Office
from foundation.devstack.template import url_of
from foundation.events import checkpoints, letting_go
from foundation.events.access import record_access
from foundation.events.breaks import LET_GO
from foundation.events.models import AccessRecord, Checkpoint, Event
from foundation.events.sql import LEAST_DAYS
from operations.models import Kind, Run
from operations.retention import classes, days_of, sweep
from tests.events.test_checkpoints import checkpoint_everything

AGO = timedelta(days=3000)


@pytest.fixture
def batches(case, tamper):
    """Three batches of readings, two of which were made and signed eight years ago."""
    checkpoint_everything()
    for at in (timezone.now() - AGO, timezone.now() - AGO, timezone.now()):
        for _reading in range(3):
            about = {"matter_id": case.matter_id, "subject": case, "group": "contact", "fields": ["phone"]}
            record_access("opened", **about, purpose="test")
        after = Checkpoint.objects.filter(kind="access").order_by("-number").values_list("to_xid")[:1]
        tamper("update events_accessrecord set at = %s where xid >= %s", at, after[0][0] if after else 0)
        sign(at)
    return list(Checkpoint.objects.filter(kind="access").order_by("number"))


def sign(at):
    """Sign what was just read: transactions of other tests on the same server hold the horizon back."""
    for _n in range(200):
        if checkpoints.checkpoint("access", at=at):
            return
        time.sleep(0.05)
    raise AssertionError("something is never signed")


def test_an_office_chooses_no_fewer_days_than_the_database_asks():
    assert classes()["readings"].least >= LEAST_DAYS
    assert days_of("readings") == 2600


def test_nothing_goes_before_its_days(batches, now):
    before = AccessRecord.objects.count()
    assert (
        letting_go.let_go(
            before=now - 2 * AGO, most=100, offices=Office.objects.all(), by="system:test", at=now
        )
        == 0
    )
    assert AccessRecord.objects.count() == before and not Event.objects.filter(name=LET_GO)


def test_old_batches_go_their_seals_stay_and_the_record_says_so(case, tamper, now):
    sealed = old_ledger(case, tamper)
    seals = list(Checkpoint.objects.filter(kind="access").values_list("chain", "signature"))
    kept = list(AccessRecord.objects.filter(at__gt=now - timedelta(days=1)).values_list("pk", flat=True))
    assert sweep(at=now)["readings"]["gone"] == sum(batch.count for batch in sealed)
    assert sorted(AccessRecord.objects.values_list("pk", flat=True)) == sorted(kept)
    assert set(seals) <= set(Checkpoint.objects.values_list("chain", "signature"))
    report = checkpoints.verify(checkpoints.anchors())
    assert report.problems == []
    assert [line for line in report.let_go if "went by their age" in line]
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    assert "their seals are here" in out.getvalue()
    assert Run.objects.get(kind=Kind.RETENTION).figures["readings"]["left"] == 0
    assert sweep(at=now)["readings"]["gone"] == 0


def old_ledger(case, tamper):
    """Sign everything read so far as of eight years ago, and one batch of today; return the old batches."""
    tamper("delete from events_checkpoint where kind = 'access'")
    tamper("update events_accessrecord set at = at - interval '3000 days'")
    sign(timezone.now() - AGO)
    old = list(Checkpoint.objects.filter(kind="access"))
    about = {"matter_id": case.matter_id, "subject": case, "group": "contact", "fields": ["phone"]}
    record_access("opened", **about, purpose="test")
    sign(timezone.now())
    return old


def test_a_little_at_a_time_and_never_half_a_batch(batches, tamper, now):
    tamper("update events_checkpoint set at = %s where kind = 'access'", now - AGO)
    tamper("update events_accessrecord set at = %s", now - AGO)
    first, second = Checkpoint.objects.filter(kind="access").order_by("number")[:2]
    assert (
        letting_go.let_go(
            before=now - timedelta(days=2600), most=1, offices=Office.objects.all(), by="system:test", at=now
        )
        == first.count
    )
    assert letting_go.last_let_go() == first.number
    assert (
        letting_go.let_go(
            before=now - timedelta(days=2600), most=1, offices=Office.objects.all(), by="system:test", at=now
        )
        == second.count
    )


def test_a_batch_with_a_row_too_few_stays_and_is_named(case, tamper, now):
    (old,) = old_ledger(case, tamper)
    tamper("delete from events_accessrecord where seq = (select min(seq) from events_accessrecord)")
    before = AccessRecord.objects.count()
    with pytest.raises(letting_go.NotWhole):
        letting_go.let_go(before=now, most=100, offices=Office.objects.all(), by="system:test", at=now)
    assert AccessRecord.objects.count() == before
    assert any(f"access batch {old.number}" in problem for problem in checkpoints.verify().problems)


def test_rows_that_went_by_another_way_are_named_though_others_went_by_age(case, tamper, now):
    old_ledger(case, tamper)
    sweep(at=now)
    tamper("delete from events_accessrecord")
    assert any("rows were signed, 0 are there" in problem for problem in checkpoints.verify().problems)


def test_what_an_office_still_keeps_goes_by_no_way(batches, db):
    count = AccessRecord.objects.filter(at__gt=timezone.now() - timedelta(days=LEAST_DAYS)).count()
    assert count
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.let_go_of_readings(0, NULL, 0, NULL)")
    assert AccessRecord.objects.count() == count
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_accessrecord")
    with psycopg.connect(url_of(db)) as owner, pytest.raises(psycopg.Error, match="append-only"):
        owner.execute("DELETE FROM events_accessrecord")
