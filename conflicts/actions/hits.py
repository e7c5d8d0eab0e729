"""Pairs of names are found, decided and put aside."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from conflicts.access import may_decide
from conflicts.actions.refusals import ReasonNeeded
from conflicts.actions.standing import settle, settle_own
from conflicts.models import ConflictHit, HitKind, HitStatus, Party, pair_id
from foundation.accounts.matters import Matter, part_of
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from foundation.vault.opening import open_one


@transaction.atomic
def decide_hit(hit: ConflictHit, *, confirmed: bool, reason: str, by: User, at: datetime) -> None:
    """Decide whether two parties are one person on two sides; the checks that waited for it move on.

    Raises Forbidden for whoever may not decide it; ReasonNeeded without one.
    """
    if not may_decide(by, hit):
        raise Forbidden
    if not reason.strip():
        raise ReasonNeeded
    ConflictHit.LIFE.move(
        hit,
        HitStatus.CONFIRMED if confirmed else HitStatus.CLEAR,
        by=by,
        event="conflicts.hit_decided",
        data={"kind": hit.kind, "other_file": str(hit.other_matter_id)},
        decided_by=by,
        decided_at=at,
    )
    hit.reason = reason.strip()
    hit.save(update_fields=["reason"])
    if hit.user_id:
        settle_own(hit.matter_id, user_id=hit.user_id, by=by, at=at)
    elif hit.kind == HitKind.CONFLICT:
        settle([hit.matter_id, hit.other_matter_id], office_id=hit.office_id, by=by, at=at)


def put_aside(hit: ConflictHit, *, by: Any) -> None:
    """Close a pair that waits for a decision because one of its names has changed or is gone."""
    data = {"kind": hit.kind, "other_file": str(hit.other_matter_id)}
    ConflictHit.LIFE.move(hit, HitStatus.SUPERSEDED, by=by, event="conflicts.hit_superseded", data=data)


def bring_in(matter_id: uuid.UUID) -> set[uuid.UUID]:
    """Let the pairs a matter was found by as a draft count for the other sides too; return those matters.

    Nothing comes of a form that is not sent yet. Whoever calls it settles both sides.
    """
    waiting = ConflictHit.objects.filter(matter_id=matter_id, live=False, asked__live=True, user=None)
    others = set(waiting.exclude(status=HitStatus.SUPERSEDED).values_list("other_matter_id", flat=True))
    if others:
        waiting.update(live=True)
    return others


@transaction.atomic
def matter_opened(matter: Matter, *, by: Any, at: datetime) -> None:
    """Hold the other sides of what a matter was found by while its form was a draft, whoever answers when."""
    others = bring_in(matter.id)
    settle({matter.id, *others}, office_id=matter.office_id, by=by, at=at)


@transaction.atomic
def found_same_contact(
    matter: Matter, *, other_matter_id: uuid.UUID, contact: Sequence[str], by: Any, at: datetime
) -> ConflictHit | None:
    """Note that two intakes share an A-Number, a phone or an e-mail: likely one person who asked twice."""
    ids = [part_of(matter_id, "party:applicant") for matter_id in (matter.id, other_matter_id)]
    parties = {party.pk: party for party in Party.objects.filter(pk__in=ids, removed_at=None)}
    if len(parties) < 2:
        return None
    asked, found = (parties[pk] for pk in ids)
    hit_reasons = {"contact": list(contact)}
    key = pair_id((asked.pk, asked.revision), (found.pk, found.revision))
    hit = ConflictHit(
        id=key,
        **matter.columns,
        asked=asked,
        found=found,
        asked_revision=asked.revision,
        found_revision=found.revision,
        other_matter_id=other_matter_id,
        kind=HitKind.DUPLICATE,
        score=900,
        live=True,
        reasons=hit_reasons,
        found_at=at,
    )
    with connection.cursor() as cursor:  # one at a time for a pair, whoever finds it first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 6))", [str(key)])
    known = ConflictHit.objects.filter(pk=key).first()
    if known is None:
        ConflictHit.objects.bulk_create([hit])
        note_found(hit, by=by)
        return hit
    if known.status == HitStatus.OPEN:  # found by its names before: say this too
        known.reasons = open_one(known, "reasons", purpose="same contact").reasons | hit_reasons
        known.save(update_fields=["reasons"])
    return None


def note_found(hit: ConflictHit, *, by: Any) -> None:
    """Put a pair that was found on the ledger, under both matters' ids."""
    data = {"kind": str(hit.kind), "other_file": str(hit.other_matter_id)}
    record("conflicts.hit_found", hit, by=by, data=data)
