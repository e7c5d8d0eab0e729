"""What a question looks for, in PostgreSQL's lexemes: the same for the shelf and the office's library."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection

from evidence.data import concepts, irregular_words
from evidence.models import ShelfCount
from evidence.rules.ranking import Candidate, Counts, Part, Term, Vocabulary, parts_of

MOST_WORDS = 24  # lexemes of one query that are looked for, the rarest
STOP = "\ue001"
START = "\ue000"

Weighted = Sequence[tuple[Part, float]]  # what is looked for, each with its weighted rarity


def rows_of(sql: str, values: Sequence[Any]) -> list[tuple]:  # type: ignore[type-arg]
    """Return the rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple] = cursor.fetchall()  # type: ignore[type-arg]
        return rows


LEXEMES = """
SELECT given.n, place.lexeme FROM unnest(%s::text[]) WITH ORDINALITY AS given(words, n),
  unnest(to_tsvector('english', given.words)) AS place(lexeme, positions, weights),
  unnest(place.positions) AS at
ORDER BY given.n, at
"""


def lexemes_of(words: str) -> list[str]:
    """Return the lexemes of some words in their order, stop words left out."""
    return [lexeme for _n, lexeme in rows_of(LEXEMES, [[words]])]


def _terms(phrases: Sequence[str]) -> list[Term]:
    terms: dict[int, list[str]] = {}
    for n, lexeme in rows_of(LEXEMES, [list(phrases)]):
        terms.setdefault(n, []).append(lexeme)
    return [tuple(terms.get(n, ())) for n in range(1, len(phrases) + 1)]


@cache
def vocabulary() -> Vocabulary:
    """Return the field's synonyms in PostgreSQL's lexemes; asked once a process."""
    phrases = [(concept.name, term) for concept in concepts() for term in concept.terms]
    terms: dict[str, set[Term]] = {}
    names: dict[Term, set[str]] = {}
    for (name, _phrase), term in zip(phrases, _terms([phrase for _name, phrase in phrases]), strict=True):
        if term:
            terms.setdefault(name, set()).add(term)
            names.setdefault(term, set()).add(name)
    forms: dict[str, set[str]] = {}
    words = [word for pair in irregular_words() for word in pair]
    stems = _terms(words)
    for one, other in zip(stems[::2], stems[1::2], strict=True):
        if len(one) == len(other) == 1:
            forms.setdefault(one[0], set()).add(other[0])
            forms.setdefault(other[0], set()).add(one[0])
    return Vocabulary(
        {name: frozenset(listed) for name, listed in terms.items()},
        {term: frozenset(listed) for term, listed in names.items()},
        {form: frozenset(listed) for form, listed in forms.items()},
        {frozenset(c.from_two): c.name for c in concepts() if c.from_two},
    )


def _counts(lexemes: Iterable[str], iso3: str) -> Counts:
    """Return how rare some lexemes are, in all and in the country."""
    totals = {c.iso3: c for c in ShelfCount.objects.filter(iso3__in=["", iso3])}
    rows = rows_of(
        "SELECT iso3, word, passages FROM evidence_lexeme WHERE iso3 = ANY(%s) AND word = ANY(%s)",
        [["", iso3], list(lexemes)],
    )
    counts: dict[str, dict[str, int]] = {"": {}, iso3: {}}
    for place, word, passages in rows:
        counts[place][word] = passages
    total, here = totals.get(""), totals.get(iso3)
    return Counts(
        passages=total.passages if total else 0,
        passages_here=here.passages if here else 0,
        words_here=here.words / max(here.passages, 1) if here else 1.0,
        everywhere=counts[""],
        here=counts[iso3],
    )


def weighted_parts(lexemes: list[str], iso3: str) -> tuple[list[tuple[Part, float]], Counts]:
    """Return what to look for with its rarity, and the counts it was reckoned from."""
    words = vocabulary()
    named = {lexeme for lexeme in lexemes} | {f for lexeme in lexemes for f in words.forms.get(lexeme, ())}
    synonyms = {
        lexeme for concept in _reachable(lexemes, words) for t in words.terms[concept] for lexeme in t
    }
    counts = _counts(named | synonyms, iso3)
    parts = parts_of(_rarest(lexemes, counts), words, counts)
    return [(part, part.weight * counts.rarity(part.terms)) for part in parts], counts


def _reachable(lexemes: Sequence[str], words: Vocabulary) -> set[str]:
    """Return the concepts a query could mean, before it is known which it does."""
    have = set(lexemes) | {form for lexeme in lexemes for form in words.forms.get(lexeme, ())}
    meant = {name for term, names in words.concepts.items() if have.issuperset(term) for name in names}
    return meant | {name for pair, name in words.pairs.items() if pair <= meant}


def _rarest(lexemes: list[str], counts: Counts) -> list[str]:
    """Return the lexemes; of very many only the rarest that stand anywhere on the shelf."""
    if len(set(lexemes)) <= MOST_WORDS:
        return lexemes
    known = [lexeme for lexeme in lexemes if counts.everywhere.get(lexeme)] or lexemes
    rarest = set(sorted(set(known), key=lambda word: counts.everywhere.get(word, 0))[:MOST_WORDS])
    return [lexeme for lexeme in known if lexeme in rarest]


def quoted(lexeme: str) -> str:
    """Return a lexeme as a query writes it."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


READ = """
SELECT p.id, p.words,
  (SELECT jsonb_agg(jsonb_build_array(lexeme, positions, weights)) FROM unnest(p.tsv) WHERE lexeme = ANY(%s))
FROM {table} p WHERE p.id = ANY(%s)
"""


def read(table: str, keys: Sequence[int], parts: Weighted) -> Iterable[Candidate]:
    """Return passages of a table as scoring sees them."""
    lexemes = sorted({lexeme for part, _rarity in parts for term in part.terms for lexeme in term})
    for key, words, occurrences in rows_of(READ.format(table=table), [lexemes, list(keys)]):
        places: Mapping[str, Sequence[tuple[int, str]]] = {
            lexeme: list(zip(positions or (), weights or (), strict=True))
            for lexeme, positions, weights in _loaded(occurrences)
        }
        yield Candidate(key, words, places)


def _loaded(kept: str | None) -> list:  # type: ignore[type-arg]
    """Return the JSON of a column as Django's cursor gives it: as text."""
    return json.loads(kept) if kept else []  # type: ignore[no-any-return]


def any_of(parts: Weighted) -> str:
    """Return a query for passages with any of the terms."""
    clauses = {" <-> ".join(map(quoted, term)) for part, _rarity in parts for term in part.terms}
    return " | ".join(f"({clause})" for clause in sorted(clauses))


def extracts(texts: list[str], parts: Weighted) -> list[str]:
    """Return the texts with what was looked for marked."""
    options = f"HighlightAll=true, StartSel={START}, StopSel={STOP}"
    rows = rows_of(
        "SELECT ts_headline('english', given.t, %s::tsquery, %s)"
        " FROM unnest(%s::text[]) WITH ORDINALITY AS given(t, n) ORDER BY given.n",
        [any_of(parts), options, texts],
    )
    return [extract for (extract,) in rows]
