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


YES_NO, QUIET, OTHERS = ("yes", "no"), ("goes", "waits"), "work"


@dataclass(frozen=True)
class Told:
    """To which group of events a kind of message belongs, and whether its mail goes in quiet hours."""

    group: str
    goes: bool


@cache
def groups() -> dict[str, bool]:
    """Return {group: whether it is always mailed at once}, in the order of the file."""
    rows = read_rows(HERE / "groups.csv", ["group", "must", "source", "confidence"])
    return {row.text("group"): row.choice("must", YES_NO) == "yes" for row in rows}


@cache
def told_kinds() -> dict[str, Told]:
    """Return what is known of each kind that colleagues get; BadData names file and line."""
    rows = read_rows(HERE / "kinds.csv", ["kind", "group", "quiet", "source", "confidence"])
    return {
        row.text("kind"): Told(row.choice("group", groups()), row.choice("quiet", QUIET) == "goes")
        for row in rows
    }


def told_kind(kind: str) -> Told:
    """Return what is known of a kind; one that stands in no row is other work, and waits."""
    return told_kinds().get(kind, Told(OTHERS, goes=False))
