"""The pages for what went wrong: plain words, a way on, nothing about the inside."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from foundation.accounts.waiting import stale


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer without the database: it may be what is broken."""
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or stood in another tab meanwhile; what staff typed waits."""
    return stale(request) or render(request, "403.html", {"stale_form": True}, status=403)
