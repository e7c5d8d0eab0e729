"""What the page frames need: the navigation of the role, unread messages, the neutral site."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import Role
from notifications.queries import unread_count

NAV = {
    Role.CASEWORKER: ["home", "workspace:queue", "evidence:documents"],
    Role.ATTORNEY: ["home", "evidence:documents"],
    Role.ADMINISTRATOR: ["home", "workspace:queue", "evidence:documents"],
}


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's variables; asks the database only for someone signed in."""
    context: dict[str, Any] = {"neutral_site": settings.NEUTRAL_SITE}
    user = getattr(request, "user", None)
    if user is None or connection.is_broken or not user.is_authenticated or not user.membership:  # type: ignore[attr-defined]
        return context
    return {**context, "nav_items": nav_items(request), "unread_count": unread_count(user)}


def nav_items(request: HttpRequest) -> list[dict[str, Any]]:
    labels = {
        "home": (_("Home"), "home"),
        "workspace:queue": (_("Cases"), "folder"),
        "evidence:documents": (_("Library"), "book"),
    }
    names = NAV[Role(request.user.role)]  # type: ignore[union-attr]
    return [
        {
            "label": labels[name][0],
            "icon": labels[name][1],
            "url": reverse(name),
            "current": request.path == reverse(name),
        }
        for name in names
    ]
