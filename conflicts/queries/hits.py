"""Reads over pairs: what waits for a decision, and a pair as a person reads it."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from conflicts.access import hits_visible_to
from conflicts.models import ConflictHit, HitKind, HitStatus
from conflicts.queries.parties import NameOf, names_of
from conflicts.rules import Beside, How, beside, compare_birth_dates, compare_countries
from conflicts.words import BESIDE, HOW, likeness_words
from foundation.accounts.models import User
from foundation.vault.opening import open_many, open_one


def current(hits: QuerySet[ConflictHit]) -> QuerySet[ConflictHit]:
    """Leave out pairs of which a name has changed since, or a party is gone."""
    return hits.filter(
        asked_revision=F("asked__revision"),
        found_revision=F("found__revision"),
        asked__removed_at=None,
        found__removed_at=None,
    ).exclude(status=HitStatus.SUPERSEDED)


def conflicts_of(matter_id: uuid.UUID, *, user_id: int | None = None) -> QuerySet[ConflictHit]:
    """Return the conflicts of a matter, asked about from either side; a draft holds up nobody else.

    With `user_id`, those with that practitioner's own list instead: who may not look at the matter's parties.
    """
    hits = ConflictHit.objects.filter(kind=HitKind.CONFLICT, user=user_id).exclude(
        status=HitStatus.SUPERSEDED
    )
    if user_id is not None:
        return hits.filter(matter_id=matter_id)
    return hits.filter(Q(matter_id=matter_id) | Q(other_matter_id=matter_id, live=True))


def open_hits(user: User, kind: str = HitKind.CONFLICT) -> QuerySet[ConflictHit]:
    """Return what waits for this person's decision, likeliest first."""
    hits = current(hits_visible_to(user)).filter(status=HitStatus.OPEN, kind=kind)
    return hits.select_related("asked", "found").order_by("-score", "found_at")


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


def own_list_hits(matter_id: uuid.UUID, *, user: User) -> list[Explained]:
    """Open what of a practitioner's own list is like a name of an offered matter: by its parts alone."""
    hits = list(conflicts_of(matter_id, user_id=user.pk).select_related("found"))
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
        birth_date=BESIDE[_birth_dates(names[hit.asked_id], names[hit.found_id])],
        country=BESIDE[_countries(names[hit.asked_id], names[hit.found_id])],
        same_contact=[HOW[what] for what in reasons.get("contact", [])],
    )


def _birth_dates(one: NameOf, other: NameOf) -> Beside:
    """Compare what is known now: a pair that shares a number alone was kept without it."""
    dates = (one.birth_date, other.birth_date)
    return beside(*dates, side=compare_birth_dates(*dates))


def _countries(one: NameOf, other: NameOf) -> Beside:
    codes = (one.country_code, other.country_code)
    return beside(*codes, side=compare_countries(*codes))


def parts_of(reasons: dict[str, Any]) -> list[AlignedPart]:
    """Put the aligned parts of a comparison into words."""
    return [
        AlignedPart(pair["ours"], pair["theirs"], HOW[How(pair["how"])])
        for pair in reasons.get("reasons", [])
    ]


def decision_of(hit: ConflictHit) -> str:
    """Open the reason someone gave for a decision."""
    return str(open_one(hit, "reason", purpose="conflict page").reason)
