"""The names worker: every party's name in memory, looked up there, and nothing of it written anywhere else.

It reads what is sealed in batches, each on record; follows every change before it answers; and writes down
who may be whom, with the reasons sealed again under the key of the file that asked.
"""

import gc
import logging
import os
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from conflicts import index
from conflicts.actions import put_aside, record_found, settle
from conflicts.index import NameIndex
from conflicts.models import (
    CheckStatus,
    ConflictCheck,
    ConflictHit,
    GoneParty,
    HitStatus,
    NameSearch,
    Party,
    pair_id,
)
from conflicts.queries import STATE, conflicts_of, current
from conflicts.rules import THRESHOLD, UnusableName, analyse
from conflicts.rules.sides import kind_of
from foundation.events.access import record_access
from foundation.vault import envelope
from foundation.vault.keys import VaultError, Wrapped, unwrap
from foundation.vault.opening import open_many, open_record

log = logging.getLogger(__name__)
BATCH = 10_000
FOUND, SEARCHED, SEARCH_FLOOR = 50, 40, 0.3
ON_LISTS = 300  # of all practitioners' lists of an office, of which those of the one asked are taken
BY = "system:names"
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


class Names:
    """The parties of all offices, an index for each office and one for the lists of its practitioners."""

    def __init__(self) -> None:
        self.indexes: dict[tuple[int, bool], NameIndex] = defaultdict(NameIndex)
        self.where: dict[int, tuple[int, bool]] = {}
        self.version = 0  # every transaction below this one has been seen
        self.seen: dict[int, int] = {}
        self.unreadable = 0
        self.took = self.cpu = 0.0
        self.ready_at: datetime | None = None

    def __len__(self) -> int:
        return sum(len(one) for one in self.indexes.values())

    # --- reading ---------------------------------------------------------------------------------

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
        numbers = [number for number in erased if number in self.where]
        for number in numbers:
            self.indexes[self.where.pop(number)].remove(number)
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
        """Open a batch, on record first, and put it in its place; what cannot be opened is counted."""
        about: dict[str, Any] = {"model": "conflicts.Party", "group": "conflict", "fields": ["line"]}
        record_access("opened", **about, count=len(batch), purpose="names worker")
        broken, of_file, key = 0, b"", NO_KEY
        for number, office_id, listed, live, file_id, place, line, epoch, wrapped in batch:
            known = self.where.get(number)
            if not live or line is None or wrapped is None or epoch is None:
                if known:
                    self.indexes[known].remove(number)
                    del self.where[number]
                continue
            try:
                if of_file != file_id:
                    key = AESGCM(unwrap(Wrapped(epoch, wrapped), file_id=uuid.UUID(bytes=file_id)))
                    of_file = file_id
                opened = envelope.unseal(line, key=key, place=place).decode()
                analysis, birth_date, country = opened.split("\t")
                where = office_id, listed
                self.indexes[where].add(index.Party(number, analysis, birth_date or None, country or None))
                self.where[number] = where
            except (VaultError, ValueError):
                broken += 1
        if broken:
            self.unreadable += broken
            record_access("broken", **about, count=broken, purpose="names worker")

    def tell(self) -> None:
        """Say that the worker is there and how it is: counts and times alone."""
        state = {
            "ready_at": self.ready_at,
            "seen_at": timezone.now(),
            "parties": len(self),
            "took": round(self.took, 1),
            "cpu": round(self.cpu, 1),
            "unreadable": self.unreadable,
            "pid": os.getpid(),
        }
        cache.set(STATE, state, timeout=SILENCE)

    # --- answering -------------------------------------------------------------------------------

    def answer(self, pk: uuid.UUID | str) -> bool:
        """Answer one pending check, once; False if it was answered already or another process has it."""
        with transaction.atomic():
            checks = ConflictCheck.objects.select_for_update(skip_locked=True)
            check = checks.filter(pk=pk, status=CheckStatus.PENDING).first()
            if check is None:
                return False
            self.follow()
            asked = open_record(check, "query", purpose="names worker").query
            now = timezone.now()
            asked = self._still_so(asked)
            self._supersede(asked)
            found, unread = self._look_up(check, asked)
            self._keep(found)
            self._close(check, asked, unread=unread, at=now)
        return True

    def answer_all(self) -> int:
        """Answer whatever still waits, oldest first, and return how many: messages get lost, rows do not."""
        with transaction.atomic():
            waiting = ConflictCheck.objects.filter(status=CheckStatus.PENDING).order_by("asked_at")
            checks = list(waiting.values_list("pk", flat=True)[:1000])
            searches = list(NameSearch.objects.filter(answered_at=None).values_list("pk", flat=True)[:100])
        asked = [*((self.search, pk) for pk in searches), *((self.answer, pk) for pk in checks)]
        return sum(_apart(answer, pk) for answer, pk in asked)

    def _still_so(self, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Leave out names that have changed or gone since: a later check asks about them as they are."""
        rows = Party.objects.filter(pk__in=[one["party"] for one in asked], removed_at=None)
        now = {(str(pk), revision) for pk, revision in rows.values_list("pk", "revision")}
        return [one for one in asked if (one["party"], one["revision"]) in now]

    def _supersede(self, asked: list[dict[str, Any]]) -> None:
        """Close open hits of these parties whose names have changed since."""
        ids = [one["party"] for one in asked]
        for hits in (ConflictHit.objects.filter(asked__in=ids), ConflictHit.objects.filter(found__in=ids)):
            stale = hits.filter(status=HitStatus.OPEN).exclude(pk__in=current(hits).values("pk"))
            for hit in stale:
                put_aside(hit, by=BY)

    def _look_up(self, check: ConflictCheck, asked: list[dict[str, Any]]) -> tuple[list[ConflictHit], int]:
        """Return the pairs found, of kinds that matter, and how many names could not be compared."""
        listed = check.user_id is not None
        names = self.indexes[check.office_id, listed]
        found, unread = [], 0
        looked_for: set[tuple[str, int]] = set()
        for one in asked:
            try:
                analysis = analyse(one["name"])
            except UnusableName:
                looked_for = looked_for or self._looked_for(check)
                unread += (one["party"], one["revision"]) not in looked_for
                continue
            hits = names.look_up(
                analysis,
                limit=ON_LISTS if listed else FOUND,
                birth_date=one["birth_date"] or None,
                country=one["country"] or None,
                floor=THRESHOLD,
            )
            found += [(one, hit) for hit in hits]
        return self._pairs(check, found), unread

    def _looked_for(self, check: ConflictCheck) -> set[tuple[str, int]]:
        """Return the names of this matter that no program can compare and a person has looked for."""
        earlier = ConflictCheck.objects.filter(file_id=check.file_id, unread__gt=0, user=check.user_id)
        decided = list(earlier.filter(status=CheckStatus.DECIDED_CLEAR))
        opened = open_many(decided, "query", purpose="names worker").values()
        return {(one["party"], one["revision"]) for each in opened for one in each.query}

    def _pairs(
        self, check: ConflictCheck, found: list[tuple[dict[str, Any], index.Hit]]
    ) -> list[ConflictHit]:
        numbers = [hit.id for _one, hit in found]
        rows = Party.objects.filter(number__in=numbers, user=check.user_id, live=True, removed_at=None)
        parties = {party.number: party for party in rows.exclude(file_id=check.file_id)}
        details = open_many(parties.values(), "details", purpose="names worker")
        hits = []
        for one, hit in found:
            party = parties.get(hit.id)
            kind = kind_of(one["role"], details[party.pk].details["role"]) if party else None
            if party is None or kind is None:
                continue
            hits.append(
                ConflictHit(
                    id=pair_id((uuid.UUID(one["party"]), one["revision"]), (party.pk, party.revision)),
                    office_id=check.office_id,
                    file_id=check.file_id,
                    check_asked=check,
                    asked_id=uuid.UUID(one["party"]),
                    found=party,
                    asked_revision=one["revision"],
                    found_revision=party.revision,
                    other_file_id=party.file_id,
                    kind=kind,
                    score=round(hit.score * 1000),
                    user_id=check.user_id,
                    reasons=hit.comparison.as_dict(),
                    found_at=timezone.now(),
                )
            )
        return hits

    def _keep(self, hits: Iterable[ConflictHit]) -> None:
        """Write down the pairs that are new; of one known by a number alone, how the names match as well."""
        unique = {hit.pk: hit for hit in hits}
        known = {hit.pk: hit for hit in ConflictHit.objects.filter(pk__in=unique)}
        waiting = [hit for hit in known.values() if hit.status == HitStatus.OPEN]
        opened = open_many(waiting, "reasons", purpose="names worker")
        for hit in waiting:
            reasons = opened[hit.pk].reasons
            if "reasons" not in reasons:
                hit.reasons = unique[hit.pk].reasons | reasons
                hit.save(update_fields=["reasons"])
        fresh = [hit for pk, hit in unique.items() if pk not in known]
        ConflictHit.objects.bulk_create(fresh, ignore_conflicts=True)
        for hit in fresh:
            record_found(hit, by=BY)

    def _close(self, check: ConflictCheck, asked: list[Any], *, unread: int, at: datetime) -> None:
        """Give the check its answer, and let other checks of both sides know."""
        hits = conflicts_of(check.file_id, user_id=check.user_id)
        statuses = set(hits.values_list("status", flat=True))
        if HitStatus.CONFIRMED in statuses:
            to = CheckStatus.DECIDED_CONFLICT
        elif HitStatus.OPEN in statuses or unread:
            to = CheckStatus.POSSIBLE
        else:
            to = CheckStatus.DECIDED_CLEAR if HitStatus.CLEAR in statuses else CheckStatus.CLEAR
        ConflictCheck.LIFE.move(
            check,
            to,
            by=BY,
            event="conflicts.answered",
            data={"kind": check.kind, "names": len(asked), "unread": unread},
            answered_at=at,
            decided_at=at if to in (CheckStatus.DECIDED_CLEAR, CheckStatus.DECIDED_CONFLICT) else None,
            index_version=self.version,
            found=hits.count(),
            unread=unread,
        )
        settle(check.file_id, user_id=check.user_id, by=BY, at=at)

    # --- searching -------------------------------------------------------------------------------

    def search(self, pk: uuid.UUID | str) -> bool:
        """Answer one search of the staff's: parties of their office like the name, likeliest first."""
        with transaction.atomic():
            searches = NameSearch.objects.select_for_update(skip_locked=True)
            search = searches.filter(pk=pk, answered_at=None).first()
            if search is None:
                return False
            self.follow()
            text = open_record(search, "query", purpose="names worker").query
            try:
                names = self.indexes[search.office_id, False]
                hits = names.look_up(analyse(text), limit=SEARCHED, floor=SEARCH_FLOOR)
            except UnusableName:
                hits = []
            rows = Party.objects.filter(number__in=[hit.id for hit in hits], live=True, removed_at=None)
            parties = {party.number: party for party in rows.filter(user=None)}
            search.answer = [
                {
                    "party": str(party.pk),
                    "file": str(party.file_id),
                    "score": round(hit.score * 1000),
                    "reasons": hit.comparison.as_dict()["reasons"],
                }
                for hit in hits
                if (party := parties.get(hit.id))
            ]
            search.answered_at = timezone.now()
            search.save(update_fields=["answer", "answered_at"])
        return True


def _apart(answer: Callable[[uuid.UUID], bool], pk: uuid.UUID) -> bool:
    """Answer one; what fails stays pending, on view, and keeps no other from its answer."""
    try:
        return answer(pk)
    except Exception as error:  # noqa: BLE001  whatever it was, the others go on
        log.error("names not answered id=%s error=%s", pk, type(error).__name__)
        return False


_names: Names | None = None


def names() -> Names:
    """Return this process's names, reading them all the first time."""
    global _names
    if _names is None:
        loading = Names()
        loading.load()
        _names = loading
    return _names
