"""From a request to the rebuilt copy: quarantine, the worker's line, and who may open what."""

import io
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from config.middleware import principal_of
from foundation import limits
from foundation.database.principal import applicant
from foundation.devstack.template import url_of
from foundation.events.models import Event
from foundation.events.stuck import give_up_work
from foundation.files import sandbox, uploads, work
from foundation.files.actions import path_of
from foundation.files.models import Status, StoredFile, Upload
from foundation.work import tasks
from tests.abuse.test_rows import As
from tests.conftest import opened
from tests.files import corpus
from tests.files.conftest import HOSTILE, content_of, files_on_disk, received
from tests.files.test_photos_and_codes import two_pictures
from tests.files.test_sandbox import children_of, running, wait_for

# --- receiving ------------------------------------------------------------------------------------


def test_what_is_sent_lies_in_quarantine_as_it_was(send, media):
    (outcome,) = send(("../Amina\u202efdp.pdf", HOSTILE))
    upload = Upload.objects.get()
    assert outcome.upload == upload and not outcome.words
    assert (upload.status, upload.rebuilt) == (Status.RECEIVED, None)
    assert upload.original.quarantined and content_of(upload.original) == HOSTILE
    assert opened(upload.original, "name").name == "Aminafdp.pdf"
    assert files_on_disk(media) == [upload.original_id.hex]
    event = Event.objects.get(name="files.received")
    assert (event.actor, event.data, event.matter_id) == ("applicant", {}, upload.matter_id)


def test_each_file_is_told_what_became_of_it(send):
    good, archive, office = send(
        ("a.pdf", corpus.letter()), ("b.zip", b"PK\x03\x04"), ("c.docx", b"PK\x03\x04")
    )
    assert good.upload and (archive.reason, office.reason) == ("archive", "office_document")
    assert "one by one" in archive.words and "PDF" in office.words
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(("files", "reasons"), [(2, ["", ""]), (3, ["", "", "file_full"])])
def test_a_file_has_room_for_so_many(send, monkeypatch, files, reasons):
    monkeypatch.setattr(uploads, "MAX_FILES", 2)
    sent = send(*[("a.jpg", corpus.photo())] * files)
    assert [outcome.reason for outcome in sent] == reasons


@pytest.mark.parametrize(("room", "reason"), [(1, ""), (0, ""), (-1, "file_full")])
def test_a_file_has_room_for_so_much(send, monkeypatch, room, reason):
    content = corpus.photo()
    (first,) = send(("a.jpg", content))
    held = path_of(first.upload.original_id).stat().st_size
    monkeypatch.setattr(uploads, "MAX_TOGETHER", held + len(content) + room)
    assert send(("b.jpg", content))[0].reason == reason


def test_a_file_is_named_with_what_became_of_it_only_where_names_may_be_shown(send, case):
    send(("bomb.png", corpus.pixel_bomb()), ("two.jpg", two_pictures()), ("fine.pdf", corpus.letter()))
    work.LINE.work_off()
    unnamed, named = (uploads.sent_papers(case.matter_id, named=flag) for flag in (False, True))
    assert [(paper.number, paper.label, paper.kind) for paper in unnamed] == [
        (1, "", "PNG"),
        (2, "", "JPEG"),
        (3, "", "PDF"),
    ]
    assert [paper.label for paper in named] == ["bomb.png", "two.jpg", "fine.pdf"]
    assert [paper.state for paper in named] == ["no", "ok", "ok"]
    assert "normal setting" in named[0].words
    assert "send the rest" in named[1].more[0] and not named[2].more
    notes = {sent.label: sent.notes for sent in uploads.uploads_of(case.matter_id, purpose="test")}
    assert (
        notes["two.jpg"] == ["It held several pictures. Only the first is shown."] and not notes["fine.pdf"]
    )


@pytest.mark.parametrize(
    "result",
    [
        sandbox.Result(corpus.photo(), notes=["first_picture", "Truncated", "x" * 600]),
        sandbox.Result(reason="a code of tomorrow that is far too long"),
        sandbox.Result(b"neither photo nor PDF"),
    ],
    ids=["notes", "reason", "content"],
)
def test_whatever_the_sandbox_says_a_file_is_kept_or_refused_at_once(send, monkeypatch, result):
    send(("a.jpg", corpus.photo()))
    monkeypatch.setattr(sandbox, "rebuild", lambda content, kind: result)
    work.LINE.work_off()
    upload = Upload.objects.get()
    assert (upload.status, upload.error, upload.notes) in [
        ("rebuilt", "", "first_picture"),
        ("refused", "", ""),
    ]
    assert bool(upload.reason) == (upload.status == "refused")


def test_a_copy_the_database_does_not_take_is_refused_and_leaves_nothing(send, monkeypatch, media):
    send(("a.pdf", corpus.letter()))
    monkeypatch.setattr(work, "note_words", lambda note: note)
    long = sandbox.Result(corpus.letter(), notes=["x" * 600])
    monkeypatch.setattr(sandbox, "rebuild", lambda content, kind: long)
    work.LINE.work_off()
    upload = Upload.objects.get()
    assert (upload.status, upload.reason, upload.stuck_at, upload.error) == ("refused", "not_kept", None, "")
    assert files_on_disk(media) == [upload.original_id.hex]


def test_what_was_refused_leaves_room_for_another_try(send, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_FILES", 1)
    send(("a.pdf", corpus.letter()[:200]))
    work.LINE.work_off()
    assert send(("a.pdf", corpus.letter()))[0].reason == ""


def test_sending_has_a_limit_an_hour(send, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "upload", limits.Limit(1, 3600))
    assert send(("a.jpg", corpus.photo()))[0].upload
    assert send(("b.jpg", corpus.photo()))[0].reason == "too_often"


def test_nobody_sends_into_another_persons_file(send, make_case, case, now):
    other = make_case()
    with pytest.raises(Exception) as refused, As(applicant(other.matter_id)), transaction.atomic():
        uploads.receive_files(
            [received(corpus.letter())], matter=case.matter, by="applicant", at=now, on=now.date()
        )
    assert type(refused.value).__name__ in ("NoKey", "ProgrammingError")
    assert not Upload.objects.exists()


# --- rebuilding -----------------------------------------------------------------------------------


def test_the_copy_is_clean_and_the_original_stays(letter, media):
    assert (letter.status, letter.reason, letter.notes) == ("rebuilt", "", "attachments")
    assert (letter.next_try_at, letter.attempts) == (None, 1)
    clean = content_of(letter.rebuilt)
    assert b"JavaScript" not in clean and pikepdf.open(io.BytesIO(clean)).pages
    assert b"JavaScript" in content_of(letter.original)
    assert not letter.rebuilt.quarantined
    known = opened(StoredFile.objects.get(pk=letter.rebuilt_id))
    assert (known.name, known.content_type) == ("letter from Amina.pdf", "application/pdf")
    assert files_on_disk(media) == sorted([letter.original_id.hex, letter.rebuilt_id.hex])
    assert [e.name for e in Event.objects.filter(subject_id=str(letter.pk)).order_by("seq")] == [
        "files.received",
        "files.rebuilt",
    ]


def test_a_photo_comes_out_without_its_place(send):
    send(("photo.jpg", corpus.photo(exif=corpus.exif(orientation=6))))
    work.LINE.work_off()
    content = content_of(Upload.objects.get().rebuilt)
    assert corpus.CANARY not in content and Image.open(io.BytesIO(content)).size == (300, 400)


def test_a_photo_of_an_iphone_is_kept_as_a_jpeg(send):
    send(("IMG_1.HEIC", (corpus.Path(__file__).parent / "data" / "photo.heic").read_bytes()))
    work.LINE.work_off()
    assert opened(Upload.objects.get().rebuilt, "content_type").content_type == "image/jpeg"


def test_refused_is_no_failure(send):
    send(("bomb.png", corpus.pixel_bomb()))
    work.LINE.work_off()
    upload = Upload.objects.get()
    assert (upload.status, upload.reason, upload.rebuilt) == ("refused", "too_many_pixels", None)
    assert (upload.stuck_at, upload.error) == (None, "")
    assert Event.objects.get(name="files.refused").data["reason"] == "too_many_pixels"


def test_what_is_received_wakes_its_line(send, monkeypatch):
    woken = []
    monkeypatch.setattr("foundation.files.uploads.wake", woken.append)
    send(("a.pdf", corpus.letter()), ("b.jpg", corpus.photo()))
    assert set(woken) == {"uploads"}


def test_one_task_rebuilds_at_a_time(send):
    send(("a.pdf", corpus.letter()))
    busy = tasks.busy(work.LINE)
    cache.add(busy, 1, timeout=9)
    tasks.work_off("uploads")
    assert Upload.objects.get().status == "received"
    cache.delete(busy)
    tasks.work_off("uploads")
    assert Upload.objects.get().status == "rebuilt" and cache.add(busy, 1, timeout=1)


def test_the_work_runs_in_no_transaction(send, monkeypatch):
    send(("a.pdf", corpus.letter()))
    seen, rebuild = [], sandbox.rebuild

    def watched(content, **options):
        from django.db import connection

        seen.append(connection.in_atomic_block)
        return rebuild(content, **options)

    monkeypatch.setattr(sandbox, "rebuild", watched)
    work.LINE.work_off()
    assert seen == [False]


def cannot(*args, **options):
    raise sandbox.CannotWork


def due_again():
    return Upload.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_what_could_not_be_worked_on_is_tried_again_then_waits_for_a_person(send, client, cast, monkeypatch):
    send(("a.pdf", corpus.letter()))
    with monkeypatch.context() as broken:
        broken.setattr(sandbox, "rebuild", cannot)
        for attempt in range(1, work.LINE.tries + 1):
            work.LINE.work_off()
            upload = Upload.objects.get()
            assert (upload.attempts, upload.error) == (attempt, "CannotWork")
            assert bool(upload.stuck_at) == (attempt == work.LINE.tries)
            assert upload.next_try_at > timezone.now()
            due_again()
    work.LINE.work_off()
    assert Upload.objects.get().status == "received"
    client.force_login(cast.ines)
    address = reverse("workspace:stuck-retry", args=["uploads", upload.pk])
    assert address in client.get(reverse("workspace:stuck")).content.decode()
    assert client.post(address).status_code == 302
    work.LINE.work_off()
    assert Upload.objects.get().status == "rebuilt"


def test_a_file_that_is_given_up_tells_its_sender_to_send_it_again(send, cast, now):
    send(("a.pdf", corpus.letter()))
    Upload.objects.update(stuck_at=now, attempts=5, error="CannotWork")
    upload = Upload.objects.get()
    with As(principal_of(cast.ines)):
        give_up_work(upload, line=work.LINE, why="cannot", by=cast.ines, at=now)
    upload = Upload.objects.get()
    assert (upload.status, upload.reason, upload.stuck_at) == ("refused", "given_up", None)
    (paper,) = uploads.sent_papers(upload.matter_id, named=False)
    assert paper.state == "no" and "Send it again" in paper.words


def test_a_file_that_fails_holds_up_no_other(send, monkeypatch):
    send(("a.pdf", corpus.letter()), ("b.jpg", corpus.photo()))
    rebuild = sandbox.rebuild
    monkeypatch.setattr(
        sandbox, "rebuild", lambda content, kind: cannot() if kind == "pdf" else rebuild(content, kind=kind)
    )
    work.LINE.work_off()
    assert sorted(Upload.objects.values_list("status", flat=True)) == ["rebuilt", "received"]


def test_whoever_comes_late_changes_nothing(send):
    """A worker whose lease ran out finishes after another one has begun."""
    send(("a.pdf", corpus.letter()))
    slow = work.LINE.claim(at=timezone.now())
    due_again()
    work.LINE.work_off()
    before = Upload.objects.get()
    broken = work.Rebuilt("a.pdf", sandbox.Result(reason="broken"))
    replace(work.LINE, work=lambda upload: broken).run(slow)
    replace(work.LINE, work=cannot).run(slow)
    after = Upload.objects.get()
    assert (after.status, after.rebuilt_id, after.error) == ("rebuilt", before.rebuilt_id, "")
    assert StoredFile.objects.count() == 2


WORKER = """
import django; django.setup()
from django.conf import settings
settings.MEDIA_ROOT = {media!r}
from foundation.database.principal import acting_as, system
from foundation.vault.keys import opening_keys
from foundation.files import sandbox, work
sandbox.rebuild = lambda content, kind: sandbox.run("tests.files.hostile", b"sleep")
with acting_as(system("files")), opening_keys():
    work.LINE.work_off()
"""


def test_a_worker_killed_midway_delays_a_file_and_loses_nothing(send, media, db):
    send(("a.pdf", corpus.letter()))
    code, env = WORKER.format(media=str(media)), {**os.environ, "DATABASE_URL": url_of(db)}
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=sandbox.ROOT, env=env)
    child = wait_for(lambda: children_of(worker.pid), 30)[0]
    time.sleep(1)
    worker.kill()
    worker.wait()
    assert wait_for(lambda: not running(child))
    upload = Upload.objects.get()
    assert (upload.status, upload.attempts) == ("received", 1)
    work.LINE.work_off()
    assert Upload.objects.get().status == "received"  # its lease still runs
    due_again()
    work.LINE.work_off()
    upload = Upload.objects.get()
    assert (upload.status, upload.attempts) == ("rebuilt", 2)
    assert files_on_disk(media) == sorted([upload.original_id.hex, upload.rebuilt_id.hex])
    assert Event.objects.filter(name="files.rebuilt").count() == 1


def test_a_status_moves_only_along_its_table(letter):
    with pytest.raises(Exception, match="Invalid transition"), transaction.atomic():
        Upload.objects.filter(pk=letter.pk).update(
            status="received", rebuilt=None, next_try_at=timezone.now()
        )
