"""A phone number as people type it: with 00 or 011 for the +, or as it is dialed in their own country."""

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _

from intake.questionnaire.reading import plain

HOME = "US"
ABROAD = re.compile(r"^[\s(\[]*(?:\+?(?:00|011)|\+)[\s()-]*")
# How ten digits are set apart here; other groups are of a number from somewhere else.
GROUPS = {(10,), (3, 7), (6, 4), (3, 3, 4), (3, 3, 2, 2)}


class NoPhone(ValueError):
    """Nothing that can be dialed."""

    words = _("Write the whole number, for example (212) 555-0142.")


class HasExtension(ValueError):
    """A number with an extension, which cannot be kept with it."""

    words = _("Write the number alone, and leave out what follows it.")


class WhichCountry(ValueError):
    """A number as it is dialed in some country, and nobody said which."""


def read_phone(text: str, country: str = "") -> str:
    """Return a number as "+12125550142"; `country` is where it is dialed as typed, if that was said.

    Raises WhichCountry where it fits no number of the United States, NoPhone where it is none of the country
    named or none at all, HasExtension.
    """
    typed = plain(text).removeprefix("tel:").strip()
    count = sum(char.isdigit() for char in typed)
    if not 7 <= count <= 20 or re.search(r"[^\W\d_]{4,}", typed.replace("extension", "")):
        raise NoPhone
    abroad = ABROAD.sub("+", typed) if ABROAD.match(typed) else ""
    if abroad and (found := _parsed(abroad, None)):
        return found
    if "+" in typed:
        raise NoPhone
    if found := _parsed(typed, country or HOME) if country or _is_set_as_here(typed) else None:
        return found
    raise NoPhone if country else WhichCountry


def _parsed(typed: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    if number.extension:
        raise HasExtension
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_set_as_here(typed: str) -> bool:
    groups = [len(group) for group in re.findall("[0-9]+", re.split("[a-z#]", typed.casefold())[0])]
    if sum(groups) == 11 and typed.lstrip("( ").startswith("1"):
        groups[0] -= 1
        groups = [length for length in groups if length]
    return tuple(groups) in GROUPS
