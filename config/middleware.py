"""What every request passes through: on whose behalf it runs, in one transaction, and its headers."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import activate, get_language, get_language_from_request, override
from psycopg.errors import InsufficientPrivilege

from config.context import our_office
from foundation.accounts.access import ACTS_AS, PUBLIC
from foundation.database.principal import ANONYMOUS, SIGN_IN, Principal, acting_as, become, bound_principal
from foundation.events.access import record_access, request_id
from foundation.refused import Busy, Refused
from foundation.vault.keys import VaultError, opening_keys

VISITOR = "visit"
Answer = Callable[[HttpRequest], HttpResponse]


def crowded(get_response: Answer) -> Answer:
    """Say that there is no room where the front found none: at once, and asking nothing of the database."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.META.get("intake.full"):
            return get_response(request)
        with override(get_language_from_request(request)):
            return refused_page(request, Busy())

    return answer


def refused_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Return the page that says why something was refused, and where that is known when to try again."""
    response = render(request, "refused.html", {"refused": refused}, status=refused.status)
    if refused.seconds:
        response["Retry-After"] = str(refused.seconds)
    return response


def bound(get_response: Answer) -> Answer:
    """Run the whole request, its template included, in one transaction on somebody's behalf.

    An answer of 500 or above takes everything back. What a signed-in person was refused is recorded.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        view = view_of(request)
        request.site = site_of(view)  # type: ignore
        if getattr(view, "without_database", False):  # config/health.py
            with acting_as(ANONYMOUS):
                return view(request)  # type: ignore[misc]
        token = request_id.set(str(uuid.uuid4()))
        start = ANONYMOUS if request.site == "public" else SIGN_IN  # type: ignore[attr-defined]
        try:
            with acting_as(start), opening_keys(), transaction.atomic():
                response = get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                if response.status_code in (403, 404):
                    _record_refusal(request)
                return response
        finally:
            request_id.reset(token)

    return answer


def view_of(request: HttpRequest) -> Callable[..., HttpResponse] | None:
    """Return the view of a request before it is called, or None where there is none at its address."""
    try:
        return resolve(request.path_info).func
    except Resolver404:
        return None


def site_of(view: Callable[..., HttpResponse] | None) -> str:
    """Return "public" or "staff": from what the view declares, before anything is asked of the database."""
    return "public" if getattr(view, "access", PUBLIC) == PUBLIC else "staff"


def _record_refusal(request: HttpRequest) -> None:
    principal, match = bound_principal(), request.resolver_match
    if principal and principal.user_id and match and match.kwargs:
        subject = next(iter(match.kwargs.values()))
        record_access("denied", subject_id=str(subject), purpose=match.view_name)


def two_cookies(get_response: Answer) -> Answer:
    """Keep the visitor's session apart from the staff session: neither page sees the other's cookie."""
    plain = settings.SESSION_COOKIE_NAME

    def answer(request: HttpRequest) -> HttpResponse:
        if request.site == "staff":  # type: ignore[attr-defined]
            return get_response(request)
        request.COOKIES.pop(plain, None)
        if VISITOR in request.COOKIES:
            request.COOKIES[plain] = request.COOKIES[VISITOR]
        response = get_response(request)
        morsel = response.cookies.pop(plain, None)
        if morsel is not None:
            response.cookies[VISITOR] = morsel.value
            for key, value in morsel.items():
                response.cookies[VISITOR][key] = value
        return response

    return answer


def someone(get_response: Answer) -> Answer:
    """Act for whoever is signed in, once that is known, and end sessions that stood idle."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.site == "public":  # type: ignore[attr-defined]
            request.session.beside = settings.INTAKE_OFFICE  # type: ignore[attr-defined]
        _end_if_idle(request)
        if request.site == "public":  # type: ignore[attr-defined]
            request.user = AnonymousUser()
        elif request.user.is_authenticated:
            declared = getattr(view_of(request), "roles", ())
            request.user.choose_role(declared, wanted=request.session.get(ACTS_AS, ""))
            principal = principal_of(request.user)
            if principal:
                become(principal)
        return get_response(request)

    return answer


def offered_language(get_response: Answer) -> Answer:
    """Speak a language that the office offers on its public pages: its first, where the reader's is not.

    Looked up for a page that is opened; what is sent from it speaks the same, by the cookie, at no cost.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.site != "public":  # type: ignore[attr-defined]
            return get_response(request)
        ours = request.session.office or SimpleLazyObject(our_office)  # type: ignore[attr-defined]
        request.our_office = ours  # type: ignore[attr-defined]
        if request.method not in ("GET", "HEAD") or not ours or get_language() in ours.offered:
            return get_response(request)
        first = ours.offered[0]
        activate(first)
        response = get_response(request)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, first, samesite="Lax", secure=request.is_secure())
        return response

    return answer


def principal_of(user: Any) -> Principal | None:
    """Return the principal of a signed-in member of an office, acting in one role, or None once they left."""
    membership = user.membership
    if not user.is_active or membership is None:
        return None
    return Principal(user.role, f"user:{user.pk}", user_id=user.pk, office_id=membership.office_id)


def _end_if_idle(request: HttpRequest) -> None:
    """End a session nobody used for a while; note that it is used, once a minute at most."""
    session: Any = request.session
    session.keys()  # loads it: asking whether it is empty does not
    row = session.row
    if row is None:
        return
    now = timezone.now()
    idle = (now - row.seen_at).total_seconds()
    old = (now - row.started_at).total_seconds()
    longest = max(settings.SESSION_COOKIE_AGE, session.get("idle", 0))
    if idle > session.get("idle", settings.SESSION_IDLE[str(request.site)]) or old > longest:  # type: ignore[attr-defined]
        session.flush()
    elif idle > 60:
        type(row).objects.filter(pk=row.pk).update(seen_at=now)


# What a page of ours never needs, refused to whatever else might get to run in it.
POWERS = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media"),
    *("fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone"),
    *("midi", "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
HEADERS = {
    "Cache-Control": "no-store",  # static files have their own
    "X-Robots-Tag": "noindex, noarchive",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in POWERS),
}


def headers(get_response: Answer) -> Answer:
    """Give every answer its headers, error pages and static files included; stands before all others."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return answer


class refusals:
    """Turn a refusal no view caught into a page that says why, never into a 500."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ProgrammingError) and isinstance(exception.__cause__, InsufficientPrivilege):
            # The database refused what the program let through: to the person it is simply not there.
            transaction.set_rollback(True)
            raise Http404 from exception
        if isinstance(exception, VaultError):
            # On record already (foundation/vault/opening.py); nothing of the page is shown, not even a part.
            return render(request, "sealed.html", status=503)
        if not isinstance(exception, Refused):
            return None
        return refused_page(request, exception)
