"""Codes of the intake in words: ways of contact, languages, countries."""

from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from django_countries.fields import Country

CHANNELS: list[tuple[str, Any]] = [
    ("call", _("Call me")),
    ("text", _("Text me")),
    ("email", _("E-mail me")),
    ("none", _("I have no safe phone or e-mail: I will come back with my receipt")),
]
# The same ways as the office reads them.
WAYS: dict[str, Any] = {
    "call": _("Phone call"),
    "text": _("Text message"),
    "email": _("E-mail"),
    "none": _("None: comes back with the receipt"),
}


def language_name(code: str) -> str:
    """Return the language's name in the active language."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def country_name(code: str) -> str:
    """Return the country's name in the active language."""
    return str(Country(code).name or code)
