"""A change of the office in words: each of its fields, what it was and what it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import OfficeChange

FIELDS = {
    "name": _("Name"),
    "address": _("Address"),
    "phone": _("Phone"),
    "hours_in": _("Hours"),
    "other_phone": _("A phone for other hours"),
    "other_hours_in": _("Hours of the other phone"),
    "look_days": _("Business days until a form is read"),
    "takes_forms": _("The public form"),
    "shut_in": _("What people read while the form is shut"),
    "notice_in": _("Notice"),
    "notice_from": _("First day of the notice"),
    "notice_until": _("Last day of the notice"),
    "exit_url": _("Where the button Leave leads"),
}


@dataclass(frozen=True)
class ShownChange:
    """A change as the page shows it: `moves` holds (field, before, after) in words."""

    change: OfficeChange
    moves: list[tuple[Any, str, str]]


def shown_change(change: OfficeChange) -> ShownChange:
    """Return a change in words of the active language."""
    moves = [
        (FIELDS[name], _in_words(name, before), _in_words(name, after))
        for name, (before, after) in sorted(change.fields.items())
    ]
    return ShownChange(change, moves)


def _in_words(name: str, value: Any) -> str:
    if name == "takes_forms":
        return _now("open") if value else _now("shut")
    if isinstance(value, dict):
        said = [f"{get_language_info(code)['name_translated']}: {words}" for code, words in value.items()]
        return "; ".join(said) or "–"
    if name in ("notice_from", "notice_until") and value:
        return date_format(date.fromisoformat(value))
    return str(value) if value not in (None, "") else "–"
