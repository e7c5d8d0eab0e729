"""Bring a backup back into an empty database and an empty folder, and let every deletion since hold.

The parts are looked at before anything is written. What was in it is compared by the drill (drill.py).
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from foundation.database.prepare import make_roles
from foundation.house import ROOT
from operations.archive import SUFFIX, BadArchive, Part, hash_of, identity_in, open_into, piped
from operations.backing_up import FORMAT, INSIDE, LIST, count_tables, state_files
from operations.deletions import file_of_deletions, lines_of
from operations.programs import libpq, media_root, program

MEDIA_FILE = re.compile(r"[^./][^/]/[^./][^/]*")  # as Media writes them: no entry leads out of the folder


class NotEmpty(RuntimeError):
    """There is something already where the backup would go; the message says where."""


@dataclass(frozen=True)
class Backup:
    """Both halves of a backup, whole and opened as far as its list."""

    data: Path
    keys: Path
    data_keys: Sequence[Any]
    keys_keys: Sequence[Any]
    inside: dict[str, Any]

    def part(self, name: str) -> Part | None:
        """Return what the list says of a part; a half of another day has no line in it."""
        found = (Part(**one) for one in self.inside["parts"] if one["name"] == f"{name}{SUFFIX}")
        return next(found, None)


def read_backup(data: Path, keys: Path, *, identity: Path, keys_identity: Path) -> Backup:
    """Look at both halves of a backup and open its list. Raises BadArchive."""
    for folder in (data, keys):
        check_list(folder)
    data_keys, keys_keys = identity_in(identity), identity_in(keys_identity)
    with piped(lambda target: open_into(data / f"{INSIDE}{SUFFIX}", target, data_keys)) as source:
        inside = json.loads(source.read() or b"{}")
    return Backup(data, keys, data_keys, keys_keys, inside)


def check_list(folder: Path) -> None:
    """Compare every part of a half with the hashes beside it. Raises BadArchive."""
    try:
        listed = json.loads((folder / LIST).read_text())
        parts = {one["name"]: one["sha256"] for one in listed["parts"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadArchive(f"{folder} is no backup: {LIST} is not there, or cannot be read.") from error
    if listed["format"] != FORMAT:
        raise BadArchive(f"{folder} is of format {listed['format']}; this program reads {FORMAT}.")
    for name, wanted in parts.items():
        path = folder / Path(name).name
        if not path.is_file() or hash_of(path) != wanted:
            raise BadArchive(f"{path} is missing, cut off, or was changed.")


def check_empty(url: str) -> None:
    """Raise NotEmpty unless the database has no table and the folder of files holds nothing."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'keys')"
        ).fetchone()
    if row and row[0]:
        raise NotEmpty(f"The database has {row[0]} tables already: restore into an empty one.")
    root = media_root()
    if root.is_dir() and any(root.glob("??/*")):
        raise NotEmpty(f"{root} holds files already: restore into an empty folder.")


def restore(backup: Backup, url: str) -> dict[str, int]:
    """Bring back both halves and bring the tables up to date. Raises NotEmpty, BadArchive.

    `url` is the administrator's. The file of deletions that is here is added to, never written over.
    """
    check_empty(url)
    make_roles(url)
    for name, folder, identities in (
        ("data.dump", backup.data, backup.data_keys),
        ("keys.dump", backup.keys, backup.keys_keys),
    ):
        _load(url, folder / f"{name}{SUFFIX}", identities, expected=_expected(backup, name))
    _compare(backup, url)
    files = _unpack_media(backup)
    _unpack_state(backup)
    _bring_up_to_date(url)
    return {"files": files, "missing": backup.inside["media"] - files}


def _expected(backup: Backup, name: str) -> Part | None:
    """Return what a part must hold; of keys from another day's backup only its own list says."""
    part, folder = backup.part(name), backup.keys if name == "keys.dump" else backup.data
    return part if part and hash_of(folder / part.name) == part.sha256 else None


def _load(url: str, path: Path, identities: Sequence[Any], *, expected: Part | None) -> None:
    with psycopg.connect(url) as connection:
        major = connection.info.server_version // 10_000
    restorer, env = program("pg_restore", least=major)
    where = conninfo_to_dict(url)
    command = [restorer, "--exit-on-error", "--no-password", "--dbname", str(where.get("dbname"))]
    with subprocess.Popen(
        command,
        env={**os.environ, **env, **libpq(where)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stderr  # noqa: S101  # nosec B101  asked for above
        try:
            open_into(path, process.stdin, identities, expected=expected)
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
            said = process.stderr.read().decode(errors="replace")
    if process.returncode:
        raise BadArchive(f"pg_restore stopped at {path.name}: {said.strip()[-400:]}")


def _bring_up_to_date(url: str) -> None:
    """Migrate to what this program needs, in a process of the migrator's log-in. Raises BadArchive."""
    command, env = [sys.executable, "-m", "foundation.database.prepare"], {**os.environ, "DATABASE_URL": url}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    if done.returncode:
        raise BadArchive(f"The tables cannot be brought up to date: {done.stderr.strip()[-400:]}")


def _compare(backup: Backup, url: str) -> None:
    """Compare every row with what was counted when the backup was made. Raises BadArchive."""
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        there = count_tables(cursor)
        keys = count_tables(cursor, "keys")
    if _expected(backup, "keys.dump"):
        there, wanted = {**there, **keys}, {**backup.inside["tables"], **backup.inside["keys"]}
    else:
        wanted = backup.inside["tables"]
    if differ := sorted(name for name in wanted if there.get(name) != wanted[name]):
        raise BadArchive(f"Not what was backed up: {', '.join(differ)}.")


def _unpack_media(backup: Backup) -> int:
    """Put the sealed files back, and return how many."""
    root, path = media_root(), backup.data / f"media.tar{SUFFIX}"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = 0
    with piped(
        lambda target: open_into(path, target, backup.data_keys, expected=backup.part("media.tar"))
    ) as source:
        with tarfile.open(mode="r|", fileobj=source) as tar:
            for entry in tar:
                _put_file(tar, entry, root)
                files += 1
        source.read()
    return files


def _put_file(tar: tarfile.TarFile, entry: tarfile.TarInfo, root: Path) -> None:
    """Write one sealed file where it lay. Raises BadArchive where the entry names no such place.

    tarfile's own filter would do, but the Python of Debian 12 (3.11.2) does not have it.
    """
    content = tar.extractfile(entry) if entry.isreg() else None
    if content is None or not MEDIA_FILE.fullmatch(entry.name):
        raise BadArchive(f"This is no place of a file: {entry.name!r}.")
    place = root / entry.name
    place.parent.mkdir(exist_ok=True, mode=0o700)
    with place.open("wb") as file:
        shutil.copyfileobj(content, file)
    place.chmod(entry.mode & 0o755)
    os.utime(place, (entry.mtime, entry.mtime))


def _unpack_state(backup: Backup) -> None:
    """Put back what lies outside the database where it is missing; deletions are added to those here."""
    path = backup.data / f"state.tar{SUFFIX}"
    here = state_files()
    with piped(
        lambda target: open_into(path, target, backup.data_keys, expected=backup.part("state.tar"))
    ) as source:
        with tarfile.open(mode="r|", fileobj=source) as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is None or entry.name not in here:
                    continue
                _put_back(here[entry.name], content.read().decode())
        source.read()


def _put_back(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path == file_of_deletions():
        known = lines_of(path)
        new = [line for line in text.splitlines() if line not in set(known)]
        path.write_text("".join(f"{line}\n" for line in [*known, *new]))
    elif not path.exists():  # what is here may be newer than the backup
        path.write_text(text)
