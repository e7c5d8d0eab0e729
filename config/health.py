"""Is this process there, and can it serve? Both are answered without the transaction every page has."""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse

from conflicts.queries import worker_state
from foundation.accounts.access import public
from foundation.work import health as work

View = Callable[..., Any]


def without_database(view: View) -> View:
    """Mark a view that is answered before anything is asked of the database: config/middleware.py."""
    view.without_database = True  # type: ignore[attr-defined]
    return view


@without_database
@public
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as this process answers anything."""
    return JsonResponse({"live": "ok"})


@without_database
@public
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 with "ok" per part, or 503 naming the part that is missing."""
    parts = {"database": _works(_ask_database)}
    healthy = parts["database"] == "ok"
    # Said, and no failure of this process: without them checks and due work wait, and the pages serve on.
    parts["cache"] = _works(_ask_cache)
    parts["names"] = _works(_ask_names)
    parts["work"] = _works(work.check)
    return JsonResponse(parts, status=200 if healthy else 503)


def _works(question: Callable[[], None]) -> str:
    try:
        question()
    except Exception as error:  # noqa: BLE001  any failure means the same: it is missing
        return type(error).__name__
    return "ok"


def _ask_database() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_names() -> None:
    if worker_state() is None:
        raise Waiting


class Waiting(Exception):
    """The names worker has not been heard of for a minute."""


def _ask_cache() -> None:
    cache: Any = caches["default"]
    cache.ask()
