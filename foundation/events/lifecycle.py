"""Status: one table of legal moves, one function that makes them.

class Offer(models.Model):
    LIFE = Lifecycle({OPEN: {ACCEPTED, DECLINED}})

Offer.LIFE.move(offer, ACCEPTED, by=user, event="referrals.offer_accepted", decided_at=now)
"""

from collections.abc import Mapping
from typing import Any

import pgtrigger
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from foundation.events.ledger import record
from foundation.events.registry import known
from foundation.refused import Refused


class NotAllowed(Refused):
    """The table has no such move."""

    status = 409
    message = _("This can no longer be done: it has already moved on.")


class Stale(Refused):
    """Someone else moved it first."""

    status = 409
    message = _("Someone changed this a moment ago. Look at the page again before you decide.")


class Lifecycle:
    """The legal moves of one model's `status` field."""

    def __init__(self, moves: Mapping[str, set[str]]) -> None:
        self.moves = {str(start): {str(end) for end in ends} for start, ends in moves.items()}

    def allows(self, start: str, end: str) -> bool:
        """Tell whether the table has a move from start to end."""
        return str(end) in self.moves.get(str(start), set())

    def move(
        self,
        thing: models.Model,
        to: str,
        *,
        by: Any,
        event: str,
        data: dict[str, Any] | None = None,
        **fields: Any,
    ) -> None:
        """Move `thing` to status `to`, set `fields` with it, and record the event.

        Raises NotAllowed when the table has no such move and Stale when the row is no longer in the
        status that was read, so two clicks cannot both win; UnknownEvent when no app lists the event.
        """
        known(event)
        start = thing.status  # type: ignore[attr-defined]
        if not self.allows(start, to):
            raise NotAllowed
        rows = type(thing)._base_manager.filter(pk=thing.pk, status=start)
        with transaction.atomic():
            if not rows.update(status=str(to), **fields):
                raise Stale
            record(event, thing, by=by, data={"from": str(start), "to": str(to), **(data or {})})
        for name, value in {"status": str(to), **fields}.items():
            setattr(thing, name, value)

    def trigger(self) -> pgtrigger.FSM:
        """Return the database trigger that refuses every other move, raw SQL included."""
        pairs = sorted((start, end) for start, ends in self.moves.items() for end in ends)
        return pgtrigger.FSM(name="legal_status_moves", field="status", transitions=pairs)
