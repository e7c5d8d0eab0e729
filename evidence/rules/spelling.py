"""Names as texts write them: in capitals too, with either apostrophe, with or without accents, over lines."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

SHORTEST_IN_CAPITALS = 4  # letters: GAO is an office in Washington, not a town in Mali
APOSTROPHE, SPACE = "['’ʼ]", r"[ \u00a0\n]"
ARABIC = re.compile(r"[\u0600-\u06ff]")
# "And", "so", "in", "for" and "as" are written as one with the word that follows.
ARABIC_BEFORE = r"(?:[وف]?[بلك]?)"


def any_of(names: Iterable[str], *, owned: bool = False, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern for any of the names, the longest first; `owned` takes a possessive s along."""
    written = {spelling for name in names for spelling in _spellings(name)}
    arabic = {name for name in written if ARABIC.search(name)}
    ending = f"(?:{APOSTROPHE}s)?" if owned else ""
    parts = [rf"(?<!\w){_one_of(written - arabic)}{ending}(?!\w)"] if written - arabic else []
    if arabic:
        parts.append(rf"(?<!\w){ARABIC_BEFORE}(?P<bare>{_one_of(arabic)})(?!\w)")
    return re.compile("|".join(parts) or r"(?!)", flags)


def named(match: re.Match[str]) -> str:
    """Return the name that `any_of` found, without what Arabic writes before it."""
    bare = match["bare"] if "bare" in match.re.groupindex else None
    return bare or match.group()


@cache
def key(written: str) -> str:
    """Return what all spellings of a name have in common."""
    return " ".join(plain(written).replace("’", "'").replace("ʼ", "'").casefold().split())


def plain(written: str) -> str:
    """Return a word without its accents and other marks."""
    if written.isascii():
        return written
    parts = unicodedata.normalize("NFKD", written)
    return unicodedata.normalize("NFC", "".join(one for one in parts if not unicodedata.combining(one)))


def _spellings(name: str) -> set[str]:
    plainly = {name, plain(name)}
    return plainly | ({one.upper() for one in plainly} if len(name) >= SHORTEST_IN_CAPITALS else set())


def _one_of(names: Iterable[str]) -> str:
    """Return a pattern of names, the longest first, parted by their first letters: there are thousands."""
    by_start: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by_start[name[0]].append(name)
    parts = (f"{re.escape(start)}(?:{_rest(alike)})" for start, alike in by_start.items())
    return f"(?:{'|'.join(parts)})"


def _rest(names: Iterable[str]) -> str:
    return "|".join(_loose(name[1:]) for name in names)


def _loose(name: str) -> str:
    return re.escape(name).replace("'", APOSTROPHE).replace(r"\ ", SPACE)
