"""The answers in words, section by section, for the review page and for staff."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.countries import country_name
from intake.questionnaire.fields import PartialDateField
from intake.questionnaire.names import RELATIONS
from intake.questionnaire.page import Page
from intake.questionnaire.path import FIRST, FLOW, SECTIONS
from intake.questionnaire.reading import shown_amount
from intake.sheet import Sheet
from intake.words import date_words

# Labels of answers that are no single field, or whose field takes its label from the page.
LABELS: dict[str, Any] = {
    "earlier_dates": gettext_lazy("Dates known"),
    "documents": gettext_lazy("Files sent"),
}


@dataclass(frozen=True)
class Row:
    """One page in a review: its answers as (question, answer in words) pairs; none opened by a receipt.

    `is_outside`: it was answered though the answers that lead to it say otherwise.
    """

    page: Page
    heading: str
    url: str
    is_answered: bool
    answers: list[tuple[str, str]]
    is_outside: bool = False

    @property
    def number(self) -> int:
        return self.page.number

    @property
    def is_group(self) -> bool:
        """Tell whether its answers are parts that need the page's question above them."""
        return bool(self.answers) and self.answers[0][0] != self.heading


@dataclass(frozen=True)
class Section:
    """A section of the form with the pages of it that were asked."""

    letter: str
    title: Any
    rows: list[Row]


def review_of(sheet: Sheet, *, page_url: Callable[[int], str] | None = None) -> list[Section]:
    """Return every asked page with its answers in the active language."""
    rows: dict[str, list[Row]] = {}
    alike = sheet.by_receipt and sheet.is_sent  # every question, whatever was answered
    kept = [page for page in FIRST if page.key in sheet.answers and not alike]
    for page in [*kept, *(sheet.open_pages if alike else sheet.pages)]:
        rows.setdefault(page.section.letter, []).append(_row(sheet, page, page_url))
    return [Section(part.letter, part.title, rows[part.letter]) for part in SECTIONS if part.letter in rows]


def _row(sheet: Sheet, page: Page, page_url: Callable[[int], str] | None) -> Row:
    answered = sheet.is_answered(page)
    shown = [] if sheet.by_receipt else words_of(page, sheet.answers.get(page.key, {}), helper=sheet.helper)
    if page.is_secret and not sheet.by_receipt:
        shown = [(str(page.words()), _("Kept for you and your lawyer alone") if answered else _("No answer"))]
    heading = str(page.words(helper=sheet.helper))
    url = page_url(page.number) if page_url and (page in sheet.before or not page.is_first) else ""
    outside = page.key in sheet.path.outside and not sheet.by_receipt
    return Row(page, heading, url, answered, shown, is_outside=outside)


def words_of(page: Page, values: Any, *, helper: bool = False) -> list[tuple[str, str]]:
    """Return a page's answers as (question, answer in words) pairs; parts nobody was led to are left out."""
    asked = [key for key in page.form.questions() if page.form.is_led_to(key, values)]
    return [(label_of(page, key, helper=helper), _answer(page, key, values)) for key in asked]


def _answer(page: Page, key: str, values: Any) -> str:
    if key in page.form.dates() and page.form.is_unknown(key, values):
        return _("I don't know")
    return in_words(key, values.get(key))


def own_words(page: Page, values: Any) -> list[tuple[str, str]]:
    """Return what is for the person and their attorney alone, and what stood there before it."""
    pairs = words_of(page, values)
    for earlier in reversed(values.get("earlier", [])):
        until = date_format(localtime(parse_datetime(earlier["until"])), "DATETIME_FORMAT")
        words = _("until %(day)s") % {"day": until}
        pairs += [(f"{question} · {words}", answer) for question, answer in words_of(page, earlier)]
    return pairs


def label_of(page: Page, key: str, *, helper: bool = False, whole: bool = False) -> str:
    """Return the words of one question of a page; `whole`: where it stands without the page's own."""
    if key in LABELS:
        return str(LABELS[key])
    own = fields().get(key)
    label = page.form.THEY.get(key) if helper else None
    part = str(label or (own and own.label) or "")
    question = str(page.words(helper=helper))
    return f"{question} · {part}" if whole and part else part or question


@cache
def fields() -> dict[str, forms.Field]:
    """Return every field of the form by name, with the choices it has."""
    by_question: dict[str, forms.Field] = {}
    for page in FLOW:
        by_question |= page.form().fields
    return by_question


def in_words(key: str, value: Any) -> str:
    """Return an answer as the person would say it."""
    if value in (None, "", []):
        return _("No answer")
    if key == "citizenship":
        return ", ".join(country_name(code) for code in value)
    if key == "family_here":
        return "; ".join(_relative(person) for person in value)
    if key == "earlier_dates":
        return ", ".join(date_words(day) for day in value)
    if key == "income":
        return shown_amount(value)
    field = fields().get(key)
    if isinstance(field, PartialDateField):
        return date_words(value)
    choices = dict(getattr(field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(item, item)) for item in value)
    return str(choices.get(value, value))


def _relative(person: dict[str, str]) -> str:
    related = dict(RELATIONS).get(person["related"], "")
    born = date_words(person["birth_date"]) if person["birth_date"] else ""
    return " · ".join(str(part) for part in (person["name"], related, born) if part)
