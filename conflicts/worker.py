"""The names worker: it looks names up in its memory and writes down who may be whom.

The worker follows every change before it answers; the reasons are sealed again under the key of the matter
that asked.
"""

import logging
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from conflicts import index
from conflicts.actions.hits import bring_in, note_found, put_aside
from conflicts.actions.searches import forget_searches
from conflicts.actions.standing import pairs_of, settle, settle_own
from conflicts.index import POOLED
from conflicts.memory import Memory
from conflicts.models import (
    CheckStatus,
    ConflictCheck,
    ConflictHit,
    HitKind,
    HitStatus,
    NameSearch,
    Party,
    pair_id,
)
from conflicts.queries import conflicts_of
from conflicts.rules import THRESHOLD, UnusableName, analyse
from conflicts.rules.sides import kind_of
from conflicts.rules.standing import answer_of
from conflicts.rules.writing import MOST_WORDS
from foundation.vault.opening import open_many, open_one

log = logging.getLogger(__name__)
SEARCHED, SEARCH_FLOOR = 40, 0.3
TWICE = 50  # of one name: people who may have asked twice are said for the likeliest; a conflict always is
BY = "system:names"
# What the rule calls an answer, as a check's status.
ANSWERS = {
    "clear": CheckStatus.CLEAR,
    "possible": CheckStatus.POSSIBLE,
    "decided_clear": CheckStatus.DECIDED_CLEAR,
    "decided_conflict": CheckStatus.DECIDED_CONFLICT,
}


class Names(Memory):
    """What the names worker answers, out of the names it holds."""

    def answer(self, pk: uuid.UUID | str) -> bool:
        """Answer one pending check, once; False if it was answered already or another process has it."""
        with transaction.atomic():
            checks = ConflictCheck.objects.select_for_update(skip_locked=True)
            check = checks.filter(pk=pk, status=CheckStatus.PENDING).first()
            if check is None:
                return False
            self.follow()
            asked = self._still_so(open_one(check, "query", purpose="names worker").query)
            touched = self._let_lapse(check, [party["party"] for party in asked])
            check.unopened = self._unopened_beside(check)
            pairs, unread = self._look_up(check, asked)
            touched |= self._keep(pairs)
            self._close(check, asked, unread=unread, touched=touched, at=timezone.now())
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
        """Leave out names that have changed or gone since: a later check asks about them as they are.

        The others say whether their matter was handed in (`live`).
        """
        rows = Party.objects.filter(pk__in=[party["party"] for party in asked], removed_at=None)
        now = {(str(pk), revision): live for pk, revision, live in rows.values_list("pk", "revision", "live")}
        return [
            party | {"live": now[key]}
            for party in asked
            if (key := (party["party"], party["revision"])) in now
        ]

    def _let_lapse(self, check: ConflictCheck, parties: list[str]) -> set[uuid.UUID]:
        """Put aside the pairs of names that are asked about as they are now, or are gone; return the matters.

        A confirmed conflict rests on two names as they were: where one has changed it is found anew, or over.
        """
        changed = ~Q(asked_revision=F("asked__revision")), ~Q(found_revision=F("found__revision"))
        stale = (
            Q(changed[0], asked__in=parties)
            | Q(changed[1], found__in=parties)
            | Q(matter_id=check.matter_id, asked__removed_at__isnull=False)
            | Q(other_matter_id=check.matter_id, found__removed_at__isnull=False)
        )
        stands = Q(status=HitStatus.OPEN) | Q(status=HitStatus.CONFIRMED, kind=HitKind.CONFLICT)
        lapsed = list(ConflictHit.objects.filter(stale, stands, user=check.user_id))
        for hit in lapsed:
            put_aside(hit, by=BY)
        return {side for hit in lapsed for side in (hit.matter_id, hit.other_matter_id)}

    def _look_up(self, check: ConflictCheck, asked: list[dict[str, Any]]) -> tuple[list[ConflictHit], int]:
        """Return the pairs found, of kinds that matter, and how many names could not be compared with all.

        A name counts as unread, too, where it has more words than are read or more namesakes than are looked
        at, and where a name on file did not open: what was left out may be the one.
        """
        listed = check.user_id is not None
        names = self.indexes[check.office_id, listed]
        pairs: list[tuple[dict[str, Any], index.Hit]] = []
        unread: set[tuple[str, int]] = set()
        for party in asked:
            try:
                analysis = analyse(party["name"])
            except UnusableName:
                unread.add((party["party"], party["revision"]))
                continue
            hits = names.look_up(
                analysis,
                limit=POOLED,
                birth_date=party["birth_date"] or None,
                country=party["country"] or None,
                floor=THRESHOLD,
            )
            if check.unopened or len(hits) == POOLED or len(analysis.parts) == MOST_WORDS:
                unread.add((party["party"], party["revision"]))
            pairs += [(party, hit) for hit in hits]
        return self._pairs(check, pairs), len(unread - self._looked_for(check) if unread else unread)

    def _unopened_beside(self, check: ConflictCheck) -> int:
        """Return how many names on file, not the matter's own, did not open: they are compared with none."""
        place = check.office_id, check.user_id is not None
        numbers = [number for number, where in self.unopened.items() if where == place]
        if not numbers:
            return 0
        rows = Party.objects.filter(number__in=numbers, user=check.user_id, live=True, removed_at=None)
        return rows.exclude(matter_id=check.matter_id).count()

    def _looked_for(self, check: ConflictCheck) -> set[tuple[str, int]]:
        """Return the names of this matter that no program can compare and a person has looked for.

        What a person looked for while fewer names on file were shut has to be looked for again.
        """
        earlier = ConflictCheck.objects.filter(
            matter_id=check.matter_id, unread__gt=0, unopened__gte=check.unopened, user=check.user_id
        )
        decided = list(earlier.filter(status=CheckStatus.DECIDED_CLEAR))
        opened = open_many(decided, "query", purpose="names worker").values()
        return {(party["party"], party["revision"]) for each in opened for party in each.query}

    def _pairs(
        self, check: ConflictCheck, pairs: list[tuple[dict[str, Any], index.Hit]]
    ) -> list[ConflictHit]:
        numbers = [hit.id for _one, hit in pairs]
        rows = Party.objects.filter(number__in=numbers, user=check.user_id, live=True, removed_at=None)
        parties = {party.number: party for party in rows.exclude(matter_id=check.matter_id)}
        details = open_many(parties.values(), "details", purpose="names worker")
        hits = []
        twice: Counter[str] = Counter()
        for asked, hit in pairs:
            party = parties.get(hit.id)
            kind = kind_of(asked["role"], details[party.pk].details["role"]) if party else None
            if party is None or kind is None:
                continue
            twice[asked["party"]] += kind == HitKind.DUPLICATE
            if kind == HitKind.DUPLICATE and twice[asked["party"]] > TWICE:
                continue
            hits.append(
                ConflictHit(
                    id=pair_id((uuid.UUID(asked["party"]), asked["revision"]), (party.pk, party.revision)),
                    office_id=check.office_id,
                    matter_id=check.matter_id,
                    check_asked=check,
                    asked_id=uuid.UUID(asked["party"]),
                    found=party,
                    asked_revision=asked["revision"],
                    found_revision=party.revision,
                    other_matter_id=party.matter_id,
                    kind=kind,
                    score=round(hit.score * 1000),
                    live=asked["live"],
                    user_id=check.user_id,
                    reasons=hit.comparison.as_dict(),
                    found_at=timezone.now(),
                )
            )
        return hits

    def _keep(self, hits: Iterable[ConflictHit]) -> set[uuid.UUID]:
        """Write down the pairs that are new, and return the matters on their other sides.

        Of a pair known by a number alone, say how the names match as well.
        """
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
            note_found(hit, by=BY)
        return {hit.other_matter_id for hit in fresh}

    def _close(
        self, check: ConflictCheck, asked: list[Any], *, unread: int, touched: set[uuid.UUID], at: datetime
    ) -> None:
        """Give the check its answer, and write how both sides stand now."""
        to = ANSWERS[answer_of(pairs_of(check.matter_id, user_id=check.user_id), unread=unread > 0)]
        ConflictCheck.LIFE.move(
            check,
            to,
            by=BY,
            event="conflicts.answered",
            data={"kind": check.kind, "names": len(asked), "unread": unread, "unopened": check.unopened},
            answered_at=at,
            decided_at=at if to in (CheckStatus.DECIDED_CLEAR, CheckStatus.DECIDED_CONFLICT) else None,
            index_version=self.version,
            found=conflicts_of(check.matter_id, user_id=check.user_id).count(),
            unread=unread,
            unopened=check.unopened,
        )
        if check.user_id is not None:
            settle_own(check.matter_id, user_id=check.user_id, by=BY, at=at)
            return
        sides = {check.matter_id, *touched, *bring_in(check.matter_id)}
        settle(sides, office_id=check.office_id, by=BY, at=at)

    def forget(self) -> None:
        """Forget what the staff looked for a few minutes ago."""
        forget_searches(at=timezone.now())

    # --- searching -------------------------------------------------------------------------------

    def search(self, pk: uuid.UUID | str) -> bool:
        """Answer one search of the staff's: parties of their office like the name, likeliest first."""
        with transaction.atomic():
            searches = NameSearch.objects.select_for_update(skip_locked=True)
            search = searches.filter(pk=pk, answered_at=None).first()
            if search is None:
                return False
            self.follow()
            text = open_one(search, "query", purpose="names worker").query
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
                    "file": str(party.matter_id),
                    "score": round(hit.score * 1000),
                    "reasons": hit.comparison.as_dict()["reasons"],
                }
                for hit in hits
                if (party := parties.get(hit.id))
            ]
            search.unopened = sum(where == (search.office_id, False) for where in self.unopened.values())
            search.answered_at = timezone.now()
            search.save(update_fields=["answer", "answered_at", "unopened"])
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
