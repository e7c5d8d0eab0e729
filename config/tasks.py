"""The Celery task that binds a principal: no task runs on nobody's behalf."""

from typing import Any

from celery import Task
from django.db import connections

from foundation.database.principal import Principal, acting_as, system
from foundation.vault.keys import opening_keys


class BoundTask(Task):  # type: ignore[misc]
    """Runs as its `principal`, else as "system:<its name>".

    The keys it opens are forgotten at its end, and its connections go back to the pool, which looks at each
    before it is used again.
    """

    abstract = True
    principal: Principal | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            with acting_as(self.principal or system(self.name)), opening_keys():
                return super().__call__(*args, **kwargs)
        finally:
            _give_back()


def _give_back() -> None:
    """Give this thread's connections back; one in a transaction is a test's, which calls a task itself."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
