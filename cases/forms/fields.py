"""Fields that several forms of a case share."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foundation.calendar import PartialDate
from intake.questionnaire.reading import plain

SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


def read_day(text: str) -> str:
    """Return a date as far as it is known, however it was typed: 2026-12, 12/31/2026; "" for nothing.

    What can be two days is asked back: 12/08/2026 is 8 December here and 12 August elsewhere.
    """
    typed = plain(text).strip()
    found = SLASHED.fullmatch(typed)
    try:
        if not found:
            return PartialDate.parse(typed).isoformat() if typed else ""
        days = _days(*map(int, found.groups()))
    except ValueError:
        days = []
    if len(days) == 1:
        return days[0].isoformat()
    if days:
        first, second = (f"{date_format(day)} ({day.isoformat()})" for day in days)
        words = _("Is this %(first)s or %(second)s? Write the one in brackets.")
        raise ValidationError(words, params={"first": first, "second": second})
    raise ValidationError(
        _("Write the date as year-month-day, for example 2026-11-24, or only 2026-11 or 2026.")
    )


def _days(first: int, second: int, year: int) -> list[date]:
    """Return what two numbers and a year can mean: the month first, as here, then the day first."""
    return list(
        {date(year, month, day): 0 for month, day in ((first, second), (second, first)) if month <= 12}
    )


def reason_field(label: Any, *, rows: int = 2, **options: Any) -> forms.CharField:
    """Return the field for why something is done, in a person's own words."""
    widget = forms.Textarea({"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=2000, widget=widget, **options)
