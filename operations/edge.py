"""What a request meets first: from inside no name and no proxy is needed; from outside nothing is found.

The proxy gives every request X-Forwarded-Proto. One without it comes from the same network: a
container's health check, a monitor. Only such may ask what stands in INSIDE.
"""

import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from operations import metrics
from operations.signs import note_edge

log = logging.getLogger(__name__)
INSIDE = ("ready", "metrics")  # by the names of config/urls.py
FOR_MACHINES = ("live", *INSIDE)
OF_A_PROXY = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")
NOWHERE = "/health/"
Answer = Callable[[HttpRequest], HttpResponse]


def at_the_edge(get_response: Answer) -> Answer:
    """Let machines inside ask, keep those outside from it, and note what comes under a wrong name."""
    inside, for_machines = _addresses(INSIDE), _addresses(FOR_MACHINES)

    def answer(request: HttpRequest) -> HttpResponse:
        is_outside = any(name in request.META for name in OF_A_PROXY)
        if request.path_info in for_machines and not is_outside:
            _give_name(request)
        elif request.path_info in inside:
            request.path = request.path_info = NOWHERE
        else:
            _look_at(request)
        response = get_response(request)
        metrics.count(request.method or "", response.status_code)
        return response

    return answer


def _addresses(names: Iterable[str]) -> frozenset[str]:
    return frozenset(reverse(name) for name in names)


def _give_name(request: HttpRequest) -> None:
    """Let a question from inside pass the checks of host and TLS as one of our own."""
    named = next((name for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    request.META["HTTP_HOST"] = named.lstrip(".")
    if settings.PRODUCTION:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        request.META[name] = value


def _look_at(request: HttpRequest) -> None:
    """Say in the log, and to `doctor`, why this will be refused: Django's own words would hold the name."""
    try:
        request.get_host()
    except DisallowedHost:
        log.warning("refused code=wrong_host setting=ALLOWED_HOSTS")
        note_edge("host")
        return
    if settings.PRODUCTION and settings.SECURE_SSL_REDIRECT and not request.is_secure():
        log.warning("sent to https code=no_proxy_header setting=X-Forwarded-Proto")
        note_edge("proxy")
