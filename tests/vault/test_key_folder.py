"""Every key in the folder is looked at when something starts: its length, who may read it, how old it is."""

from datetime import UTC, datetime, timedelta

import pytest

from foundation.database.keyfolder import (
    FRESH,
    NEEDED,
    check_keys,
    epochs,
    made_at,
    make_keys,
    needed_key,
    stale_keys,
)

NOW = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)  # after whatever the tests make
PUT = ("kek-12", "db-staff", "django-secret-key-before")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "keys"
    make_keys(folder, [*NEEDED, "db-staff"])
    monkeypatch.setenv("INTAKE_KEYS", str(folder))
    return folder


def dated(folder, name, moment):
    path = folder / name
    path.write_text(f"{path.read_text().split()[0]} {moment.isoformat()}\n")


@pytest.mark.parametrize("name", [*NEEDED, *PUT])
@pytest.mark.parametrize("spoil", ["short", "open", "empty"])
def test_each_key_that_is_there_is_looked_at(folder, name, spoil):
    make_keys(folder, [name])
    assert check_keys() == []
    path = folder / name
    if spoil == "open":
        path.chmod(0o640)
    else:
        path.write_text({"short": "ab" * 31, "empty": ""}[spoil])
    (problem,) = check_keys()
    assert name in problem


def test_one_key_encryption_key_is_enough_and_none_is_too_few(folder):
    make_keys(folder, ["kek-2"])
    (folder / "kek-1").unlink()
    assert check_keys() == [] and epochs() == [2]
    (folder / "kek-2").unlink()
    assert ["kek-1 is missing" in problem for problem in check_keys()] == [True]


def test_two_keys_that_are_one_are_named(folder):
    (folder / "receipt-pepper").write_bytes((folder / "kek-1").read_bytes())
    (problem,) = check_keys()
    assert "kek-1" in problem and "receipt-pepper" in problem


def test_a_folder_others_may_put_keys_into_is_named(folder):
    folder.chmod(0o770)
    assert ["chmod 700" in problem for problem in check_keys()] == [True]


def test_the_time_stands_behind_the_key_and_is_no_part_of_it(folder):
    dated(folder, "kek-1", NOW)
    assert made_at(folder / "kek-1") == NOW
    assert len(needed_key("kek-1")) == 64


def test_a_key_of_before_has_the_time_of_its_file(folder):
    (folder / "kek-1").write_text("ab" * 32)
    assert made_at(folder / "kek-1") >= datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", ["kek-1", "django-secret-key", "db-staff"])
def test_a_key_that_can_be_changed_grows_old(folder, name):
    for key in folder.iterdir():
        dated(folder, key.name, NOW)
    dated(folder, name, NOW - FRESH)
    assert stale_keys(at=NOW) == []
    dated(folder, name, NOW - FRESH - timedelta(seconds=1))
    assert [name in note for note in stale_keys(at=NOW)] == [True]


def test_a_key_that_nothing_can_be_done_about_is_not_complained_of(folder):
    for key in folder.iterdir():
        dated(folder, key.name, NOW)
    dated(folder, "receipt-pepper", datetime(2001, 1, 1, tzinfo=UTC))
    make_keys(folder, ["kek-2"])
    dated(folder, "kek-2", NOW)
    dated(folder, "kek-1", datetime(2001, 1, 1, tzinfo=UTC))  # the rotation's own check speaks of this one
    assert stale_keys(at=NOW) == []


def test_a_key_of_tomorrow_says_that_a_clock_is_wrong(folder):
    for key in folder.iterdir():
        dated(folder, key.name, NOW)
    dated(folder, "kek-1", NOW + timedelta(seconds=1))
    assert ["clock" in note for note in stale_keys(at=NOW)] == [True]


@pytest.mark.parametrize("name", ["retired-kek-1", "django-secret-key-before"])
def test_what_was_put_aside_is_not_left_lying_about(folder, name):
    make_keys(folder, [name])
    assert [name in note for note in stale_keys(at=NOW)] == [True]
