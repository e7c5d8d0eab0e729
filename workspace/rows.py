"""Rows of a list as data: a column is one field of the row's class, annotated with its heading and look.

`components/table.html` and `components/row_list.html` go through the cells; they name no column.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

# How a value looks: a template that is given `cell` and `row`.
TEXT = "components/cells/text.html"
STRONG = "components/cells/strong.html"
SOFT = "components/cells/soft.html"
CODE = "components/cells/code.html"
LINK = "components/cells/link.html"
BADGE = "components/cells/badge.html"
DAY = "components/cells/day.html"
LOOK_BY = "components/cells/look_by.html"
LOOK_BY_DAY = "components/cells/look_by_day.html"
ANSWER_BY = "components/cells/answer_by.html"


@dataclass(frozen=True)
class Column:
    """What annotates a field that is a column.

    `heading` stands over it in a table, `look` is one of the templates above, `at_end` puts it at the end of
    a list's row.
    """

    look: str = TEXT
    heading: Any = ""
    at_end: bool = False


@dataclass(frozen=True)
class Cell:
    """One value of a row with its column."""

    column: Column
    value: Any


@dataclass(frozen=True)
class LookBy:
    """Until when a person must have looked at a case; no day once somebody has."""

    day: date | None
    is_overdue: bool


@dataclass(frozen=True)
class Row:
    """A row; `address` is where it leads, "" for nowhere."""

    address: str

    @classmethod
    def columns(cls) -> list[Column]:
        """Return the columns of a list of such rows, in the order of the fields."""
        return list(_columns(cls).values())

    @property
    def cells(self) -> list[Cell]:
        """Return the row's values with their columns."""
        return [Cell(column, getattr(self, name)) for name, column in _columns(self).items()]


def _columns(row: Any) -> dict[str, Column]:
    """Return {field: column} of a row or its class."""
    notes = {each.name: getattr(each.type, "__metadata__", ()) for each in fields(row)}
    return {name: note for name, given in notes.items() for note in given if isinstance(note, Column)}
