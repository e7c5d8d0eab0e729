"""A list somebody brings as a table (CSV): its text, columns and lines, and what is wrong in which line."""

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.forms import HelpedForm

MOST_TEXT = 200_000  # characters
MOST_LINES = 500


class NotAList(ValueError):
    """A file that holds no list of ours; the message is fit to show."""


@dataclass(frozen=True)
class BadLine:
    """What is wrong in a line of the file; `column` is "" where it is the whole line."""

    line: int
    column: str
    why: str


class SheetForm(HelpedForm):
    """A list to import: a file, or its text, which the page that shows what would come in carries on."""

    file = forms.FileField(
        label=gettext_lazy("A CSV file"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        required=False,
        max_length=MOST_TEXT,
        strip=False,
        widget=forms.Textarea({"rows": 6, "dir": "ltr", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            self.add_error("file", _("Choose a file, or paste its text."))
        return cleaned

    def sheet(self) -> str:
        """Return the text of the list that was sent. Raises NotAList."""
        file: Any = self.cleaned_data["file"]
        return decoded(file.read()) if file else str(self.cleaned_data["text"])


def decoded(content: bytes) -> str:
    """Return a file's text. Raises NotAList where it is too long, or no text."""
    if len(content) > 4 * MOST_TEXT:
        raise NotAList(_("This file is too long. Import it in parts."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAList(_("This file is no text in UTF-8. Save it as CSV (UTF-8) and try again.")) from error
    if len(text) > MOST_TEXT:
        raise NotAList(_("This file is too long. Import it in parts."))
    return text


def lines_of(
    text: str, *, columns: Collection[str], needed: Collection[str]
) -> list[tuple[int, dict[str, str]]]:
    """Return (line in the file, {column: cell}) of a list; a column that is left out is empty.

    Raises NotAList where it is no CSV, or its columns are not ours.
    """
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        _check(header, columns, needed)
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise NotAList(_("Line %(n)d cannot be read as CSV.") % {"n": reader.line_num}) from error
    if len(lines) > MOST_LINES:
        raise NotAList(_("A file may hold %(n)d lines. Import it in parts.") % {"n": MOST_LINES})
    if not lines:
        raise NotAList(_("The file holds nothing but its first line."))
    for number, cells in lines:
        if len(cells) != len(header):
            wrong = {"n": number, "cells": len(cells), "columns": len(header)}
            raise NotAList(_("Line %(n)d has %(cells)d cells and not %(columns)d.") % wrong)
    empty = dict.fromkeys(columns, "")
    return [(number, empty | dict(zip(header, cells, strict=True))) for number, cells in lines]


def _check(header: list[str], columns: Collection[str], needed: Collection[str]) -> None:
    unknown = [cell for cell in header if cell not in columns]
    if not set(needed) <= set(header) or unknown or len(set(header)) < len(header):
        raise NotAList(
            _("The first line must name the columns, each once: %(columns)s. Needed: %(needed)s.")
            % {"columns": ", ".join(columns), "needed": ", ".join(needed)}
        )


def faults(form: forms.Form, number: int, *, columns: dict[str, str]) -> list[BadLine]:
    """Return what a form found wrong in a line; `columns` is {field: column}."""
    return [
        BadLine(number, columns.get(name, ""), str(why)) for name, whys in form.errors.items() for why in whys
    ]
