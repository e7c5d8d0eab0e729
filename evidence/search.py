"""Search the reference shelf: BM25 inside PostgreSQL, near-duplicates folded, extracts highlighted.

1. PostgreSQL makes lexemes of the words; `rules/ranking.py` says what else to look for.
2. One GIN scan finds candidates: filters and words are lexemes of the same vector. Common words alone
   would name half the shelf, so they are asked for in pairs, triples, … until the count is bearable.
3. A cheap score in C (`ts_rank` rises with repetition as BM25 does) keeps the best few hundred; those are
   scored exactly over their fields.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from django.db import connection

from evidence.data import concepts, irregular_words
from evidence.models import ReportPassage, ShelfCount
from evidence.rules.asking import asked
from evidence.rules.likeness import folded
from evidence.rules.ranking import Candidate, Counts, Part, Term, Vocabulary, parts_of, score

MOST_WORDS = 24  # lexemes of one query that are looked for, the rarest
BEARABLE = 3000  # candidates one scan should bring
SCORED = 300  # candidates scored exactly
MOST_COMPANY = 8  # common words that are tried together
READ_AT_ONCE = 60  # of them read, until enough differ
STOP = "\ue001"
START = "\ue000"


@dataclass(frozen=True)
class Filters:
    """What hits must satisfy; empty is no condition. Years are the editions', both included."""

    iso3: str = ""
    first_year: int | None = None
    last_year: int | None = None
    topic: str = ""


@dataclass(frozen=True)
class Hit:
    """A passage found, with the extract's matches between START and STOP."""

    passage: ReportPassage
    score: float
    extract: str


@dataclass(frozen=True)
class Results:
    """The hits; `nothing_asked` when the words hold nothing to look for."""

    hits: list[Hit]
    iso3: str
    nothing_asked: bool = False


def search_shelf(text: str, filters: Filters | None = None, *, limit: int = 10) -> Results:
    """Return the passages that best answer some words, at most `limit`, no two nearly the same."""
    filters = filters or Filters()
    question = asked(text, filters.iso3)
    filters = Filters(question.iso3, filters.first_year, filters.last_year, filters.topic)
    lexemes = _lexemes(question.words)
    if not lexemes:
        return Results([], question.iso3, nothing_asked=True)
    ranked, parts = _ranked(lexemes, filters)
    return Results(_hits(ranked, parts, limit), question.iso3)


def _ask(sql: str, values: Sequence[Any]) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple] = cursor.fetchall()  # type: ignore[type-arg]
        return found


LEXEMES = """
SELECT given.n, place.lexeme FROM unnest(%s::text[]) WITH ORDINALITY AS given(words, n),
  unnest(to_tsvector('english', given.words)) AS place(lexeme, positions, weights),
  unnest(place.positions) AS at
ORDER BY given.n, at
"""


def _lexemes(words: str) -> list[str]:
    """Return the lexemes of some words in their order, stop words left out."""
    return [lexeme for _n, lexeme in _ask(LEXEMES, [[words]])]


def _terms(phrases: Sequence[str]) -> list[Term]:
    found: dict[int, list[str]] = {}
    for n, lexeme in _ask(LEXEMES, [list(phrases)]):
        found.setdefault(n, []).append(lexeme)
    return [tuple(found.get(n, ())) for n in range(1, len(phrases) + 1)]


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
        {name: frozenset(found) for name, found in terms.items()},
        {term: frozenset(found) for term, found in names.items()},
        {form: frozenset(found) for form, found in forms.items()},
        {frozenset(c.from_two): c.name for c in concepts() if c.from_two},
    )


def _counts(lexemes: Iterable[str], iso3: str) -> Counts:
    """Return how rare some lexemes are, in all and in the country."""
    totals = {c.iso3: c for c in ShelfCount.objects.filter(iso3__in=["", iso3])}
    rows = _ask(
        "SELECT iso3, word, passages FROM evidence_lexeme WHERE iso3 = ANY(%s) AND word = ANY(%s)",
        [["", iso3], list(lexemes)],
    )
    found: dict[str, dict[str, int]] = {"": {}, iso3: {}}
    for place, word, passages in rows:
        found[place][word] = passages
    total, here = totals.get(""), totals.get(iso3)
    return Counts(
        passages=total.passages if total else 0,
        passages_here=here.passages if here else 0,
        words_here=here.words / max(here.passages, 1) if here else 1.0,
        everywhere=found[""],
        here=found[iso3],
    )


def _ranked(lexemes: list[str], filters: Filters) -> tuple[list[tuple[float, int]], list[tuple[Part, float]]]:
    """Return (score, passage key) from the best on, and the parts looked for with their rarity."""
    words = vocabulary()
    named = {lexeme for lexeme in lexemes} | {f for lexeme in lexemes for f in words.forms.get(lexeme, ())}
    synonyms = {
        lexeme for concept in _reachable(lexemes, words) for t in words.terms[concept] for lexeme in t
    }
    counts = _counts(named | synonyms, filters.iso3)
    lexemes = _rarest(lexemes, counts)
    parts = [(part, part.weight * counts.rarity(part.terms)) for part in parts_of(lexemes, words, counts)]
    keys = _candidates(parts, counts, filters)
    scored = ((score(one, parts, counts.words_here), one.key) for one in _read(keys, parts))
    return sorted(scored, key=lambda found: (-found[0], -found[1])), parts


def _reachable(lexemes: Sequence[str], words: Vocabulary) -> set[str]:
    """Return the concepts a query could mean, before it is known which it does."""
    have = set(lexemes) | {form for lexeme in lexemes for form in words.forms.get(lexeme, ())}
    meant = {name for term, names in words.concepts.items() if have.issuperset(term) for name in names}
    return meant | {name for pair, name in words.pairs.items() if pair <= meant}


def _rarest(lexemes: list[str], counts: Counts) -> list[str]:
    """Return the lexemes that stand anywhere on the shelf, only the rarest of very many."""
    known = [lexeme for lexeme in lexemes if counts.everywhere.get(lexeme)] or lexemes
    if len(set(known)) <= MOST_WORDS:
        return known
    rarest = set(sorted(set(known), key=lambda word: counts.everywhere.get(word, 0))[:MOST_WORDS])
    return [lexeme for lexeme in known if lexeme in rarest]


def _candidates(parts: Sequence[tuple[Part, float]], counts: Counts, filters: Filters) -> list[int]:
    """Return the keys of the passages worth an exact score."""
    clauses = list(_clauses(parts, counts))
    if not clauses:
        return []
    weights, values = [], []
    for part, rarity in parts:
        # A sequence is judged by its rarest lexeme here; the exact score looks at the order.
        lexemes = {min(term, key=lambda lexeme: counts.everywhere.get(lexeme, 0)) for term in part.terms}
        weights.append(f"{rarity:.4f} * ts_rank('{{1,0.5,0.5,1}}', tsv, %s::tsquery)")
        values.append(" | ".join(map(_quoted, sorted(lexemes))))
    wanted = " & ".join([*_filter_lexemes(filters), f"({' | '.join(clauses)})"])
    sql = (
        f"SELECT id FROM (SELECT id, ({' + '.join(weights)}) / (0.4 + 0.6 * words / %s) AS rough"  # noqa: S608
        " FROM evidence_reportpassage WHERE tsv @@ %s::tsquery LIMIT %s) found"
        " ORDER BY rough DESC LIMIT %s"
    )
    rows = _ask(sql, [*values, max(counts.words_here, 1.0), wanted, BEARABLE * 3, SCORED])
    return [key for (key,) in rows]


def _clauses(parts: Sequence[tuple[Part, float]], counts: Counts) -> Iterable[str]:
    """Yield query clauses whose passages together stay bearable: rare terms alone, common ones in company."""
    total = max(counts.passages_here, 1)
    shares: dict[str, float] = {}
    for part, _rarity in parts:
        for term in part.terms:
            share = counts.share_here(term)
            if share:
                shares[" & ".join(map(_quoted, term))] = share
    rarest = sorted(shares, key=lambda clause: shares[clause])
    budget = float(BEARABLE)
    for company in range(1, min(len(rarest), 4) + 1):
        taken = 0
        for together in combinations(rarest[:MOST_COMPANY] if company > 1 else rarest, company):
            cost = total * math.prod(shares[clause] for clause in together)
            if cost > budget:
                break
            budget -= cost
            taken += 1
            yield _all_of(together)
        if budget < BEARABLE / 2:
            return
        if company == 1:
            rarest = rarest[taken:]  # what is asked for alone needs no company
    if rarest and budget == BEARABLE:
        yield _all_of(rarest[:6])


def _all_of(clauses: Iterable[str]) -> str:
    return "(" + " & ".join(f"({clause})" for clause in clauses) + ")"


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _filter_lexemes(filters: Filters) -> Iterable[str]:
    if filters.iso3:
        yield _quoted("@" + filters.iso3)
    if filters.topic:
        yield _quoted("@" + filters.topic)
    if filters.first_year or filters.last_year:
        first, last = filters.first_year or 1970, filters.last_year or 2100
        years = range(max(first, 1900), min(last, 2200) + 1)
        yield "(" + (" | ".join(_quoted(f"@{year}") for year in years) or _quoted("@none")) + ")"


READ = """
SELECT p.id, p.words,
  (SELECT jsonb_agg(jsonb_build_array(lexeme, positions, weights)) FROM unnest(p.tsv) WHERE lexeme = ANY(%s))
FROM evidence_reportpassage p WHERE p.id = ANY(%s)
"""


def _read(keys: list[int], parts: Sequence[tuple[Part, float]]) -> Iterable[Candidate]:
    lexemes = sorted({lexeme for part, _rarity in parts for term in part.terms for lexeme in term})
    for key, words, found in _ask(READ, [lexemes, keys]):
        places: Mapping[str, Sequence[tuple[int, str]]] = {
            lexeme: list(zip(positions or (), weights or (), strict=True))
            for lexeme, positions, weights in _loaded(found)
        }
        yield Candidate(key, words, places)


def _loaded(found: str | None) -> list:  # type: ignore[type-arg]
    """Return the JSON of a column as Django's cursor gives it: as text."""
    return json.loads(found) if found else []  # type: ignore[no-any-return]


def _hits(ranked: Sequence[tuple[float, int]], parts: Sequence[tuple[Part, float]], limit: int) -> list[Hit]:
    """Return the hits to show, near-duplicates folded into the best of them."""
    scores = {key: value for value, key in ranked}
    kept: list[ReportPassage] = []
    for start in range(0, len(ranked), READ_AT_ONCE):
        kept = _differing(
            [*kept, *_passages([key for _value, key in ranked[start : start + READ_AT_ONCE]])], limit
        )
        if len(kept) == limit:
            break
    extracts = _extracts([p.pk for p in kept], parts)
    return [Hit(p, round(scores[p.pk], 3), extracts.get(p.pk, p.text)) for p in kept]


def _passages(keys: Sequence[int]) -> list[ReportPassage]:
    """Return passages with their reports, in the order of the keys."""
    found = {p.pk: p for p in ReportPassage.objects.filter(pk__in=keys).select_related("report").defer("tsv")}
    return [found[key] for key in keys if key in found]


def _differing(passages: Sequence[ReportPassage], most: int) -> list[ReportPassage]:
    first = {p.text: p for p in reversed(passages)}  # of copies letter for letter the first stands
    singles = [p for p in passages if first[p.text] is p]
    return [singles[place] for place in folded([p.text for p in singles], most)]


def _extracts(keys: list[int], parts: Sequence[tuple[Part, float]]) -> dict[int, str]:
    """Return each passage's text with what was looked for marked."""
    clauses = {" <-> ".join(map(_quoted, term)) for part, _rarity in parts for term in part.terms}
    query = " | ".join(f"({clause})" for clause in sorted(clauses))
    options = f"HighlightAll=true, StartSel={START}, StopSel={STOP}"
    rows = _ask(
        "SELECT id, ts_headline('english', text, %s::tsquery, %s)"
        " FROM evidence_reportpassage WHERE id = ANY(%s)",
        [query, options, keys],
    )
    return dict(rows)
