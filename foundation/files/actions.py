"""Store a file, open it, remove it."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from foundation.accounts.matters import Matter
from foundation.events.access import record_access
from foundation.files import stream
from foundation.files.models import StoredFile
from foundation.files.receiving import INCOMING
from foundation.vault.keys import VaultError, cipher

INCOMING_KEPT = timedelta(days=1)  # what a request that died left behind


def path_of(stored_id: uuid.UUID) -> Path:
    """Return where a stored file lies: its id says nothing of whose it is."""
    return Path(settings.MEDIA_ROOT) / stored_id.hex[:2] / stored_id.hex


def place_of(matter_id: uuid.UUID, stored_id: uuid.UUID) -> bytes:
    return f"{matter_id}|file|{stored_id}".encode()


@transaction.atomic
def store_file(
    chunks: Iterable[bytes],
    *,
    matter: Matter,
    name: str,
    content_type: str,
    on: date,
    quarantined: bool = False,
    of_staff: bool = False,
) -> StoredFile:
    """Seal a stream to disk as part of a person's matter; if the transaction fails the disk is cleaned.

    Nothing is held in memory but one chunk.
    """
    what = {"name": name, "content_type": content_type, "stored_on": on}
    stored = StoredFile(**matter.columns, **what, quarantined=quarantined, of_staff=of_staff)
    counted = _Counted(chunks)
    path = path_of(stored.pk)
    place = place_of(stored.matter_id, stored.pk)
    stream.write(counted, path, key=cipher(stored.matter_id), place=place)
    try:
        stored.size, stored.sha256 = counted.size, counted.hash.hexdigest()
        stored.save(force_insert=True)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return stored


class _Counted:
    """A stream that is measured while it passes."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks, self.size, self.hash = chunks, 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.size += len(chunk)
            self.hash.update(chunk)
            yield chunk


def open_file(stored: StoredFile, *, purpose: str) -> Iterator[bytes]:
    """Record the reading, check the whole file, then yield it in plain."""
    about: dict[str, Any] = {
        "matter_id": stored.matter_id,
        "subject": stored,
        "group": "file",
        "fields": ["content"],
        "purpose": purpose,
    }
    record_access("opened", **about)
    key, place = cipher(stored.matter_id), place_of(stored.matter_id, stored.pk)
    try:
        yield from stream.read(path_of(stored.pk), key=key, place=place)
    except VaultError:
        record_access("broken", **about)
        raise


@transaction.atomic
def remove_file(stored: StoredFile) -> None:
    """Remove a file and its row; the disk follows once the transaction holds."""
    path = path_of(stored.pk)
    stored.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def sweep_incoming(*, at: datetime) -> int:
    """Remove what requests that died left behind; no key to it is anywhere. Return how many."""
    before, swept = (at - INCOMING_KEPT).timestamp(), 0
    root = Path(settings.MEDIA_ROOT)
    for path in [*root.glob(f"{INCOMING}/*"), *root.glob("??/*.part")]:
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            swept += 1
    return swept
