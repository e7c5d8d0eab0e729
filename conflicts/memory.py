"""Every party's name in memory, of all offices, as the table has it: read once, then followed.

What is sealed is read in batches, each on record, and written nowhere else.
"""

import gc
import logging
import os
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from conflicts import index
from conflicts.index import NameIndex
from conflicts.models import GoneParty
from conflicts.queries import STATE
from foundation.events.access import record_access
from foundation.vault import envelope
from foundation.vault.keys import VaultError, Wrapped, unwrap

log = logging.getLogger(__name__)
BATCH = 10_000
SILENCE = 60  # seconds after which what the worker said of itself is forgotten

ROWS = """
SELECT p.number, p.office_id, p.user_id IS NOT NULL, p.live AND p.removed_at IS NULL, uuid_send(p.file_id),
       convert_to(p.file_id || '|conflicts_party.line|' || p.id, 'UTF8'),
       p.line, w.recipient_id::int, w.wrapped
  FROM conflicts_party p LEFT JOIN keys.case_key_wrap w ON w.file_id = p.file_id AND w.recipient_kind = 'kek'
 WHERE """
NO_KEY = AESGCM(bytes(32))
HORIZON = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
Row = tuple[int, int, bool, bool, bytes, bytes, bytes | None, int | None, bytes | None]


class Memory:
    """The parties of all offices, an index for each office and one for the lists of its practitioners."""

    def __init__(self) -> None:
        self.indexes: dict[tuple[int, bool], NameIndex] = defaultdict(NameIndex)
        self.where: dict[int, tuple[int, bool]] = {}
        self.version = 0  # every transaction below this one has been seen
        self.seen: dict[int, int] = {}
        self.unopened: dict[int, tuple[int, bool]] = {}  # parties whose line does not open: {number: index}
        self.took = self.cpu = 0.0
        self.ready_at: datetime | None = None

    def __len__(self) -> int:
        return sum(len(index) for index in self.indexes.values())

    def load(self) -> None:
        """Read every live party: one query, one access record for each batch."""
        began, worked = time.perf_counter(), time.process_time()
        gc.disable()
        try:
            with transaction.atomic():
                version = self._horizon()
                for batch in self._batches("p.live AND p.line IS NOT NULL", []):
                    self._take(batch)
        finally:
            gc.enable()
        # The collector would walk all of it now and then, in the middle of a look-up.
        gc.collect()
        gc.freeze()
        self.version, self.ready_at = version, timezone.now()
        self.took, self.cpu = time.perf_counter() - began, time.process_time() - worked
        self.tell()

    def follow(self) -> int:
        """Take in what was written since, and return how many parties that was.

        What a transaction still under way may hold back is read again next time: no change is missed.
        """
        version, taken = self._horizon(), self._let_go()
        for batch in self._batches("p.xid >= %s", [self.version]):
            self._take(batch)
            taken += len(batch)
        self.version = version
        return taken

    def _let_go(self) -> int:
        """Let go of parties that were erased since, and return how many."""
        erased = GoneParty.objects.filter(xid__gte=self.version).values_list("number", flat=True)
        numbers = [number for number in erased if number in self.where or number in self.unopened]
        for number in numbers:
            self._drop(number)
        return len(numbers)

    def _horizon(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(HORIZON)
            return int(cursor.fetchone()[0])

    def _batches(self, condition: str, values: list[Any]) -> Iterator[list[Row]]:
        """Read rows in binary through a cursor of the server's, so that no million is held twice."""
        ours: Any = connection
        ours.ensure_bound()
        with ours.connection.cursor(name="parties", binary=True) as cursor:
            cursor.execute(ROWS + condition, values)
            while batch := cursor.fetchmany(BATCH):
                yield batch

    def _take(self, batch: list[Row]) -> None:
        """Open a batch, on record first, and put it in its place; what cannot be opened is remembered."""
        about: dict[str, Any] = {"model": "conflicts.Party", "group": "conflict", "fields": ["line"]}
        record_access("opened", **about, count=len(batch), purpose="names worker")
        broken, of_matter, key = 0, b"", NO_KEY
        for number, office_id, listed, live, matter_id, place, line, epoch, wrapped in batch:
            where = office_id, listed
            if not live or line is None:
                self._drop(number)
                continue
            try:
                if of_matter != matter_id:
                    key, of_matter = _key(epoch, wrapped, matter_id), matter_id
                opened = envelope.unseal(line, key=key, place=place).decode()
                analysis, birth_date, country = opened.split("\t")
                self.indexes[where].add(index.Party(number, analysis, birth_date or None, country or None))
                self.where[number] = where
                self.unopened.pop(number, None)
            except (VaultError, ValueError):
                broken, of_matter = broken + 1, b""
                if number not in self.unopened:  # once, for whoever looks for the row in a backup
                    log.error("name not opened party=%s matter=%s", number, uuid.UUID(bytes=matter_id))
                self._drop(number)
                self.unopened[number] = where
        if broken:
            record_access("broken", **about, count=broken, purpose="names worker")

    def _drop(self, number: int) -> None:
        """Forget a party: it is gone, or what was known of it is no longer so."""
        self.unopened.pop(number, None)
        known = self.where.pop(number, None)
        if known:
            self.indexes[known].remove(number)

    def tell(self) -> None:
        """Say that the worker is there and how it is: counts and times alone."""
        state = {
            "ready_at": self.ready_at,
            "seen_at": timezone.now(),
            "parties": len(self),
            "took": round(self.took, 1),
            "cpu": round(self.cpu, 1),
            "unreadable": len(self.unopened),
            "pid": os.getpid(),
        }
        cache.set(STATE, state, timeout=SILENCE)


def _key(epoch: int | None, wrapped: bytes | None, matter_id: bytes) -> AESGCM:
    """Return the key of a matter. Raises VaultError where it is not there or does not open."""
    if epoch is None or wrapped is None:
        raise VaultError("no key")
    return AESGCM(unwrap(Wrapped(epoch, wrapped), matter_id=uuid.UUID(bytes=matter_id)))
