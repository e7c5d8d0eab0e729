"""A change of the office in words: each of its fields, what it was and what it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import OfficeChange
from foundation.accounts.office import OWN_FIGURES

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
    "auto_pct": _("Income that passes at once, in %"),
    "max_pct": _("Highest income, in % of the poverty guideline"),
    "asset_cap": _("Assets above which a person looks, in dollars"),
    "service_area": _("States served"),
    "tps_only": _("Who asks for TPS only"),
    "languages": _("Languages of the public pages"),
    "draft_days": _("Days that a form is kept which nobody sends"),
    "reviewed_in": _("Who read every page of a language"),
    "receipt_shows": _("On the paper of the receipt"),
}
RECEIPT = {
    "name": _("the name, where the person ticks the box"),
    "phone": _("the phone"),
    "hours": _("its hours"),
    "other_phone": _("the phone for other hours"),
    "web": _("the web address"),
}
TPS_ONLY = {"review": _("a person decides"), "accept": _("fits our program")}


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
    if name == "draft_days" and value is None:
        return str(settings.DRAFT_DAYS)
    if name in OWN_FIGURES and value in (None, "", []):
        return _now("as the program has it")
    if name == "tps_only":
        return str(TPS_ONLY.get(value, value))
    if name == "languages":
        return ", ".join(str(get_language_info(code)["name_translated"]) for code in value) or _now("all")
    if name == "receipt_shows":
        return ", ".join(str(RECEIPT[code]) for code in value)
    if isinstance(value, list):
        return " ".join(value)
    if name in ("notice_from", "notice_until") and value:
        return date_format(date.fromisoformat(value))
    return str(value) if value not in (None, "") else "–"
