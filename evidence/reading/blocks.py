"""The words under a part of a page as blocks: a paragraph, a heading, a row, a cell of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

# Everything else makes a block of its own, as readers show it.
INLINE = {
    *(
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
    ),
    *("ins", "kbd", "label", "mark", "nobr", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span"),
    *(
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "-text",
        "br",
        "img",
        "picture",
        "source",
    ),
}
BREAK, CELL = "\v", "\t"  # neither is left in the words of a page
SPACES = re.compile(r"[ \t\r\n\f]+")
SENTENCE_END = re.compile(r"[.!?:;。؟…][”\"»’')\]]*$")
LONG_LINE, LONG_CELL = 40, 200  # characters
UNPAIRED = re.compile(r"[\ud800-\udfff]")


def words(text: str) -> str:
    """Return text as readers show it: one space for any, none at the ends, no hyphen that is not seen."""
    return SPACES.sub(" ", text.replace("\0", "").replace("\u00ad", "").replace("\v", " ")).strip()


@dataclass
class Page:
    """The blocks so far, and the pieces of the one that is open."""

    blocks: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def end_block(self) -> None:
        whole, self.pieces = "".join(self.pieces), []
        self.blocks += _paragraphs(whole)


def blocks_of(root: LexborNode) -> list[str]:
    """Return the text of every block under a part of the page, in order, each word once.

    A line break inside a block separates words, two make two blocks; a row of short cells is one block.
    """
    page, rows = Page(), 0
    for node, leaves in _walk(root):
        tag = node.tag or ""
        if tag == "-text":
            page.pieces.append(_text(node))
        elif tag == "br":
            page.pieces.append("" if leaves else BREAK)
        elif tag == "q":
            page.pieces.append("”" if leaves else "“")
        elif tag == "tr" and (rows or _is_row(node)):
            rows += -1 if leaves else 1
            page.end_block()
        elif rows:
            page.pieces.append((CELL if leaves else "") if tag in ("td", "th") else _gap(tag))
        elif tag not in INLINE:
            page.end_block()
    page.end_block()
    return page.blocks


def _gap(tag: str) -> str:
    return "" if tag in INLINE else " "


def _text(node: LexborNode) -> str:
    text = (node.text_content or "").replace(BREAK, " ")
    preserved = node.parent is not None and node.parent.tag == "pre"
    return text.replace("\n", BREAK) if preserved else SPACES.sub(" ", text)


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every node under the root on the way in and, with True, on the way out; however deep."""
    waiting = [(root, False)]
    while waiting:
        node, leaves = waiting.pop()
        yield node, leaves
        if not leaves and node.tag != "-text":
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(list(node.iter(include_text=True)))]


def _is_row(row: LexborNode) -> bool:
    """Tell whether a row of a table is read as one line: several cells, each of a few words."""
    cells = [cell for cell in row.iter() if cell.tag in ("td", "th")]
    if len(cells) < 2 or row.css_first("table, ul, ol, br, p + p") is not None:
        return False
    return all(len(cell.text(deep=True)) <= LONG_CELL for cell in cells)


def _paragraphs(block: str) -> list[str]:
    """Return a block's paragraphs: two line breaks end one, one ends a line where it looks like an end."""
    cells = [words(cell) if BREAK not in cell else cell for cell in block.split(CELL)]
    block = CELL.join(cell for cell in cells if cell.strip())
    parts = re.split(rf"{BREAK}\s*{BREAK}[\s{BREAK}]*", block) if BREAK in block else [block]
    return [paragraph for part in parts if (paragraph := _lines(part))]


def _lines(part: str) -> str:
    if BREAK not in part:
        return UNPAIRED.sub("\ufffd", part.strip())
    lines = [words(line) for line in part.split(BREAK)]
    whole = ""
    for line in filter(None, lines):
        whole = f"{whole}{_between(whole.rpartition(chr(10))[2], line)}{line}" if whole else line
    return UNPAIRED.sub("\ufffd", whole)


def _between(line: str, below: str) -> str:
    """Return what a single line break stands for: a space in a sentence, else the end of a line."""
    if SENTENCE_END.search(line):
        return "\n"
    return " " if below[0].islower() or len(line) > LONG_LINE else "\n"
