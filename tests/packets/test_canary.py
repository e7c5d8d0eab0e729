"""While a packet is built nothing of it lies in plain on a disk or in a log; a killed one leaves nothing."""

import io
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from cases.models import Case
from foundation.devstack.template import url_of
from foundation.files.actions import path_of
from foundation.files.sandbox import ROOT
from packets import actions
from packets.making.front import printed
from packets.models import Build, Volume
from packets.work import LINE
from tests.packets import reading
from tests.packets.test_packets import put, send

CANARY = "Canary-Surname-of-a-packet"
COVER = {"title": f"EXHIBITS OF {CANARY}", "respondents": f"{CANARY} | A 123-456-789"}
NAMES = (CANARY.encode(), CANARY.encode("utf-16-le"))
PACKED = (b"%PDF", b"endstream", b"\xff\xd8\xff", b"PK\x03\x04")  # where a name would not be seen
SHARED = "/dev/shm"  # noqa: S108  where other programs write too: there only the name tells
MOST = 64_000_000
FIELDS = ("packets_packet", "packets_exhibit", "packets_build", "packets_volume", "files_storedfile")


class Watch:
    """Looks all the while at each file that came or changed, and at each that a process of ours has open."""

    def __init__(self, folders):
        self.folders, self.found, self.looks = folders, set(), 0
        self.since, self.ended = time.time() - 0.01, threading.Event()

    def look(self):
        self.looks += 1
        for path in [*self.changed(), *self.open_files()]:
            try:
                with path.open("rb") as file:
                    content = file.read(MOST)
            except OSError:
                continue  # gone, or of another user
            telltales = NAMES if str(path).startswith(SHARED) else (*NAMES, *PACKED)
            if any(telltale in content for telltale in telltales):
                self.found.add(str(path))

    def changed(self):
        for folder in self.folders:
            for base, _folders, names in os.walk(folder):
                for name in names:
                    path = Path(base) / name
                    try:
                        if path.is_file() and path.stat().st_mtime >= self.since:
                            yield path
                    except OSError:
                        continue

    def open_files(self):
        """Yield what we or a sandbox of ours has open for writing, also what has no name any more."""
        for pid in (os.getpid(), *_children()):
            for link in Path(f"/proc/{pid}/fd").glob("*"):
                try:
                    about = Path(f"/proc/{pid}/fdinfo/{link.name}").read_text()
                    if int(about.split("flags:")[1].split()[0], 8) & 3 and link.is_file():
                        yield link
                except (OSError, IndexError):
                    continue


def _children():
    for path in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        try:
            yield from map(int, path.read_text().split())
        except OSError:
            continue


@contextmanager
def watching(*folders):
    watch = Watch(folders)

    def again():
        while not watch.ended.wait(0.01):
            watch.look()

    thread = threading.Thread(target=again)
    thread.start()
    try:
        yield watch
    finally:
        watch.ended.set()
        thread.join()
        watch.folders = (*folders, SHARED)  # large: the tests' database lies there too, so it is read once
        watch.look()


@pytest.fixture
def own_temp(tmp_path, monkeypatch):
    """Have temporary files of ours in a folder of the test's own, where no other program writes."""
    folder = tmp_path / "temp"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def packet(accepted, cast, now):
    held = Case.objects.get()
    packet = actions.begin_packet(held, cover=COVER, by=cast.ade, at=now)
    paper = printed(CANARY, ["A publisher"], [f"{CANARY} was detained in paragraph {n}." for n in range(80)])
    exhibit = put(packet, cast, now, upload_id=send(held, paper, now).pk)
    about = {"title": f"Letter of {CANARY}", "words": ["paragraph 79"]}
    actions.change_exhibit(exhibit, how="full", part="other", about=about, by=cast.ade, at=now)
    put(packet, cast, now, upload_id=send(held, _picture(), now, "scan.jpg").pk)
    return packet


def _picture():
    kept = io.BytesIO()
    reading.Image.new("RGB", (600, 800), "white").save(kept, "JPEG")
    return kept.getvalue()


def test_nothing_of_a_packet_lies_in_plain_on_a_disk_or_in_a_log(packet, cast, now, own_temp, caplog):
    caplog.set_level(logging.DEBUG)
    build = actions.ask_build(packet, by=cast.ade, at=now)
    with watching(own_temp, settings.MEDIA_ROOT) as watch:
        LINE.work_off()
    build.refresh_from_db()
    volume = build.volumes.get()
    assert build.status == "built" and path_of(volume.stored_id).exists() and watch.looks > 5
    assert not watch.found
    assert CANARY not in caplog.text and "123-456-789" not in caplog.text


def test_what_the_watch_looks_for_it_finds(own_temp):
    with watching(own_temp) as watch:
        (own_temp / "left").write_bytes(b"..." + CANARY.encode())
        with tempfile.TemporaryFile() as nameless:
            nameless.write(b"%PDF-1.7")
            nameless.flush()
            time.sleep(0.2)
    assert {Path(found).name for found in watch.found} > {"left"} and len(watch.found) == 2


def test_nothing_of_a_packet_stands_in_plain_in_the_database(packet, cast, now):
    actions.ask_build(packet, by=cast.ade, at=now)
    LINE.work_off()
    with connection.cursor() as cursor:
        for table in (*FIELDS, "events_event"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            said = "\n".join(row for (row,) in cursor.fetchall())
            assert said and CANARY not in said and "123-456-789" not in said, table


KILLED = """
import django; django.setup()
import os, signal
from foundation.vault.keys import opening_keys
from packets import work
kept = work.store_file
def die(*args, **more):
    kept(*args, **more)
    os.kill(os.getpid(), signal.SIGKILL)
work.store_file = die
with opening_keys():
    work.LINE.work_off()
"""


def test_a_builder_killed_while_it_keeps_a_volume_leaves_none_and_the_next_try_builds(packet, cast, now, db):
    build = actions.ask_build(packet, by=cast.ade, at=now)
    env = {**os.environ, "DATABASE_URL": url_of(db), "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    died = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=env, check=False)
    assert died.returncode == -signal.SIGKILL
    build.refresh_from_db()
    assert (build.status, build.made, Volume.objects.count()) == ("waiting", None, 0)
    assert not list(Path(settings.MEDIA_ROOT).glob("**/*.part"))
    Build.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert LINE.work_off() == 1
    build.refresh_from_db()
    assert build.status == "built" and build.volumes.count() == 1
