"""CONTEXT.md names what is there: each word's place in the code, and the table behind it."""

import re
from pkgutil import resolve_name

import pytest

from foundation.house import ROOT

ROW = re.compile(r"^\| \*\*(?P<word>.+?)\*\*.*? \| `(?P<code>[\w.]+)`(?: (?P<table>\w+))? \|", re.M)
TEXT = (ROOT / "CONTEXT.md").read_text()
WORDS = [(row["word"], row["code"], row["table"]) for row in ROW.finditer(TEXT)]


def code_of(path):
    """Return what a dotted path leads to; a field of a model is not an attribute before there is a row."""
    holder, _dot, name = path.rpartition(".")
    try:
        return resolve_name(path)
    except AttributeError:
        return vars(resolve_name(holder)).get("__annotations__", {})[name]


def table_of(code):
    """Return the table of a model, or None for what has none."""
    meta = getattr(code, "_meta", None)
    return meta.db_table if meta and not meta.abstract else None


@pytest.mark.parametrize(("word", "code", "table"), WORDS, ids=[word for word, *_ in WORDS])
def test_each_word_has_its_place_in_the_code_and_its_table(word, code, table):
    assert table_of(code_of(code)) == table


def test_a_place_that_is_gone_is_found():
    with pytest.raises((AttributeError, ImportError, KeyError)):
        code_of("intake.models.Request")


def test_no_line_of_the_list_is_passed_over():
    assert len(WORDS) == len(re.findall(r"^\| \*\*.+?\*\*.*? \| `", TEXT, re.M)) > 90
