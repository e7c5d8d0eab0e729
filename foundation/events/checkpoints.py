"""Signing the ledger: seconds after they are written, rows are hashed together, chained and signed.

A batch holds every row whose transaction began before the oldest one still running, and after the batch
before: no row can slip in between. Its root is the Merkle root of RFC 6962 over the rows in order of
`seq`; each checkpoint hashes the one before; Ed25519 signs it with a key that is not in the database, and the
newest checkpoint of each kind is also written to a file outside it. So a row that is changed, even with its
hashes made to fit, a row that is deleted, and a tail that is cut off are all named by verify().

A database restored elsewhere counts its transactions anew. begin_anew() then signs what was left and ends a
*life* of the ledger: a checkpoint that ends (0) before it begins. Rows beyond it are of the next life.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.db.models import F, Max, QuerySet

from foundation.database.keyfolder import needed_key
from foundation.events.breaks import Anchor, gap_in_words, gone_in_words, letting_go, restorations
from foundation.events.models import Checkpoint

# What a row's hash covers: every column, in this order.
TABLES = {
    "events": (
        "events_event",
        "seq xid id name subject_type subject_id office_id file_id actor data at",
    ),
    "access": (
        "events_accessrecord",
        "seq xid at action actor role office_id file_id subject_type subject_id group fields count"
        " purpose request_id file_ids",
    ),
}
# Columns that came later, last of their table. A row without a value is signed as it always was.
LATER = {"access": b"\t\\N\n"}
START = "0" * 64
HASH = 32  # bytes of a row's hash
Row = tuple[int, bytes]  # its seq and its hash


class Restored(RuntimeError):
    """The database was restored elsewhere: its transactions count from anew, and a person must say so."""


Batch = tuple[Checkpoint | None, list[Row]]


def signing_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(needed_key("ledger-signing-key").decode())[:32])


def leaf(line: bytes) -> bytes:
    """Return the hash of one row, as PostgreSQL writes it for COPY: unambiguous as it is."""
    return hashlib.sha256(b"\0" + line).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of RFC 6962 section 2.1; of nothing, the hash of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\1" + p[0] + p[1]).digest() if len(p) == 2 else p[0] for p in pairs]
    return level[0]


def chained(before: str, *, root: str, facts: Sequence[Any]) -> str:
    """Return the hash that ties a checkpoint to the one before it and to its own figures."""
    text = json.dumps([before, root, *facts])
    return hashlib.sha256(text.encode()).hexdigest()


def lines(kind: str, condition: str, order: tuple[str, ...] = ("seq",)) -> Iterator[bytes]:
    """Yield a kind's rows as lines of COPY, `seq` and `xid` first. Call it inside a transaction."""
    table, columns = TABLES[kind]
    names = ", ".join(f'"{name}"' for name in columns.split())
    query = f"SELECT {names} FROM {table} WHERE {condition} ORDER BY {', '.join(order)}"  # noqa: S608
    connection.ensure_bound()  # type: ignore[attr-defined]
    with connection.connection.cursor().copy(f"COPY ({query}) TO STDOUT") as copy:
        for line in copy:
            yield as_signed(kind, bytes(line))


def as_signed(kind: str, line: bytes) -> bytes:
    """Return a row's line as it is signed: without a later column that has no value."""
    empty = LATER.get(kind)
    return line[: -len(empty)] + b"\n" if empty and line.endswith(empty) else line


def numbers(line: bytes) -> tuple[int, int]:
    """Return the (seq, xid) a line begins with."""
    seq, xid, _rest = line.split(b"\t", 2)
    return int(seq), int(xid)


def checkpoint_all(*, at: datetime) -> int:
    """Checkpoint what is ready of both kinds and return how many rows that was."""
    return sum(checkpoint(kind, at=at) for kind in TABLES)


@transaction.atomic
def checkpoint(kind: str, *, at: datetime) -> int:
    """Checkpoint every row of a kind that no running transaction can still precede; return how many."""
    last, start, horizon = _where(kind)
    if horizon < start:
        raise Restored("Transactions count from anew here: restored from a dump? manage.py ledger restored")
    rows = list(lines(kind, f"seq > {life_began(kind)} AND xid >= {start} AND xid < {horizon}"))
    if rows:
        _write(kind, last, rows, start, horizon, at)
    return len(rows)


@transaction.atomic
def begin_anew(kind: str, *, at: datetime) -> int:
    """Sign what the database before the restore left unsigned, and end its life; return how many rows.

    Nothing is done where transactions count on.
    """
    last, start, horizon = _where(kind)
    if last is None or horizon >= start:
        return 0
    rows = list(lines(kind, f"seq > {life_began(kind)} AND xid >= {start}"))
    _write(kind, last, rows, start, 0, at)
    return len(rows)


def _where(kind: str) -> tuple[Checkpoint | None, int, int]:
    """Return the newest checkpoint, where the next one starts, and up to where it may go; wait for others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"checkpoint {kind}"])
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        horizon = int(cursor.fetchone()[0])
    last = Checkpoint.objects.filter(kind=kind).defer("leaves").order_by("-number").first()
    return last, last.to_xid if last else 0, horizon


def life_began(kind: str) -> int:
    """Return the last row of the life before, or 0."""
    return ends_of_lives(kind).aggregate(last=Max("last_seq"))["last"] or 0


def ends_of_lives(kind: str) -> QuerySet[Checkpoint]:
    """Return the checkpoints that ended a life: one for each restore."""
    return Checkpoint.objects.filter(kind=kind, to_xid__lt=F("from_xid"))


def ends_a_life(checkpoint: Checkpoint) -> bool:
    return checkpoint.to_xid < checkpoint.from_xid


def _write(
    kind: str, last: Checkpoint | None, rows: list[bytes], start: int, horizon: int, at: datetime
) -> None:
    leaves = [leaf(row) for row in rows]
    root = merkle_root(leaves).hex()
    checkpoint = Checkpoint(
        kind=kind,
        number=last.number + 1 if last else 1,
        from_xid=start,
        to_xid=horizon,
        count=len(rows),
        total=(last.total if last else 0) + len(rows),
        first_seq=numbers(rows[0])[0] if rows else None,
        last_seq=max([numbers(row)[0] for row in rows[-1:]] + ([_last_seq(kind)] if not horizon else [])),
        root=root,
        leaves=b"".join(leaves),
        at=at,
    )
    checkpoint.chain = chained(last.chain if last else START, root=root, facts=facts_of(checkpoint))
    checkpoint.signature = signing_key().sign(checkpoint.chain.encode()).hex()
    checkpoint.save(force_insert=True)


def _last_seq(kind: str) -> int:
    """Return the highest row any checkpoint of a kind has: batches follow transactions, not rows."""
    return Checkpoint.objects.filter(kind=kind).aggregate(last=Max("last_seq"))["last"] or 0


def facts_of(checkpoint: Checkpoint) -> list[Any]:
    return [
        checkpoint.kind,
        checkpoint.number,
        checkpoint.from_xid,
        checkpoint.to_xid,
        checkpoint.count,
        checkpoint.total,
    ]


def anchors() -> list[Anchor]:
    """Return the newest checkpoint of each kind."""
    return [Anchor(s.kind, s.number, s.total, s.chain, s.signature) for s in newest_checkpoints()]


def newest_checkpoints() -> list[Checkpoint]:
    """Return the newest signed batch of each kind of record."""
    signed = Checkpoint.objects.defer("leaves").order_by("-number")
    newest = (signed.filter(kind=kind).first() for kind in TABLES)
    return [one for one in newest if one]


def write_anchors(path: Path) -> None:
    """Write the newest checkpoints into a file outside the database, replacing it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps([asdict(anchor) for anchor in anchors()], indent=1))
    new.replace(path)


def read_anchors(path: Path) -> list[Anchor]:
    return [Anchor(**entry) for entry in json.loads(path.read_text())] if path.exists() else []


@dataclass(frozen=True)
class Report:
    """What a verification found: how much is signed, what is not, what is wrong, where it was restored."""

    rows: int
    checkpoints: int
    uncovered: int
    problems: list[str]
    restored: list[str] = field(default_factory=list)
    let_go: list[str] = field(default_factory=list)


def verify(known: Iterable[Anchor] = ()) -> Report:
    """Check every checkpoint against the rows, the chain, the signatures and the anchors kept elsewhere."""
    problems: list[str] = []
    rows = checkpoints = uncovered = 0
    with transaction.atomic():
        for kind in TABLES:
            signed, batches, left = _verify_kind(kind, problems)
            rows, checkpoints, uncovered = rows + signed, checkpoints + batches, uncovered + left
        gaps = list(restorations())
        for anchor in known:
            if not any(gap.covers(anchor) for _at, gap in gaps):
                problems += _against(anchor)
        gone = [gone_in_words(gone) for kind in TABLES for gone in letting_go(kind)]
    return Report(rows, checkpoints, uncovered, problems, [gap_in_words(at, gap) for at, gap in gaps], gone)


def _verify_kind(kind: str, problems: list[str]) -> tuple[int, int, int]:
    """Compare each batch with its rows as the table is read once; name what is wrong when it was read."""
    checkpoints = list(Checkpoint.objects.filter(kind=kind).defer("leaves").order_by("number"))
    _verify_chain(kind, checkpoints, problems)
    gone = {number for went in letting_go(kind) for number in range(went.first, went.last + 1)}
    rows = uncovered = 0
    wrong: list[tuple[Checkpoint, list[Row]]] = []
    for checkpoint, found in _batches(kind, checkpoints):
        if checkpoint is None:
            uncovered += len(found)
            continue
        if checkpoint.number in gone and not found:
            continue
        rows += len(found)
        is_whole = len(found) == checkpoint.count
        if not is_whole or merkle_root([hashed for _seq, hashed in found]).hex() != checkpoint.root:
            wrong.append((checkpoint, found))
    problems += [_named(checkpoint, found) for checkpoint, found in wrong]
    return rows, len(checkpoints), uncovered


def _named(checkpoint: Checkpoint, found: list[Row]) -> str:
    """Say which batch is wrong, how, and at which row that begins."""
    span = f"(seq {checkpoint.first_seq} to {checkpoint.last_seq})"
    name, first = f"{checkpoint.kind} batch {checkpoint.number} {span}", _first_wrong(checkpoint, found)
    if len(found) != checkpoint.count:
        return f"{name}: {checkpoint.count} rows were signed, {len(found)} are there.{first}"
    return f"{name}: a row is not what was signed.{first}"


def _first_wrong(checkpoint: Checkpoint, found: list[Row]) -> str:
    """Say at which row a batch begins to be wrong; "" where the hashes of its rows are not what was signed.

    The hashes stand beside the root unsigned: they count as far as the root comes out of them.
    """
    kept = bytes(checkpoint.leaves or b"")
    signed = [kept[i : i + HASH] for i in range(0, len(kept), HASH)]
    if merkle_root(signed).hex() != checkpoint.root:
        return ""
    same = 0
    while same < min(len(found), len(signed)) and found[same][1] == signed[same]:
        same += 1
    if len(found) < len(signed) and (same == len(found) or found[same][1] in signed[same:]):
        return f" The first that is gone came after row {found[same - 1][0] if same else 'none'}."
    return f" The first is row {found[same][0]}." if same < len(found) else ""


def _verify_chain(kind: str, checkpoints: list[Checkpoint], problems: list[str]) -> None:
    public, before, total, until = signing_key().public_key(), START, 0, 0
    for number, checkpoint in enumerate(checkpoints, start=1):
        name = f"{kind} batch {checkpoint.number}"
        total += checkpoint.count
        if checkpoint.number != number or checkpoint.from_xid != until or checkpoint.total != total:
            problems.append(f"{name}: a checkpoint before it is missing or was changed.")
        if chained(before, root=checkpoint.root, facts=facts_of(checkpoint)) != checkpoint.chain:
            problems.append(f"{name}: the checkpoint does not fit the one before it.")
        try:
            public.verify(bytes.fromhex(checkpoint.signature), checkpoint.chain.encode())
        except (InvalidSignature, ValueError):
            problems.append(f"{name}: the signature is not ours.")
        before, until = checkpoint.chain, checkpoint.to_xid


def _batches(kind: str, checkpoints: list[Checkpoint]) -> Iterator[Batch]:
    """Yield each checkpoint in its order with the rows it covers, reading the table once, then those of none.

    No other query may run meanwhile: the rows come by COPY.
    """
    after = 0
    for life in _lives(checkpoints):
        ended = bool(life) and ends_a_life(life[-1])
        until = int(life[-1].last_seq or 0) if ended else 0
        condition = f"seq > {after}" + (f" AND seq <= {until}" if ended else "")
        yield from _batches_of(kind, condition, life, ended=ended)
        after = until


def _lives(checkpoints: list[Checkpoint]) -> list[list[Checkpoint]]:
    """Part the checkpoints into lives; the last one is the one that goes on."""
    lives: list[list[Checkpoint]] = [[]]
    for one in checkpoints:
        lives[-1].append(one)
        if ends_a_life(one):
            lives.append([])
    return lives


def _batches_of(kind: str, condition: str, life: list[Checkpoint], *, ended: bool) -> Iterator[Batch]:
    """Yield the same of one life; what ended it covers all that is left of it."""
    at, found = 0, list[Row]()
    for line in lines(kind, condition, ("xid", "seq")):
        seq, xid = numbers(line)
        while at < len(life) - ended and xid >= life[at].to_xid:
            yield life[at], sorted(found)
            at, found = at + 1, []
        found.append((seq, leaf(line)))
    while at < len(life):
        yield life[at], sorted(found)
        at, found = at + 1, []
    yield None, found


def _against(anchor: Anchor) -> Iterable[str]:
    """Compare with a checkpoint kept outside the database: only here shows a tail that was cut off."""
    checkpoint = Checkpoint.objects.filter(kind=anchor.kind, number=anchor.number).first()
    if checkpoint is None:
        yield f"{anchor.kind} batch {anchor.number}: signed once, gone now: the end was cut off."
    elif (checkpoint.chain, checkpoint.signature) != (anchor.chain, anchor.signature):
        yield f"{anchor.kind} batch {anchor.number}: not the checkpoint that was kept elsewhere."
