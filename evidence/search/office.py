"""Search the sources an office captured itself: the same words, synonyms and score as on the shelf."""

from dataclasses import dataclass, replace

from evidence.models import Passage
from evidence.rules.asking import asked
from evidence.rules.likeness import folded
from evidence.rules.ranking import score
from evidence.search.lexemes import (
    Weighted,
    any_of,
    extracts,
    lexemes_of,
    quoted,
    read,
    rows_of,
    weighted_parts,
)
from evidence.search.shelf import SCORED, Filters
from foundation.accounts.models import User

# Its policy stands before `@@`, so no index helps; an office's library is small enough to be read.
CANDIDATES = """
SELECT p.id FROM evidence_passage p
JOIN evidence_snapshot s ON s.id = p.snapshot_id
JOIN evidence_document d ON d.id = s.document_id
WHERE p.office_id = %s AND p.tsv @@ %s::tsquery
  AND (%s = '' OR d.countries @> to_jsonb(ARRAY[%s]))
  AND (%s = '' OR d.kind = %s)
  AND (%s::int IS NULL OR extract(year FROM d.published_date) >= %s)
  AND (%s::int IS NULL OR extract(year FROM d.published_date) <= %s)
  AND NOT EXISTS (
    SELECT FROM evidence_snapshot newer
    WHERE newer.document_id = d.id AND newer.captured_at > s.captured_at)
ORDER BY ts_rank(p.tsv, %s::tsquery) DESC, p.id LIMIT %s
"""


@dataclass(frozen=True)
class OfficeHit:
    """A captured passage found, with the extract's matches marked as on the shelf."""

    passage: Passage
    score: float
    extract: str


def search_office(
    text: str, user: User, filters: Filters | None = None, *, limit: int = 10
) -> list[OfficeHit]:
    """Return the passages of the office's own sources that best answer some words."""
    filters = filters or Filters()
    question = asked(text, filters.iso3)
    lexemes = lexemes_of(question.words)
    if not lexemes or user.office is None:
        return []
    filters = replace(filters, iso3=question.iso3)
    parts, counts = weighted_parts(lexemes, filters.iso3)
    query = any_of(parts)
    wanted = f"({query}) & {quoted('@' + filters.topic)}" if filters.topic else query
    same = (filters.iso3, filters.kind, filters.first_year, filters.last_year)
    twice = [value for value in same for _ in range(2)]
    keys = [key for (key,) in rows_of(CANDIDATES, [user.office.pk, wanted, *twice, query, SCORED])]
    average = counts.words_here if counts.passages else 100.0
    scores = {
        candidate.key: score(candidate, parts, average) for candidate in read("evidence_passage", keys, parts)
    }
    best = sorted(scores, key=lambda key: (-scores[key], key))[: limit * 3]
    return _hits(best, scores, parts, limit)


def _hits(keys: list[int], scores: dict[int, float], parts: Weighted, limit: int) -> list[OfficeHit]:
    by_key = Passage.objects.select_related("snapshot__document").defer("tsv").in_bulk(keys)
    passages = [by_key[key] for key in keys]
    kept = [passages[place] for place in folded([p.text for p in passages], limit)]
    marked = extracts([p.text for p in kept], parts)
    return [OfficeHit(p, round(scores[p.pk], 3), extract) for p, extract in zip(kept, marked, strict=True)]
