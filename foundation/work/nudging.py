"""Ask the worker to look now rather than at its next turn. A lost nudge costs time only: the row waits."""

import logging
from typing import Any

from celery import current_app
from django.db import connection, transaction

log = logging.getLogger(__name__)
WORK_OFF = "foundation.work.tasks.work_off"


def wake(key: str) -> None:
    """Ask the worker, once the transaction commits, to work on what is due in a line."""
    nudge(WORK_OFF, key)


def nudge(task_name: str, *args: Any) -> None:
    """Ask the worker, once the transaction commits, to run a task now; once for each transaction."""

    def send() -> None:
        try:
            current_app.send_task(task_name, args=args, ignore_result=True)
        except Exception as error:  # noqa: BLE001  the row waits; the sweep finds it
            log.warning("nudge lost task=%s error=%s", task_name, type(error).__name__)

    send.nudges = (task_name, args)  # type: ignore[attr-defined]
    queued = {getattr(entry[1], "nudges", None) for entry in connection.run_on_commit}
    if (task_name, args) not in queued:
        transaction.on_commit(send)
