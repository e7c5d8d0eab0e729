"""Statements to read, with what is right (README.md beside this)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.reading.html import read_html
from evidence.reading.text import read_text
from evidence.rules import ParsedStatement, parse_statement

HERE = Path(__file__).parent
EITHER = ("subtitle", "publisher", "date", "dateline")  # "A|B": both are right


@dataclass(frozen=True)
class Field:
    """One detail of one text: what is right, and what the rules found."""

    file: str
    name: str
    right: str
    found: str

    @property
    def is_right(self) -> bool:
        return self.found in (self.right.split("|") if self.name in EITHER else [self.right])


def fields_of(folder: str) -> Iterator[Field]:
    """Yield every field of every text of a folder, read as a file of its kind is."""
    with (HERE / folder / "expected.csv").open(newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            found = _found(_read(HERE / folder / row["file"]))
            for name, value in found.items():
                yield Field(row["file"], name, row[name], value)


def _read(path: Path) -> ParsedStatement:
    reading = (read_html if path.suffix == ".html" else read_text)(path.read_bytes())
    return parse_statement(reading.text, reading.hints)


def _found(parsed: ParsedStatement) -> dict[str, str]:
    details = {
        "title": parsed.title,
        "subtitle": parsed.subtitle,
        "publisher": parsed.publisher,
        "dateline": parsed.dateline,
    }
    return {
        **{name: detail.text if detail else "" for name, detail in details.items()},
        "date": str(parsed.published.first_day) if parsed.published else "",
        "countries": " ".join(sorted(country.iso3 for country in parsed.countries)),
        "speakers": ";".join(
            "|".join((one.name, one.role or "", one.affiliation or "")) for one in parsed.speakers
        ),
        "quotations": str(len(parsed.quotations)),
        "paragraphs": str(len(parsed.paragraphs)),
    }
