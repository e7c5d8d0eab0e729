"""Who says a quotation, as the sentence around it tells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from evidence.data import SPEAKER, verbs
from evidence.rules.places import mentions
from evidence.rules.spelling import key

WORD = r"[^\W\d_a-zß-ÿ][\w’'.\-]*"  # begins with a capital, in any script that has them
PARTICLE = r"(?:(?:de|al|van|bin|el)[ \u00a0]+)?"
NAME = rf"(?P<name>{WORD}(?:[ \u00a0]+{PARTICLE}{WORD}){{0,6}})"
OWNED = re.compile(r"(?P<owner>.+?)[’']s?[ \u00a0]+(?P<person>.+)")
# "said Lena Okoro, director of Ridgeline Watch": two words with capitals, or letters that stand for them.
LINK = r"[ \u00a0](?:(?:of|for|and|the)[ \u00a0])*"
OFFICE = re.compile(
    rf"(?:,[ \u00a0][^,.“”\"]{{1,60}}?)?[ \u00a0](?:of|at|for|with|from)[ \u00a0](?:the[ \u00a0])?"
    rf"(?P<office>{WORD}(?:{LINK}{WORD})+|[A-Z]{{3,}})"
)
NOT_NAMES = {"He", "She", "They", "It", "We", "I", "The", "This", "That", "And", "But"}


@dataclass(frozen=True)
class Speaker:
    """A person quoted, with the organization they speak for where the text says it."""

    name: str
    affiliation: str | None


class Speakers:
    """The people quoted so far: a later surname alone means the person named before."""

    def __init__(self) -> None:
        self.by_surname: dict[str, Speaker] = {}

    def in_sentence(self, around: str) -> Speaker | None:
        """Return who speaks, given a sentence with its quotations cut out; None if it does not say."""
        after, before = _speaking()
        match = after.search(around) or before.search(around)
        if not match:
            return None
        written = match["name"].strip().rstrip(".,’'")
        if written in NOT_NAMES:
            return None
        return self._known(written, _office(around[match.end("name") :]))

    def _known(self, written: str, office: str | None) -> Speaker:
        owned = OWNED.fullmatch(written)
        affiliation, name = (owned["owner"], owned["person"]) if owned else (office, written)
        surname = name.split()[-1]
        before = self.by_surname.get(surname)
        if before and name in (surname, before.name) and affiliation is None:
            return before
        self.by_surname[surname] = Speaker(name, affiliation)
        return self.by_surname[surname]


@cache
def _speaking() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a name after a verb of speaking, and of one before it."""
    said = rf"(?:{'|'.join(map(re.escape, verbs(SPEAKER)))})"
    after = re.compile(rf"(?<!\w){said}[ \u00a0]+{NAME}")
    return after, re.compile(rf"{NAME}(?:,[^,.“”\"]{{1,80}},)?[ \u00a0]+{said}(?!\w)")


def _office(after: str) -> str | None:
    """Return the organization named right after a speaker; a place is none."""
    match = OFFICE.match(after)
    name = match["office"].rstrip(".,’'") if match else ""
    return name if name and not any(key(place.name) == key(name) for place in mentions(name)) else None


def blanked(text: str, pieces: Iterable[tuple[int, int]]) -> str:
    """Return the text with these pieces replaced by spaces, offsets unchanged."""
    characters = list(text)
    for start, end in pieces:
        characters[start:end] = "\0" * (end - start)
    return "".join(characters)
