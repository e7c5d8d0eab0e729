"""Read a list of organizations (CSV): which lines come in, which are there already, what is wrong."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from directory.forms import MOST_TEXT, RowForm
from directory.models import Organization
from foundation.accounts.models import Office
from foundation.languages import languages

# {column: field}. A cell of several values has ";" between them; "yes" and "no" are written out.
COLUMNS = {
    "name": "name",
    "help": "helps_with",
    "relief": "relief",
    "taking": "taking",
    "held": "takes_held",
    "children": "takes_children",
    "everywhere": "everywhere",
    "states": "states",
    "cities": "cities",
    "languages": "languages",
    "phone": "phone",
    "web": "web",
    "walk_in": "walk_in",
    "email": "email",
    "say_first": "say_first",
    "public": "is_public",
    "checked_on": "checked_on",
}
SEVERAL = {"help", "relief", "states", "languages"}
WHETHER = {"everywhere", "public"}
OR_UNKNOWN = {"taking", "held", "children"}
MOST_ROWS = 500
EXAMPLE = (
    ",".join(COLUMNS),
    "Harbor Aid (example),lawyer;forms,asylum,open,yes,no,no,NY;NJ,New York,ara;spa,(212) 555-0123,"
    "https://harbor.example.org,,intake@harbor.example.org,Ask for the intake line,yes,2026-11-20",
)


@dataclass(frozen=True)
class BadLine:
    """What is wrong in a line of the file; `column` is "" where it is the whole line."""

    line: int
    column: str
    why: str


@dataclass(frozen=True)
class ReadList:
    """A list as it was read: `rows` would come in, `there` are names the directory has, `bad` stop it all."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)

    @property
    def may_come_in(self) -> bool:
        return bool(self.rows) and not self.bad


class NotAList(ValueError):
    """A file that holds no list of ours; the message is fit to show."""


def described() -> list[tuple[str, str, str]]:
    """Return (column, what it holds, which codes) of every column of a list."""
    codes = {
        **{column: "yes; no" for column in WHETHER},
        "states": "NY; NJ; DC …",
        "languages": "ara; spa … / Arabic; Spanish …",
        "checked_on": "2026-11-20",
    }
    for column in ("help", "relief", *sorted(OR_UNKNOWN)):
        choices: Any = RowForm.base_fields[COLUMNS[column]].choices  # type: ignore[attr-defined]
        codes[column] = "; ".join(value for value, _label in choices)
    labels = {column: str(RowForm.base_fields[name].label) for column, name in COLUMNS.items()}
    return [(column, labels[column], codes.get(column, "")) for column in COLUMNS]


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


def read_list(text: str, office: Office, *, today: date) -> ReadList:
    """Read a list and check each line as if it were typed by hand. Raises NotAList."""
    lines = _lines(text)
    known = {name.casefold() for name in _names(office)}
    read, seen = ReadList(), set[str]()
    for number, cells in lines:
        form = _form_of(cells, today=today)
        name = cells["name"].strip().casefold()
        if not form.is_valid():
            read.bad.extend(_faults(form, number))
        elif name in seen:
            read.bad.append(BadLine(number, "name", _("This name stands in the file twice.")))
        elif name in known:
            read.there.append(form.cleaned_data["name"])
        else:
            read.rows.append(form.cleaned_data)
        seen.add(name)
    return read


def _names(office: Office) -> list[str]:
    there = Organization.objects.filter(office=office, ended_at=None)
    return list(there.values_list("name", flat=True))


def _lines(text: str) -> list[tuple[int, dict[str, str]]]:
    """Return (line in the file, {column: cell}) of a list. Raises NotAList where its columns are not ours."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(reader, [])]
        _check(header)
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise NotAList(_("Line %(n)d cannot be read as CSV.") % {"n": reader.line_num}) from error
    if len(lines) > MOST_ROWS:
        raise NotAList(_("A file may hold %(n)d organizations. Import it in parts.") % {"n": MOST_ROWS})
    if not lines:
        raise NotAList(_("The file holds no organization."))
    for number, cells in lines:
        if len(cells) != len(header):
            wrong = {"n": number, "cells": len(cells), "columns": len(header)}
            raise NotAList(_("Line %(n)d has %(cells)d cells and not %(columns)d.") % wrong)
    empty = dict.fromkeys(COLUMNS, "")
    return [(number, empty | dict(zip(header, cells, strict=True))) for number, cells in lines]


def _check(header: list[str]) -> None:
    unknown = [cell for cell in header if cell not in COLUMNS]
    if "name" not in header or unknown or len(set(header)) < len(header):
        raise NotAList(
            _("The first line must name the columns, each once: %(columns)s. Only name is needed.")
            % {"columns": ", ".join(COLUMNS)}
        )


def _form_of(cells: dict[str, str], *, today: date) -> RowForm:
    values = MultiValueDict({COLUMNS[column]: _values(column, cell) for column, cell in cells.items()})
    return RowForm(values, today=today)


def _values(column: str, cell: str) -> list[str]:
    """Return a cell as a form is sent it; a language may be written by its English name."""
    cell = cell.strip()
    if column in SEVERAL:
        parts = [part.strip() for part in cell.split(";") if part.strip()]
        return [_code(column, part) for part in parts]
    if column in WHETHER:
        return ["on"] if cell.casefold() == "yes" else [cell] if cell.casefold() not in ("", "no") else []
    if column in OR_UNKNOWN:
        return [cell.casefold() or "unknown"]
    return [cell]


def _code(column: str, part: str) -> str:
    if column == "states":
        return part.upper()
    if column == "languages":
        named = {language.name.casefold(): language.code for language in languages()}
        return named.get(part.casefold(), part.casefold())
    return part.casefold()


def _faults(form: RowForm, number: int) -> list[BadLine]:
    columns = {name: column for column, name in COLUMNS.items()}
    return [
        BadLine(number, columns.get(name, ""), str(why)) for name, whys in form.errors.items() for why in whys
    ]
