"""Browsers in which somebody signed in before: a sealed cookie that says who, and opens nothing.

Whoever comes from such a browser has tries of their own, so that a stranger who guesses at an account cannot
keep its holder out (limits); and what they post after their session ended waits for them (waiting.py).
"""

import json
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from foundation.accounts.models import User
from foundation.vault.box import open_text, seal_text
from foundation.vault.keys import VaultError

COOKIE = "device"
PURPOSE = "known device"
DAYS = 30


@dataclass(frozen=True)
class Device:
    """A browser that somebody signed in with last: the account's id, and a number drawn for the browser."""

    user_id: int
    number: str


def known_device(request: HttpRequest) -> Device | None:
    """Return what a request's cookie says of its browser, or None where there is none of ours."""
    try:
        user_id, number = json.loads(open_text(PURPOSE, request.COOKIES.get(COOKIE, "")))
    except (VaultError, ValueError):
        return None
    return Device(user_id, number)


def tries_of(request: HttpRequest, user: User | None) -> str:
    """Return the number of a browser that an account was signed in with; "" where it is a stranger's."""
    device = known_device(request)
    return device.number if device and user and device.user_id == user.pk else ""


def remember_device(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Let the browser keep who signed in with it, for thirty days from now."""
    number = tries_of(request, user) or secrets.token_hex(8)
    response.set_cookie(
        COOKIE,
        seal_text(PURPOSE, json.dumps([user.pk, number])),
        max_age=DAYS * 24 * 3600,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
