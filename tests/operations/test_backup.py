"""A backup comes back whole, or says what it lacks; what was deleted stays deleted; the ledger goes on."""

import io
import json
import os
import subprocess
import sys
import tarfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from cases.models import Case
from foundation.accounts.kits import write_kit
from foundation.accounts.models import Office
from foundation.devstack.template import url_of
from foundation.events.checkpoints import write_anchors
from foundation.files.actions import store_file
from foundation.house import ROOT
from intake.models import Intake
from operations.archive import BadArchive
from operations.backing_up import LIST, drop_old
from operations.deletions import file_of_deletions, replay_deletions
from operations.management.commands.backup import wait_for_next
from operations.models import Deletion, Kind, Run
from operations.restoring import _put_file, read_backup
from tests.events.test_checkpoints import checkpoint_everything


@pytest.fixture
def places(tmp_path, settings, db):
    """Where a backup goes and the two keys that open it, with what lies outside the database in a folder."""
    settings.LEDGER_ANCHORS = tmp_path / "state" / "anchors.json"
    settings.INTAKE_APPROVALS = str(tmp_path / "state" / "approvals.toml")
    call_command("backup_keys", str(tmp_path / "offline"), stdout=(tmp_path / "said").open("w"))
    said = dict(
        line.split("=", 1) for line in (tmp_path / "said").read_text().splitlines() if "=age1" in line
    )
    settings.BACKUP_RECIPIENTS = said["BACKUP_RECIPIENTS"]
    settings.BACKUP_KEY_RECIPIENTS = said["BACKUP_KEY_RECIPIENTS"]
    return tmp_path


def backed_up(places):
    """Make a backup and return its two halves."""
    call_command("backup", str(places / "data"), "--keys", str(places / "keys"), stdout=io.StringIO())
    return [max((places / half).iterdir()) for half in ("data", "keys")]


def identities(places):
    return [places / "offline" / "data.key", places / "offline" / "keys.key"]


def drill(places, halves, *more, typed=""):
    """Run the drill as an operator does."""
    data, keys = identities(places)
    command = [sys.executable, "manage.py", "restore_drill", *map(str, halves)]
    command += ["--identity", str(data), "--keys-identity", str(keys), *map(str, more)]
    from django.db import connection

    env = {**os.environ, "DATABASE_URL": url_of(connection.settings_dict["NAME"]), "INTAKE_LOGIN": "tests"}
    return subprocess.run(command, cwd=ROOT, env=env, input=typed, capture_output=True, text=True)


def test_a_backup_is_restored_with_the_keys_of_the_kit_and_carries_the_office(everything, places, now):
    checkpoint_everything()
    # Newer than all others, and where this test keeps its files: those lie where the office was first made.
    about = {"name": "later.pdf", "content_type": "application/pdf", "of_staff": True}
    on = now.date() + timedelta(days=1)
    store_file([b"%PDF-1.4"], matter=Case.objects.earliest("opened_at").matter, on=on, **about)
    kit = places / "kit.json"
    codes = write_kit(Office.objects.get(slug="demo"), kit, people=2, by="system:test", at=now)
    halves = backed_up(places)
    done = drill(places, halves, "--kit", kit, typed="\n".join(codes) + "\n")
    assert done.returncode == 0, done.stderr
    assert "Restored and whole, with the recovery kit's keys" in done.stdout
    run = Run.objects.get(kind=Kind.DRILL)
    assert run.error == "" and run.figures["opened"] > 10 and run.figures["files"] == 1
    assert Run.objects.get(kind=Kind.BACKUP).figures["rows"] > 50


@pytest.mark.parametrize("half", [0, 1])
def test_a_part_that_was_changed_or_cut_off_is_named_before_anything_is_written(case, places, half):
    halves = backed_up(places)
    part = next(path for path in halves[half].iterdir() if path.suffix == ".age")
    part.write_bytes(part.read_bytes()[:-1])
    identity, keys_identity = identities(places)
    with pytest.raises(BadArchive, match=part.name):
        read_backup(*halves, identity=identity, keys_identity=keys_identity)


@pytest.mark.parametrize(
    "name", ["../ab/file", "/ab/file", "ab/../../file", "..", "ab", "ab/cd/file", "a./.."]
)
def test_an_entry_that_leads_out_of_the_folder_is_no_file_of_ours(tmp_path, name):
    inside = tmp_path / "inside"
    inside.mkdir()
    entry = tarfile.TarInfo(name)
    entry.size = 3
    for one in (entry, linked(entry)):
        with tarfile.open(fileobj=tarred(one)) as tar, pytest.raises(BadArchive, match="no place of a file"):
            _put_file(tar, next(iter(tar)), inside)
    assert list(tmp_path.rglob("*")) == [inside]


def linked(entry):
    """Return a link under a good name: what it leads to would be written in its place."""
    link = tarfile.TarInfo("ab/file")
    link.type, link.linkname = tarfile.SYMTYPE, entry.name
    return link


def tarred(entry):
    out = io.BytesIO()
    with tarfile.open(mode="w", fileobj=out) as tar:
        tar.addfile(entry, io.BytesIO(b"abc"))
    out.seek(0)
    return out


def test_neither_half_opens_with_the_other_holders_key(office, places):
    halves = backed_up(places)
    keys_identity, identity = identities(places)
    with pytest.raises(BadArchive, match="does not open"):
        read_backup(*halves, identity=identity, keys_identity=keys_identity)


def test_nothing_of_a_backup_is_in_plain(case, places):
    halves = backed_up(places)
    for path in (path for half in halves for path in half.iterdir()):
        content = path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0 or path.name == LIST
        assert b"intake_" not in content and b"PGDMP" not in content and b"Amina" not in content


def test_without_recipients_no_backup_is_made_and_that_is_on_record(office, places, settings):
    settings.BACKUP_RECIPIENTS = ""
    with pytest.raises(CommandError, match="backup_keys"):
        backed_up(places)
    assert Run.objects.get(kind=Kind.BACKUP).error == "BadArchive"


def test_a_database_with_tables_is_not_restored_into(office, places):
    halves, (identity, keys_identity) = backed_up(places), identities(places)
    from django.db import connection

    url = url_of(connection.settings_dict["NAME"])
    command = [sys.executable, "manage.py", "restore", *map(str, halves)]
    command += ["--identity", str(identity), "--keys-identity", str(keys_identity)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True
    )
    assert done.returncode == 1 and "tables already" in done.stderr


def test_a_half_that_was_sent_away_comes_back_as_it_was(office, places, settings):
    away = places / "away"
    away.mkdir()
    settings.BACKUP_SEND = f"tar -x -C {away}"
    settings.BACKUP_KEYS_SEND = f"sh -c 'cat > {away}/{{name}}.tar'"
    _data, keys = backed_up(places)
    subprocess.run(["tar", "-x", "-f", str(away / f"{keys.name}.tar"), "-C", str(away)], check=True)
    sent = [
        max(path for path in away.iterdir() if path.is_dir() and path.name.endswith("keys") == is_keys)
        for is_keys in (False, True)
    ]
    identity, keys_identity = identities(places)
    assert read_backup(*sent, identity=identity, keys_identity=keys_identity).inside["tables"]


@pytest.mark.parametrize("command", ["sh -c 'head -c 10; exit 3'", "/nowhere/at/all", "sh -c 'cat; exit 1'"])
def test_a_backup_that_did_not_get_away_is_one_that_failed(office, places, settings, command):
    settings.BACKUP_SEND = command
    with pytest.raises(CommandError, match="lies here alone"):
        backed_up(places)
    assert Run.objects.get(kind=Kind.BACKUP).error == "NotSent"


@pytest.mark.parametrize(("hours", "left"), [(None, 0), (1, 23), (24, 0), (30, 0)])
def test_a_backup_process_that_starts_anew_waits_for_the_time(office, now, hours, left):
    if hours is not None:
        ended = now - timedelta(hours=hours)
        Run.objects.create(kind=Kind.BACKUP, begun_at=ended, ended_at=ended)
    assert wait_for_next(24 * 3600, at=now) == left * 3600


def test_old_backups_go_and_the_newest_never_does(tmp_path):
    now = timezone.now()
    for days in (100, 95, 3):
        folder = tmp_path / str(days)
        folder.mkdir()
        made = (now - timedelta(days=days)).isoformat()
        (folder / LIST).write_text(json.dumps({"made_at": made}))
    assert drop_old(tmp_path, before=now - timedelta(days=90)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["3"]
    assert drop_old(tmp_path, before=now) == 0


def test_what_was_erased_is_erased_again_after_a_restore(case, places, now):
    from foundation.files.erasing import erase_matters

    matter = case.matter_id
    erase_matters([matter])
    assert Deletion.objects.get().matter == matter
    from operations.deletions import write_deletions

    assert write_deletions(file_of_deletions()) == 1
    assert write_deletions(file_of_deletions()) == 0
    lines = file_of_deletions().read_text().splitlines()
    assert replay_deletions(lines, at=now).erased == 0  # it is gone


def test_a_matter_that_is_back_is_erased_and_its_names_are_kept(case, now):
    lines = [f"{case.matter_id} erased {now.isoformat()}"]
    from conflicts.models import Party
    from foundation.accounts.matters import part_of

    assert replay_deletions(lines, at=now).erased == 1
    assert not Intake.objects.filter(matter_id=case.matter_id).exists()
    assert Party.objects.filter(matter_id=part_of(case.matter_id, "stub")).exists()


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_deletion_that_was_asked_and_lost_with_the_gap_is_asked_again(case, now, taken_back):
    from intake.models import Wish

    lines = [f"{case.matter_id} asked {now.isoformat()}"]
    if taken_back:
        lines.append(f"{case.matter_id} taken_back {(now + timedelta(minutes=1)).isoformat()}")
    assert replay_deletions(lines, at=now).asked == (not taken_back)
    assert Wish.objects.filter(kind="delete", status="open").count() == (not taken_back)


def test_who_asks_to_be_deleted_is_noted_outside_the_database(case, places, now):
    from intake.actions import note_wish, take_back_wish
    from tests.support.relay import deliver_due

    note_wish(case.intake, kind="delete", at=now)
    take_back_wish(case.intake, kind="delete", at=now)
    deliver_due()
    write_anchors(places / "anchors.json")
    assert [one.step for one in Deletion.objects.order_by("step")] == ["asked", "taken_back"]
