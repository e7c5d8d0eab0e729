"""Is this process there, and can it serve? Both are answered without the transaction every page has."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST

from foundation.accounts.access import public
from operations.doctor import STOPS, as_seen_by_web
from operations.findings import BAD
from operations.metrics import page

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
    """Say how each part stands, by its code; 503 where this process cannot serve; with ?all, where any fails.

    Asked from inside alone (operations/edge.py).
    """
    findings = as_seen_by_web(at=timezone.now())
    bad = {finding.key for finding in findings if finding.state == BAD}
    counts = bad if "all" in request.GET else bad & set(STOPS)
    parts = {finding.key: finding.code or finding.state for finding in findings}
    return JsonResponse(parts, status=503 if counts else 200)


@without_database
@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the figures for a monitor. Asked from inside alone."""
    return HttpResponse(page(at=timezone.now()), content_type=CONTENT_TYPE_LATEST)
