"""The signed ledger: whatever is done to it afterwards is named."""

import io
import json
import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from foundation.database.keyfolder import make_keys
from foundation.database.principal import acting_as, system
from foundation.events import checkpoints
from foundation.events.ledger import record
from foundation.events.models import AccessRecord, Checkpoint, Event


def checkpoint_everything():
    """Sign until nothing is left: transactions of other tests on the same server hold the horizon back."""
    for _n in range(200):
        checkpoints.checkpoint_all(at=timezone.now())
        if not checkpoints.verify().uncovered:
            return
        time.sleep(0.05)
    raise AssertionError("something is never signed")


@pytest.fixture
def signed(case, make_case):
    """A ledger of several batches of both kinds, and the anchors kept elsewhere."""
    checkpoint_everything()
    for _n in range(2):
        make_case()
        checkpoint_everything()
    return checkpoints.anchors()


def problems(known=()):
    return checkpoints.verify(known).problems


def test_a_ledger_nobody_touched_is_whole(signed):
    report = checkpoints.verify(signed)
    assert report.problems == []
    assert report.checkpoints == Checkpoint.objects.count() >= 4
    assert report.rows >= Event.objects.count() - report.uncovered


def test_nothing_is_signed_twice_and_nothing_left_out(signed):
    for kind, (table, _columns) in checkpoints.TABLES.items():
        counts = list(Checkpoint.objects.filter(kind=kind).order_by("number").values_list("count", "total"))
        assert [total for _c, total in counts] == [
            sum(c for c, _t in counts[: n + 1]) for n in range(len(counts))
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert counts[-1][1] == cursor.fetchone()[0]


TAMPERINGS = {
    "edited": (
        "update events_event set actor = 'user:999' where seq = {seq}",
        "a row is not what was signed",
    ),
    "deleted": ("delete from events_event where seq = {seq}", "rows were signed"),
    "slipped in": (
        "insert into events_event (xid, id, name, subject_type, subject_id, actor, data, at)"
        " select xid, gen_random_uuid(), name, subject_type, subject_id, actor, data, at"
        " from events_event where seq = {seq}",
        "rows were signed",
    ),
    "moved to another time": (
        "update events_event set xid = xid + 1000000 where seq = {seq}",
        "rows were signed",
    ),
    "checkpoint removed": (
        "delete from events_checkpoint where number = 1",
        "a checkpoint before it is missing",
    ),
    "signature replaced": (
        "update events_checkpoint set signature = repeat('00', 64) where number = 2",
        "not ours",
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_a_change_made_afterwards_is_named_with_its_batch(signed, tamper, what):
    statement, words = TAMPERINGS[what]
    checkpoint = Checkpoint.objects.get(kind="events", number=2)
    assert tamper(statement.format(seq=checkpoint.first_seq))
    found = problems(signed)
    assert any(words in problem for problem in found), found
    assert all("batch" in problem for problem in found)


@pytest.mark.parametrize("nth", [0, 1, -1])
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("update events_event set actor = 'user:999' where seq = {seq}", "The first is row {seq}."),
        ("delete from events_event where seq = {seq}", "The first that is gone came after row {before}."),
    ],
)
def test_the_first_row_that_is_wrong_is_named(signed, tamper, statement, words, nth):
    one = Checkpoint.objects.get(kind="events", number=2)
    between = Event.objects.filter(xid__gte=one.from_xid, xid__lt=one.to_xid)
    seqs = ["none", *between.order_by("seq").values_list("seq", flat=True)]
    seq = seqs[nth] if nth < 0 else seqs[nth + 1]
    tamper(statement.format(seq=seq))
    (found,) = problems(signed)
    assert words.format(seq=seq, before=seqs[seqs.index(seq) - 1]) in found


def test_hashes_that_do_not_come_to_the_root_name_no_row(signed, tamper):
    one = Checkpoint.objects.get(kind="events", number=2)
    tamper("update events_event set actor = 'user:999' where seq = %s", one.first_seq)
    tamper("update events_checkpoint set leaves = '\\x00' where id = %s", one.pk)
    (found,) = problems(signed)
    assert found.endswith("a row is not what was signed.")


def test_an_edit_whose_hashes_were_made_to_fit_is_named(signed, tamper):
    """Whoever owns the database can work out every hash, and cannot sign."""
    checkpoint = Checkpoint.objects.get(kind="events", number=2)
    tamper("update events_event set actor = 'user:999' where seq = %s", checkpoint.first_seq)
    before = checkpoints.START
    for one in Checkpoint.objects.filter(kind="events").order_by("number"):
        with transaction.atomic():
            rows = list(checkpoints.lines("events", f"xid >= {one.from_xid} AND xid < {one.to_xid}"))
        root = checkpoints.merkle_root([checkpoints.leaf(row) for row in rows]).hex()
        before = checkpoints.chained(before, root=root, facts=checkpoints.facts_of(one))
        tamper("update events_checkpoint set root = %s, chain = %s where id = %s", root, before, one.pk)
    found = problems()
    assert found and all("signature is not ours" in problem for problem in found)


def test_an_end_cut_off_shows_against_the_anchors_alone(signed, tamper):
    last = Checkpoint.objects.filter(kind="events").order_by("-number").first()
    tamper("delete from events_event where xid >= %s", last.from_xid)
    tamper("delete from events_checkpoint where kind = 'events' and number >= %s", last.number)
    assert problems() == []
    assert problems(signed) == [f"events batch {last.number}: signed once, gone now: the end was cut off."]


def test_a_transaction_still_running_is_not_overtaken(office, now, listed_events):
    """A row with a low number may be committed after one with a high number: neither is left out."""
    listed_events("accounts.slow", "accounts.fast")
    began, go_on = threading.Event(), threading.Event()

    def slow():
        with acting_as(system("test")), transaction.atomic():
            record("accounts.slow", office, by="system:test")
            began.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    began.wait(10)
    with transaction.atomic():
        record("accounts.fast", office, by="system:test")
    checkpoints.checkpoint_all(at=now)
    go_on.set()
    thread.join()
    checkpoint_everything()
    report = checkpoints.verify()
    assert report.problems == []
    assert report.rows == Event.objects.count() + AccessRecord.objects.count() == 2


def test_the_command_says_what_is_wrong_and_fails(signed, tamper, tmp_path, settings):
    settings.LEDGER_ANCHORS = tmp_path / "anchors.json"
    checkpoints.write_anchors(settings.LEDGER_ANCHORS)
    out = io.StringIO()
    call_command("verify_ledger", "--json", stdout=out)
    assert json.loads(out.getvalue())["problems"] == []
    tamper("delete from events_accessrecord where seq = (select min(seq) from events_accessrecord)")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_ledger", stdout=out)
    assert ended.value.code == 1
    assert "WRONG access batch 1" in out.getvalue()


def test_the_application_can_neither_change_nor_empty_the_ledger(case, tamper):
    from django.db import DatabaseError

    for table in ("events_event", "events_accessrecord", "events_checkpoint"):
        for statement in (f"update {table} set at = at", f"delete from {table}", f"truncate {table} cascade"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_even_the_owner_of_the_tables_is_refused(signed, db):
    import psycopg

    from foundation.devstack.template import url_of

    for table in ("events_event", "events_accessrecord", "events_checkpoint"):
        for statement in (f"update {table} set at = at", f"delete from {table}", f"truncate {table} cascade"):
            with psycopg.connect(url_of(db)) as owner, pytest.raises(psycopg.Error, match="append-only"):
                owner.execute(statement)


def test_a_restored_database_says_so_instead_of_signing_nonsense(signed, tamper, now):
    newest = Checkpoint.objects.filter(kind="events").order_by("-number").first()
    tamper("update events_checkpoint set to_xid = to_xid + 1000000 where id = %s", newest.pk)
    with pytest.raises(checkpoints.Restored):
        checkpoints.checkpoint_all(at=now + timedelta(seconds=1))


def test_another_installations_key_does_not_verify(signed, tmp_path, monkeypatch):
    make_keys(tmp_path / "other")
    monkeypatch.setenv("INTAKE_KEYS", str(tmp_path / "other"))
    assert any("signature is not ours" in problem for problem in problems())


def test_a_checkpoint_says_when(signed):
    assert all(checkpoint.at <= timezone.now() for checkpoint in Checkpoint.objects.all())


def test_a_row_without_a_list_is_signed_as_before_lists_were_kept(case):
    """What older programs signed still verifies: the later column adds nothing to such a row."""
    _table, columns = checkpoints.TABLES["access"]
    with transaction.atomic():
        (line, *_rest) = checkpoints.lines("access", "file_ids IS NULL")
    assert len(line.split(b"\t")) == len(columns.split()) - 1 and line.endswith(b"\n")


@pytest.mark.parametrize("change", ["NULL", "'{}'", "ARRAY[file_ids[1]]"])
def test_whose_names_stood_in_a_list_is_signed(case, make_case, cast, tamper, change):
    from foundation.vault.opening import open_many

    people = [case.applicant, make_case().applicant]
    open_many(people, "given_names", purpose="queue")
    checkpoint_everything()
    assert problems() == []
    assert tamper(f"update events_accessrecord set file_ids = {change} where cardinality(file_ids) = 2")
    assert ["not what was signed" in problem for problem in problems()] == [True]


AHEAD = 10**9  # how far the transactions of the database before had counted


@pytest.fixture
def restored(signed, case, tamper, monkeypatch):
    """A ledger whose database counted a thousand million transactions further before it was restored here."""
    where = checkpoints._where

    def further(kind):
        last, start, horizon = where(kind)
        return last, start, horizon + AHEAD

    monkeypatch.setattr(checkpoints, "_where", further)
    for table, _columns in checkpoints.TABLES.values():
        tamper(f"update {table} set xid = xid + {AHEAD} where seq > (select max(seq) - 3 from {table})")
    tamper("delete from events_checkpoint")
    checkpoints.checkpoint_all(at=timezone.now())
    tamper(f"update events_event set xid = xid + 2 * {AHEAD} where seq = (select max(seq) from events_event)")
    tamper("delete from events_checkpoint")
    checkpoints.checkpoint_all(at=timezone.now())
    monkeypatch.setattr(checkpoints, "_where", where)
    return checkpoints.anchors()


def test_a_restored_ledger_signs_what_was_left_and_goes_on(restored, make_case, office, tmp_path):
    """One row of the database before was not signed when the backup was made."""
    from operations.ledger import note_restored

    with pytest.raises(checkpoints.Restored):
        checkpoints.checkpoint_all(at=timezone.now())
    assert checkpoints.verify(restored).uncovered == 1
    gaps = note_restored(restored, by="system:test", at=timezone.now())
    assert [gap.lost for gap in gaps] == [0, 0]
    make_case()
    checkpoint_everything()
    report = checkpoints.verify(restored)
    assert report.problems == [] and report.uncovered == 0
    assert report.rows == Event.objects.count() + AccessRecord.objects.count()
    assert "it ends 0 rows before the last seal" in report.restored[0]


def test_what_was_signed_after_the_backup_is_counted_and_its_anchors_are_no_fault(restored, office):
    from dataclasses import replace

    from operations.ledger import NotOurs, note_restored

    chain = "ab" * 32
    signature = checkpoints.signing_key().sign(chain.encode()).hex()
    newest, other = restored
    later = replace(
        newest, number=newest.number + 4, total=newest.total + 9, chain=chain, signature=signature
    )
    assert checkpoints.verify([later]).problems != []
    with pytest.raises(NotOurs):
        note_restored([replace(later, signature="00" * 64), other], by="system:test", at=timezone.now())
    gaps = note_restored([later, other], by="system:test", at=timezone.now())
    assert gaps[0].lost == 9
    checkpoint_everything()
    report = checkpoints.verify([later])
    assert report.problems == [] and "9 rows before the last seal" in report.restored[0]
    assert checkpoints.verify([replace(later, chain="cd" * 32)]).problems != []


def test_a_row_slipped_into_the_life_before_is_named(restored, office, tamper):
    from operations.ledger import note_restored

    note_restored(restored, by="system:test", at=timezone.now())
    checkpoint_everything()
    assert tamper("update events_event set xid = 7 where seq = (select min(seq) from events_event)")
    assert any("batch" in problem for problem in problems())
