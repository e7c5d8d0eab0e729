"""The kinds of letter an office writes, and what may stand in braces in each."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

DRAFTS = Path(__file__).parent / "drafts"
BRACED = re.compile(r"\{([a-z_]*)\}")
# What may stand in braces, with what stands there in a sample.
FIELDS: dict[str, str] = {
    "person": "Amina Example",
    "today": "2026-12-01",
    "office": "Our Office",
    "phone": "(212) 555-0100",
    "reference": "C-0000-0000",
    "lawyer": "Ari Example",
    "organization": "Example Legal Aid",
    "day": "2026-12-15",
    "hour": "10:00",
    "place": "1 Example Street",
}
WORDS = {
    "person": _("the person's name"),
    "today": _("the day of the letter"),
    "office": _("the name of your office"),
    "phone": _("its phone"),
    "reference": _("the number of the case"),
    "lawyer": _("the lawyer who holds the case"),
    "organization": _("the other organization"),
    "day": _("a day"),
    "hour": _("an hour"),
    "place": _("a place"),
}


class Kind(models.TextChoices):
    DECLINE = "decline", _("We cannot take the case")
    HAND_OVER = "hand-over", _("Another organization helps")
    ENGAGEMENT = "engagement", _("A lawyer has taken the case")
    CLOSING = "closing", _("The case is closed")
    APPOINTMENT = "appointment", _("An appointment")


# These promise or end something: a lawyer reads their words before anybody gets one.
PROMISING = (Kind.DECLINE, Kind.HAND_OVER, Kind.ENGAGEMENT, Kind.CLOSING)


def left_in(text: str) -> list[str]:
    """Return what still stands in braces in a text, each once, in its order."""
    return list(dict.fromkeys(BRACED.findall(text)))


def unknown_in(text: str) -> list[str]:
    """Return what stands in braces and is no field of ours, and each brace without its partner."""
    unknown = [name for name in left_in(text) if name not in FIELDS]
    stray = BRACED.sub("", text)
    return unknown + [brace for brace in "{}" if brace in stray]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put what is known in the place of its braces; what is not known keeps them, for a person to write."""
    return BRACED.sub(lambda found: values.get(found[1]) or found[0], text)


def isolated(words: str) -> str:
    """Keep some words apart from the direction around them: a number or a Latin name in an Arabic line."""
    return f"\u2068{words}\u2069" if words else ""


@cache
def draft(kind: str, language: str) -> str:
    """Return the program's own draft of a letter, to begin with; "" where there is none in a language."""
    file = DRAFTS / f"{kind}.{language}.txt"
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""
