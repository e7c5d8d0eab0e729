"""Logs by allow-list: what is not known to be harmless is not written.

A line carries level, logger, where it came from, and for loggers of ours the message and the keys named
below. Of anyone else's record it carries the place and the kind of error: their messages may hold an
address, a query, a header.
"""

import logging
from collections.abc import Sequence
from pathlib import Path

# Loggers of others whose messages hold neither data nor addresses.
HARMLESS = ("celery.beat", "celery.worker.consumer", "celery.apps.worker", "uvicorn.error")


class AllowList(logging.Formatter):
    """Formats a record to what may be kept; `ours` are the packages whose messages are our own."""

    def __init__(self, ours: Sequence[str] = ()) -> None:
        super().__init__()
        self.ours = frozenset(ours)

    def format(self, record: logging.LogRecord) -> str:
        parts = [record.levelname, record.name, f"{Path(record.pathname).name}:{record.lineno}"]
        if record.name.split(".")[0] in self.ours or (record.name in HARMLESS and not record.exc_info):
            parts.append(record.getMessage())
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            parts.append(f"status={status}")
        if record.exc_info and record.exc_info[1]:
            parts.append(f"error={type(record.exc_info[1]).__name__} at={_where(record)}")
        return " ".join(parts)


def _where(record: logging.LogRecord) -> str:
    """Return file and line of each step of a traceback: no message, no local value, no source line."""
    step = record.exc_info[2] if record.exc_info else None
    places = []
    while step:
        code = step.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{step.tb_lineno}")
        step = step.tb_next
    return ",".join(places[-8:])
