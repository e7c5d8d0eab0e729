"""Who may open a page. Every URL of the project declares one of these (a test checks)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


PUBLIC, GATE, STAFF = "public", "gate", "staff"


def public(view: View) -> View:
    """Mark a view that anyone may open, as nobody or as the owner of the draft on this device."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def gate(view: View) -> View:
    """Mark a view on the way to being signed in: it may read accounts, and no case."""
    view.access = GATE  # type: ignore[attr-defined]
    return view


def staff(*roles: str) -> Callable[[View], View]:
    """Let in only signed-in members of an office, and only those roles if any are named."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.membership or (roles and not request.user.has_role(*roles)):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = "staff:" + ",".join(sorted(roles))  # type: ignore[attr-defined]
        return guarded

    return wrap
