"""Reads over parties, checks and hits."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import F, Q, QuerySet

from conflicts.access import hits_visible_to, list_of
from conflicts.models import (
    ANumber,
    CheckKind,
    CheckStatus,
    ConflictCheck,
    ConflictHit,
    HitKind,
    HitStatus,
    Party,
    PartyRole,
    SamePerson,
)
from conflicts.rules import How
from conflicts.words import BESIDE, HOW, likeness_words
from foundation.accounts.models import Office, User
from foundation.countries import country_name
from foundation.vault.opening import open_many, open_record

PATIENCE = timedelta(milliseconds=300)
CLEAR, PENDING, POSSIBLE, CONFIRMED = "clear", "pending", "possible", "confirmed"
STATE = "names-worker"  # the cache entry in which the worker says how it is


def current(hits: QuerySet[ConflictHit]) -> QuerySet[ConflictHit]:
    """Leave out pairs of which a name has changed since, or a party is gone."""
    return hits.filter(
        asked_revision=F("asked__revision"),
        found_revision=F("found__revision"),
        asked__removed_at=None,
        found__removed_at=None,
    ).exclude(status=HitStatus.SUPERSEDED)


def conflicts_of(file_id: uuid.UUID, *, user_id: int | None = None) -> QuerySet[ConflictHit]:
    """Return the conflicts of a matter, asked about from either side; a draft holds up nobody else.

    With `user_id`, those with that practitioner's own list instead: who may not look at the matter's parties.
    """
    if user_id is not None:
        hits = ConflictHit.objects.filter(kind=HitKind.CONFLICT, user=user_id, file_id=file_id)
        return hits.exclude(status=HitStatus.SUPERSEDED)
    return _between([file_id])


def _between(file_ids: Iterable[uuid.UUID]) -> QuerySet[ConflictHit]:
    files = list(file_ids)
    hits = ConflictHit.objects.filter(kind=HitKind.CONFLICT, user=None)
    return current(hits.filter(Q(file_id__in=files) | Q(other_file_id__in=files, asked__live=True)))


def standings(file_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return how each matter stands, in two queries: {file: confirmed, possible, pending or clear}."""
    files = set(file_ids)
    hits: dict[uuid.UUID, set[str]] = {file_id: set() for file_id in files}
    for asked, found, live, status in _between(files).values_list(
        "file_id", "other_file_id", "asked__live", "status"
    ):
        for file_id in {asked, found} & files if live else {asked}:
            hits[file_id].add(status)
    checks: dict[uuid.UUID, set[tuple[str, str, bool]]] = {file_id: set() for file_id in files}
    rows = ConflictCheck.objects.filter(file_id__in=files, user=None)
    for file_id, kind, status, unread in rows.values_list("file_id", "kind", "status", "unread"):
        checks[file_id].add((kind, status, unread > 0))
    return {file_id: _standing(hits[file_id], checks[file_id]) for file_id in files}


def standing(file_id: uuid.UUID) -> str:
    """Return how a matter stands: confirmed, possible, pending or clear. Only an answer makes it clear."""
    return standings([file_id])[file_id]


def _standing(hits: set[str], checks: set[tuple[str, str, bool]]) -> str:
    if HitStatus.CONFIRMED in hits:
        return CONFIRMED
    # What was asked before the answers were sent is asked again then, with more to go by.
    asked = {one for one in checks if one[0] != CheckKind.NAMES} or checks
    unread = {status for _kind, status, unread in asked if unread}
    if CheckStatus.DECIDED_CONFLICT in unread:
        return CONFIRMED
    if HitStatus.OPEN in hits or CheckStatus.POSSIBLE in unread:
        return POSSIBLE
    if not asked or CheckStatus.PENDING in {status for _kind, status, _unread in asked}:
        return PENDING
    return CLEAR


def offer_standing(file_id: uuid.UUID, *, user: User) -> str:
    """Return how a matter stands beside a practitioner's own list."""
    statuses = set(conflicts_of(file_id, user_id=user.pk).values_list("status", flat=True))
    if HitStatus.CONFIRMED in statuses:
        return CONFIRMED
    if HitStatus.OPEN in statuses:
        return POSSIBLE
    newest = ConflictCheck.objects.filter(file_id=file_id, user=user).order_by("-asked_at").first()
    if newest is None or newest.status == CheckStatus.PENDING:
        return PENDING
    return POSSIBLE if newest.unread and newest.status == CheckStatus.POSSIBLE else CLEAR


def waiting_checks(user: User) -> QuerySet[ConflictCheck]:
    """Return the office's checks that wait for the worker, or for a person because of an unreadable name."""
    waits = Q(status=CheckStatus.PENDING) | Q(status=CheckStatus.POSSIBLE, unread__gt=0)
    checks = ConflictCheck.objects.filter(waits, office=user.office, user=None)
    return checks.exclude(kind=CheckKind.NAMES).order_by("asked_at")


def open_hits(user: User, kind: str = HitKind.CONFLICT) -> QuerySet[ConflictHit]:
    """Return what waits for this person's decision, likeliest first."""
    hits = current(hits_visible_to(user)).filter(status=HitStatus.OPEN, kind=kind)
    return hits.select_related("asked", "found").order_by("-score", "found_at")


def put_away() -> QuerySet[SamePerson, Any]:
    """Return the files that point to another of the same person, to leave out of lists."""
    return SamePerson.objects.filter(undone_at=None).values("other_file_id")


def pointers_of(file_id: uuid.UUID) -> QuerySet[SamePerson]:
    """Return with which requests this one was put together, whichever of them goes on."""
    return SamePerson.objects.filter(Q(file_id=file_id) | Q(other_file_id=file_id), undone_at=None)


def checks_of(file_id: uuid.UUID) -> QuerySet[ConflictCheck]:
    """Return a matter's checks against the office's parties, newest first."""
    return ConflictCheck.objects.filter(file_id=file_id, user=None).order_by("-asked_at")


@dataclass(frozen=True)
class LookedFor:
    """What a person said about names no program can compare, opened."""

    status: Any
    reason: str
    who: str
    at: datetime


def looked_for(file_id: uuid.UUID) -> list[LookedFor]:
    """Open the decisions about a matter's names that cannot be compared, newest first."""
    checks = checks_of(file_id).filter(unread__gt=0, decided_by__isnull=False).select_related("decided_by")
    decided = list(checks.order_by("-decided_at"))
    opened = open_many(decided, "reason", purpose="case page")
    return [
        LookedFor(one.get_status_display(), opened[one.pk].reason, one.decided_by.name, one.decided_at)
        for one in decided
        if one.decided_by and one.decided_at
    ]


def a_number_of(file_id: uuid.UUID, *, purpose: str) -> str:
    """Open a file's A-Number: nine digits, or "" where none is known."""
    noted = ANumber.objects.filter(file_id=file_id).first()
    return str(open_record(noted, "number", purpose=purpose).number) if noted else ""


def is_late(check: ConflictCheck, *, at: datetime) -> bool:
    """Say whether a check has waited longer than an answer takes."""
    return check.status == CheckStatus.PENDING and at - check.asked_at > PATIENCE


@dataclass(frozen=True)
class NameOf:
    """A party opened: its name, what it is in its matter, when and where born."""

    pk: uuid.UUID
    file_id: uuid.UUID
    name: str
    role: Any
    is_board: bool
    birth_date: str
    country: str


def names_of(parties: list[Party], *, purpose: str) -> dict[uuid.UUID, NameOf]:
    """Open parties: {id: name and what goes with it}; one record for all."""
    opened = open_many([party for party in parties if party.details is not None], "details", purpose=purpose)
    return {
        party.pk: NameOf(
            party.pk,
            party.file_id,
            details["name"],
            PartyRole(details["role"]).label,
            details["role"] == PartyRole.BOARD,
            details["birth_date"],
            country_name(details["country"]),
        )
        for party in parties
        if party.details is not None and (details := opened[party.pk].details)
    }


def our_people(office: Office) -> list[NameOf]:
    """Open the office's own people among the parties: staff and board, by name."""
    parties = Party.objects.filter(file_id=office.file_id, user=None, removed_at=None)
    found = names_of(list(parties), purpose="our own people")
    return sorted(found.values(), key=lambda one: (one.is_board, one.name.casefold()))


def own_list(user: User) -> list[NameOf]:
    """Open a practitioner's own list, by name."""
    found = names_of(list(list_of(user)), purpose="own list")
    return sorted(found.values(), key=lambda one: one.name.casefold())


@dataclass(frozen=True)
class AlignedPart:
    """A part of one name beside a part of the other, and how they match, in words."""

    ours: str
    theirs: str
    how: Any


@dataclass(frozen=True)
class Explained:
    """A hit as a person reads it: both names, part by part, both birth dates and countries, in words."""

    hit: ConflictHit
    asked: NameOf
    found: NameOf
    likeness: Any
    parts: list[AlignedPart]
    birth_date: Any
    country: Any
    same_contact: list[Any]


def explained(hits: list[ConflictHit], *, purpose: str) -> list[Explained]:
    """Open hits with the names of both sides: one record for the reasons, one for the names."""
    names = names_of([side for hit in hits for side in (hit.asked, hit.found)], purpose=purpose)
    reasons = open_many(hits, "reasons", purpose=purpose)
    return [
        _explained(hit, names, reasons[hit.pk].reasons or {})
        for hit in hits
        if hit.asked_id in names and hit.found_id in names
    ]


def own_list_hits(file_id: uuid.UUID, *, user: User) -> list[Explained]:
    """Open what of a practitioner's own list is like a name of an offered matter: by its parts alone."""
    hits = list(conflicts_of(file_id, user_id=user.pk).select_related("found"))
    names = names_of([hit.found for hit in hits], purpose="conflict check of an offer")
    reasons = open_many(hits, "reasons", purpose="conflict check of an offer")
    return [
        _explained(hit, {**names, hit.asked_id: names[hit.found_id]}, reasons[hit.pk].reasons or {})
        for hit in hits
        if hit.found_id in names
    ]


def _explained(hit: ConflictHit, names: dict[uuid.UUID, NameOf], reasons: dict[str, Any]) -> Explained:
    return Explained(
        hit=hit,
        asked=names[hit.asked_id],
        found=names[hit.found_id],
        likeness=likeness_words(hit.score),
        parts=parts_of(reasons),
        birth_date=BESIDE[reasons.get("birth_date", "unknown")],
        country=BESIDE[reasons.get("country", "unknown")],
        same_contact=[HOW[what] for what in reasons.get("contact", [])],
    )


def parts_of(reasons: dict[str, Any]) -> list[AlignedPart]:
    """Put the aligned parts of a comparison into words."""
    return [
        AlignedPart(pair["ours"], pair["theirs"], HOW[How(pair["how"])])
        for pair in reasons.get("reasons", [])
    ]


def decision_of(hit: ConflictHit) -> str:
    """Open the reason someone gave for a decision."""
    return str(open_record(hit, "reason", purpose="conflict page").reason)


def worker_state() -> dict[str, Any] | None:
    """Return what the names worker last said of itself (ready, parties, seconds), or None if it is silent."""
    state: dict[str, Any] | None = cache.get(STATE)
    return state


def pending_count(office_id: int) -> int:
    return ConflictCheck.objects.filter(office_id=office_id, status=CheckStatus.PENDING).count()
