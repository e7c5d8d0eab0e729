"""What was posted waits, sealed in the session, until somebody showed that it is them; one press sends it.

So that neither a step-up nor a session that ended eats what was typed or pressed. It waits for one person
alone and is sent once; passwords, codes and files never wait.
"""

import secrets
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.addresses import came_from
from foundation.accounts.devices import known_device
from foundation.accounts.models import Session
from foundation.accounts.weights import WEIGHTS

KEPT = "waiting"  # in the session
SENT_BY = "waited"  # the field by which a post says which waiting one it is
SECONDS = 3600
NEVER = {"csrfmiddlewaretoken", SENT_BY, "password", "new", "again", "code", "credential"}


@dataclass(frozen=True)
class Waiting:
    """What waits: where it goes, for whom, and its fields [(name, [value, …]), …].

    `back`: the page to return to. `weight`: a key of WEIGHTS, or "". `sent`: it is sent and only remembered
    as that. `at`: seconds since the epoch.
    """

    id: str
    path: str
    user_id: int
    back: str
    at: float
    weight: str = ""
    had_files: bool = False
    sent: bool = False
    fields: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def words(self) -> Any:
        """What is about to be done, where that is known."""
        return WEIGHTS[self.weight].words if self.weight else ""

    @property
    def typed(self) -> list[str]:
        """What somebody wrote in their own words; choices and numbers of rows are left out."""
        values = [value.strip() for _name, values in self.fields for value in values]
        return [value for value in values if " " in value or not value.isascii()]


def keep(request: HttpRequest, *, user_id: int, back: str = "", weight: str = "") -> None:
    """Let what was posted wait, in place of what waited before."""
    waiting = Waiting(
        id=secrets.token_hex(8),
        path=request.get_full_path(),
        user_id=user_id,
        back=back or came_from(request),
        at=time.time(),
        weight=weight,
        had_files=bool(request.FILES),
        fields=[(name, values) for name, values in request.POST.lists() if name not in NEVER],
    )
    request.session[KEPT] = asdict(waiting)


def waiting_in(request: HttpRequest) -> Waiting | None:
    """Return what waits for whoever is signed in, or None."""
    waiting = _kept(request.session)
    return None if waiting is None or waiting.sent or waiting.user_id != request.user.pk else waiting


def _kept(session: Any) -> Waiting | None:
    kept = session.get(KEPT)
    waiting = Waiting(**kept) if kept else None
    return waiting if waiting and time.time() - waiting.at < SECONDS else None


def drop(request: HttpRequest) -> None:
    """Forget what waits."""
    request.session.pop(KEPT, None)


def sent_before(request: HttpRequest) -> HttpResponseRedirect | None:
    """Take what waits as sent, where this post is it; lead back where it was sent already."""
    number = request.POST.get(SENT_BY, "")
    if not number:
        return None
    store: Any = request.session
    Session.objects.select_for_update().filter(pk=store.row and store.row.pk).first()
    now = type(store)(store.session_key)  # as it is now: the other of two clicks may have been first
    waiting = _kept(now)
    if waiting is None or waiting.id != number or waiting.user_id != request.user.pk:
        messages.warning(request, _("Nothing waits to be sent any more."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    if waiting.sent:
        messages.warning(request, _("This was sent already. It was not sent twice."))
        return redirect(waiting.back)
    store[KEPT] = {**asdict(waiting), "sent": True, "fields": []}
    store.save()
    return None


def sign_in_first(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the sign-in and back; what was posted waits for whoever signed in last with this browser."""
    device = known_device(request)
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if device is None:
        return redirect_to_login(came_from(request))
    keep(request, user_id=device.user_id)
    return redirect_to_login(reverse("waiting"))


def stale(request: HttpRequest) -> HttpResponseRedirect | None:
    """Let a post with an outlived token wait, if it came from a page of ours; None where that is not sure.

    That is a form that stood open in one tab while somebody signed in anew in another. A browser says in
    `Origin` where a post comes from, and no other site can change that. It is sent after one press, on a
    page that shows it.
    """
    origin = f"{request.scheme}://{request.get_host()}"
    match = request.resolver_match
    for_staff = match and getattr(match.func, "access", "").startswith("staff")
    if request.method != "POST" or not for_staff or request.META.get("HTTP_ORIGIN") != origin:
        return None
    if not request.user.is_authenticated:
        return sign_in_first(request)
    keep(request, user_id=request.user.pk)
    return redirect("waiting")
