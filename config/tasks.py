"""The Celery task that binds a principal: no task runs on nobody's behalf."""

from typing import Any

from celery import Task

from foundation.database.principal import acting_as, system
from foundation.vault.keys import opening_keys


class BoundTask(Task):  # type: ignore[misc]
    """Runs as "system:<the task's name>", with the keys it opens forgotten at its end."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with acting_as(system(self.name)), opening_keys():
            return super().__call__(*args, **kwargs)
