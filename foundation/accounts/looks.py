"""Light or dark, for pages of staff: chosen in this browser, else as the device has it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from foundation.accounts.access import staff
from foundation.accounts.addresses import next_page

COOKIE, KEPT = "look", 365 * 24 * 3600
LOOKS = ("light", "dark")


def chosen_look(request: HttpRequest) -> str:
    """Return "light" or "dark"; "" where nobody chose."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in LOOKS else ""


@staff()
@require_POST
def set_my_look(request: HttpRequest) -> HttpResponseBase:
    """Keep light or dark in a cookie of this browser; anything else is as the device has it."""
    response = redirect(next_page(request))
    look = request.POST.get("look", "")
    if look in LOOKS:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, look, max_age=KEPT, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE)
    return response
