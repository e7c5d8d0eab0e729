"""Read a data file row by row; every complaint names the file and the line."""

import csv
import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from foundation.calendar import PartialDate

CONFIDENCE = ("high", "medium", "low", "policy")


class BadData(ValueError):
    """A data file is not what it should be; the message names file and line."""


@dataclass(frozen=True)
class Figure:
    """What every row has, whatever it says: where it stands, since when, until when, and how sure.

    `group` names what rows replace one another (the same fee in two years). `check_by` is the day after
    which the office looks again whether the figure still holds. None: not stated.
    """

    file: str
    line: int
    group: str
    name: str
    effective_from: date | None
    effective_to: date | None
    check_by: date | None
    confidence: str
    words: str

    @property
    def is_marked(self) -> bool:
        """Tell whether its own words say that someone must still verify it."""
        return "verify" in self.words or "not yet checked" in self.words


@dataclass(frozen=True)
class Row:
    """One row as text, with readers that complain about a column by name."""

    file: str
    line: int
    values: dict[str, str]

    def bad(self, why: str) -> BadData:
        return BadData(f"{self.file} line {self.line}: {why}")

    def text(self, column: str) -> str:
        """Return a column that must not be empty."""
        value = self.values[column].strip()
        if not value:
            raise self.bad(f"{column} is needed")
        return value

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """Return a column that must be one of a few words."""
        value = self.values[column].strip()
        if value not in allowed:
            raise self.bad(f"{column} is {value!r}: use one of {', '.join(map(repr, allowed))}")
        return value

    def whole(self, column: str) -> int:
        """Return a column that must be a whole number of 0 or more."""
        value = self.values[column].strip()
        if not re.fullmatch(r"[0-9]+", value):
            raise self.bad(f"{column} is {value!r}: a whole number is needed")
        return int(value)

    def day(self, column: str) -> date | None:
        """Return a column that may be empty or a date; a month or a year counts from its first day."""
        value = self.values.get(column, "").strip()
        if not value:
            return None
        try:
            return PartialDate.parse(value).first_day()
        except ValueError as error:
            raise self.bad(f"{column} is {value!r}: a date is needed") from error

    def needed_day(self, column: str) -> date:
        """Return a column that must be a date."""
        day = self.day(column)
        if day is None:
            raise self.bad(f"{column} is needed")
        return day

    def figure(self, group: str, name: str) -> Figure:
        """Return the row's dates and sureness; source and confidence are needed."""
        source, start, end = self.text("source"), self.day("effective_from"), self.day("effective_to")
        if start and end and end < start:
            raise self.bad("effective_to is before effective_from")
        return Figure(
            file=self.file,
            line=self.line,
            group=group,
            name=name,
            effective_from=start,
            effective_to=end,
            check_by=self.day("check_by"),
            confidence=self.choice("confidence", CONFIDENCE),
            words=" ".join((source, self.values.get("citation", ""), self.values.get("note", ""))),
        )


def read_rows(path: Path, columns: Iterable[str]) -> list[Row]:
    """Return the rows of a CSV file that has exactly these columns; BadData names what is wrong."""
    wanted = list(columns)
    try:
        with path.open(newline="", encoding="utf-8") as file:
            lines = csv.reader(file, strict=True)
            header = next(lines, [])
            if header != wanted:
                raise BadData(f"{path.name} line 1: the columns must be {','.join(wanted)}")
            rows = []
            start = lines.line_num + 1
            for cells in lines:
                if len(cells) != len(wanted):
                    raise BadData(f"{path.name} line {start}: {len(cells)} cells instead of {len(wanted)}")
                rows.append(Row(path.name, start, dict(zip(wanted, cells, strict=True))))
                start = lines.line_num + 1
            return rows
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadData(f"{path.name} line 1: cannot be read: {error}") from error


def read_toml(path: Path) -> tuple[dict[str, Any], "Lines"]:
    """Return a TOML file's values, and where each of them stands; BadData names the line that is broken."""
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), Lines(path.name, text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadData(f"{path.name}: cannot be read: {error}") from error


@dataclass(frozen=True)
class Lines:
    """Where keys stand in a TOML file, which its parser does not tell."""

    file: str
    text: str

    def of(self, table: str, key: str = "") -> int:
        """Return the line of a key, or of its table's heading, or 1."""
        current, at = "", 1
        for number, line in enumerate(self.text.splitlines(), start=1):
            if heading := re.match(r"\[([\w.]+)\]", line):
                current = heading[1]
                at = number if current == table else at
            elif key and current == table and re.match(rf"{re.escape(key)}\s*=", line):
                return number
        return at

    def bad(self, why: str, table: str, key: str = "") -> BadData:
        return BadData(f"{self.file} line {self.of(table, key)}: {why}")

    def row(self, table: str, values: dict[str, Any]) -> Row:
        """Return a table's own dates, source and confidence as a row of text."""
        names = ("source", "confidence", "effective_from", "effective_to", "check_by")
        return Row(self.file, self.of(table), {name: str(values.get(name, "")) for name in names})
