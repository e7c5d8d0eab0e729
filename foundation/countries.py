"""Countries in words."""

from django_countries import countries


def country_name(code: str) -> str:
    """Return a country's name in the active language, by its code of two or three letters.

    What is no code stays as it is.
    """
    return str(countries.name(code) or code)
