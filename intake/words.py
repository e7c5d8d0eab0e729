"""Codes of the intake in words: ways of contact, languages, countries."""

from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from foundation.languages import language_name
from intake.data import SPOKEN

CHANNELS: list[tuple[str, Any]] = [
    ("call", _("Call me")),
    ("text", _("Text me")),
    ("whatsapp", _("WhatsApp")),
    ("email", _("E-mail me")),
    ("through", _("Through someone I trust")),
    ("visit", _("I will come to your office")),
    ("none", _("I have no safe phone or e-mail: I will come back with my receipt")),
]
# The same ways in the mouth of somebody who helps.
CHANNELS_OF_HELPED: list[tuple[str, Any]] = [
    ("call", _("Call the person")),
    ("text", _("Text the person")),
    ("whatsapp", _("WhatsApp")),
    ("email", _("E-mail the person")),
    ("through", _("Through me, or someone else the person trusts")),
    ("visit", _("The person will come to your office")),
    ("none", _("There is no safe phone or e-mail: the person will come back with the receipt")),
]
# The ways that need a number or an address.
BY_PHONE, BY_WIRE = {"call", "text", "whatsapp"}, {"call", "text", "whatsapp", "email"}
# The ways by which we write, and the parts of a day that can be named for it (notifications/hours.py).
WRITTEN = {"text", "email"}
WRITE_WHEN: list[tuple[str, Any]] = [
    ("morning", _("Morning, 8 to 12")),
    ("afternoon", _("Afternoon, 12 to 5")),
    ("evening", _("Evening, 5 to 9")),
]
# The clocks of the United States, for whoever does not live by the office's.
ZONES: dict[str, Any] = {
    "America/New_York": _("Eastern time"),
    "America/Chicago": _("Central time"),
    "America/Denver": _("Mountain time"),
    "America/Phoenix": _("Arizona"),
    "America/Los_Angeles": _("Pacific time"),
    "America/Anchorage": _("Alaska"),
    "Pacific/Honolulu": _("Hawaii"),
    "America/Puerto_Rico": _("Puerto Rico"),
    "Pacific/Guam": _("Guam"),
}
# The same ways as the office reads them.
WAYS: dict[str, Any] = {
    "call": _("Phone call"),
    "text": _("Text message"),
    "whatsapp": _("WhatsApp"),
    "email": _("E-mail"),
    "through": _("Through someone"),
    "visit": _("Comes to the office"),
    "none": _("None: comes back with the receipt"),
}


def spoken_words(code: str) -> str:
    """Return the name of a language somebody speaks (ISO 639-3), for staff; what is not known says so.

    What an older offer kept is a language of the site, by its code of two letters.
    """
    spoken = SPOKEN.get(code, code)
    return str(_("another language") if spoken == "other" else language_name(spoken) or _("not known"))


def date_words(value: str) -> str:
    """Write "2026-03-10" as "10 March 2026", leaving out what is not known."""
    year, month, day = [*value.split("-"), "", ""][:3]
    parts = [day.lstrip("0"), str(MONTHS[int(month)]) if month else "", year]
    return " ".join(part for part in parts if part)
