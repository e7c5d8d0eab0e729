"""Is the database away? Noted where a connection cannot be had, so that the next who ask need not wait too.

A request waits a little over a second for a connection, a worker longer (config/settings.py); while others
have just waited in vain it is refused at once. A second later one asks again, so that the site is back soon
after the server is.
"""

import time

from django.db import DatabaseError, InterfaceError, OperationalError
from psycopg.errors import AdminShutdown, CannotConnectNow, CrashShutdown, QueryCanceled

ASK_AGAIN = 1  # seconds
_since: list[float] = [0.0]  # until when, by this process's own clock, nobody asks


def note() -> None:
    """Note that a connection could not be had just now."""
    _since[0] = time.monotonic() + ASK_AGAIN


def is_noted() -> bool:
    return time.monotonic() < _since[0]


def is_away(error: BaseException | None) -> bool:
    """Tell whether an error says that the server is away, stops, or has only just begun."""
    if not isinstance(error, DatabaseError):
        return False
    cause = error.__cause__ or error
    if isinstance(cause, QueryCanceled):
        return False  # the server is there, and the question was too long
    stopped = isinstance(cause, AdminShutdown | CrashShutdown | CannotConnectNow)
    without_code = getattr(cause, "sqlstate", None) is None
    return stopped or (isinstance(error, OperationalError | InterfaceError) and without_code)
