"""The schedule, where the clock may be set back: what was last done in the future was last done now.

It also says every few seconds that it is there (operations/signs.py).

Celery counts from when a task was last sent. A clock that was an hour ahead and is set right would otherwise
keep every sweep waiting for an hour.
"""

import time
from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler

from operations.signs import tell

SLACK = timedelta(seconds=5)
SIGN_SECONDS = 20


def is_ahead(entry: Any) -> bool:
    """Tell whether a task was last sent later than now."""
    return bool(entry.last_run_at and entry.last_run_at > entry.default_now() + SLACK)


class Scheduler(PersistentScheduler):  # type: ignore[misc]
    """Celery's own, which looks at the clock before each turn."""

    told = -float(SIGN_SECONDS)  # by this process's own clock

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        ahead = [entry for entry in self.schedule.values() if is_ahead(entry)]
        for entry in ahead:
            entry.last_run_at = entry.default_now()
        if ahead:
            self._heap = None  # the order of what is next was counted from the old ones
        if time.monotonic() - self.told >= SIGN_SECONDS:
            self.told = time.monotonic()
            tell("beat")
        return super().tick(*args, **kwargs)
