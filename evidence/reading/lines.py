"""Lines that a page's width made, joined to the paragraphs they were. For pure text: no place is known."""

import re
from collections.abc import Iterable, Set
from itertools import pairwise

WIDEST_LINE = 110  # characters: longer ones are paragraphs
FEWEST = 3  # broken lines that tell a broken text
OPEN = 0.6  # of the broken lines that must stop in the middle of a sentence
SENTENCE_END = re.compile(r"[.!?:;。؟۔…][”\"»’')\]]*$")
SOFT, CUT = "\u00ad", "\ufffe"  # the second is what pdfium says for a hyphen at a line's end
HYPHENS = "-\u2010" + SOFT + CUT
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
LAST_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*$")
BULLET = re.compile(r"(?:[•▪●◦‣*·–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")


def unwrapped(text: str) -> str:
    """Return a text whose lines were broken at one width with its paragraphs whole; any other as it is."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    width = max((len(line.rstrip()) for line in lines), default=0)
    broken = {
        place
        for place, (line, below) in enumerate(pairwise(lines))
        if width <= WIDEST_LINE and goes_on(line, below, width)
    }
    middle = [place for place in broken if not SENTENCE_END.search(lines[place].rstrip())]
    if len(broken) < FEWEST or len(middle) < OPEN * len(broken):
        return text
    known, whole = words_of(lines), list[str]()
    for place, line in enumerate(lines):
        if place - 1 in broken:
            whole[-1] = joined([whole[-1], line], known)
        else:
            whole.append(line)
    return "\n".join(whole)


def goes_on(line: str, below: str, width: int) -> bool:
    """Tell whether a line was broken for want of room: the next word would not have fitted."""
    line, below = line.rstrip(), below.strip()
    if not line or not below or BULLET.match(below):
        return False
    cut = line[-1] in HYPHENS and line[-2:-1].isalpha() and below[0].islower()
    return cut or len(line) + 1 + len(below.split()[0]) > width


def words_of(lines: Iterable[str]) -> set[str]:
    """Return the words of a text in small letters, compounds whole: what tells where a hyphen belongs."""
    return {word.lower() for line in lines for word in WORD.findall(line)}


def joined(lines: Iterable[str], known: Set[str] = frozenset()) -> str:
    """Return the lines of a paragraph as one, words that were cut at a line's end whole again."""
    whole = ""
    for line in map(str.strip, lines):
        whole = _after(whole, line, known) if whole and line else whole or line
    return whole


def _after(whole: str, line: str, known: Set[str]) -> str:
    if whole[-1] not in HYPHENS or len(whole) < 2 or not whole[-2].isalpha():
        return f"{whole} {line}"
    last, first = LAST_WORD.search(whole[:-1]), WORD.match(line)
    if last is None or first is None or whole[-1] == SOFT:
        return whole[:-1] + line if whole[-1] in (SOFT, CUT) else f"{whole} {line}"
    compound = f"{last[0]}-{first[0]}".lower()
    # "cease-/fire" is as the text has it elsewhere; "Anglo-/French" and "Sri-Lanka-/based" keep theirs.
    keeps = compound in known or not first[0][0].islower() or "-" in last[0] or "-" in first[0]
    return f"{whole[:-1]}-{line}" if keeps else whole[:-1] + line
