"""Countries in words, and in the order a reader of the page looks for them."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django_countries import countries

# Beside the codes of countries: a person who is a citizen of none.
STATELESS = "none"
NO_COUNTRY = _("No country (stateless)")


def country_name(code: str) -> str:
    """Return a country's name in the active language, by its code of two or three letters.

    What is no code stays as it is.
    """
    return str(NO_COUNTRY if code == STATELESS else countries.name(code) or code)


def first_country(codes: Iterable[str]) -> str:
    """Return the first of a person's countries by its code of two letters, or "" where there is none."""
    return next((code for code in codes if code != STATELESS), "")


def all_countries() -> list[tuple[str, str]]:
    """Return (code, name) of every country in the active language, in its alphabetical order."""
    return _sorted(get_language() or "en")


@cache
def _sorted(language: str) -> list[tuple[str, str]]:
    with override(language):
        named = [(code, str(name)) for code, name in countries]
    return sorted(named, key=lambda one: sort_key(one[1]))


def sort_key(name: str) -> tuple[str, str]:
    """Return what names are sorted by: letters without what stands on them, then the name itself.

    Å and A, and the four ways to write alif, are the same letter to whoever looks for a name; the rest of
    Arabic and of Latin stands in Unicode in the order of its alphabet.
    """
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in parts if char.isalnum() or char == " "), name
