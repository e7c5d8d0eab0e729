"""Two names side by side: a score that can be added up by hand, and the parts that made it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from conflicts.data import families, weights
from conflicts.rules.alignment import SMALL, Pair, align
from conflicts.rules.analysis import NameAnalysis, Part, Role
from conflicts.rules.parts import How, consonants_apart, word_of

Parts = tuple[Part, ...]

THRESHOLD = 0.5
FEW_LETTERS = 6  # fewer than these make slips no denser
PAIRED = {How.SAME, How.SAME_IN_ANOTHER_SCRIPT, How.SAME_NAME, How.SOUNDS_ALIKE, How.NICKNAME} | {
    How.SPELLING_DIFFERS,
    How.CUT_SHORT,
    How.INITIAL,
}


class Side(StrEnum):
    """What a birth date or a country says beside the names."""

    UNKNOWN = "unknown"
    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"


class Beside(StrEnum):
    """What two birth dates or two countries are to each other, as a person reads it."""

    NEITHER = "neither"
    ONE = "one"
    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"


# In log-odds, set by hand: they may lift a doubtful hit over the threshold and reorder hits, but a hit
# that stands on its names is never lowered beneath it.
BIRTH_DATE = {Side.UNKNOWN: 0.0, Side.SAME: 1.5, Side.NEAR: 0.5, Side.DIFFERENT: -1.0}
COUNTRY = {Side.UNKNOWN: 0.0, Side.SAME: 0.3, Side.NEAR: 0.0, Side.DIFFERENT: -0.2}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score of two names, 0-1, whether they match, and why, part by part."""

    score: float
    match: bool
    reasons: tuple[Pair, ...]
    birth_date: Side = Side.UNKNOWN
    country: Side = Side.UNKNOWN

    def as_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON, with its reasons; it holds names: encrypt it."""
        reasons = [pair.as_dict() for pair in self.reasons]
        beside = {"birth_date": self.birth_date.value, "country": self.country.value}
        return {"score": self.score, "match": self.match, "reasons": reasons, **beside}


def compare(
    a: NameAnalysis,
    b: NameAnalysis,
    *,
    birth_dates: tuple[str | None, str | None] = (None, None),
    countries: tuple[str | None, str | None] = (None, None),
) -> Comparison:
    """Compare two names, with their birth dates (ISO; a year or year-month will do) and countries (codes)."""
    pairs, features = judge(a, b)
    names = log_odds(features)
    born, country = compare_birth_dates(*birth_dates), compare_countries(*countries)
    total = names + BIRTH_DATE[born] + COUNTRY[country]
    if names >= 0:
        total = max(total, names / 10)  # never hidden, and hits that differ still stand in order
    score = round(1 / (1 + math.exp(-total)), 4)
    return Comparison(score, score >= THRESHOLD, tuple(pairs), born, country)


def judge(a: NameAnalysis, b: NameAnalysis) -> tuple[list[Pair], dict[str, float]]:
    """Return the aligned parts of two names and what of them counts: the same both ways round."""
    ours, theirs = a.parts, b.parts
    if [part.text for part in ours] <= [part.text for part in theirs]:
        pairs = align(ours, theirs)
        return pairs, features(pairs, ours, theirs)
    pairs = align(theirs, ours)
    place = {part: i for i, part in reversed(list(enumerate(ours)))}
    seen = sorted(map(_turned_round, pairs), key=lambda pair: place[pair.ours[0]] if pair.ours else len(ours))
    return seen, features(pairs, theirs, ours)


def _turned_round(pair: Pair) -> Pair:
    how = {How.EXTRA: How.MISSING, How.MISSING: How.EXTRA}.get(pair.how, pair.how)
    return Pair(pair.theirs, pair.ours, how, pair.slips, pair.share)


def log_odds(features: dict[str, float]) -> float:
    """Add up the score: what a perfect pair begins with, less so much for each unit of each feature."""
    costs = weights()
    start: float = costs["start"]
    return start + sum(costs["features"][name] * amount for name, amount in features.items() if amount)


def compare_birth_dates(one: str | None, other: str | None) -> Side:
    """Compare ISO dates; near is the same year where one has no more, day and month swapped, or one slip."""
    if not one or not other:
        return Side.UNKNOWN
    if one == other:
        return Side.SAME if len(one) > 4 else Side.NEAR
    if one.startswith(other) or other.startswith(one):
        return Side.NEAR
    slips = sum(x != y for x, y in zip(one, other, strict=False)) + abs(len(one) - len(other))
    swapped = one[:4] == other[:4] and one[5:7] == other[8:10] and one[8:10] == other[5:7]
    return Side.NEAR if slips == 1 or swapped else Side.DIFFERENT


def compare_countries(one: str | None, other: str | None) -> Side:
    """Compare two country codes."""
    if not one or not other:
        return Side.UNKNOWN
    return Side.SAME if one.casefold() == other.casefold() else Side.DIFFERENT


def beside(one: str, other: str, *, side: Side) -> Beside:
    """Say what two values are to each other; what is known of one alone, or of neither, is no likeness.

    `side` is how they compare (`compare_birth_dates`, `compare_countries`). The year 1987 twice counts for
    less than a day twice, and is the same all the same.
    """
    if not one or not other:
        return Beside.ONE if one or other else Beside.NEITHER
    return Beside.SAME if one.casefold() == other.casefold() else Beside(side.value)


def features(pairs: Sequence[Pair], ours: Parts, theirs: Parts) -> dict[str, float]:
    """Return what of an alignment counts, by name; all are 0 for two names alike in every part."""
    extra, missing, small = _standing_alone(pairs)
    paired = [pair for pair in pairs if pair.how in PAIRED]
    full = [pair for pair in paired if pair.how is not How.INITIAL]
    matched = sum(pair.weight for pair in full)
    slips = sum(pair.slips for pair in full)
    more_on_one_side = bool(extra) != bool(missing)
    return {
        "instead": min(extra, missing),
        "extra": abs(extra - missing) + small,
        "thin": max(0.0, 2.0 - matched) + float(_common(full)) if extra + missing else 0.0,
        "slips": slips,
        "density": 10 * slips / max(FEW_LETTERS, sum(map(_letters, full))) if slips else 0.0,
        "consonants": sum(map(_other_consonants, full)) if slips else 0.0,
        "initials": float(len(paired) - len(full)),
        "turned": float(_turned(pairs, ours, theirs)),
        "of_another": float(more_on_one_side and _is_child(pairs, ours, theirs)),
    }


def _letters(pair: Pair) -> int:
    """Return how many letters the longer side of a pair has; none for a title or a particle."""
    if pair.ours[0].role in SMALL:
        return 0
    return max(sum(len(word_of(part.text).latin) for part in side) for side in (pair.ours, pair.theirs))


def _other_consonants(pair: Pair) -> float:
    """Return what share of their consonants two words differ in: Carrie is not Barry, Moustfa is Mostafa."""
    if pair.how not in {How.SPELLING_DIFFERS, How.SOUNDS_ALIKE}:
        return 0.0
    return consonants_apart([part.text for part in pair.ours], [part.text for part in pair.theirs])


def _standing_alone(pairs: Sequence[Pair]) -> tuple[float, float, float]:
    """Return the weight of what only the first name has, only the second, and of what is small in either.

    A title or a particle stands instead of nothing. What a name says twice stands instead of what the other
    has in its place: Ibrahim Sabawi Ibrahim is not Omar Sabawi Ibrahim.
    """
    small, extra, missing, again, again_there = 0.0, 0.0, 0.0, 0.0, 0.0
    for pair in pairs:
        if pair.ours and pair.theirs:
            continue
        weight = pair.weight
        if (pair.ours or pair.theirs)[0].role in SMALL:
            small += weight
        elif pair.how is How.EXTRA:
            extra += weight
        elif pair.how is How.MISSING:
            missing += weight
        elif pair.ours:
            again += weight
        else:
            again_there += weight
    return extra + min(again, missing), missing + min(again_there, extra), small


def _common(paired: Sequence[Pair]) -> bool:
    """Say whether one common given name is all that two names share."""
    words = [part for pair in paired for part in pair.ours if part.role is Role.NAME]
    return len(words) == 1 and bool(word_of(words[0].text).families & families().common)


def _is_child(pairs: Sequence[Pair], ours: Parts, theirs: Parts) -> bool:
    """Say whether one of two names is the other's with a child's before it."""
    return _child_of(pairs, ours, theirs) or _child_of([*map(_turned_round, pairs)], theirs, ours)


def _child_of(pairs: Sequence[Pair], ours: Parts, theirs: Parts) -> bool:
    """Say whether theirs is ours with one more given name before it: the name of a child of theirs.

    Only where one of the two is a name of peoples who name so. Muhammad before another name is as often left
    out as it is a name of its own.
    """
    alone = [
        pair
        for pair in pairs
        if pair.how in {How.EXTRA, How.MISSING} and (pair.ours + pair.theirs)[0].role not in SMALL
    ]
    mine, other = ([part for part in side if part.role is Role.NAME] for side in (ours, theirs))
    if len(mine) < 2 or [pair.theirs for pair in alone] != [tuple(other[:1])] or len(other) < 2:
        return False
    father = next((pair.ours[0] for pair in pairs if other[1] in pair.theirs and pair.ours), None)
    return father == mine[0] and _is_chain(other[0], father)


def _is_chain(child: Part, father: Part) -> bool:
    """Say whether two names may be those of a child and its father, written one after the other."""
    one, other = word_of(child.text), word_of(father.text)
    chained = {one.script, other.script} <= CHAINS or (one.families | other.families) & families().chained
    return bool(chained) and not one.families & families().of["muhammad"]


CHAINS = {"Arabic", "Ethiopic"}
SONS = {"bin", "ben", "ibn", "bn", "بن", "ابن", "bint", "bent", "بنت"}


def _turned(pairs: Sequence[Pair], ours: Parts, theirs: Parts) -> bool:
    """Say whether father and child changed places: Ahmad bin Hasan beside Hasan bin Ahmad."""
    one, other = _child_and_father(ours), _child_and_father(theirs)
    if not one or not other or one[0].text == one[1].text:
        return False
    met = {(pair.ours, pair.theirs) for pair in pairs}
    (child, father), (son, his) = one, other
    return ((child,), (his,)) in met and ((father,), (son,)) in met


def _child_and_father(parts: Parts) -> tuple[Part, Part] | None:
    """Return the names on either side of the first "son of", if there is one."""
    for before, son, after in zip(parts, parts[1:], parts[2:], strict=False):
        if son.text in SONS and before.role is Role.NAME and after.role is Role.NAME:
            return before, after
    return None
