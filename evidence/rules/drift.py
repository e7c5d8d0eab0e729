"""What became of quoted passages on a page that was fetched again. The passage counts, not the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SPACE = re.compile(r"\s+")
LOOKALIKES = str.maketrans({"“": "", "”": "", '"': "", "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
LOST = re.compile(
    r"page (?:you requested )?(?:could )?not (?:be )?found|page (?:does not|no longer) exists?|\b404\b"
    r"|no longer available|nothing (?:was )?found|content (?:has been )?removed",
    re.IGNORECASE,
)
GONE = {404, 410}
KEPT = 0.6  # of a passage's words in their order: with fewer it is another passage


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
    """Return text as it is compared: typography and quotation marks are no change."""
    return SPACE.sub(" ", text.translate(LOOKALIKES)).strip()


def compared(passages: Iterable[tuple[int, str]], now: str) -> list[Difference]:
    """Return the passages that no longer stand on the page word for word."""
    whole = plain(now)
    blocks = [block.split() for block in map(plain, now.splitlines()) if block]
    differences = []
    for n, text in passages:
        before = plain(text)
        if before not in whole:
            after = _nearest(before.split(), blocks)
            differences.append(Difference(n, "changed" if after else "gone", before, after))
    return differences


def _nearest(words: list[str], blocks: Sequence[list[str]]) -> str:
    """Return the stretch of a block that says most of these words in their order, or nothing."""
    wanted = set(words)
    best = max(blocks, key=lambda block: len(wanted & set(block)), default=[])
    matcher = SequenceMatcher(None, words, best, autojunk=False)
    matches = [match for match in matcher.get_matching_blocks() if match.size]
    if sum(match.size for match in matches) < KEPT * len(words):
        return ""
    first, last = matches[0], matches[-1]
    start = max(0, first.b - first.a)
    end = last.b + last.size + (len(words) - last.a - last.size)
    return " ".join(best[start:end])


def sight_of(status: int, now: str, passages: Sequence[tuple[int, str]], *, moved: bool) -> Sight:
    """Return what a fetch shows: its status, the page's text, and whether it came from another address."""
    if status in GONE:
        return Sight("gone", [])
    if not 200 <= status < 300:
        return Sight("unchecked", [])
    differences = compared(passages, now)
    lost = [difference for difference in differences if difference.state == "gone"]
    if passages and len(lost) == len(passages) and (LOST.search(now[:3000]) or moved):
        return Sight("soft_404", differences)
    if differences:
        return Sight("changed", differences)
    return Sight("moved" if moved else "same", [])
