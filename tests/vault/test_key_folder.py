"""Every key in the folder is looked at when something starts: its length, who may read it, how old it is."""

from datetime import date, timedelta

import pytest

from foundation.database.keyfolder import (
    FRESH_DAYS,
    NEEDED,
    check_keys,
    epochs,
    made_on,
    make_keys,
    needed_key,
    stale_keys,
)

TODAY = date(2026, 11, 29)
PUT = ("kek-12", "db-staff", "django-secret-key-before")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "keys"
    make_keys(folder, [*NEEDED, "db-staff"])
    monkeypatch.setenv("INTAKE_KEYS", str(folder))
    return folder


def dated(folder, name, day):
    path = folder / name
    path.write_text(f"{path.read_text().split()[0]} {day.isoformat()}\n")


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


def test_the_day_stands_behind_the_key_and_is_no_part_of_it(folder):
    dated(folder, "kek-1", date(2026, 1, 2))
    assert made_on(folder / "kek-1") == date(2026, 1, 2)
    assert len(needed_key("kek-1")) == 64


def test_a_key_of_before_has_the_day_of_its_file(folder):
    (folder / "kek-1").write_text("ab" * 32)
    assert made_on(folder / "kek-1") >= date(2026, 1, 1)


@pytest.mark.parametrize("name", ["kek-1", "django-secret-key", "db-staff"])
def test_a_key_that_can_be_changed_grows_old(folder, name):
    for key in folder.iterdir():
        dated(folder, key.name, TODAY)
    dated(folder, name, TODAY - timedelta(days=FRESH_DAYS))
    assert stale_keys(on=TODAY) == []
    dated(folder, name, TODAY - timedelta(days=FRESH_DAYS + 1))
    assert [name in note for note in stale_keys(on=TODAY)] == [True]


def test_a_key_that_nothing_can_be_done_about_is_not_complained_of(folder):
    for key in folder.iterdir():
        dated(folder, key.name, TODAY)
    dated(folder, "receipt-pepper", date(2001, 1, 1))
    make_keys(folder, ["kek-2"])
    dated(folder, "kek-2", TODAY)
    dated(folder, "kek-1", date(2001, 1, 1))  # the rotation's own check speaks of this one
    assert stale_keys(on=TODAY) == []


def test_a_key_of_tomorrow_says_that_a_clock_is_wrong(folder):
    for key in folder.iterdir():
        dated(folder, key.name, TODAY)
    dated(folder, "kek-1", TODAY + timedelta(days=1))
    assert ["clock" in note for note in stale_keys(on=TODAY)] == [True]


@pytest.mark.parametrize("name", ["retired-kek-1", "django-secret-key-before"])
def test_what_was_put_aside_is_not_left_lying_about(folder, name):
    make_keys(folder, [name])
    assert [name in note for note in stale_keys(on=TODAY + timedelta(days=1))] == [True]
