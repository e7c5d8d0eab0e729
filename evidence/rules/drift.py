"""What became of quoted passages on a page that was fetched again. The passage counts, not the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from evidence.rules.likeness import Words, counterpart

SPACE = re.compile(r"\s+")
LOOKALIKES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
LOST = re.compile(
    r"page (?:you requested )?(?:could )?not (?:be )?found|page (?:does not|no longer) exists?|\b404\b"
    r"|no longer available|nothing (?:was )?found|content (?:has been )?removed",
    re.IGNORECASE,
)
SOME, ALL_GONE = 400, {404, 410}


@dataclass(frozen=True)
class Difference:
    """A passage that is no longer there as quoted; `after` is what stands there now, if anything."""

    n: int
    state: str  # changed, gone
    before: str
    after: str

    @property
    def words(self) -> list[tuple[str, str]]:
        """Return (words before, words after) of each change."""
        old, new = self.before.split(), self.after.split()
        steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return [(" ".join(old[a:b]), " ".join(new[c:d])) for tag, a, b, c, d in steps if tag != "equal"]


@dataclass(frozen=True)
class Sight:
    """What was seen of a page, in one word, and which passages differ."""

    seen: str
    differences: list[Difference]


def plain(text: str) -> str:
    """Return text as it is compared: one space, straight quotes, so that typography is no change."""
    return SPACE.sub(" ", text.translate(LOOKALIKES)).strip()


def compared(passages: Iterable[tuple[int, str]], now: str) -> list[Difference]:
    """Return the passages that no longer stand on the page word for word."""
    whole = plain(now)
    blocks = [(place, Words.of(plain(block))) for place, block in enumerate(re.split(r"\n\s*\n|\n", now))]
    by_place = dict(blocks)
    found = []
    for n, text in passages:
        if plain(text) in whole:
            continue
        match = counterpart(Words.of(plain(text)), [b for b in blocks if b[1].words])
        if match.key is None:
            found.append(Difference(n, "gone", text, ""))
        else:
            found.append(Difference(n, "changed", text, by_place[match.key].text))
    return found


def sight_of(
    status: int, now: str, passages: Sequence[tuple[int, str]], *, moved: bool, same_site: bool = True
) -> Sight:
    """Return what a fetch shows: its status, the page's text, and whether it came from another address."""
    if status in ALL_GONE:
        return Sight("gone", [])
    if status >= SOME or not 200 <= status < 300:
        return Sight("unchecked", [])
    differences = compared(passages, now)
    all_lost = bool(passages) and all(one.state == "gone" for one in differences)
    if all_lost and len(differences) == len(passages) and (LOST.search(now[:3000]) or moved):
        return Sight("soft_404", differences)
    if differences:
        return Sight("changed", differences)
    return Sight("moved" if moved else "same", [])
