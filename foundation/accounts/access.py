"""Who may open a page. Every URL of the project declares one of these (a test checks)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.factors import has_factor
from foundation.accounts.models import Office, User

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """What a view marked `@staff` is given: the person who is signed in, and the office they belong to."""

    user: User
    office: Office


PUBLIC, SIGN_IN, STAFF = "public", "sign-in", "staff"
PRESS_AGAIN = "press_again"


def public(view: View) -> View:
    """Mark a view that anyone may open, as nobody or as the owner of the draft on this device."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def at_sign_in(view: View) -> View:
    """Mark a view on the way to being signed in: it may read accounts, and no case."""
    view.access = SIGN_IN  # type: ignore[attr-defined]
    return view


def staff(*roles: str, enrolled: bool = True) -> Callable[[View], View]:
    """Let in only signed-in members of an office, and only those roles if any are named.

    Someone who has no second factor yet reaches nothing but the pages with `enrolled=False`.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not user.membership:
                raise PermissionDenied
            if enrolled and not has_factor(user):
                return redirect("enroll")
            if roles and not user.has_role(*roles):
                raise PermissionDenied
            request.office = user.membership.office
            return view(request, *args, **kwargs)

        guarded.access = "staff:" + ",".join(sorted(roles))  # type: ignore[attr-defined]
        guarded.enrolled = enrolled  # type: ignore[attr-defined]
        return guarded

    return wrap


def step_up(*, back: str = "") -> Callable[[View], View]:
    """Ask someone to show again that it is them, unless they did within five minutes; signing in counts.

    Then they return to where they were. A form is not sent twice for them: they return to the page that
    holds it (`back`, with the same arguments) and are told to press again.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if confirmed_recently(request):
                return view(request, *args, **kwargs)
            request.session[PRESS_AGAIN] = request.method == "POST"
            page = reverse(back, kwargs=kwargs) if back else request.get_full_path()
            return redirect_to_login(page, login_url=reverse("account_reauthenticate"))

        return guarded

    return wrap


def confirmed_recently(request: StaffRequest) -> bool:
    """Tell whether someone signed in, or showed again that it is them, within five minutes."""
    records = get_authentication_records(request, request.user)
    times = [float(record["at"]) for record in records if record.get("reauthenticated")]
    row = getattr(request.session, "row", None)
    if row is not None:
        times.append(row.started_at.timestamp())
    return timezone.now().timestamp() - max(times, default=0.0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
