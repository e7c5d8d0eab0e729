"""Logs by allow-list: what is not known to be harmless is not written.

A line carries time, level, process, request, logger, where it came from, and for loggers of ours the message.
Of anyone else's record it carries the place and the kind of error: their messages may hold an address, a
query, a header. On a terminal it is a line of text, for what gathers logs a JSON object.
"""

import logging
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# Loggers of others whose messages hold neither data nor addresses.
HARMLESS = ("celery.beat", "celery.worker.consumer", "celery.apps.worker", "uvicorn.error")
# What others' errors mean, where their own words may hold an address.
MEANS = {
    "celery.worker.consumer.consumer": "the queue server is away, it is asked again each second",
    "psycopg.pool": "the database is away, or no connection was free",
    "django.security.DisallowedHost": "asked for under a name that is not in ALLOWED_HOSTS",
}
_asked: list[Callable[[], str]] = []  # what tells the running request's number: told by tell_requests()


def tell_requests(number: Callable[[], str]) -> None:
    """Take the number of the running request from here: it stands above this module."""
    _asked[:] = [number]


class Ordinary(logging.Filter):
    """An answer below 500 is no warning: who was refused something was told so."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", None)
        if isinstance(status, int) and status < 500 and record.name.startswith("django.request"):
            record.levelno, record.levelname = logging.INFO, "INFO"
        return True


class AllowList(JsonFormatter):
    """Formats a record to what may be kept; `ours` are the packages whose messages are our own."""

    def __init__(self, ours: Sequence[str] = (), process: str = "", *, as_json: bool = False) -> None:
        super().__init__(json_ensure_ascii=False)
        self.ours, self.process, self.as_json = frozenset(ours), process, as_json

    def format(self, record: logging.LogRecord) -> str:
        kept = self.kept(record)
        return str(self.serialize_log_record(kept)) if self.as_json else _line(kept)

    def kept(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return what of a record may be written, in the order in which it is."""
        time = datetime.fromtimestamp(record.created, UTC)
        kept: dict[str, Any] = {
            "time": time.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "process": f"{self.process or 'web'}:{os.getpid()}",
            "request": _asked[0]() if _asked else "",
            "logger": record.name,
            "place": f"{Path(record.pathname).name}:{record.lineno}",
            "message": self._words(record),
        }
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            kept["status"] = status
        if record.exc_info and record.exc_info[1]:
            kept |= {"error": type(record.exc_info[1]).__name__, "at": _where(record)}
        return {name: value for name, value in kept.items() if value != ""}

    def _words(self, record: logging.LogRecord) -> str:
        is_ours = record.name.split(".")[0] in self.ours
        if is_ours or (record.name in HARMLESS and not record.exc_info):
            return record.getMessage()
        return MEANS.get(record.name, "")


PLAIN = ("time", "level", "process", "request", "logger", "place", "message")


def _line(kept: dict[str, Any]) -> str:
    return " ".join(str(value) if name in PLAIN else f"{name}={value}" for name, value in kept.items())


def _where(record: logging.LogRecord) -> str:
    """Return file and line of each step of a traceback: no message, no local value, no source line."""
    step = record.exc_info[2] if record.exc_info else None
    places = []
    while step:
        code = step.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{step.tb_lineno}")
        step = step.tb_next
    return ",".join(places[-8:])
