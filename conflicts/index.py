"""The names of all parties in memory, to look one up in milliseconds.

Words are few and parties many, so what is forgiving works on words: a word finds the words like it
(`Vocabulary`), and each word knows the parties that bear it. Nothing here is written anywhere.
"""

import heapq
import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

from conflicts.rules import Comparison, NameAnalysis, Part, Role, compare
from conflicts.rules.analysis import marked_parts, part_of
from conflicts.rules.parts import word_of
from conflicts.vocabulary import Vocabulary

EXACT = 1.5  # what the very word asked for may be worth beyond one like it
# Parties read one by one for a look-up; beyond that only those that share a second word are counted.
SCANNED = 4_000
MET = 3  # common words whose bearers are intersected
# Names compared in full, and the parties they are taken from (namesakes are one name). Enough that the right
# one is among them: with 50 and with 80 the benchmark finds the same.
COMPARED = 60
POOLED = 300
FLOOR = 0.05
WORTHLESS = {Role.PARTICLE, Role.INITIAL, Role.SUFFIX}


@dataclass(frozen=True, slots=True)
class Party:
    """What the index is told of a party: its id, the stored analysis of one name, and what sharpens a hit."""

    id: int
    analysis: str
    birth_date: str | None = None  # ISO, or a year
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A party that may be the one looked up."""

    id: int
    score: float
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class _Group:
    """The words on file that one word asked for may be: token to what bearing it is worth."""

    worth: dict[int, float]
    bearers: int


class NameIndex:
    """Parties by the words of their names.

    A process that holds a large one calls `gc.freeze()` once it is built: else the collector walks all of
    it now and then, in the middle of a look-up (100 ms at a million parties).
    """

    def __init__(self, parties: Iterable[Party] = ()) -> None:
        self.vocabulary = Vocabulary()
        self._slots: dict[int, int] = {}
        self._ids: list[int] = []
        self._birth_dates: list[str | None] = []
        self._countries: list[str | None] = []
        self._starts = array("I", (0,))
        self._words = array("I")
        self._bearers: list[array[int]] = []
        self._same: dict[str, str] = {}
        for party in parties:
            self.add(party)

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, party_id: int) -> bool:
        return party_id in self._slots

    def add(self, party: Party) -> None:
        """Add a party, or replace what was known of it; ValueError if its analysis is in another format."""
        marked = marked_parts(party.analysis)
        self.remove(party.id)
        slot = self._slots[party.id] = len(self._ids)
        self._ids.append(party.id)
        self._birth_dates.append(self._shared(party.birth_date))
        self._countries.append(self._shared(party.country))
        token, bearers = self.vocabulary.token, self._bearers
        for word in marked:
            number = token(word)
            self._words.append(number)
            if number == len(bearers):
                bearers.append(array("I"))
            borne = bearers[number]
            if not borne or borne[-1] != slot:
                borne.append(slot)
        self._starts.append(len(self._words))

    def remove(self, party_id: int) -> None:
        """Forget a party; an id that is not there is no error."""
        slot = self._slots.pop(party_id, None)
        if slot is None:
            return
        self._ids[slot] = GONE
        self._birth_dates[slot] = self._countries[slot] = None
        if len(self._ids) > 1000 and len(self._slots) * 2 < len(self._ids):
            self._rebuild()

    def look_up(
        self,
        name: NameAnalysis,
        *,
        limit: int = 10,
        birth_date: str | None = None,
        country: str | None = None,
        floor: float = FLOOR,
    ) -> list[Hit]:
        """Return the likeliest parties, best first; at most `limit`, none that scores under `floor`."""
        seen: dict[tuple[object, ...], Comparison] = {}
        hits = []
        for slot, weight in self._candidates(name):
            born, from_country = self._birth_dates[slot], self._countries[slot]
            words = self._words[self._starts[slot] : self._starts[slot + 1]]
            key = (words.tobytes(), born, from_country)
            comparison = seen.get(key)
            if comparison is None:
                comparison = seen[key] = compare(
                    name,
                    NameAnalysis(tuple(part_of(self.vocabulary.marked[word]) for word in words)),
                    birth_dates=(birth_date, born),
                    countries=(country, from_country),
                )
            if comparison.score >= floor:
                hits.append((comparison.score, weight, Hit(self._ids[slot], comparison.score, comparison)))
        hits.sort(key=lambda hit: hit[:2], reverse=True)
        return [hit for _, _, hit in hits[:limit]]

    def _candidates(self, name: NameAnalysis) -> list[tuple[int, float]]:
        """Return the slots worth comparing in full, with the weight of what they share with the name.

        Words that few bear are read party by party, the most telling first, up to SCANNED parties; the
        others only raise those found, or stand for a party where two of them meet.
        """
        groups = sorted(self._groups(name), key=lambda group: group.bearers)
        weights: dict[int, float] = {}
        common: list[dict[int, float]] = []
        left = SCANNED
        for waiting, group in zip(range(len(groups), 0, -1), groups, strict=True):
            few, many = self._divide(group, left // waiting)
            left -= self._scan(few, weights)
            common.append(many)
        self._meet([many for many in common if many], weights)
        for many in common:
            self._raise(many, weights)
        return self._best(weights, len(name.parts)) if weights else []

    def _divide(self, group: _Group, allowed: int) -> tuple[dict[int, float], dict[int, float]]:
        """Divide a group's words into those to read, at most `allowed` bearers in all, and the rest."""
        few, many = {}, {}
        for number, worth in sorted(group.worth.items(), key=lambda item: -item[1]):
            bearers = len(self._bearers[number])
            if bearers <= allowed:
                few[number] = worth
                allowed -= bearers
            else:
                many[number] = worth
        return few, many

    def _groups(self, name: NameAnalysis) -> Iterator[_Group]:
        """Yield, for each word asked for, the words on file it may be: alone, joined or split."""
        parts = {part for part in name.parts if part.role not in WORTHLESS}
        for part in parts:
            tokens = self.vocabulary.like(part.text)
            # A word that is on file as it stands is still tried as two, though not as scraps of two letters.
            known = any(closeness > 0.95 for closeness in tokens.values())
            yield from self._split(part, shortest=3 if known else 2)
            yield from self._group(tokens)
        for one, other in pairwise(name.parts):
            if Role.INITIAL not in {one.role, other.role}:
                yield from self._group(self.vocabulary.like(one.text + other.text, share=0.15))

    def _split(self, part: Part, *, shortest: int) -> Iterator[_Group]:
        """Yield the two halves of a word that is two words on file, in its own script or in Latin."""
        for text in {part.text, word_of(part.text).latin}:
            for cut in range(shortest, len(text) - shortest + 1):
                one = self.vocabulary.exactly(text[:cut])
                other = self.vocabulary.exactly(text[cut:]) if one else {}
                if other:
                    yield from self._group(one)
                    yield from self._group(other)

    def _group(self, closeness: dict[int, float]) -> Iterator[_Group]:
        """Weigh each word by how rare it is: the very word by itself, one merely like it by its group."""
        bearers = sum(len(self._bearers[number]) for number in closeness)
        if not bearers:
            return
        rarity = self._rarity(bearers)
        worth = {
            number: close * rarity if close < 1.0 else min(rarity + EXACT, self._rarity_of(number))
            for number, close in closeness.items()
            if self._bearers[number]
        }
        yield _Group(worth, bearers)

    def _rarity_of(self, number: int) -> float:
        return self._rarity(len(self._bearers[number]))

    def _rarity(self, bearers: int) -> float:
        return math.log(1 + len(self._ids) / max(1, bearers))

    def _scan(self, words: dict[int, float], weights: dict[int, float]) -> int:
        """Add to every party what its most telling word of these is worth; return how many were read."""
        best: dict[int, float] = {}
        for number, worth in reversed(words.items()):
            best.update(dict.fromkeys(self._bearers[number], worth))
        for slot, worth in best.items():
            weights[slot] = weights.get(slot, 0.0) + worth
        return len(best)

    def _meet(self, groups: list[dict[int, float]], weights: dict[int, float]) -> None:
        """Count the parties that bear words of two of the commonest groups; of one, if there is but one."""
        sets = [self._bearing(group) for group in groups[:MET]]
        for one, other in combinations(sets, 2):
            weights.update(dict.fromkeys((one & other) - weights.keys(), 0.0))
        if not weights and groups:
            first = next(iter(groups[0]))
            weights.update(dict.fromkeys(self._bearers[first][:SCANNED], 0.0))

    def _raise(self, words: dict[int, float], weights: dict[int, float]) -> None:
        """Add what common words are worth to those parties that are counted already."""
        raised: dict[int, float] = {}
        for number, worth in reversed(words.items()):
            raised.update(dict.fromkeys(weights.keys() & self._bearers[number], worth))
        for slot, worth in raised.items():
            weights[slot] += worth

    def _bearing(self, words: dict[int, float]) -> set[int]:
        return set(chain.from_iterable(self._bearers[number] for number in words))

    def _best(self, weights: dict[int, float], length: int) -> list[tuple[int, float]]:
        """Return the heaviest slots, shorter names first where weights are alike; at most COMPARED names.

        Namesakes count once, or a hundred of one name would keep all others out.
        """
        # A word more on either side matters little, unless one word is all that was asked for.
        apart = 0.3 if length > 1 else 1.2
        enough = heapq.nlargest(POOLED, weights.values())[-1] - apart
        starts, ids = self._starts, self._ids
        pool = [
            (weight - apart * abs(starts[slot + 1] - starts[slot] - length), slot)
            for slot, weight in weights.items()
            if weight >= enough and ids[slot] != GONE
        ]
        names: set[bytes] = set()
        best = []
        for weight, slot in heapq.nlargest(POOLED, pool):
            names.add(self._words[starts[slot] : starts[slot + 1]].tobytes())
            if len(names) > COMPARED:
                break
            best.append((slot, weight))
        return best

    def _shared(self, text: str | None) -> str | None:
        return self._same.setdefault(text, text) if text else None

    def _rebuild(self) -> None:
        """Leave out the slots of parties that are gone."""
        fresh = NameIndex(self._parties())
        self.__dict__.update(fresh.__dict__)

    def _parties(self) -> Iterator[Party]:
        marked = self.vocabulary.marked
        for party_id, slot in self._slots.items():
            words = self._words[self._starts[slot] : self._starts[slot + 1]]
            parts = tuple(part_of(marked[word]) for word in words)
            yield Party(party_id, str(NameAnalysis(parts)), self._birth_dates[slot], self._countries[slot])


GONE = -1
