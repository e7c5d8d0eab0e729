"""The style guide: every component in its states, for whoever builds a page. Not in production."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.models import Status
from casework.forms import TaskForm
from foundation.accounts.access import public
from foundation.accounts.models import User
from foundation.countries import country_name
from intake.questionnaire.names import Name
from notifications.kinds import KINDS
from notifications.rules import LockScreen, fill, lock_screen
from notifications.wording import program_words
from screening.models import Band
from workspace.history.queries import Entry
from workspace.home.todo import Place, Todo
from workspace.home.week import Entry as OfDay
from workspace.home.week import WeekDay
from workspace.when import When, when_of

TODAY = date(2026, 11, 30)  # one day for good: a picture of the parts is the same tomorrow
MOMENT = datetime(2026, 11, 30, 15, tzinfo=UTC)

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
    """Show the parts of public pages."""
    return render(request, "styleguide.html", {**_of_both(), "locked": _locked()})


@public
def staff_styleguide(request: HttpRequest) -> HttpResponse:
    """Show the parts of the staff's pages; they are light or dark as those are."""
    context = {
        **_of_both(),
        "form": TaskForm({"words": ""}, people=User.objects.none()),
        "bands": [band.badge for band in Band],
        "whens": _whens(TODAY),
        "todo": _todo(TODAY),
        "week": _week(TODAY),
        "country": country_name("SY"),
        "entries": [Entry(_("Triage was recorded"), "cases.triaged", MOMENT, "Cora Demo")],
    }
    return render(request, "styleguide_staff.html", context)


def _of_both() -> dict[str, Any]:
    return {
        "form": Name({"given_names": "", "family_name": ""}),
        "badges": [state.badge for state in (*Band, *Status)],
    }


def _whens(today: date) -> list[When]:
    """Return a date in each of its looks."""
    last = [
        when_of(
            today + timedelta(days=days),
            "passed" if days < 0 else "today" if not days else "ahead",
            kind="last_day",
            today=today,
        )
        for days in (-8, 0, 1, 9, 35, 150)
    ]
    opens = when_of(today + timedelta(days=40), "ahead", kind="first_day", today=today)
    maybe = when_of(today, "may_be_passed", kind="last_day", today=today)
    return [*last, maybe, opens, when_of(None, "open_ended", kind="last_day", today=today)]


def _todo(today: date) -> list[Todo]:
    soon = when_of(today + timedelta(days=2), "ahead", kind="last_day", today=today)
    look = _("Look at the case")
    return [
        Todo(Place.CRITICAL, "#content", look, "Yusuf Beispiel", _("Look at it"), Band.CRITICAL.badge, soon),
        Todo(Place.TODAY, "#content", _("Try to reach them again"), "K7M2-9QX4", _("Call")),
    ]


def _week(today: date) -> list[WeekDay]:
    first = OfDay(today, time(16), _("Individual hearing"), "K7M2-9QX4", "#content", "hot")
    second = OfDay(today, time(17), _("At the office"), "K7M2-9QX4", "#content", "warm")
    days = [today + timedelta(days=n) for n in range(7)]
    return [
        WeekDay(f"{day:%a} {day.day}", day == today, [first, second] if day == today else []) for day in days
    ]
