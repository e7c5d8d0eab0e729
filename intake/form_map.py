"""The map of a form: its sections, what of each is done, and about how long the rest takes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language

from intake.questionnaire.page import Page, Section
from intake.questionnaire.path import SECTIONS
from intake.sheet import Sheet

# How long a page takes: read slowly, in a second language, and answered with a thumb. Rough, and said so.
WORDS_A_MINUTE, SECONDS_A_FIELD = 100, 8
LONG_LIST = 12  # choices: nobody reads a longer list through


@dataclass(frozen=True)
class MapLine:
    """A section on the map: `done` of its `total` pages, `minutes` for those that are left.

    `url` leads to its next page without an answer, or to its first.
    """

    number: int
    title: Any
    url: str
    done: int
    total: int
    minutes: int
    is_current: bool = False

    @property
    def is_done(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class FormMap:
    """All sections somebody is asked, in their order."""

    lines: list[MapLine]

    @property
    def current(self) -> MapLine | None:
        return next((line for line in self.lines if line.is_current), None)

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)


def map_of(sheet: Sheet, current: Section | None = None, *, page_url: Callable[[int], str]) -> FormMap:
    """Return the map of an open form; `current` is the section somebody is in."""
    there = [(section, [page for page in sheet.pages if page.section is section]) for section in SECTIONS]
    asked = [(section, pages) for section, pages in there if pages]
    return FormMap(
        [
            _line(sheet, number, section, pages, page_url, is_current=section is current)
            for number, (section, pages) in enumerate(asked, 1)
        ]
    )


def _line(
    sheet: Sheet,
    number: int,
    section: Section,
    pages: list[Page],
    page_url: Callable[[int], str],
    *,
    is_current: bool,
) -> MapLine:
    left = [page for page in pages if not sheet.is_answered(page)]
    return MapLine(
        number,
        section.title,
        page_url((left or pages)[0].number),
        len(pages) - len(left),
        len(pages),
        minutes_for(left),
        is_current,
    )


def minutes_for(pages: Sequence[Page]) -> int:
    """Return about how many minutes these pages take, in the active language."""
    seconds = sum(_seconds(page, get_language() or "") for page in pages)
    return -(-seconds // 60)


@cache
def _seconds(page: Page, language: str) -> int:
    asked = [one for name, one in page.make_form().fields.items() if name not in page.form.PARTS]
    texts = [page.question, page.hint]
    for one in asked:
        choices = [words for _code, words in getattr(one, "choices", ())]
        texts += [one.label, one.help_text, *(choices if len(choices) <= LONG_LIST else ())]
    count = sum(len(str(text or "").split()) for text in texts)
    return count * 60 // WORDS_A_MINUTE + len(asked) * SECONDS_A_FIELD
