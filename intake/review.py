"""The answers in words, page by page, for the review page and for staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from intake import flow
from intake.words import country_name


@dataclass(frozen=True)
class Section:
    """One page's answers as (question, answer in words) pairs."""

    page: flow.Page
    answers: list[tuple[str, str]]


def review_of(answers: flow.Answers) -> list[Section]:
    """Return every asked page with its answers in the active language."""
    return [Section(page, words_of(page, answers.get(page.slug, {}))) for page in flow.pages_for(answers)]


def words_of(page: flow.Page, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    fields = page.form().fields
    return [(str(field.label), in_words(name, field, values.get(name))) for name, field in fields.items()]


def in_words(name: str, field: forms.Field, value: Any) -> str:
    """Return an answer as the person would say it."""
    if value in (None, "", []):
        return _("No answer")
    if name == "citizenship":
        return ", ".join(country_name(code) for code in value)
    if name in DATES:
        return date_words(value)
    choices = dict(getattr(field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(item, item)) for item in value)
    return str(choices.get(value, value))


DATES = {"hearing_date", "decision_date", "letter_due", "birth_date", "arrival"}


def date_words(value: str) -> str:
    """Write "2026-03-10" as "10 March 2026", leaving out what is not known."""
    year, month, day = [*value.split("-"), "", ""][:3]
    parts = [day.lstrip("0"), str(MONTHS[int(month)]) if month else "", year]
    return " ".join(part for part in parts if part)
