"""The languages somebody may speak: the list beside this file, which a person can edit, and their names."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundation.figures import read_rows
from foundation.figures.reading import Row
from foundation.languages.words import NAMES

FILE = Path(__file__).parent / "languages.csv"


@dataclass(frozen=True)
class Language:
    """A language: `code` ISO 639-3, its English and its own name, and the court's code ("" if not known)."""

    code: str
    name: str
    native_name: str
    eoir_code: str


def language_rows() -> list[Row]:
    return read_rows(FILE, ["code", "name", "native_name", "eoir_code", "confidence", "source"])


@cache
def languages() -> tuple[Language, ...]:
    """Return the languages in the order of the file: the most asked for first."""
    return tuple(
        Language(row.text("code"), row.text("name"), row.text("native_name"), row.values["eoir_code"])
        for row in language_rows()
    )


def language_name(code: str) -> str:
    """Return a language's name in the active language, or the code of one that is not on the list."""
    return str(NAMES.get(code, code))


def own_name(code: str) -> str:
    """Return a language's name in itself, or the code of one that is not on the list."""
    return next((language.native_name for language in languages() if language.code == code), code)


def language_choices() -> list[tuple[str, str]]:
    """Return (code, "name (own name)") of every language, as a form of the staff offers them."""
    return [(one.code, f"{language_name(one.code)} ({one.native_name})") for one in languages()]
