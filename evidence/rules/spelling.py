"""Names as texts write them: in capitals too, with either apostrophe, over the end of a line."""

import re
from collections.abc import Iterable

SHORTEST_IN_CAPITALS = 4  # letters: GAO is an office in Washington, not a town in Mali
APOSTROPHE, SPACE = "['’]", r"[ \u00a0\n]"


def any_of(names: Iterable[str], *, owned: bool = False, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern for any of the names, the longest first; `owned` takes a possessive s along."""
    written = {spelling for name in names for spelling in _spellings(name)}
    longest_first = sorted(written, key=lambda name: (-len(name), name))
    ending = f"(?:{APOSTROPHE}s)?" if owned else ""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_loose, longest_first))}){ending}(?!\w)", flags)


def key(written: str) -> str:
    """Return what all spellings of a name have in common."""
    return " ".join(written.replace("’", "'").casefold().split())


def _spellings(name: str) -> set[str]:
    return {name, name.upper()} if len(name) >= SHORTEST_IN_CAPITALS else {name}


def _loose(name: str) -> str:
    return re.escape(name).replace("'", APOSTROPHE).replace(r"\ ", SPACE)
