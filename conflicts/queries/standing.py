"""How matters stand: the row that one rule wrote (`conflicts/actions/standing.py`), read by everybody."""

import uuid
from collections.abc import Iterable

from conflicts.models import CheckStatus, ConflictCheck, HitStatus, Standing
from conflicts.queries.hits import conflicts_of
from conflicts.rules.standing import CLEAR, CONFIRMED, PENDING, POSSIBLE
from foundation.accounts.models import User


def standings(matter_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return how each matter stands, {matter: a word of `conflicts/rules/standing.py`}; no row is pending."""
    files = list(matter_ids)
    rows = Standing.objects.filter(matter_id__in=files).values_list("matter_id", "state")
    return dict.fromkeys(files, PENDING) | dict(rows)


def standing(matter_id: uuid.UUID) -> str:
    """Return how a matter stands: clear, pending, unread, possible or confirmed; no row is pending."""
    return standings([matter_id])[matter_id]


def standing_until_done(matter_id: uuid.UUID) -> str:
    """Return how a matter stands, and let it not change before this transaction is over.

    For what may be done only while the names are clear: an answer that comes meanwhile waits, and its event
    finds what was done.
    """
    row = Standing.objects.select_for_update(of=("self",)).filter(matter_id=matter_id).first()
    return row.state if row else PENDING


def offer_standing(matter_id: uuid.UUID, *, user: User) -> str:
    """Return how a matter stands beside a practitioner's own list: a question of its own, without a row.

    Only they may know of it, and it is asked anew with each offer.
    """
    statuses = set(conflicts_of(matter_id, user_id=user.pk).values_list("status", flat=True))
    newest = ConflictCheck.objects.filter(matter_id=matter_id, user=user).order_by("-asked_at").first()
    return beside_list(statuses, newest.status if newest else "", is_unread=bool(newest and newest.unread))


def beside_list(hits: set[str], checked: str, *, is_unread: bool) -> str:
    """Return how names stand beside a list, by what was found and the newest check's status, "" for none."""
    if HitStatus.CONFIRMED in hits:
        return CONFIRMED
    if HitStatus.OPEN in hits:
        return POSSIBLE
    if checked in ("", CheckStatus.PENDING):
        return PENDING
    if is_unread and checked == CheckStatus.DECIDED_CONFLICT:
        return CONFIRMED
    return POSSIBLE if is_unread and checked == CheckStatus.POSSIBLE else CLEAR


def own_unread(matter_id: uuid.UUID, *, user: User) -> ConflictCheck | None:
    """Return the newest check beside a practitioner's own list where it waits for them; else None.

    A name that cannot be compared, or one on their list that did not open: only they know whom it holds.
    """
    newest = ConflictCheck.objects.filter(matter_id=matter_id, user=user).order_by("-asked_at").first()
    return newest if newest and newest.unread and newest.status == CheckStatus.POSSIBLE else None
