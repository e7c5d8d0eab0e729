"""The list beside this file, loaded once and refused where it is not whole."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from foundation.figures import read_rows

HERE = Path(__file__).parent
HOW = ("begins", "whole", "inside")


@dataclass(frozen=True)
class Telling:
    """A word that tells a stranger what a message is about; `how` says where in a word it counts."""

    language: str
    word: str
    how: str


@cache
def telling() -> tuple[Telling, ...]:
    """Return the words of the list; BadData names file and line."""
    columns = ["language", "word", "how", "source", "confidence"]
    rows = read_rows(HERE / "telling.csv", columns)
    return tuple(Telling(row.text("language"), row.text("word"), row.choice("how", HOW)) for row in rows)


MEANS = ("stop", "unsafe")


@cache
def keywords() -> dict[str, str]:
    """Return what an answer of that word alone asks for, in any language; BadData names file and line."""
    rows = read_rows(HERE / "keywords.csv", ["language", "word", "means", "source", "confidence"])
    return {row.text("word"): row.choice("means", MEANS) for row in rows}
