"""Templates only show: no status is compared as text in one, and their lines can be read."""

import re
from pathlib import Path

import pytest

from foundation.devstack.verify import our_folders
from foundation.house import ROOT

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
LONGEST = 140
# `{% if case.status == "closed" %}` and its kin: the model or the page's own value says what a code means.
CODES = r"(?:status|state|standing|outcome|result|relation|audience)"
COMPARED = re.compile(
    rf"""{{%-?\s*(?:el)?if\b[^%]*?[\w.]*{CODES}\w*\s*(?:[!=]=|\bin\b)\s*["']"""
    rf"""|["']\s*[!=]=\s*[\w.]*{CODES}\b"""
)


def name_of(path):
    return str(path.relative_to(TEMPLATES))


def long_lines(path):
    """A sentence for translation cannot be broken: it stands alone on its line, however long."""
    lines = path.read_text().splitlines()
    return [n for n, line in enumerate(lines, 1) if len(line) > LONGEST and not is_one_sentence(line)]


def is_one_sentence(line):
    """Tell whether a line is long only because of the sentences in it."""
    shortened = re.sub(r"""_\("[^"]{12,}"\)|{% translate (?:"[^"]*"|'[^']*')|%}[^{%<]{20,}""", "", line)
    return len(shortened) <= LONGEST


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_line_is_too_long_to_read(path):
    assert long_lines(path) == []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_status_is_compared_as_text(path):
    found = [line.strip() for line in path.read_text().splitlines() if COMPARED.search(line)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        '{% if case.status == "closed" %}',
        '{% elif own_standing != "clear" %}',
        "{% if 'open' == hit.status %}",
    ],
)
def test_such_a_comparison_is_found(line):
    assert COMPARED.search(line)


def test_no_day_is_written_in_figures_that_another_country_reads_otherwise():
    """12/08/2026 is a day in August to some and in December to others."""
    said = [*FILES, *(path for folder in our_folders() for path in (ROOT / folder).rglob("*.py"))]
    assert [str(path) for path in said if "SHORT_DATE" in path.read_text()] == []
