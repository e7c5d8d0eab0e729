"""A name taken apart once, when it is written down, into a line short enough to keep for each party."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from conflicts.data import kinds_of_words
from conflicts.rules.writing import DENSE, UnusableName, script_of, words_of

# Raise it when a stored line would be read differently: names are then analysed again.
FORMAT = "2"
OLDER = {"1"}  # lines whose words are as they would be today: what each does is worked out again


class Role(StrEnum):
    """What a part does in a name. The value is the mark a stored part begins with."""

    NAME = ""
    LINKED = "+"  # half of a compound, or a common ending: abd, abu, khan, jan
    PARTICLE = "-"  # bin, al, de, van
    TITLE = "~"
    SUFFIX = "="
    INITIAL = "."


WEIGHTS = {
    Role.NAME: 1.0,
    Role.LINKED: 0.8,
    Role.PARTICLE: 0.15,
    Role.TITLE: 0.2,
    Role.SUFFIX: 0.2,
    Role.INITIAL: 0.4,
}
KINDS = {"particle": Role.PARTICLE, "linked": Role.LINKED, "title": Role.TITLE, "suffix": Role.SUFFIX}
MARKS = {role.value: role for role in Role if role.value}


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name, lower case and in its own script, and what it does there."""

    text: str
    role: Role = Role.NAME

    @property
    def weight(self) -> float:
        """Return how much of the name the part is, 0-1."""
        return WEIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class NameAnalysis:
    """The parts of a name in the order written. `str()` of it is what is stored; `read` takes that back."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return " ".join([FORMAT, *(part.role.value + part.text for part in self.parts)])

    @classmethod
    def read(cls, stored: str) -> "NameAnalysis":
        """Read a stored line, or raise ValueError if it was written in another format."""
        return cls(tuple(part_of(marked) for marked in marked_parts(stored)))


def analyse(name: str) -> NameAnalysis:
    """Take a name apart, or raise UnusableName where there is nothing to compare.

    A title counts as one only while a name is left beside it: Emir or Said may be all there is.
    """
    words = words_of(name)
    roles = [_role(word) for word in words]
    for i, role in enumerate(roles):
        # Sultan Ahmed has a title or a name before it; Ahmed Sultan has a name behind it.
        if role is Role.TITLE and any(before in {Role.NAME, Role.LINKED} for before in roles[:i]):
            roles[i] = Role.LINKED
    # Said Arif is a man called Said, Ben Luna one called Ben; Said Arif Karimi may be a lord.
    if len(words) == 2 and roles[0] in {Role.TITLE, Role.PARTICLE} and words[0] in kinds_of_words("either"):
        roles[0] = Role.NAME
    # A particle stands before what it belongs to: at the end of a name, An, Na or Ben is the name itself.
    if roles[-1] is Role.PARTICLE:
        roles[-1] = Role.NAME
    for weak in ({Role.TITLE, Role.SUFFIX}, {Role.PARTICLE}):
        if not any(role in {Role.NAME, Role.LINKED} for role in roles):
            roles = [Role.NAME if role in weak else role for role in roles]
    if all(role is Role.INITIAL for role in roles):
        raise UnusableName("There are only initials here: write at least one word of the name in full.")
    return NameAnalysis(tuple(Part(word, role) for word, role in zip(words, roles, strict=True)))


def marked_parts(stored: str) -> list[str]:
    """Return the marked parts of a stored line, or raise ValueError if its format is not today's."""
    version, *marked = stored.split(" ")
    if version in OLDER and marked:
        words = " ".join(part_of(word).text for word in marked)
        return str(analyse(words)).split(" ")[1:]
    if version != FORMAT or not marked:
        raise ValueError("This analysis was stored in another format: analyse the name again.")
    return marked


@lru_cache(1 << 15)
def part_of(marked: str) -> Part:
    """Return the part that a marked word stands for."""
    role = MARKS.get(marked[:1])
    return Part(marked[1:], role) if role else Part(marked)


@lru_cache(1 << 14)
def _role(word: str) -> Role:
    if len(word) == 1 and script_of(word) not in DENSE:
        return Role.PARTICLE if word in "ye" else Role.INITIAL
    kind = kinds_of_words(*KINDS).get(word)
    return KINDS[kind] if kind else Role.NAME
