"""How many people's matters someone reads in an hour: an alarm first, then no more.

What a stolen or bent account can take is what it reads before somebody notices. So names in a list count too,
a tenth of a matter that is opened: who pages through all of them rings the alarm, who goes back to the queue
sixty times in a morning does not, because one person counts once. Counted from the access records, which a
lost cache does not forget (ADR 42).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.database.principal import Principal
from foundation.events.ledger import record
from foundation.refused import Refused

HOUR = timedelta(hours=1)
ALONE, IN_LIST = 10, 1  # what a matter weighs that was opened by itself, and one that stood in a list


@dataclass(frozen=True)
class Bounds:
    """How many matters in an hour: beyond `alarm` somebody is told, beyond `most` none opens any more."""

    alarm: int
    most: int


BOUNDS = {
    "attorney": Bounds(20, 40),
    "assistant": Bounds(20, 40),
    "caseworker": Bounds(150, 400),
    "supervisor": Bounds(150, 400),
    "administrator": Bounds(50, 150),
}


class TooManyMatters(Refused):
    status = 429
    message = _(
        "You have opened very many files within an hour. Wait a while to open more,"
        " or ask your administrator."
    )


def watch(principal: Principal | None, row: models.Model, matters: Collection[UUID]) -> None:
    """Weigh what somebody is about to open; tell others about it once, then refuse.

    Raises TooManyMatters beyond the limit; what was read within the hour opens again all the same.
    """
    bounds = BOUNDS.get(principal.role) if principal else None
    if principal is None or bounds is None:
        return
    points, added, is_told = _weigh(matters, since=timezone.now() - HOUR)
    if added > bounds.alarm * ALONE and not is_told:
        _raise_alarm(row, principal, -(-added // ALONE))
    if added > max(points, bounds.most * ALONE):
        raise TooManyMatters


def _weigh(matters: Collection[UUID], *, since: datetime) -> tuple[int, int, bool]:
    """Return the weight of what the bound person read, that with these matters, whether the alarm rang."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT points, added, is_told FROM sec.weigh_readings(%s, %s, %s, %s)",
            [since, list(matters), ALONE, IN_LIST],
        )
        row: Any = cursor.fetchone()
        return int(row[0]), int(row[1]), bool(row[2])


def _raise_alarm(row: models.Model, principal: Principal, count: int) -> None:
    record("vault.alarm_raised", row, by=principal.actor, data={"files": count})
