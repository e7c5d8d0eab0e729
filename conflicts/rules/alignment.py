"""Which part of one name answers to which part of another, whatever their order and however they are cut."""

from collections.abc import Iterator
from dataclasses import dataclass

from conflicts.data import families
from conflicts.rules.analysis import Part, Role
from conflicts.rules.parts import How, Likeness, likeness, word_of
from conflicts.rules.writing import DENSE, script_of

LONGEST_JOIN = 4
JOINED = 0.3  # slips: what is alike only once words are joined is a little less sure
SMALL = {Role.PARTICLE, Role.TITLE, Role.SUFFIX}
SHORTEST_FIELD = 20  # letters a form or a database gives a name at least: what is shorter was not cut
CUT = 0.7  # slips of a word cut short
SURE = 0.06  # a share of slips at which a pair needs no better one


@dataclass(frozen=True, slots=True)
class Pair:
    """A part of ours, or a few written as one, beside its counterpart; an empty side has none."""

    ours: tuple[Part, ...]
    theirs: tuple[Part, ...]
    how: How
    slips: float = 0.0
    share: float = 0.0

    @property
    def weight(self) -> float:
        """Return how much of the two names the pair stands for: the mean of its filled sides."""
        if len(self.ours) == len(self.theirs) == 1:
            return (self.ours[0].weight + self.theirs[0].weight) / 2
        sides = [sum(part.weight for part in side) for side in (self.ours, self.theirs) if side]
        return sum(sides) / len(sides)

    def as_dict(self) -> dict[str, str]:
        """Return the pair as JSON: our words, theirs, and how they match; it holds names: encrypt it."""
        ours, theirs = (" ".join(part.text for part in side) for side in (self.ours, self.theirs))
        return {"ours": ours, "theirs": theirs, "how": self.how.value}


@dataclass(frozen=True, slots=True)
class _Offer:
    """A pair that could be made of a run of ours and a run of theirs."""

    rank: float
    ours: range
    theirs: range
    likeness: Likeness


def align(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> list[Pair]:
    """Pair the parts of two names, the surest first; what is left stands alone.

    A part that says again what is paired already (Luna Luna Sergio) is a repetition, not an extra.
    """
    offers = sorted(_offers(ours, theirs), key=lambda offer: offer.rank)
    free_ours, free_theirs = set(range(len(ours))), set(range(len(theirs)))
    pairs: list[tuple[int, Pair]] = []
    for offer in offers:
        if free_ours.issuperset(offer.ours) and free_theirs.issuperset(offer.theirs):
            free_ours.difference_update(offer.ours)
            free_theirs.difference_update(offer.theirs)
            alike = offer.likeness
            mine = tuple(ours[i] for i in offer.ours)
            others = tuple(theirs[j] for j in offer.theirs)
            pairs.append(
                (
                    offer.ours[0],
                    Pair(mine, others, alike.how, alike.slips, alike.share),
                )
            )
    said = [part for _, pair in pairs for part in pair.ours + pair.theirs]
    result = [pair for _, pair in sorted(pairs, key=lambda entry: entry[0])]
    result += [Pair((ours[i],), (), _alone(ours[i], said, How.EXTRA)) for i in sorted(free_ours)]
    result += [Pair((), (theirs[j],), _alone(theirs[j], said, How.MISSING)) for j in sorted(free_theirs)]
    return result


def _alone(part: Part, said: list[Part], otherwise: How) -> How:
    if part.role is not Role.NAME:
        return otherwise
    for other in said:
        found = likeness(part.text, other.text) if other.role is Role.NAME else None
        if found and found.slips <= 0.5:
            return How.REPEATED
    return otherwise


def _offers(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> Iterator[_Offer]:
    sure_ours, sure_theirs = set(), set()
    for i, mine in enumerate(ours):
        for j, other in enumerate(theirs):
            found = likeness(mine.text, other.text)
            if found and _may_stand_together(mine, other, found):
                if found.share < SURE and found.how is not How.INITIAL:
                    sure_ours.add(i)
                    sure_theirs.add(j)
                yield _Offer(_rank(found, i, j, ours, theirs), range(i, i + 1), range(j, j + 1), found)
    yield from _cut_short(ours, theirs)
    for offer in _cut_short(theirs, ours):
        yield _Offer(offer.rank, offer.theirs, offer.ours, offer.likeness)
    yield from _joined(ours, theirs, sure_ours, sure_theirs)
    for offer in _joined(theirs, ours, sure_theirs, sure_ours):
        yield _Offer(offer.rank, offer.theirs, offer.ours, offer.likeness)


def _may_stand_together(mine: Part, other: Part, found: Likeness) -> bool:
    """Say whether two words that are alike do the like in their names: al is not Ali, nor abd abu."""
    linked = mine.role is other.role is Role.LINKED
    if not linked and mine.role not in SMALL and other.role not in SMALL:
        return True
    return found.share <= SURE or found.how is How.INITIAL


def _cut_short(ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> Iterator[_Offer]:
    """Yield the last word of ours beside one of theirs that begins with it, where a field ended too soon."""
    last = ours[-1].text
    if len(ours) < 3 or sum(len(part.text) + 1 for part in ours) <= SHORTEST_FIELD or not last.isascii():
        return
    for j, other in enumerate(theirs):
        at_the_end = j == len(theirs) - 1
        if other.text.startswith(last) and len(other.text) > len(last) >= (2 if at_the_end else 3):
            found = Likeness(How.CUT_SHORT, CUT, 0.1)
            yield _Offer(found.share, range(len(ours) - 1, len(ours)), range(j, j + 1), found)


def _rank(alike: Likeness, i: int, j: int, ours: tuple[Part, ...], theirs: tuple[Part, ...]) -> float:
    """Return where a pair stands in the queue: initials last, then by slips, then by place."""
    apart = abs(i / len(ours) - j / len(theirs))
    role = 0.0 if ours[i].role is theirs[j].role else 0.3
    return alike.share + (2.0 if alike.how is How.INITIAL else 0.0) + 0.01 * apart + role * 0.1


def _joined(
    ours: tuple[Part, ...], theirs: tuple[Part, ...], sure_ours: set[int], sure_theirs: set[int]
) -> Iterator[_Offer]:
    """Yield runs of our parts that, written as one word, are like one of their parts.

    Words that have found their counterpart alone are not tried: joins are for what is left.
    """
    dense = script_of(ours[0].text) in DENSE
    wanting = [
        (j, other)
        for j, other in enumerate(theirs)
        # Two signs of Han come to a few consonants, which some word of Arabic always has.
        if j not in sure_theirs and not (dense and word_of(other.text).is_abjad)
    ]
    for first in range(len(ours) - 1 if wanting else 0):
        begins = word_of(ours[first].text).begins
        hopeful = {j for j, other in wanting if begins & word_of(other.text).begins}
        text = ours[first].text
        for last in range(first + 1, min(len(ours), first + LONGEST_JOIN)):
            text += ours[last].text
            if sure_ours.issuperset(range(first, last + 1)):
                continue
            known = text in families().of
            for j, other in wanting:
                if not (known or j in hopeful or word_of(other.text).wade_giles == text):
                    continue
                found = _as_one(text, other)
                if found:
                    yield _Offer(found.share + 0.02, range(first, last + 1), range(j, j + 1), found)


def _as_one(text: str, other: Part) -> Likeness | None:
    written = len(word_of(other.text).latin)
    if abs(len(text) - written) > (3 if text.isascii() else written):
        return None
    found = likeness(text, other.text)
    if not found or found.share > 0.2 or found.how is How.INITIAL:
        return None
    return found if found.how is How.SAME else Likeness(found.how, found.slips + JOINED, found.share)
