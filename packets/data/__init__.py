"""How the items of official forms are laid out: dated, with source and confidence, for a lawyer to change."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
FORMS = {
    "i589": "Form I-589, Application for Asylum and for Withholding of Removal",
    "eoir28": "Form EOIR-28, Notice of Entry of Appearance before the Immigration Court",
    "g28": "Form G-28, Notice of Entry of Appearance as Attorney or Accredited Representative",
}


class BadLayout(ValueError):
    """A row of the layout cannot be read: which, and why."""


@dataclass(frozen=True)
class Item:
    """One item of a form. `answer` are the keys of what fills it, none where a person fills it in.

    `rejects`: USCIS may send the form back where it is blank. `room` is how many entries the form has lines
    for, 0 for any. `why_open` says why nothing is taken over.
    """

    form: str
    edition: str
    part: str
    item: str
    label: str
    answer: tuple[str, ...]
    rejects: bool
    room: int
    why_open: str
    source: str
    confidence: str
    checked_on: str


@cache
def items(form: str) -> tuple[Item, ...]:
    """Return the items of a form in its order. Raises BadLayout."""
    with (HERE / "forms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_item(row, number) for number, row in enumerate(rows, 2) if row["form"] == form)


def _item(row: dict[str, str], number: int) -> Item:
    try:
        return Item(
            form=row["form"],
            edition=row["edition"],
            part=row["part"],
            item=row["item"],
            label=row["label"],
            answer=tuple(row["answer"].split()),
            rejects={"yes": True, "no": False}[row["rejects"]],
            room=int(row["room"]),
            why_open=row["why_open"],
            source=row["source"],
            confidence={"high": "high", "medium": "medium", "low": "low"}[row["confidence"]],
            checked_on=row["checked_on"],
        )
    except (KeyError, ValueError) as error:
        raise BadLayout(f"forms.csv, line {number}: {error}") from error
