"""The distinct words of all names, each filed so that a word one slip, sound or spelling away finds it."""

import heapq
from array import array
from collections.abc import Iterator

from conflicts.rules import Role
from conflicts.rules.analysis import part_of
from conflicts.rules.parts import How, Word, likeness, word_of
from conflicts.rules.sounds import respelled
from conflicts.rules.writing import DENSE

BUCKETS = 1 << 18
MOST_LIKE_WORDS = 300
SLIP = 0.4  # of a word's worth, for each slip it is away


class Vocabulary:
    """The distinct words of all names; each finds those that are spelled or sound like it."""

    def __init__(self) -> None:
        self.tokens: dict[str, int] = {}
        self.marked: list[str] = []
        self._buckets: list[array[int] | None] = [None] * BUCKETS

    def token(self, marked: str) -> int:
        """Return the number of a marked word, giving it one if it is new."""
        number = self.tokens.get(marked)
        if number is None:
            number = self.tokens[marked] = len(self.marked)
            self.marked.append(marked)
            self._file(number, part_of(marked).text)
        return number

    def like(self, text: str, *, share: float = 0.5) -> dict[int, float]:
        """Return the tokens that may be this word, with their closeness, 0-1; `share` of slips at most."""
        tokens: dict[int, float] = {}
        for number in self._near(text):
            alike = likeness(text, part_of(self.marked[number]).text)
            if alike and alike.how is not How.INITIAL and alike.share <= share:
                tokens[number] = 1.0 - min(0.7, alike.slips * SLIP)
        if len(tokens) > MOST_LIKE_WORDS:
            return dict(heapq.nlargest(MOST_LIKE_WORDS, tokens.items(), key=lambda item: item[1]))
        return tokens

    def exactly(self, text: str) -> dict[int, float]:
        """Return the tokens that are this very word, whatever it does in a name."""
        numbers = (self.tokens.get(role.value + text) for role in Role)
        return {number: 1.0 for number in numbers if number is not None}

    def _file(self, number: int, text: str) -> None:
        word = word_of.__wrapped__(text)
        for key in spelling_keys(word) | {
            f"{shelf}{bones}" for shelf in shelves(word) for bones in skeletons(word)
        }:
            place, entry = _place(key, number)
            bucket = self._buckets[place]
            if bucket is None:
                self._buckets[place] = array("Q", (entry,))
            else:
                bucket.append(entry)

    def _near(self, text: str) -> set[int]:
        """Return the tokens that share a key with a word."""
        word = word_of(text)
        asked = spelling_keys(word) | {f"{shelf}{bones}" for shelf in asks(word) for bones in skeletons(word)}
        near: set[int] = set()
        for key in asked:
            place, print_of_key = _place(key, 0)
            bucket = self._buckets[place]
            if bucket:
                near.update(entry & NUMBER for entry in bucket if entry & FINGERPRINT == print_of_key)
        return near


NUMBER, FINGERPRINT = (1 << 32) - 1, ((1 << 32) - 1) << 32


def _place(key: str, number: int) -> tuple[int, int]:
    """Return the bucket of a key, and what is put there: a number with a print of the key above it."""
    hashed = hash(key) & (1 << 50) - 1
    return hashed % BUCKETS, (hashed >> 18) << 32 | number


def spelling_keys(word: Word) -> set[str]:
    """Return what a word is filed under by spelling, sound and family: one slip apart, one key is shared."""
    keys = {f"f{number}" for number in word.families}
    keys.update("r" + shorter for shorter in _shorter(word.respelled[:20]))
    if not word.is_abjad:
        keys.add("c" + word.consonants)
    if word.wade_giles:
        keys.add("r" + respelled(word.wade_giles))
    if word.slavic:
        keys.add("v" + word.slavic)
    if word.somali:
        keys.add("r" + word.somali)
    if word.cantonese:
        keys.add("k" + word.cantonese)
    if word.korean:
        keys |= spelling_keys(word_of(word.korean))
    if word.script in DENSE:
        keys.update("x" + shorter for shorter in _shorter(word.text))
    return keys


def skeletons(word: Word) -> list[str]:
    """Return a word's consonants in each reading, with one left out too where there are enough."""
    found: list[str] = []
    for bones in word.skeletons:
        found += _shorter(bones) if len(bones) > 3 else (bones,)
    return found


def shelves(word: Word) -> str:
    """Return where a word's consonants are filed: l for scripts that write vowels, a for all but Latin."""
    return "a" if word.is_abjad else "l" if word.script in SAME_SOUNDS else "al"


def asks(word: Word) -> str:
    """Return where a word's consonants are looked for: Latin words among the others, not among themselves."""
    return "l" if word.is_abjad else "a" if word.script in SAME_SOUNDS else "al"


SAME_SOUNDS = DENSE | {"Latin"}  # for these the spelling keys do


def _shorter(text: str) -> Iterator[str]:
    """Yield a text and every text with one letter less: two texts one slip apart share one (SymSpell)."""
    yield text
    if len(text) > 2:
        for i in range(len(text)):
            yield text[:i] + text[i + 1 :]
