"""What the page frames need: the navigation of the role, unread messages, the neutral site."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from foundation.accounts.looks import chosen_look
from foundation.accounts.models import Office, Role
from foundation.database.principal import bound_principal
from notifications.queries import unread_count
from operations.doctor import as_seen_by_web
from operations.findings import BAD, OK

HELP = "directory:organizations"
NAV = {
    Role.SUPERVISOR: ["home", "workspace:queue", "workspace:conflicts", "evidence:documents", HELP],
    Role.CASEWORKER: ["home", "workspace:queue", "workspace:conflicts", "evidence:documents", HELP],
    Role.ATTORNEY: ["home", "workspace:my-list", "evidence:documents"],
    Role.ASSISTANT: ["home", "evidence:documents"],
    Role.ADMINISTRATOR: ["home", "workspace:queue", "workspace:conflicts", "evidence:documents", HELP],
    Role.SECURITY: ["home", "workspace:readings"],
}


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's variables; asks the database for someone signed in, and for a page's office."""
    context: dict[str, Any] = {"neutral_site": settings.NEUTRAL_SITE, "frame": frame_of(request), "home": "/"}
    context["look"] = chosen_look(request)
    ours = getattr(request, "our_office", None)  # of a public page, which looked it up before
    context["our_office"] = SimpleLazyObject(our_office) if ours is None else ours
    context["offered"] = SimpleLazyObject(lambda: _offered(ours))
    user = getattr(request, "user", None)
    is_broken: bool = getattr(connection, "is_broken", False)
    if user is None or is_broken or not user.is_authenticated or not user.membership:
        return context
    return {
        **context,
        "nav_items": nav_items(user.roles, here=request.path),
        "searches": user.role != Role.SECURITY,
        "unread_count": unread_count(user),
        "home": reverse("home"),
        "health": SimpleLazyObject(_health),  # the administrator's home alone looks
    }


def _health() -> dict[str, Any]:
    """Return the parts of the installation that are not as they should be, what is worst first."""
    found = [one for one in as_seen_by_web(at=timezone.now()) if one.state != OK]
    return {"wrong": sorted(found, key=lambda one: one.state != BAD)}


def _offered(office: Office | None) -> list[str]:
    """Return the languages of the bar: all, where no office says which."""
    return office.offered if office else [code for code, _label in settings.LANGUAGES]


def our_office() -> Office | None:
    """Return the office whose public pages these are; None before there is one, or where nobody may ask."""
    if getattr(connection, "is_broken", False) or bound_principal() is None:
        return None
    return Office.objects.filter(slug=settings.INTAKE_OFFICE).first()


def frame_of(request: HttpRequest) -> str:
    """Return the frame of a page that says what went wrong: that of the side of the site it happened on."""
    return "outside.html" if getattr(request, "site", "public") == "staff" else "public.html"


def nav_items(roles: list[str], *, here: str) -> list[dict[str, Any]]:
    """Return the links of the frame for somebody with these roles; `here` is the page's own address."""
    labels = {
        "home": (_("Home"), "home"),
        "workspace:queue": (_("Cases"), "folder"),
        "workspace:conflicts": (_("Conflicts"), "scales"),
        "workspace:my-list": (_("My list"), "scales"),
        "evidence:documents": (_("Library"), "book"),
        HELP: (_("Other help"), "help"),
        "workspace:readings": (_("Readings"), "eye"),
    }
    names = dict.fromkeys(name for role in roles for name in NAV[Role(role)])
    return [
        {
            "label": labels[name][0],
            "icon": labels[name][1],
            "url": reverse(name),
            "current": here == reverse(name),
        }
        for name in names
    ]
