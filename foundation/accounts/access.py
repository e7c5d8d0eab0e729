"""Who may open a page. Every URL of the project declares one of these (a test checks)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from foundation.accounts import waiting
from foundation.accounts.factors import has_factor
from foundation.accounts.models import Office, Role, User
from foundation.accounts.weights import WEIGHTS

View = Callable[..., HttpResponseBase]


class StaffRequest(HttpRequest):
    """What a view marked `@staff` is given: the person who is signed in, and the office they belong to."""

    user: User
    office: Office


PUBLIC, SIGN_IN, STAFF = "public", "sign-in", "staff"
ACTS_AS = "acts-as"  # in the session: the role that somebody with several chose to act in
# Whoever works on matters: everybody but the security officer.
ON_MATTERS = (Role.SUPERVISOR, Role.CASEWORKER, Role.ATTORNEY, Role.ASSISTANT, Role.ADMINISTRATOR)


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

    Somebody with several roles acts in one of those named: the one they chose to act in, else the first
    in the order of `Role`. The database is asked in that role alone (config/middleware.py, ADR 49).
    Someone who has no second factor yet reaches nothing but the pages with `enrolled=False`.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                return waiting.sign_in_first(request)
            if not user.membership:
                raise PermissionDenied
            if enrolled and not has_factor(user):
                return redirect("enroll")
            if roles and not user.has_role(*roles):
                raise PermissionDenied
            request.office = user.membership.office
            return waiting.sent_before(request) or view(request, *args, **kwargs)

        guarded.access = "staff:" + ",".join(sorted(roles))  # type: ignore[attr-defined]
        guarded.roles = roles  # type: ignore[attr-defined]
        guarded.enrolled = enrolled  # type: ignore[attr-defined]
        return guarded

    return wrap


def step_up(weight: str, *, back: str = "") -> Callable[[View], View]:
    """Ask someone to show again that it is them, where they last did longer ago than the weight allows.

    A page is asked before, and opens after. What was posted waits (waiting.py): it comes back with one
    button, and `back` names the page to go to without pressing it (with the same arguments).
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            page = reverse(back, kwargs=kwargs) if back else ""
            return asked_first(request, weight, back=page) or view(request, *args, **kwargs)

        guarded.weight = weight  # type: ignore[attr-defined]
        return guarded

    return wrap


def asked_first(request: StaffRequest, weight: str, *, back: str = "") -> HttpResponseRedirect | None:
    """Return the way to the page that asks who it is, or None where that was shown not long ago."""
    if _shown_ago(request) < WEIGHTS[weight].minutes * 60:
        return None
    page = request.get_full_path()
    if request.method == "POST":
        waiting.keep(request, user_id=request.user.pk, back=back, weight=weight)
        page = reverse("waiting")
    return redirect_to_login(page, login_url=reverse("account_reauthenticate"))


def _shown_ago(request: StaffRequest) -> float:
    """Return how many seconds ago someone signed in, or showed again that it is them."""
    records = get_authentication_records(request, request.user)
    times = [float(record["at"]) for record in records if record.get("reauthenticated")]
    row = getattr(request.session, "row", None)
    if row is not None:
        times.append(row.started_at.timestamp())
    return timezone.now().timestamp() - max(times, default=0.0)
