"""How many people's matters someone opens in an hour: an alarm first, then no more.

What a stolen or bent account can take is what it opens before somebody notices.
"""

from typing import Any

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import limits
from foundation.database.principal import Principal
from foundation.events.ledger import record
from foundation.refused import Refused


class TooManyMatters(Refused):
    status = 429
    message = _(
        "You have opened very many files within an hour. Lists still work; wait a while to open more,"
        " or ask your administrator."
    )


def watch(principal: Principal, row: Any) -> None:
    """Count a person's matter for whoever is signed in; tell the administrators once, then refuse.

    Raises TooManyMatters beyond the limit."""
    alarm, most = f"matters-alarm-{principal.role}", f"matters-{principal.role}"
    if principal.user_id is None or most not in limits.LIMITS:
        return
    seen = f"seen:{principal.user_id}:{row.matter_id}"
    if cache.get(seen):
        return  # the same matter again is no new one
    count = limits.count(most, principal.user_id)
    if count == limits.LIMITS[alarm].times + 1:
        _raise_alarm(row, principal, count)
    if count > limits.LIMITS[most].times:
        raise TooManyMatters  # and not marked as seen: asking again does not open it
    cache.set(seen, 1, timeout=limits.LIMITS[most].seconds)


def _raise_alarm(row: models.Model, principal: Principal, count: int) -> None:
    record("vault.alarm_raised", row, by=principal.actor, data={"files": count})
