"""Data keys: one for each matter, one for each office, wrapped by a key-encryption key outside the database.

A wrapped key says which epoch of the key-encryption key opens it. Rotation wraps again and touches no
data. Nothing here is ever logged.
"""

import os
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from foundation.database.keyfolder import BadKeys, epochs, key_folder, needed_key

NONCE, KEY_BYTES = 12, 32


class VaultError(Exception):
    """A sealed value cannot be opened. The message names the place, never the content."""


class NoKey(VaultError):
    """The matter has no key that this reader may use: shredded, not granted, or never made."""


class RetiredKey(VaultError):
    """It was sealed under a key-encryption key that is not here: retired, of another place, or never made."""


class KeySource(Protocol):
    """Where key-encryption keys come from: a file, a systemd credential, a key management service."""

    def newest(self) -> int:
        """Return the number of the epoch that wraps new keys."""

    def key(self, epoch: int) -> bytes:
        """Return the 32-byte key of an epoch; BadKeys if there is none."""


class FileKeys:
    """`kek-<epoch>` files of the key folder. A systemd credential is such a file too."""

    def newest(self) -> int:
        known = epochs()
        if not known:
            raise BadKeys(f"There is no kek-1 in {key_folder() or 'INTAKE_KEYS, which is not set'}.")
        return known[-1]

    def key(self, epoch: int) -> bytes:
        return bytes.fromhex(needed_key(f"kek-{epoch}").decode())[:KEY_BYTES]


class KmsClient(Protocol):
    """A key management service: it opens what it once wrapped, and shows nobody the key it did it with."""

    def decrypt(self, blob: bytes) -> bytes:
        """Return the plain key, or raise."""


class KmsKeys(FileKeys):
    """`kek-<epoch>` files that hold keys wrapped by a service; each is opened once for each process."""

    def __init__(self, client: KmsClient) -> None:
        self.client = client
        self.opened: dict[int, bytes] = {}

    def key(self, epoch: int) -> bytes:
        if epoch not in self.opened:
            self.opened[epoch] = self.client.decrypt(bytes.fromhex(needed_key(f"kek-{epoch}").decode()))
        return self.opened[epoch]


_source: KeySource = FileKeys()


def use_source(source: KeySource) -> KeySource:
    """Take key-encryption keys from here from now on, and return where they came from before."""
    global _source
    before, _source = _source, source
    cipher_of.cache_clear()
    return before


@cache
def cipher_of(epoch: int) -> AESGCM:
    return AESGCM(key_of(epoch))


def key_of(epoch: int) -> bytes:
    """Return an epoch's key itself, to derive another from: never to encrypt with.

    Raises RetiredKey if it is gone.
    """
    try:
        return _source.key(epoch)
    except BadKeys as error:
        raise RetiredKey(f"There is no kek-{epoch} here.") from error


def newest_epoch() -> int:
    return _source.newest()


@dataclass(frozen=True)
class Wrapped:
    """A data key as it is kept: 12 bytes nonce and the sealed 32 bytes, under an epoch's key."""

    epoch: int
    blob: bytes


def wrap(key: bytes, *, matter_id: UUID) -> Wrapped:
    """Seal a data key for its matter under the newest key-encryption key."""
    epoch, nonce = newest_epoch(), os.urandom(NONCE)
    return Wrapped(epoch, nonce + cipher_of(epoch).encrypt(nonce, key, _bound(epoch, matter_id)))


def unwrap(wrapped: Wrapped, *, matter_id: UUID) -> bytes:
    """Open a wrapped data key; VaultError if it was changed or belongs to another matter."""
    return unwrap_with(cipher_of(wrapped.epoch), wrapped, matter_id=matter_id)


def unwrap_with(kek: AESGCM, wrapped: Wrapped, *, matter_id: UUID) -> bytes:
    """Open a wrapped data key with its epoch's key in hand; VaultError if that is another one."""
    nonce, sealed = wrapped.blob[:NONCE], wrapped.blob[NONCE:]
    try:
        return kek.decrypt(nonce, sealed, _bound(wrapped.epoch, matter_id))
    except (InvalidTag, ValueError) as error:
        raise VaultError(f"The key of matter {matter_id} cannot be opened.") from error


def _bound(epoch: int, matter_id: UUID) -> bytes:
    return b"dek|1|%d|%b" % (epoch, matter_id.bytes)


# Keys opened in the running transaction: {matter: cipher}. Set by opening_keys(), gone when it ends.
_open: ContextVar[dict[UUID, AESGCM] | None] = ContextVar("open_keys", default=None)
# Keys read beside something else and not opened yet: {matter: wrapped}. Gone with them.
_at_hand: ContextVar[dict[UUID, Wrapped] | None] = ContextVar("keys_at_hand", default=None)


class opening_keys:
    """Keep opened keys for the length of one request, task or command, and forget them after."""

    def __enter__(self) -> None:
        self.token, self.read = _open.set({}), _at_hand.set({})

    def __exit__(self, *error: object) -> None:
        _open.reset(self.token)
        _at_hand.reset(self.read)


def make_matter_key(matter_id: UUID, *, office_id: int) -> None:
    """Make the data key of a new matter, or leave the one it has."""
    key = AESGCM.generate_key(256)
    wrapped = wrap(key, matter_id=matter_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO keys.case_key_wrap (file_id, office_id, recipient_kind, recipient_id, wrapped)"
            " VALUES (%s, %s, 'kek', %s, %s) ON CONFLICT DO NOTHING",
            [matter_id, office_id, str(wrapped.epoch), wrapped.blob],
        )
        if cursor.rowcount:
            remember({matter_id: AESGCM(key)})


def ciphers(matter_ids: Iterable[UUID]) -> Mapping[UUID, AESGCM]:
    """Return the opened data keys of these matters, asking the database once for those not open yet.

    A matter whose key is missing, or not visible to the principal, is absent from the answer.
    """
    wanted = set(matter_ids)
    opened = _open.get() or {}
    known = {matter_id: opened[matter_id] for matter_id in wanted if matter_id in opened}
    missing = wanted - known.keys()
    if missing:
        read = {f: w for f, w in (_at_hand.get() or {}).items() if f in missing}
        if missing - read.keys():
            read |= wrapped_keys(missing - read.keys())
        opened_now = {f: AESGCM(unwrap(w, matter_id=f)) for f, w in read.items()}
        remember(opened_now)
        known.update(opened_now)
    return known


def are_open(matter_ids: Iterable[UUID]) -> bool:
    """Tell whether this request, task or command opened all of these matters' keys already."""
    return set(matter_ids) <= (_open.get() or {}).keys()


def cipher(matter_id: UUID) -> AESGCM:
    """Return a matter's opened data key; NoKey if there is none for this reader."""
    try:
        return ciphers([matter_id])[matter_id]
    except KeyError:
        raise NoKey(f"Matter {matter_id} has no key for this reader.") from None


def wrapped_keys(matter_ids: Iterable[UUID]) -> dict[UUID, Wrapped]:
    """Read the wrapped keys of these matters, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT file_id, recipient_id, wrapped FROM keys.case_key_wrap"
            " WHERE recipient_kind = 'kek' AND file_id = ANY(%s)",
            [list(matter_ids)],
        )
        return {matter_id: Wrapped(int(epoch), bytes(blob)) for matter_id, epoch, blob in cursor.fetchall()}


def have_at_hand(matter_id: UUID, *, epoch: str, blob: bytes) -> None:
    """Keep a wrapped key that was read beside something else, so that opening it asks for none."""
    keys = _at_hand.get()
    if keys is not None:
        keys[matter_id] = Wrapped(int(epoch), bytes(blob))


def remember(opened: Mapping[UUID, AESGCM]) -> None:
    """Keep opened keys until the request, task or command ends; {matter: cipher}."""
    keys = _open.get()
    if keys is not None:
        keys.update(opened)


def forget(matter_id: UUID) -> None:
    """Forget an opened key, as after it was destroyed."""
    (_open.get() or {}).pop(matter_id, None)
    (_at_hand.get() or {}).pop(matter_id, None)


def shred(matter_ids: Iterable[UUID]) -> int:
    """Destroy the keys of these matters: what they sealed can never be opened again. Return how many."""
    ids = list(matter_ids)
    for matter_id in ids:
        forget(matter_id)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM keys.case_key_wrap WHERE file_id = ANY(%s)", [ids])
        return int(cursor.rowcount)


def rewrap_some(limit: int = 1000) -> int:
    """Wrap up to `limit` keys again that an older epoch holds, and return how many; 0 is done."""
    newest = str(newest_epoch())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT file_id, recipient_id, wrapped FROM keys.case_key_wrap"
            " WHERE recipient_kind = 'kek' AND recipient_id <> %s LIMIT %s FOR UPDATE SKIP LOCKED",
            [newest, limit],
        )
        rows = [(f, wrap(unwrap(Wrapped(int(e), bytes(b)), matter_id=f), matter_id=f)) for f, e, b in cursor]
        cursor.executemany(
            "UPDATE keys.case_key_wrap SET recipient_id = %s, wrapped = %s"
            " WHERE file_id = %s AND recipient_kind = 'kek'",
            [(str(new.epoch), new.blob, matter_id) for matter_id, new in rows],
        )
    return len(rows)


def wrapped_by_epoch(*, wait: bool = False) -> dict[int, int]:
    """Return how many data keys each epoch wraps, {epoch: count}.

    `wait` for whoever is writing one now, and let nobody write until the transaction ends.
    """
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("LOCK TABLE keys.case_key_wrap IN SHARE MODE")
        cursor.execute(
            "SELECT recipient_id::int, count(*) FROM keys.case_key_wrap"
            " WHERE recipient_kind = 'kek' GROUP BY 1"
        )
        return dict(cursor.fetchall())
