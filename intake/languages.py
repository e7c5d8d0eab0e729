"""The language of the public pages, changed in the middle of a page: what is typed in it stays."""

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate

PRESS = "lang-"  # the buttons of the bar send press=lang-ar with the page's own form


def chosen_language(request: HttpRequest) -> str:
    """Return the language whose button sent this page, and speak it from here on; "" for another button.

    A page calls it before it makes its form: choices are sorted in the language they are shown in.
    """
    pressed = request.POST.get("press", "") if request.method == "POST" else ""
    language = pressed.removeprefix(PRESS)
    if not pressed.startswith(PRESS) or language not in _offered(request):
        return ""
    activate(language)
    return language


def _offered(request: HttpRequest) -> list[str]:
    ours = getattr(request, "our_office", None)
    return ours.offered if ours else [code for code, _label in settings.LANGUAGES]


def keep_language(request: HttpRequest, response: HttpResponse, language: str) -> HttpResponse:
    """Keep a language that was chosen, in this browser."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=request.is_secure())
    return response


def not_judged(form: forms.Form) -> forms.Form:
    """Return a form with what was typed in it, and no word on what is missing: nobody said it is done."""
    form._errors = ErrorDict()  # type: ignore[attr-defined]
    form.cleaned_data = {}
    return form
