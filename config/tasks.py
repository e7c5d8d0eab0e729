"""The Celery task that binds a principal: no task runs on nobody's behalf."""

from typing import Any

from celery import Task

from foundation.database.principal import Principal, acting_as, system
from foundation.vault.keys import opening_keys


class BoundTask(Task):  # type: ignore[misc]
    """Runs as its `principal`, else as "system:<its name>"; the keys it opens are forgotten at its end."""

    abstract = True
    principal: Principal | None = None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with acting_as(self.principal or system(self.name)), opening_keys():
            return super().__call__(*args, **kwargs)
