"""Rank passages for words: BM25 over fields, with the field's synonyms where the words themselves are rare.

Pure: lexemes and counts in, scores out. Chosen on ten judged queries and checked on others (see
docs/benchmarks.md); every number here has a linguistic meaning and can be argued with.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

K1, B = 1.2, 0.55  # saturation of repeated words; how far length counts
HEADING, BODY, SECTION = 3.0, 1.0, 0.5  # a word in a run-in heading, in the text, in the section's name
COMMON_RARE = 1 / 100  # what fewer than one passage in a hundred has is rare, and no rarer: names do not rule
EXPANSION = 0.5  # weight of synonyms against the words asked for
TRUSTED = 0.01  # where one passage in a hundred has the word itself, its synonyms begin to fade
FAINT = 0.05
COVERAGE = 0.75  # how far an answer to part of the question counts less
CLOSE = 0.25  # weight of different words standing close together

RANK_OFFSET = 60  # of reciprocal rank fusion (Cormack 2009), as published

Term = tuple[str, ...]  # lexemes in sequence


@dataclass(frozen=True)
class Part:
    """Terms any one of which says the same; `weight` 1 for what was asked, less for what was added.

    `covers` are the lexemes asked for that a passage with one of the terms answers to.
    """

    terms: frozenset[Term]
    covers: frozenset[str]
    weight: float = 1.0


@dataclass(frozen=True)
class Vocabulary:
    """The synonyms of the field in lexemes: concept → terms and back, forms, and pairs of concepts."""

    terms: Mapping[str, frozenset[Term]]
    concepts: Mapping[Term, frozenset[str]]
    forms: Mapping[str, frozenset[str]]
    pairs: Mapping[frozenset[str], str]


@dataclass(frozen=True)
class Counts:
    """How rare lexemes are: `passages` in all, and in how many each lexeme stands, shelf-wide and here."""

    passages: int
    passages_here: int
    words_here: float
    everywhere: Mapping[str, int]
    here: Mapping[str, int]

    def share_here(self, term: Term) -> float:
        return min(self.here.get(lexeme, 0) for lexeme in term) / max(self.passages_here, 1)

    def rarity(self, terms: Iterable[Term]) -> float:
        """Return the inverse document frequency of terms (a sequence counts as its rarest lexeme)."""
        occurrences: float = sum(min(self.everywhere.get(lexeme, 0) for lexeme in term) for term in terms)
        occurrences = min(max(occurrences, self.passages * COMMON_RARE), self.passages * 0.9)
        return math.log(1 + (self.passages - occurrences + 0.5) / (occurrences + 0.5))


def parts_of(lexemes: Sequence[str], vocabulary: Vocabulary, counts: Counts) -> list[Part]:
    """Return what to look for: each lexeme with its forms, then the synonyms of what is rare here."""
    asked = [
        Part(frozenset((form,) for form in (lexeme, *vocabulary.forms.get(lexeme, ()))), frozenset({lexeme}))
        for lexeme in dict.fromkeys(lexemes)
    ]
    return asked + _added(_meant(lexemes, vocabulary), set(lexemes), vocabulary, counts)


def _meant(lexemes: Sequence[str], vocabulary: Vocabulary) -> dict[str, list[Term]]:
    """Return {concept: the terms that named it}, long terms first; two concepts may together mean a third."""
    meant: dict[str, list[Term]] = {}
    taken = [False] * len(lexemes)
    for length in (4, 3, 2, 1):
        for start in range(len(lexemes) - length + 1):
            term = tuple(lexemes[start : start + length])
            if not any(taken[start : start + length]):
                named = _named(term, vocabulary)
                for concept in sorted(named):
                    meant.setdefault(concept, []).append(term)
                taken[start : start + length] = [bool(named)] * length
    for pair, together in vocabulary.pairs.items():
        if pair <= meant.keys():
            meant[together] = [term for concept in sorted(pair) for term in meant.pop(concept)]
    return meant


def _named(term: Term, vocabulary: Vocabulary) -> frozenset[str]:
    named = vocabulary.concepts.get(term, frozenset())
    if not named and len(term) == 1:
        for form in vocabulary.forms.get(term[0], ()):
            named |= vocabulary.concepts.get((form,), frozenset())
    return named


def _added(
    meant: Mapping[str, list[Term]], asked: set[str], vocabulary: Vocabulary, counts: Counts
) -> list[Part]:
    added = []
    for concept, named_by in meant.items():
        terms = vocabulary.terms[concept] - set(named_by) - {(lexeme,) for lexeme in asked}
        share = min(counts.share_here(term) for term in named_by)
        weight = EXPANSION * min(1.0, TRUSTED / max(share, 1e-9))
        if terms and weight >= FAINT:
            added.append(Part(frozenset(terms), frozenset(x for term in named_by for x in term), weight))
    return added


@dataclass(frozen=True)
class Candidate:
    """A passage as scoring sees it: {lexeme: [(position, weight letter)]} of the lexemes looked for."""

    key: int
    words: int
    lexemes: Mapping[str, Sequence[tuple[int, str]]]


def score(candidate: Candidate, parts: Sequence[tuple[Part, float]], average_words: float) -> float:
    """Return the BM25 score over fields, and a little more where different parts stand close together.

    `parts` come with their weighted rarity.
    """
    total = 0.0
    places: list[tuple[int, float, int]] = []
    covered: set[str] = set()
    length = 1 - B + B * candidate.words / max(average_words, 1.0)
    for number, (part, rarity) in enumerate(parts):
        hits = _places_of(part, candidate.lexemes)
        often = _frequency(hits)
        if often:
            total += rarity * often * (K1 + 1) / (often + K1 * length)
            places += [(position, rarity, number) for position, letter in hits if letter != "B"]
            covered |= part.covers
    if not total:
        return 0.0
    return (total + CLOSE * math.log1p(_closeness(sorted(places)))) * _coverage(covered, parts) ** COVERAGE


def _coverage(covered: set[str], parts: Sequence[tuple[Part, float]]) -> float:
    """Return how much of what was asked is answered, by rarity; synonyms answer for their words."""
    asked = [(part.covers, rarity) for part, rarity in parts if part.weight == 1.0 and len(part.covers) == 1]
    whole = sum(rarity for _covers, rarity in asked)
    return sum(rarity for covers, rarity in asked if covers <= covered) / whole if whole else 1.0


def _closeness(places: Sequence[tuple[int, float, int]]) -> float:
    """Return the sum over neighbors of different parts: the weaker's rarity over their distance squared."""
    return sum(
        min(rarity, next_rarity) / max(1, next_position - position) ** 2
        for (position, rarity, part), (next_position, next_rarity, next_part) in pairwise(places)
        if part != next_part
    )


def _places_of(part: Part, lexemes: Mapping[str, Sequence[tuple[int, str]]]) -> list[tuple[int, str]]:
    return [place for term in part.terms for place in _places(term, lexemes)]


def _frequency(places: Sequence[tuple[int, str]]) -> float:
    often = sum(HEADING if letter == "A" else BODY for _position, letter in places if letter != "B")
    return often + (SECTION if any(letter == "B" for _position, letter in places) else 0.0)


def _places(term: Term, lexemes: Mapping[str, Sequence[tuple[int, str]]]) -> list[tuple[int, str]]:
    """Return each place where a term stands, its lexemes in sequence, with its field's letter."""
    first = lexemes.get(term[0], ())
    if len(term) == 1:
        return list(first)
    following = [{position for position, _letter in lexemes.get(lexeme, ())} for lexeme in term[1:]]
    return [
        (position, letter)
        for position, letter in first
        if all(position + step in places for step, places in enumerate(following, 1))
    ]


def fused(rankings: Sequence[Sequence[int]]) -> list[tuple[float, int]]:
    """Return (score, key) of several rankings as one, by reciprocal rank; none counts more."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for place, key in enumerate(ranking, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (RANK_OFFSET + place)
    return sorted(
        ((value, key) for key, value in scores.items()), key=lambda scored: (-scored[0], -scored[1])
    )
