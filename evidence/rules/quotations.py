"""What stands in quotation marks, of any kind, over paragraphs too."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.rules.spans import Span

MARKS = {"“": "”", "«": "»", "„": "“”", '"': '"”', "‹": "›", "「": "」"}
OPENING = re.compile(f"[{''.join(MARKS)}]")
# ‘…’ only where a paragraph has no other marks: ’ is an apostrophe too.
SINGLE = re.compile(r"(?<!\w)‘(?P<said>[^‘\n]{2,}?)’(?!\w)")


@dataclass(frozen=True)
class Quoted:
    """One quotation of a paragraph: all of it with its marks, and what is said; `goes_on` in the next."""

    start: int
    end: int
    said_start: int
    said_end: int
    goes_on: bool = False


def quoted_in(paragraphs: Sequence[Span]) -> list[list[Quoted]]:
    """Return the quotations of each paragraph; one left open goes on where the next begins with its mark."""
    return [
        list(_quoted(paragraph.text, below.text if below else ""))
        for paragraph, below in zip(paragraphs, [*paragraphs[1:], None], strict=False)
    ]


def _quoted(text: str, below: str) -> Iterator[Quoted]:
    place, found = 0, False
    while match := OPENING.search(text, place):
        found = True
        mark, inner = match.group(), match.end()
        end = _closing(text, inner, mark)
        if end is None:
            if below[:1] == mark:
                yield Quoted(match.start(), len(text), inner, len(text), goes_on=True)
                return
            place = inner
            continue
        if text[inner:end].strip():
            yield Quoted(match.start(), end + 1, inner, end)
        place = end + 1
    if not found:
        for single in SINGLE.finditer(text):
            yield Quoted(single.start(), single.end(), *single.span("said"))


def _closing(text: str, start: int, mark: str) -> int | None:
    """Return the place of the mark that closes; None where another is opened first, or none closes."""
    for place in range(start, len(text)):
        if text[place] in MARKS[mark]:
            return place
        if text[place] == mark:
            break
    # Typed in one way and printed in another: “…" is closed too.
    straight = text.find('"', start) if mark == "“" else -1
    return straight if straight >= 0 and mark not in text[start:straight] else None
