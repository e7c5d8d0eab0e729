"""The style guide: every component in its states, for whoever builds a page. Not in production."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from cases.models import Status
from foundation.accounts.access import public
from intake.questionnaire.names import Name
from notifications.kinds import KINDS
from notifications.rules import LockScreen, fill, lock_screen
from notifications.wording import program_words
from screening.models import Band

SAMPLE_LINK = "https://example.org/0a1b2c"


def _locked() -> list[tuple[str, str, LockScreen]]:
    """Return every message in every language as a locked phone shows it: (kind, language, what it shows)."""
    shown = []
    for kind in KINDS:
        for language, _name in settings.LANGUAGES:
            with override(language):
                words = program_words(kind)
                shown.append((kind, language, lock_screen(words.title, fill(words.body, link=SAMPLE_LINK))))
    return shown


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    context = {
        "form": Name({"given_names": "", "family_name": ""}),
        "locked": _locked(),
        "badges": [state.badge for state in (*Band, *Status)],
    }
    return render(request, "styleguide.html", context)
