"""The opening of a first paragraph: "BEIRUT, Dec 6, 2016 (Reuters) -", "(Nairobi) –", "6 December 2016 –"."""

import re
from dataclasses import dataclass

from evidence.data import WIRE, publishers
from evidence.rules import places
from evidence.rules.dates import Day, days_in, pattern
from evidence.rules.spans import Span

LONGEST = 110  # characters
ENDING = re.compile(
    r"[ \u00a0]*(?:—|–|--|(?<!\.[A-Z])\.[ \u00a0]?[-–—]|[ \u00a0]-[ \u00a0]|:[ \u00a0])[ \u00a0]*"
)
FULL_STOP = re.compile(r"\.[ \u00a0]")
SIGN = re.compile(r"\((?P<sign>[A-Za-z][\w/& .]{1,28})\)")
MONTH_DAY = re.compile(r"[^\W\d]{3,10}\.?[ \u00a0]\d{1,2}$|^\d{1,2}[ \u00a0][^\W\d]{3,10}\.?$")
SMALL = re.compile(r"^(?:le|el|em|on|this|today)\b|\b(?:le|el|em|on)$", re.IGNORECASE)
CAPITALIZED = re.compile(
    r"[^\W\d_a-zß-ÿ][^\s]*(?:[ \u00a0-](?:of|de|del|da|do|la|the|d['’])?[ \u00a0]?[^\W\d_a-zß-ÿ][^\s]*){0,3}"
)
NO_PLACE = re.compile(
    r"^(?:the|a|an|in|on|at|and|but|this|that|it|we|he|she|they|les?|la|los?|las|el|un|une|una)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dateline:
    """Where and when a text was sent: `wire` is the agency of its sign; the story begins at `end`."""

    place: Span | None
    day: Day | None
    wire: Span | None
    end: int


def dateline_of(text: str, paragraph: Span, *, lang: str = "") -> Dateline | None:
    """Return what a paragraph opens with, or None where it begins at once."""
    opening = paragraph.text[:LONGEST]
    for ending in ENDING.finditer(opening):
        found = _read(text, paragraph.start, opening[: ending.start()], lang, colon=":" in ending.group())
        if found:
            return Dateline(*found, paragraph.start + ending.end())
    stop = FULL_STOP.search(opening)
    if stop and "," in opening[: stop.start()] and _all_places(opening[: stop.start()]):
        place = Span.of(text, paragraph.start, paragraph.start + stop.start())
        return Dateline(place, None, None, paragraph.start + stop.end())
    return None


def _read(
    text: str, start: int, opening: str, lang: str, *, colon: bool
) -> tuple[Span | None, Day | None, Span | None] | None:
    """Return the place, day and agency in front of a dash; None where it is no dateline."""
    day = next(days_in(text, start, start + len(opening), lang=lang), None)
    sign = SIGN.search(opening, 1)  # a place may stand in brackets, at the start
    wire = Span.of(text, start + sign.start("sign"), start + sign.end("sign")) if sign else None
    agency = wire if wire and wire.text in publishers(WIRE) else None
    # The place is what comes before the date, the sign, the time.
    ends = [len(opening)]
    ends += [day.span.start - start] if day else []
    ends += [sign.start()] if sign else []
    rest = _bare(opening[: min(ends)])
    lead = len(rest) - len(rest.lstrip("( \u00a0"))
    rest = rest[lead:].rstrip(") ")
    rest, dated = _without_day(rest)
    place = Span.of(text, start + lead, start + lead + len(rest)) if rest else None
    if place is None:
        return (None, day, agency) if day or agency else None
    certain = bool(day or agency or dated or opening.startswith("("))
    if not _may_be_place(place.text, certain=certain, colon=colon):
        return None
    return place, day, agency


def _bare(words: str) -> str:
    """Return words without what ends them, but for the stop of "D.C."."""
    bare = words.rstrip(" ,،.(\u00a0")
    return f"{bare}." if re.search(r"\.[A-Z]$", bare) and words[len(bare) :][:1] == "." else bare


def _without_day(rest: str) -> tuple[str, bool]:
    """Return a place without a day of no year ("ADDIS ABABA, Feb 2"), and whether it had one."""
    parts = re.split(r"[,،]", rest)
    dated = len(parts) > 1 and bool(MONTH_DAY.search(parts[-1].strip()) or pattern().search(parts[-1]))
    if dated or (len(parts) > 1 and SMALL.fullmatch(parts[-1].strip())):
        rest = rest[: len(rest) - len(parts[-1]) - 1]
    return SMALL.sub("", rest).strip(" ,،") if SMALL.search(rest) else rest, dated


def _may_be_place(name: str, *, certain: bool, colon: bool) -> bool:
    if len(name) > 60 or re.search(r"[“”\"«»!?;]", name):
        return False
    known = bool(places.mentions(name))
    if known and not re.sub(r"D\.?C|[\s,،.()]", "", places.without(name)):
        return not colon or certain or name.isupper()
    if NO_PLACE.match(name) or (colon and not certain):
        return False
    return bool(CAPITALIZED.match(name)) and (certain or name.isupper() or _is_short_name(name))


def _is_short_name(name: str) -> bool:
    return len(name) <= 40 and all(
        CAPITALIZED.fullmatch(part.strip()) for part in re.split(r"[,،/]", name) if part.strip()
    )


def _all_places(words: str) -> bool:
    return all(places.is_place(part.strip()) for part in words.split(","))
