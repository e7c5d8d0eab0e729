"""A letter as paper: US Letter, one PDF, made in memory and kept nowhere (typst).

The text travels as data: nothing in it is read as markup. Arabic is set right to left in a font of ours.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.utils.translation import get_language_info

FONTS = Path(__file__).parent / "fonts"
PAGE = Path(__file__).parent / "letter.typ"


@dataclass(frozen=True)
class Paper:
    """What stands on a letter. `head` under the office's name, `signed` at the end; each a list of lines."""

    title: str
    language: str
    office: str
    head: list[str]
    day: str
    reference: str
    paragraphs: list[str]
    signed: list[str]


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text: an empty line parts them."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip("\n") for part in parts if part.strip()]


def pdf_of(paper: Paper) -> bytes:
    """Return the letter as a PDF."""
    is_rtl = get_language_info(paper.language)["bidi"]
    letter = json.dumps({**asdict(paper), "is_rtl": is_rtl})
    made: bytes = typst.compile(str(PAGE), sys_inputs={"letter": letter}, font_paths=[str(FONTS)])
    return made
