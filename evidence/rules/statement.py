"""A press statement's parts: title, dateline, publisher, date, paragraphs, quotations, what stands around."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.rules.attribution import Quotation, quotations_of
from evidence.rules.dateline import Dateline, dateline_of
from evidence.rules.dates import Published, lang_of, said_by_page, weighed
from evidence.rules.ending import ending_of
from evidence.rules.guess import SURE, Guess
from evidence.rules.head import Head, head_of
from evidence.rules.people import Speaker
from evidence.rules.places import CountryMention, Mention, countries, mentions
from evidence.rules.publishers import Material, publisher_of
from evidence.rules.relative_dates import RelativeDate, relative_dates
from evidence.rules.spans import Span

LINES = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class ParsedStatement:
    """What the rules found. `text` is the normalized text all spans point into; `sha256` is its hash.

    `left_out` are the lines of the text that are in no passage and are no title; `boilerplate` is all of them
    that stand below.
    """

    text: str
    sha256: str
    title: Span | None
    subtitle: Span | None
    dateline: Span | None
    publisher: Guess | None
    published: Published | None
    paragraphs: list[Span]
    quotations: list[Quotation]
    boilerplate: Span | None
    left_out: list[Span]
    places: list[Mention]
    countries: list[CountryMention]
    warnings: list[str]
    relative_dates: list[RelativeDate]

    @property
    def speakers(self) -> list[Speaker]:
        """Everyone quoted by name, once, in the order of the text."""
        return list({q.speaker.name: q.speaker for q in reversed(self.quotations) if q.speaker}.values())[
            ::-1
        ]


@dataclass(frozen=True)
class Passage:
    """A quotable extract in reading order."""

    n: int
    kind: str
    start: int
    end: int
    text: str
    speaker: str | None = None
    affiliation: str | None = None
    role: str | None = None


def normalize(text: str) -> str:
    """Return the text that is kept: line ends as \\n, no byte-order mark, no NUL; all else untouched."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def lines_of(text: str) -> list[Span]:
    """Return the lines of a text that hold something."""
    return [span for match in LINES.finditer(text) if (span := Span.of(text, *match.span())).text]


def parse_statement(raw: str, hints: Mapping[str, str] | None = None) -> ParsedStatement:
    """Find a statement's parts. `hints` is what its page says of itself (evidence/reading/result.py)."""
    text, hints = normalize(raw), hints or {}
    lines = lines_of(text)
    lang = hints.get("lang", "")[:2].lower() or lang_of(text)
    head = head_of(text, lines, title=hints.get("title", ""), lang=lang)
    ending = ending_of(lines, head.start, dated=bool(head.dates), lang=lang)
    dates = {one.line.start for one in head.dates if one.line}
    paragraphs = [line for line in lines[head.start : ending.start] if line.start not in dates]
    below = lines[ending.start :]
    opening = dateline_of(text, paragraphs[0], lang=lang) if paragraphs else None
    published = _published(head, opening, ending.published, hints.get("published", ""))
    quotations = quotations_of(text, paragraphs)
    found = mentions(
        "\n".join(span.text for span in [*filter(None, [head.title, head.subtitle]), *paragraphs])
    )
    parsed = ParsedStatement(
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=head.title,
        subtitle=head.subtitle,
        dateline=(opening.place if opening else None) or head.place,
        publisher=_publisher(text, head, opening, paragraphs, below, quotations, hints.get("site_name", "")),
        published=published,
        paragraphs=paragraphs,
        quotations=quotations,
        boilerplate=_note(text, below, published),
        left_out=_left_out(lines, head, paragraphs, published),
        places=found,
        countries=countries(found),
        warnings=[],
        relative_dates=_relative_dates(text, published, paragraphs),
    )
    parsed.warnings.extend(_warnings(parsed))
    return parsed


def _published(
    head: Head, opening: Dateline | None, closing: Published | None, page: str
) -> Published | None:
    """Return the date of a text: a line that says so first, then one above it, its dateline, its end."""
    said = said_by_page(page) if page else None
    lines = sorted(head.dates, key=lambda one: WHERE.index(one.where))
    day = opening.day if opening else None
    sent = (
        Published(day.span, None, day.first_day, day.precision, "dateline", SURE, day.either) if day else None
    )
    closing_line = closing if closing and closing.where != "date_line" else None
    above = [one for one in lines if one.where != "posted_line"]
    posted = [one for one in lines if one.where == "posted_line"]
    ranked = [*above[:1], closing_line, sent, *posted[:1], closing]
    best = next((one for one in ranked if one), None)
    return weighed(best, said) if best else said


WHERE = ("published_line", "date_line", "posted_line")


def _publisher(
    text: str,
    head: Head,
    opening: Dateline | None,
    paragraphs: list[Span],
    below: list[Span],
    quotations: list[Quotation],
    site: str,
) -> Guess | None:
    story = list(paragraphs)
    if opening and story:
        story[0] = Span.of(text, opening.end, story[0].end)
    offices = [q.speaker.affiliation for q in quotations if q.speaker and q.speaker.affiliation]
    wire = opening.wire if opening else None
    return publisher_of(Material(text, head, story, below, wire, offices), site)


def _note(text: str, below: list[Span], published: Published | None) -> Span | None:
    """Return what stands under the text but its date, as one."""
    rest = [
        line for line in below if not (published and published.line and line.start == published.line.start)
    ]
    return Span.of(text, rest[0].start, rest[-1].end) if rest else None


def _left_out(
    lines: list[Span], head: Head, paragraphs: list[Span], published: Published | None
) -> list[Span]:
    """Return the lines that are no passage, no title and no date of the text."""
    parts = [head.title, head.subtitle, published.line if published else None]
    kept = {span.start for span in [*paragraphs, *filter(None, parts)]}
    return [line for line in lines if line.start not in kept]


def _relative_dates(text: str, published: Published | None, paragraphs: list[Span]) -> list[RelativeDate]:
    return [
        relative
        for relative in relative_dates(text, published)
        if any(p.start <= relative.span.start < p.end for p in paragraphs)
    ]


def _warnings(parsed: ParsedStatement) -> list[str]:
    missing = {
        "NO_TITLE": parsed.title,
        "NO_DATELINE": parsed.dateline,
        "NO_PUBLISHER": parsed.publisher,
        "NO_PUBLISHED_DATE": parsed.published,
    }
    warnings = [code for code, value in missing.items() if value is None]
    warnings += ["UNSURE_DATE"] if parsed.published and parsed.published.either else []
    warnings += [] if parsed.paragraphs else ["NO_PARAGRAPHS"]
    return warnings + (["SPEAKER_UNKNOWN"] if any(q.speaker is None for q in parsed.quotations) else [])


def passages(parsed: ParsedStatement) -> list[Passage]:
    """Return what can be quoted: each paragraph, then the quotations in it. The note below is left out."""
    return _in_order(parsed.paragraphs, parsed.quotations)


def passages_of(text: str, paragraphs: list[Span], marked: Sequence[Span] = ()) -> list[Passage]:
    """Return what can be quoted of paragraphs that a person chose, and of parts of them that were marked."""
    return _in_order(paragraphs, quotations_of(text, paragraphs), marked)


def _in_order(
    paragraphs: list[Span], quotations: list[Quotation], marked: Sequence[Span] = ()
) -> list[Passage]:
    """Return each paragraph, then what is in it: its quotations, and the parts of it that were marked."""
    inside: list[list[Passage]] = [[] for _paragraph in paragraphs]
    for quotation in quotations:
        inside[quotation.paragraph].append(_quoted(quotation))
    for span in marked:
        above = [number for number, one in enumerate(paragraphs) if one.start <= span.start]
        inside[max(above, default=0)].append(Passage(0, "marked", span.start, span.end, span.text))
    quotable = []
    for paragraph, parts in zip(paragraphs, inside, strict=True):
        quotable.append(Passage(0, "paragraph", paragraph.start, paragraph.end, paragraph.text))
        quotable += sorted(parts, key=lambda part: (part.start, part.end))
    return [replace(passage, n=n) for n, passage in enumerate(quotable, 1)]


def _quoted(quotation: Quotation) -> Passage:
    speaker, span = quotation.speaker, quotation.span
    return Passage(
        0,
        "quotation",
        span.start,
        span.end,
        span.text,
        speaker.name if speaker else None,
        speaker.affiliation if speaker else None,
        speaker.role if speaker else None,
    )
