"""On a shared phone every page closes by itself: by a header, and kinder where a script runs."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

SHARED = "shared"  # in the visitor's session: others use this device, or a receipt opened what is shown
GRACE = 5  # seconds: by then the server has ended a session that nobody used in another tab
Answer = Callable[[HttpRequest], HttpResponse]


def close_by_itself(request: HttpRequest) -> None:
    """Have the page that answers this request close by itself, before there is a session that says so."""
    request.closes = True  # type: ignore[attr-defined]


def closes(request: HttpRequest) -> bool:
    """Tell whether the pages of this visitor close by themselves."""
    session: Any = getattr(request, "session", {})
    return bool(getattr(request, "closes", False) or session.get(SHARED))


def by_itself(get_response: Answer) -> Answer:
    """Give every page shown on a shared phone the header that closes it where no script runs."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and request.site == "public" and closes(request):  # type: ignore[attr-defined]
            seconds = settings.SHARED_MINUTES * 60 + GRACE
            response.setdefault("Refresh", f"{seconds}; url={reverse('intake:closed')}")
        return response

    return answer


def context(request: HttpRequest) -> dict[str, Any]:
    """Return for the frame of the public pages after how many minutes the page closes, or None."""
    return {"closes_after": settings.SHARED_MINUTES if closes(request) else None}
