"""A press statement's parts: title, dateline, publisher, date, paragraphs, quotations, the note below."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache

from evidence.data import PUBLISHER, verbs
from evidence.rules.dates import Published, published_in
from evidence.rules.places import CountryMention, Mention, countries, mentions
from evidence.rules.relative_dates import RelativeDate, relative_dates
from evidence.rules.spans import Span
from evidence.rules.speakers import Speaker, Speakers, blanked

DATELINE = re.compile(
    r"(?P<city>[^\W\d_a-zß-ÿ][^\n—–.\"“”]{1,60}?)[ \u00a0]*(?:—|–|--|[ \u00a0]-[ \u00a0])[ \u00a0]*"
)
CAPITAL = r"[^\W\d_a-zß-ÿ]"
JOIN = rf"(?:[ \u00a0]+(?:of|for|and|the|in)[ \u00a0]+(?={CAPITAL})|[ \u00a0]+)?"
QUOTED = re.compile(r"“([^“”\n]+)”|\"([^\"\n]+)\"")
LINES = re.compile(r"[^\n]+")
BOILERPLATE = re.compile(
    r"^(?:seeking asylum\?|about (?:us|the author)|###|share this|subscribe|donate|contact:|media contact|"
    r"for more information)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quotation:
    """Words in quotation marks (without the marks), who says them, and in which paragraph."""

    span: Span
    paragraph: int
    speaker: Speaker | None


@dataclass(frozen=True)
class ParsedStatement:
    """What the rules found. `text` is the normalized text all spans point into; `sha256` is its hash."""

    text: str
    sha256: str
    title: Span | None
    dateline: Span | None
    publisher: Span | None
    published: Published | None
    paragraphs: list[Span]
    quotations: list[Quotation]
    boilerplate: Span | None
    places: list[Mention]
    countries: list[CountryMention]
    warnings: list[str]
    relative_dates: list[RelativeDate]


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


def normalize(text: str) -> str:
    """Return the text that is kept: line ends as \\n, no byte-order mark, no NUL; all else untouched."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def parse_statement(raw: str) -> ParsedStatement:
    """Find a statement's parts."""
    text = normalize(raw)
    lines = [Span.of(text, *match.span()) for match in LINES.finditer(text)]
    lines = [line for line in lines if line.text]
    published = published_in(text)
    body, boilerplate = _body(text, lines[1:], published)
    dateline, publisher = _opening(text, body)
    story = text[body[0].start : body[-1].end] if body else ""
    places = mentions((lines[0].text + "\n" if lines else "") + story)
    parsed = ParsedStatement(
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=lines[0] if lines else None,
        dateline=dateline,
        publisher=publisher,
        published=published,
        paragraphs=body,
        quotations=_quotations(text, body),
        boilerplate=boilerplate,
        places=places,
        countries=countries(places),
        warnings=[],
        relative_dates=[
            relative
            for relative in relative_dates(text, published)
            if any(p.start <= relative.span.start < p.end for p in body)
        ],
    )
    parsed.warnings.extend(_warnings(parsed))
    return parsed


def _body(text: str, lines: list[Span], published: Published | None) -> tuple[list[Span], Span | None]:
    """Return the paragraphs and the note under them: what follows a closing date line, or a known note."""
    body: list[Span] = []
    for position, line in enumerate(lines):
        is_date = published is not None and line.start == published.line.start
        rest = lines[position + 1 :] if is_date else lines[position:]
        ends = (is_date and bool(body)) or BOILERPLATE.match(line.text)
        if ends:
            note = [row for row in rest if not (published and row.start == published.line.start)]
            return body, Span.of(text, note[0].start, note[-1].end) if note else None
        if not is_date:
            body.append(line)
    return body, None


def _opening(text: str, body: list[Span]) -> tuple[Span | None, Span | None]:
    """Return the dateline's city and the publisher, both from the first paragraph."""
    if not body:
        return None, None
    first = body[0]
    city = DATELINE.match(first.text)
    dateline = (
        Span.of(text, first.start + city.start("city"), first.start + city.end("city")) if city else None
    )
    offset = first.start + (city.end() if city else 0)
    match = _publishing().match(text[offset : first.end])
    publisher = Span.of(text, offset + match.start("name"), offset + match.end("name")) if match else None
    return dateline, publisher


@cache
def _publishing() -> re.Pattern[str]:
    """Return the pattern of who publishes: a name, and a verb of what was published."""
    says = "|".join(map(re.escape, verbs(PUBLISHER)))
    return re.compile(
        rf"(?P<name>(?:{CAPITAL}[\w’'&\-]*{JOIN})(?:{CAPITAL}[\w’'&\-]*{JOIN}){{0,8}})"
        rf"(?:today[ \u00a0]+)?(?:{says})"
    )


def _quotations(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """Return the quotations of every paragraph with their speakers."""
    speakers = Speakers()
    quotations: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        quotations += _in_paragraph(text, paragraph, number, speakers)
    return quotations


def _in_paragraph(text: str, paragraph: Span, number: int, speakers: Speakers) -> list[Quotation]:
    """Each quotation belongs to whoever the words between it and its neighbors name.

    The words right after it come first ("…," said X), then those right before it (X said, "…"), then
    the paragraph's speaker so far.
    """
    quotes = list(QUOTED.finditer(paragraph.text))
    outside = blanked(paragraph.text, [match.span() for match in quotes])
    edges = [0, *(edge for match in quotes for edge in match.span()), len(paragraph.text)]
    quotations: list[Quotation] = []
    current: Speaker | None = None
    for index, match in enumerate(quotes):
        after = outside[match.end() : edges[2 * index + 3]]
        before = outside[edges[2 * index] : match.start()]
        speaker = speakers.in_sentence(after.split(". ")[0])
        current = speaker or (speakers.in_sentence(before) if index == 0 else current) or current
        group = 1 if match[1] is not None else 2
        span = Span.of(text, paragraph.start + match.start(group), paragraph.start + match.end(group))
        if span.text:
            quotations.append(Quotation(span, number, current))
    return quotations


def _warnings(parsed: ParsedStatement) -> list[str]:
    missing = {
        "NO_TITLE": parsed.title,
        "NO_DATELINE": parsed.dateline,
        "NO_PUBLISHER": parsed.publisher,
        "NO_PUBLISHED_DATE": parsed.published,
    }
    warnings = [code for code, value in missing.items() if value is None]
    warnings += [] if parsed.paragraphs else ["NO_PARAGRAPHS"]
    return warnings + (["SPEAKER_UNKNOWN"] if any(q.speaker is None for q in parsed.quotations) else [])


def passages(parsed: ParsedStatement) -> list[Passage]:
    """Return what can be quoted: each paragraph, then the quotations in it. The note below is left out."""
    quotable: list[Passage] = []
    for number, paragraph in enumerate(parsed.paragraphs):
        quotable.append(
            Passage(len(quotable) + 1, "paragraph", paragraph.start, paragraph.end, paragraph.text)
        )
        for quotation in parsed.quotations:
            if quotation.paragraph == number:
                quotable.append(_quoted(quotation, len(quotable) + 1))
    return quotable


def _quoted(quotation: Quotation, n: int) -> Passage:
    speaker, span = quotation.speaker, quotation.span
    return Passage(
        n,
        "quotation",
        span.start,
        span.end,
        span.text,
        speaker.name if speaker else None,
        speaker.affiliation if speaker else None,
    )
