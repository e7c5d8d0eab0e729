"""When a date is, at a glance: words first, then a shape, and color as the third sign."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

# How near a day is, in days, and which look that has (static/css/app.css: .when).
NOW, NEAR, AHEAD = 3, 14, 60
WEEKS_FROM, MONTHS_FROM = 21, 61


@dataclass(frozen=True)
class When:
    """`tone` is a look of `.when`, `icon` a shape of components/icon.html or empty."""

    words: str
    tone: str
    icon: str = ""


def when_of(day: date | None, status: str, *, kind: str, today: date, latest: date | None = None) -> When:
    """Say when a date is. `status` and `kind` are the deadline engine's words (cases/rules/engine.py).

    No words here say that a right is lost: a day is "gone by", a lawyer says what follows.
    """
    return _said(day, status, kind, today, latest, get_language())


@lru_cache(maxsize=8192)
def _said(
    day: date | None, status: str, kind: str, today: date, latest: date | None, _reader: str | None
) -> When:
    """Say it once in each language, which is the active one: a list says the same day many times."""
    if day is None or status == "open_ended":
        return When(_("day not known"), "unset")
    if status == "may_be_passed":
        return When(_("may be passed"), "maybe", "help")
    if day > today:
        return _opens(day, today) if kind == "first_day" else _ahead((day - today).days)
    if status == "today":
        return When(_("today"), "now", "clock")
    return When(_("open"), "opens", "opens") if kind == "first_day" else _gone(latest or day, today)


def _opens(day: date, today: date) -> When:
    days = (day - today).days
    words = ngettext("opens in %(days)s day", "opens in %(days)s days", days) % {"days": days}
    return When(words, "opens", "opens")


def _gone(day: date, today: date) -> When:
    days = max((today - day).days, 1)
    words = ngettext("gone by %(days)s day", "gone by %(days)s days", days) % {"days": days}
    return When(words, "gone", "alert")


def _ahead(days: int) -> When:
    if days == 1:
        return When(_("tomorrow"), "now", "clock")
    if days <= NOW:
        return When(_in_days(days), "now", "clock")
    if days <= NEAR:
        return When(_in_days(days), "near", "clock")
    return When(_in_longer(days), "ahead" if days <= AHEAD else "far")


def _in_days(days: int) -> str:
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def _in_longer(days: int) -> str:
    """Return weeks from three weeks on and months from two months on: nobody counts 47 days."""
    if days < WEEKS_FROM:
        return _in_days(days)
    if days < MONTHS_FROM:
        weeks = days // 7
        return ngettext("in %(weeks)s week", "in %(weeks)s weeks", weeks) % {"weeks": weeks}
    months = days // 30
    return ngettext("in %(months)s month", "in %(months)s months", months) % {"months": months}
