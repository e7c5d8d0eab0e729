"""One's own calendar: the page with its secret address, single dates as files, and what a program reads."""

import uuid
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from foundation import limits
from foundation.accounts.access import StaffRequest, at_sign_in, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.calendar_address import live_address, make_address, read_address, revoke_address
from foundation.accounts.models import Role
from foundation.database.principal import SIGN_IN, become
from foundation.refused import Refused
from workspace.feed.ics import as_file
from workspace.feed.queries import Entry, calendar_of, entries_of

KIND = "text/calendar; charset=utf-8"


class TooOften(Refused):
    status, seconds = 429, 1800
    message = _lazy("This calendar was read too often. Try again in half an hour.")


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_safe
def my_calendar(request: StaffRequest) -> HttpResponse:
    """Show what stands in one's calendar, and whether a program may read it."""
    return _page(request)


def _page(request: StaffRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "address": live_address(request.user),
        "entries": entries_of(request.user, at=timezone.now()),
    }
    return render(request, "workspace/feed/my_calendar.html", context | more, status=status)


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
@step_up("accounts", back="workspace:my-calendar")
def new_address(request: StaffRequest) -> HttpResponse:
    """Make a secret address in place of the one before, and show it, this once."""
    acted = act(request, partial(make_address, request.user))
    if not acted.is_done:
        return _page(request, status=acted.status)
    made = settings.SITE_URL + reverse("workspace:calendar-feed", args=[acted.result])
    return _page(request, made=made)


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def revoke(request: StaffRequest) -> HttpResponse:
    """End the secret address."""
    done = _("Revoked. Whoever has the address reads nothing more.")
    acted = act(request, partial(revoke_address, request.user), done=done)
    return redirect("workspace:my-calendar") if acted.is_done else _page(request, status=acted.status)


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_safe
def one_date(request: StaffRequest, kind: str, pk: uuid.UUID) -> HttpResponse:
    """Hand out one date of one's calendar as a file."""
    at = timezone.now()
    entries = [one for one in entries_of(request.user, at=at) if (one.kind, one.id) == (kind, pk)]
    if not entries:
        raise Http404
    return _file(entries, name=f"{kind}.ics")


@at_sign_in
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out somebody's calendar to whoever has its secret address.

    Asked as nobody, whoever is signed in beside it, so that nothing of the address is kept with a refusal.
    Raises TooOften.
    """
    become(SIGN_IN)
    request.user = AnonymousUser()
    at = timezone.now()
    address = read_address(token, at=at)
    if address is None:
        return render(request, "workspace/feed/no_calendar.html", status=404)
    if not limits.allows("calendar", address.pk):
        raise TooOften
    return _file(calendar_of(address.user, at=at), name="dates.ics")


def _file(entries: list[Entry], *, name: str) -> HttpResponse:
    response = HttpResponse(as_file(entries, at=timezone.now()), content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
