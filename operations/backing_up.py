"""One consistent backup: data, files, what else must not be lost; and the wrapped keys in a stream apart.

Data and keys are dumped from one snapshot by two log-ins, neither of which can read the other's part, and
sealed for two holders. Whoever has one of both opens nothing of a person's.
"""

import json
import subprocess
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

import psycopg
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation.events.checkpoints import anchors, write_anchors
from foundation.files.receiving import INCOMING
from operations.archive import SUFFIX, BadArchive, Part, piped, recipients_of, seal
from operations.deletions import file_of_deletions, write_deletions
from operations.models import Kind, Run
from operations.programs import NoProgram, libpq, media_root, place_of, program
from operations.sending import NotSent, send

FORMAT = 1
LIST, INSIDE = "backup.json", "list.json"
DATA, KEYS = ("data.dump", "media.tar", "state.tar", INSIDE), ("keys.dump",)
# Sums of hashes over rows as text: the same whatever the order, and worked out inside the server.
COUNT = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {table} t"


@dataclass(frozen=True)
class Made:
    """A backup that was written: where each half lies, and how much it holds."""

    data: Path
    keys: Path
    parts: list[Part]
    figures: dict[str, Any]


def back_up(data: Path, keys: Path, *, data_for: str, keys_for: str, at: datetime) -> Made:
    """Write a backup into new folders under both and send it on, on record.

    Raises BadArchive, NoProgram, NotSent, OSError.
    """
    run = Run.objects.create(kind=Kind.BACKUP, begun_at=at)
    try:
        made = _write(data, keys, recipients_of(data_for), recipients_of(keys_for), at=at)
        send(made.data, settings.BACKUP_SEND)
        send(made.keys, settings.BACKUP_KEYS_SEND)
    except (BadArchive, NoProgram, NotSent, OSError, psycopg.Error, subprocess.SubprocessError) as error:
        _end(run, error=type(error).__name__)
        raise
    _end(run, figures=made.figures)
    return made


@transaction.atomic
def _end(run: Run, *, error: str = "", figures: dict[str, Any] | None = None) -> None:
    run.ended_at, run.error, run.figures = timezone.now(), error, figures or {}
    run.save()


def _write(data: Path, keys: Path, data_for: Sequence[Any], keys_for: Sequence[Any], *, at: datetime) -> Made:
    name = f"{at:%Y-%m-%dT%H-%M-%SZ}"
    data, keys = data / name, keys / f"{name}-keys"
    for folder in (data, keys):
        folder.mkdir(parents=True, mode=0o700)
    with transaction.atomic():
        write_deletions(file_of_deletions())
        write_anchors(Path(settings.LEDGER_ANCHORS))
    with snapshot() as (held, cursor):
        inside = _inside(cursor, at=at)
        with connected("key_backup") as connection, connection.cursor() as of_keys:
            of_keys.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            of_keys.execute(psycopg.sql.SQL("SET TRANSACTION SNAPSHOT {}").format(held))
            inside["keys"] = count_tables(of_keys, "keys")
        parts = [
            _dump(data / f"data.dump{SUFFIX}", "backup", held, ["--exclude-schema=keys"], data_for),
            _dump(keys / f"keys.dump{SUFFIX}", "key_backup", held, ["--schema=keys"], keys_for),
        ]
    media = Media(media_root())
    parts += [
        _tar(data / f"media.tar{SUFFIX}", media.write, data_for),
        _tar(data / f"state.tar{SUFFIX}", write_state, data_for),
    ]
    inside |= {"media": media.files, "media_bytes": media.bytes}
    inside["parts"] = [asdict(part) for part in parts]
    listed = json.dumps(inside).encode()
    parts.append(_tar(data / f"{INSIDE}{SUFFIX}", lambda target: _put(target, listed), data_for))
    for folder, own in ((data, DATA), (keys, KEYS)):
        write_list(folder, [part for part in parts if part.name.removesuffix(SUFFIX) in own], at=at)
    figures = {"parts": len(parts), "bytes": sum(part.size for part in parts), "files": media.files}
    return Made(
        data, keys, parts, {**figures, "rows": sum(rows for rows, _hash in inside["tables"].values())}
    )


def _put(target: BinaryIO, content: bytes) -> None:
    target.write(content)


@contextmanager
def snapshot() -> Iterator[tuple[str, psycopg.Cursor]]:
    """Yield the name of a snapshot that others can use while this lasts, and a cursor in it."""
    with connected("backup") as connection, connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        row = cursor.execute("SELECT pg_export_snapshot()").fetchone()
        yield str(row[0] if row else ""), cursor
        cursor.execute("COMMIT")


def connected(login: str) -> psycopg.Connection:
    """Connect as one of the log-ins that make backups."""
    names = {"PGHOST": "host", "PGPORT": "port", "PGDATABASE": "dbname", "PGUSER": "user"}
    names |= {"PGPASSWORD": "password", "PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert"}
    asked: Any = {names[name]: value for name, value in place_of(login).items()}
    return psycopg.connect(autocommit=True, **asked)


def _inside(cursor: psycopg.Cursor, *, at: datetime) -> dict[str, Any]:
    """Return what a restore compares with: the rows, and how far the program and the ledger had come."""
    named = cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    applied = [str(name) for (name,) in named]
    with transaction.atomic():
        newest = [asdict(anchor) for anchor in anchors()]
    row = cursor.execute("SHOW server_version").fetchone()
    return {
        "format": FORMAT,
        "made_at": at.isoformat(timespec="seconds"),
        "server": str(row[0] if row else ""),
        "migrations": applied,
        "anchors": newest,
        "tables": count_tables(cursor),
    }


def count_tables(cursor: psycopg.Cursor, schema: str = "public") -> dict[str, list[Any]]:
    """Return the rows of every table and a hash over them, {table: [rows, hash]}."""
    for setting in ("timezone = 'UTC'", "datestyle = 'ISO'", "bytea_output = 'hex'"):
        cursor.execute(f"SET {setting}")
    named = cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema]
    ).fetchall()
    counted = {}
    for (table,) in named:
        asked = psycopg.sql.SQL(COUNT).format(table=psycopg.sql.Identifier(schema, table))
        counted[str(table)] = list(cursor.execute(asked).fetchone() or ())
    return counted


def _dump(path: Path, login: str, held: str, what: Sequence[str], recipients: Sequence[Any]) -> Part:
    with connected(login) as connection:
        major = connection.info.server_version // 10_000
    dump, env = program("pg_dump", least=major)
    command = [dump, "--format=custom", "--no-password", f"--snapshot={held}", *what]
    with subprocess.Popen(
        command, env={**env, **place_of(login)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr  # noqa: S101  # nosec B101  asked for above
        part = seal(process.stdout, path, recipients)
        said = process.stderr.read().decode(errors="replace")
    if process.returncode:
        path.unlink(missing_ok=True)
        raise BadArchive(f"pg_dump stopped: {said.strip()[-300:]}")
    return part


def _tar(path: Path, write: Any, recipients: Sequence[Any]) -> Part:
    with piped(write) as source:
        return seal(source, path, recipients)


class Media:
    """Every sealed file as it lies there, but what is erased meanwhile and what is still arriving."""

    def __init__(self, root: Path) -> None:
        self.root, self.files, self.bytes = root, 0, 0

    def write(self, target: IO[bytes]) -> None:
        with tarfile.open(mode="w|", fileobj=target) as tar:
            for path in sorted(self.root.glob("??/*")):
                if path.suffix == ".part" or path.parent.name == INCOMING or not path.is_file():
                    continue
                try:
                    entry = tar.gettarinfo(path, str(path.relative_to(self.root)))
                    with path.open("rb") as file:
                        tar.addfile(entry, file)
                except FileNotFoundError:
                    continue
                self.files, self.bytes = self.files + 1, self.bytes + entry.size


def state_files() -> dict[str, Path]:
    """Return what lies outside the database and must not be lost: approvals, anchors, deletions."""
    return {
        "approvals.toml": Path(settings.INTAKE_APPROVALS),
        "anchors.json": Path(settings.LEDGER_ANCHORS),
        "deletions.txt": file_of_deletions(),
    }


def write_state(target: IO[bytes]) -> None:
    with tarfile.open(mode="w|", fileobj=target) as tar:
        for name, path in state_files().items():
            if path.is_file():
                tar.add(path, name)


def write_list(folder: Path, parts: Sequence[Part], *, at: datetime) -> None:
    """Write, in plain, which parts there are and their hashes: nothing of what is in them."""
    shown = [{"name": part.name, "size": part.size, "sha256": part.sha256} for part in parts]
    content = {"format": FORMAT, "made_at": at.isoformat(timespec="seconds"), "parts": shown}
    (folder / LIST).write_text(json.dumps(content, indent=1))


def drop_old(folder: Path, *, before: datetime) -> int:
    """Remove backups made before a moment, always keeping the newest; return how many."""
    made = sorted((path.parent for path in folder.glob(f"*/{LIST}")), key=_made_at)
    old = [path for path in made[:-1] if _made_at(path) < before]
    for path in old:
        for file in path.iterdir():
            file.unlink()
        path.rmdir()
    return len(old)


def _made_at(folder: Path) -> datetime:
    return datetime.fromisoformat(json.loads((folder / LIST).read_text())["made_at"])


__all__ = ["Made", "back_up", "count_tables", "drop_old", "libpq", "state_files"]
