"""A matter is erased: its names are kept where they must be, and the other sides of its pairs settled."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from conflicts.actions.checks import check_again
from conflicts.actions.named import Named
from conflicts.actions.parties import write_parties
from conflicts.actions.standing import settle
from conflicts.models import CheckKind, ConflictHit, GoneParty, HitKind, HitStatus, Party
from foundation.accounts.matters import Matter, part_of
from foundation.vault.keys import make_matter_key
from foundation.vault.opening import open_many

REMOVED_KEPT = timedelta(days=1)  # the empty row of a name that was taken away


@transaction.atomic
def keep_stub(matter: Matter, *, at: datetime) -> int:
    """Keep the names of a matter that is about to be erased, under a key of their own; return how many.

    An office that once heard one side may not act for the other (ABA Model Rules 1.9, 1.10, 1.18), so the
    names outlive what was told with them, and whoever stands against them is asked about again.
    """
    live = Party.objects.filter(matter_id=matter.id, removed_at=None, live=True, details__isnull=False)
    opened = open_many(live, "details", purpose="conflict stub")
    if not opened:
        return 0
    stub = replace(matter, id=part_of(matter.id, "stub"))
    make_matter_key(stub.id, office_id=stub.office_id)
    named = [Named(f"stub:{pk}", **details.details) for pk, details in opened.items()]
    write_parties(stub, named, by_applicant=False, live=True, at=at)
    for other in _against([matter.id]):
        check_again(replace(matter, id=other), kind=CheckKind.DEMAND, by="system:keep-stub", at=at)
    return len(named)


def _against(matter_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return the matters that stand, or may stand, on the other side of these."""
    matters = set(matter_ids)
    pairs = _pairs_with(matters).filter(kind=HitKind.CONFLICT, user=None)
    held = pairs.filter(status__in=[HitStatus.OPEN, HitStatus.CONFIRMED])
    return {side for pair in held.values_list("matter_id", "other_matter_id") for side in pair} - matters


def _pairs_with(matters: set[uuid.UUID]) -> QuerySet[ConflictHit]:
    return ConflictHit.objects.filter(Q(matter_id__in=matters) | Q(other_matter_id__in=matters))


@transaction.atomic
def let_go(matter_ids: Iterable[uuid.UUID], *, at: datetime) -> None:
    """Take matters that are being erased out of every pair, so that nobody is held by what is gone."""
    _delete(_pairs_with(set(matter_ids)), by="system:erase", at=at)


def _delete(pairs: QuerySet[ConflictHit], *, by: str, at: datetime) -> None:
    """Delete pairs, and settle the matters on both sides."""
    sides: dict[int, set[uuid.UUID]] = {}
    for office_id, side, other_side in pairs.filter(user=None).values_list(
        "office_id", "matter_id", "other_matter_id"
    ):
        sides.setdefault(office_id, set()).update((side, other_side))
    pairs.delete()
    for office_id, matters in sorted(sides.items()):
        settle(matters, office_id=office_id, by=by, at=at)


@transaction.atomic
def tidy(*, at: datetime) -> None:
    """Delete the empty rows of parties that are gone for a day, and settle what they held."""
    decided = ConflictHit.objects.filter(decided_at__isnull=False)  # a decision outlives the name
    gone = Party.objects.filter(removed_at__lt=at - REMOVED_KEPT)
    gone = gone.exclude(pk__in=decided.values("asked")).exclude(pk__in=decided.values("found"))
    _delete(ConflictHit.objects.filter(Q(asked__in=gone) | Q(found__in=gone)), by="system:tidy", at=at)
    gone.delete()
    GoneParty.objects.filter(gone_at__lt=at - REMOVED_KEPT).delete()
