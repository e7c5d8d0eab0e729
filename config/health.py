"""Is this process able to serve: the database and the broker answer."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from conflicts.queries import worker_state
from foundation.accounts.access import public
from foundation.work import health as work


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 with "ok" per part, or 503 naming the part that does not answer."""
    parts = {"database": _works(_ask_database), "cache": _works(_ask_cache)}
    healthy = all(state == "ok" for state in parts.values())
    # Said, and no failure of this process: without them checks and due work wait, and the pages serve on.
    parts["names"] = _works(_ask_names)
    parts["work"] = _works(work.check)
    return JsonResponse(parts, status=200 if healthy else 503)


def _works(question) -> str:  # type: ignore[no-untyped-def]
    try:
        question()
    except Exception as error:  # noqa: BLE001  any failure means the same: not healthy
        return type(error).__name__
    return "ok"


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_names() -> None:
    if worker_state() is None:
        raise Waiting


class Waiting(Exception):
    """The names worker has not been heard of for a minute."""


def _ask_cache() -> None:
    cache.get("health")
