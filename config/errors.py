"""The pages for what went wrong: plain words, a way on, nothing about the inside."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override

from config.context import frame_of
from foundation.accounts.waiting import stale
from foundation.database.away import ASK_AGAIN, is_away
from operations.signs import note_edge

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a failure of ours; 503 where the database is away, which says when to try again."""
    if is_away(sys.exc_info()[1]):
        response = alone(request, "away.html", status=503)
        response["Retry-After"] = str(10 * ASK_AGAIN)
        return response
    return alone(request, "500.html", status=500)


def alone(request: HttpRequest, template: str, *, status: int) -> HttpResponse:
    """Render a page that asks nothing of the database, not even who is signed in: it may be what is away."""
    with override(get_language_from_request(request)):
        frame = {"frame": frame_of(request), "neutral_site": settings.NEUTRAL_SITE, "home": "/"}
        words = {**frame, "our_office": None, "request": request, "csrf_token": get_token(request)}
        return HttpResponse(render_to_string(template, words), status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or stood in another tab meanwhile; what staff typed waits.

    One from an address that is not ours is said in the log: the settings may name too few.
    """
    if reason.startswith(REASON_BAD_ORIGIN.partition("%")[0]):
        log.warning("form refused code=wrong_origin setting=CSRF_TRUSTED_ORIGINS")
        note_edge("origin")
        return render(request, "403.html", {"other_address": True}, status=403)
    return stale(request) or render(request, "403.html", {"stale_form": True}, status=403)
