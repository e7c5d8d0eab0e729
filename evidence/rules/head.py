"""The lines above a text: its title and subtitle, and what stands around them (kind, day, place, author)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from evidence.data import BYLINE, KICKER, LABEL, NAME, POSTED, PUBLISHED, SOURCE, phrases, publishers
from evidence.rules import places
from evidence.rules.dateline import dateline_of
from evidence.rules.dates import Published, date_line
from evidence.rules.spans import Span
from evidence.rules.spelling import key

DEEPEST = 30  # lines
LONG, SHORT = 160, 70  # characters: a paragraph, a heading
SENTENCE_END = re.compile(r"[.!?؟…][”\"»’')\]]*$")
QUOTED = re.compile(r"[“«\"„]")
BULLET = re.compile(r"[•▪●◦‣*–-][ \t\u00a0]")
STATED_BY = re.compile(r"(?:STATEMENT|REMARKS|DECLARATION|READOUT) (?:BY|OF|FROM) [^a-z]+$")
LABELS = (PUBLISHED, POSTED, SOURCE, LABEL)


@dataclass
class Head:
    """What stands above a text; `start` is the number of the line with which the text itself begins."""

    title: Span | None = None
    subtitle: Span | None = None
    dates: list[Published] = field(default_factory=list)
    source: Span | None = None
    place: Span | None = None
    publishers: list[Span] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)
    start: int = 0


def head_of(text: str, lines: Sequence[Span], *, title: str = "", lang: str = "") -> Head:
    """Return the head of a text of lines. `title` is what the page names as its title."""
    head = Head()
    number = 0
    while number < min(len(lines), DEEPEST):
        taken = _take(text, lines, number, head, title, lang)
        if not taken:
            break
        number += taken
    head.start = number
    if not head.dates:  # under a first sentence, as "This is a summary of what was said at the briefing."
        head.dates += filter(None, (date_line(line, lang=lang) for line in lines[number + 1 : number + 3]))
    if head.title is None and head.others:
        head.title = head.others.pop(0)
    return head


def _take(text: str, lines: Sequence[Span], number: int, head: Head, title: str, lang: str) -> int:
    """Put the next line where it belongs and return how many lines that took; none where the text begins."""
    line = lines[number]
    if title and key(line.text) == key(title):
        head.others += [head.title] if head.title else []
        head.title = line
        return 1
    if taken := _label(lines, number, head, lang):
        return taken
    if published := date_line(line, lang=lang):
        head.dates.append(published)
        return 1
    if _is_beside(line, head):
        return 1
    if head.title is None:
        if title and _comes(lines, number, title):
            head.others.append(line)
            return 1
        if len(line.text) > LONG and dateline_of(text, line, lang=lang):
            return 0
        head.title = line
        return 1
    if _begins_text(text, line, lang):
        return 0
    return _below_title(text, lines, number, head, lang)


def _comes(lines: Sequence[Span], number: int, title: str) -> bool:
    return any(key(line.text) == key(title) for line in lines[number : number + DEEPEST])


def _begins_text(text: str, line: Span, lang: str) -> bool:
    ends = SENTENCE_END.search(line.text) and len(line.text) > SHORT / 3
    if len(line.text) > LONG or ends or BULLET.match(line.text) or line.text.count(". ") > 1:
        return True
    return bool(QUOTED.match(line.text) or SENTENCE_END.search(line.text)) or bool(
        dateline_of(text, line, lang=lang)
    )


def _below_title(text: str, lines: Sequence[Span], number: int, head: Head, lang: str) -> int:
    """Take a short line between title and text: the subtitle where it is next, else one of no use."""
    line, below = lines[number], lines[number + 1 : number + 5]
    if not below or (len(line.text) > SHORT and head.subtitle):
        return 0
    if number and lines[number - 1] is head.title:
        if any(_begins_text(text, one, lang) for one in below):
            head.subtitle = line
            return 1
        return 0
    ahead = [one for one in below if date_line(one, lang=lang) or _label_of(one.text)]
    if not (ahead or head.dates) or len(line.text) > SHORT:
        return 0
    head.others.append(line)
    if STATED_BY.match(head.title.text if head.title else "") and head.dates and not head.subtitle:
        head.others[-1], head.title = head.title, line  # type: ignore[assignment]
    return 1


def _is_beside(line: Span, head: Head) -> bool:
    """Take a line of a known kind: what kind of text it is, who published or wrote it, where."""
    said = line.text.strip(" *|•[]()").lower()
    parts = [part.strip() for part in re.split(r"[|•·/]", said)]
    if any(said == phrase for phrase in phrases(KICKER)) or all(part in phrases(KICKER) for part in parts):
        head.others.append(line)
    elif publisher_line(line.text):
        head.publishers.append(line)
    elif _is_byline(line.text):
        head.others.append(line)
    elif head.title and places.mentions(line.text) and places.without(line.text).strip(" ,.()DC") == "":
        head.place = head.place or line
    else:
        return False
    return True


def publisher_line(line: str) -> str:
    """Return whose name or office a line is: "UNHCR", "Ana Doe, Department Spokesperson"."""
    last = re.split(r",[ \u00a0]", line.strip(" .:"))[-1]
    return _signs().get(key(line.strip(" .:"))) or (_signs().get(key(last), "") if len(line) <= SHORT else "")


@cache
def _signs() -> dict[str, str]:
    return {key(sign): publisher for sign, publisher in publishers(NAME).items()}


def _is_byline(line: str) -> bool:
    """Tell whether a line names who wrote it: "By ALBERT AJI and SARAH EL DEEB"."""
    first, _space, rest = line.partition(" ")
    return (
        first.lower() in phrases(BYLINE) and len(line) <= LONG and rest[:1].isupper() and "." not in rest[-1:]
    )


def _label(lines: Sequence[Span], number: int, head: Head, lang: str) -> int:
    """Take a line "Source: UNHCR", or "Source" with the value below it."""
    line = lines[number]
    use, value = _label_of(line.text)
    if not use or (use == LABEL and head.title is None):
        return 0
    taken = 1
    if not value:
        if number + 1 >= len(lines) or len(lines[number + 1].text) > LONG:
            return 0
        taken, below = 2, lines[number + 1]
    else:
        below = Span(value, line.end - len(value), line.end)
    return taken if _value(use, line, below, head, lang) else 0


def _label_of(line: str) -> tuple[str, str]:
    """Return what a line is the label of and what stands behind its colon, if anything does."""
    said, colon, value = line.partition(":")
    for use in LABELS:
        if said.strip().lower() in phrases(use) and (colon or len(line) <= 24):
            return use, value.strip()
    return "", ""


def _value(use: str, line: Span, value: Span, head: Head, lang: str) -> bool:
    """Put the value of a label where it belongs; not one where a date is asked and none is there."""
    if use in (PUBLISHED, POSTED):
        published = date_line(value, lang=lang)
        if published is None:
            return False
        where = "published_line" if use == PUBLISHED else "posted_line"
        head.dates.append(
            Published(
                published.span,
                line,
                published.first_day,
                published.precision,
                where,
                published.sure,
                published.either,
            )
        )
    elif use == SOURCE:
        head.source = head.source or value
    else:
        head.others += [line] if line.end == value.end else [line, value]
    return True
