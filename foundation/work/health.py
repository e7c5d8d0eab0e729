"""Is due work being done? The sweep says so every few seconds, and the health page asks."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction

from foundation.work.line import lines

HEARD, HEARD_SECONDS = "work:heard", 90
LATE = timedelta(minutes=10)


class Waiting(Exception):
    """The sweep has not run for a while: no worker, or no beat."""


class Late(Exception):
    """Something has been due for ten minutes: the workers do not keep up."""


@transaction.atomic
def note(*, at: datetime) -> None:
    """Note that the sweep ran and which lines are late."""
    late = [line.key for line in lines() if line.due(at - LATE).exists()]
    cache.set(HEARD, late, HEARD_SECONDS)


def check() -> None:
    """Raise Waiting or Late if due work is not being done."""
    late = cache.get(HEARD)
    if late is None:
        raise Waiting
    if late:
        raise Late
