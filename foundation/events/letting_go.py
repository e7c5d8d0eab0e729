"""Readings go by their age, a signed batch at a time: the rows go, the checkpoint that signed them stays.

So it stays provable how many readings there were, when, and that none went but by this way: which batches
went is an event of the signed record itself, and verify_ledger says it. Events never go: they hold ids and
codes alone, and the history of a case is made of them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from foundation.events.breaks import LET_GO, letting_go
from foundation.events.checkpoints import ends_a_life, ends_of_lives
from foundation.events.ledger import record
from foundation.events.models import Checkpoint

KIND = "access"
Ends = Sequence[tuple[int, int | None]]  # of lives: the number of each one's last batch, and its last row


class NotWhole(RuntimeError):
    """A batch has not the rows that were signed: it stays, and verify_ledger says what is wrong."""


@transaction.atomic
def let_go(*, before: datetime, most: int, offices: Iterable[Any], by: str, at: datetime) -> int:
    """Let go of the oldest batches that were signed before a time, on the record of these offices.

    Return how many rows. At most `most` rows go, or one batch. Raises NotWhole.
    """
    batches: list[Checkpoint] = []
    rows = 0
    ends = list(ends_of_lives(KIND).order_by("number").values_list("number", "last_seq"))
    for batch in due(before=before).iterator():
        if batches and rows + batch.count > most:
            break
        _delete(batch, ends)
        batches.append(batch)
        rows += batch.count
    if batches:
        data = {"kind": KIND, "first": batches[0].number, "last": batches[-1].number, "rows": rows}
        for office in offices:
            record(LET_GO, office, by=by, at=at, data=data)
    return rows


def due(*, before: datetime) -> QuerySet[Checkpoint]:
    """Return the batches of readings signed before a time that are still there, the oldest first."""
    signed = Checkpoint.objects.filter(kind=KIND, at__lt=before, number__gt=last_let_go())
    return signed.defer("leaves").order_by("number")


def last_let_go() -> int:
    """Return the number of the newest batch whose readings went, or 0."""
    return max((one.last for one in letting_go(KIND)), default=0)


def _delete(batch: Checkpoint, ends: Ends) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.let_go_of_readings(%s, %s, %s, %s)", _bounds(batch, ends))
        gone = cursor.fetchone()[0]
    if gone != batch.count:
        raise NotWhole(f"{KIND} batch {batch.number}: {batch.count} rows were signed, {gone} could go.")


def _bounds(batch: Checkpoint, ends: Ends) -> list[Any]:
    """Return after which row, until which one, from which transaction and before which one its rows lie."""
    after = max((last or 0 for number, last in ends if number < batch.number), default=0)
    until = next((last for number, last in ends if number >= batch.number), None)
    return [after, until, batch.from_xid, None if ends_a_life(batch) else batch.to_xid]
