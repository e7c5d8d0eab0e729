"""Put a passage file on the reference shelf, and count its words."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from evidence.models import Report
from evidence.rules.sections import heading, leaf, topic_of
from foundation.refused import Refused

BATCH = 4000
SERIES = "dos-hrp"  # the State Department's Country Reports on Human Rights Practices
PUBLISHER = "U.S. Department of State"
TITLE = "{year} Country Reports on Human Rights Practices: {name}"
URL = "https://www.state.gov/reports/{year}-country-reports-on-human-rights-practices/{slug}/"
SLUG = re.compile(r"[\w-]{1,80}")
SMALL = {"and", "of", "the"}

ADD = """
INSERT INTO evidence_reportpassage
  (report_id, iso3, year, n, section, anchor, start, text, topic, words, tsv)
SELECT report, iso3, year, n, section, anchor, start, text, topic, words,
  array_to_tsvector(array_remove(
    ARRAY['@' || iso3, '@' || year, CASE WHEN topic <> '' THEN '@' || topic END], NULL))
  || setweight(to_tsvector('english', leaf), 'B')
  || setweight(to_tsvector('english', head), 'A')
  || to_tsvector('english', substr(text, length(head) + 1))
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::int[], %s::text[], %s::text[], %s::int[], %s::text[],
  %s::text[], %s::int[], %s::text[], %s::text[])
  AS row(report, iso3, year, n, section, anchor, start, text, topic, words, leaf, head)
ON CONFLICT (report_id, n) DO NOTHING
"""
COUNT = """
INSERT INTO evidence_shelfcount (iso3, passages, words)
SELECT %s, count(*), coalesce(sum(words), 0) FROM evidence_reportpassage WHERE iso3 = %s
ON CONFLICT (iso3) DO UPDATE SET passages = excluded.passages, words = excluded.words
"""
COUNT_WORDS = """
INSERT INTO evidence_lexeme (iso3, word, passages)
SELECT %s, word, ndoc
FROM ts_stat(format('SELECT tsv FROM evidence_reportpassage WHERE iso3 = %%L', %s::text))
WHERE left(word, 1) <> '@'
"""
COUNT_ALL = """
INSERT INTO evidence_shelfcount (iso3, passages, words)
SELECT '', coalesce(sum(passages), 0), coalesce(sum(words), 0) FROM evidence_shelfcount WHERE iso3 <> ''
ON CONFLICT (iso3) DO UPDATE SET passages = excluded.passages, words = excluded.words
"""
COUNT_ALL_WORDS = """
INSERT INTO evidence_lexeme (iso3, word, passages)
SELECT '', word, sum(passages) FROM evidence_lexeme WHERE iso3 <> '' GROUP BY word
"""
UNCOUNTED = """
SELECT held.iso3 FROM (SELECT iso3, count(*) AS passages FROM evidence_reportpassage GROUP BY iso3) held
LEFT JOIN evidence_shelfcount counted USING (iso3)
WHERE counted.passages IS DISTINCT FROM held.passages ORDER BY 1
"""


class BadPassage(Refused):
    """A line of the file is no passage; the message names the line and what is wrong."""


@dataclass(frozen=True)
class Line:
    """One paragraph as the file has it."""

    iso3: str
    year: int
    slug: str
    n: int
    section: str
    anchor: str
    start: int
    text: str


@dataclass
class Progress:
    """What an import did so far."""

    read: int = 0
    added: int = 0
    countries: set[str] = field(default_factory=set)


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the passages of a .jsonl or .jsonl.gz file; BadPassage names a line that is none."""
    opened = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for raw in file:
                number += 1
                if raw.strip():
                    yield _line(raw)
    except (ValueError, KeyError, TypeError, EOFError, gzip.BadGzipFile) as error:
        raise BadPassage(f"{path.name}, line {number}: {type(error).__name__} {error}") from error


def _line(raw: str) -> Line:
    values: dict[str, Any] = json.loads(raw)
    text = str(values["text"]).replace("\0", "")
    line = Line(
        iso3=str(values["iso3"]),
        year=int(values["year"]),
        slug=str(values["slug"]),
        n=int(values["n"]),
        section=str(values.get("section") or "").replace("\0", ""),
        anchor=str(values.get("anchor") or "")[:200],
        start=int(values.get("start") or 0),
        text=text,
    )
    if not (re.fullmatch("[A-Z]{3}", line.iso3) and SLUG.fullmatch(line.slug) and 1900 < line.year < 2200):
        raise ValueError("iso3, slug or year is not as expected")
    if line.n < 0 or line.start < 0 or not text.strip():
        raise ValueError("n, start or text is not as expected")
    return line


def import_passages(path: Path) -> Iterator[Progress]:
    """Add a file's passages, a batch at a time; what is there already is left alone.

    Each batch stands for itself, so a run that was broken off goes on where it stopped. Yields the
    progress after each batch. Raises BadPassage, with file and line, at the first that is none.
    """
    progress, reports = Progress(), _reports()
    lines = read_lines(path)
    while batch := list(islice(lines, BATCH)):
        progress.added += _add(batch, reports)
        progress.read += len(batch)
        progress.countries |= {line.iso3 for line in batch}
        yield progress


def _reports() -> dict[tuple[str, int], int]:
    return {(r.slug, r.year): r.pk for r in Report.objects.filter(series=SERIES)}


@transaction.atomic
def _add(batch: list[Line], reports: dict[tuple[str, int], int]) -> int:
    """Insert a batch and return how many passages were new."""
    for line in batch:
        key = line.slug, line.year
        if key not in reports:
            reports[key] = _report(line).pk
    heads = [heading(line.text) for line in batch]
    columns: list[list[Any]] = [
        [reports[line.slug, line.year] for line in batch],
        [line.iso3 for line in batch],
        [line.year for line in batch],
        [line.n for line in batch],
        [line.section for line in batch],
        [line.anchor for line in batch],
        [line.start for line in batch],
        [line.text for line in batch],
        [topic_of(line.section) for line in batch],
        [line.text.count(" ") + 1 for line in batch],
        [leaf(line.section) for line in batch],
        heads,
    ]
    with connection.cursor() as cursor:
        cursor.execute(ADD, columns)
        return int(cursor.rowcount)


def _report(line: Line) -> Report:
    name = " ".join(w if w in SMALL else w.capitalize() for w in line.slug.split("-"))
    return Report.objects.create(
        series=SERIES,
        slug=line.slug,
        year=line.year,
        iso3=line.iso3,
        title=TITLE.format(year=line.year, name=name),
        publisher=PUBLISHER,
        url=URL.format(year=line.year, slug=line.slug.lower()),
    )


def uncounted_countries() -> list[str]:
    """Return the countries whose passages changed since their words were counted."""
    with connection.cursor() as cursor:
        cursor.execute(UNCOUNTED)
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def count_words(countries: list[str]) -> None:
    """Count the lexemes of some countries anew, then those of the whole shelf."""
    if not countries:
        return
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM evidence_lexeme WHERE iso3 = ANY(%s)", [[*countries, ""]])
        for iso3 in countries:
            cursor.execute(COUNT_WORDS, [iso3, iso3])
            cursor.execute(COUNT, [iso3, iso3])
        cursor.execute(COUNT_ALL_WORDS)
        cursor.execute(COUNT_ALL)
