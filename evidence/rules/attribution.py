"""Which quotations a text holds, and who says each: by the words around it, over paragraphs too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.rules.people import Speaker
from evidence.rules.quotations import Quoted, quoted_in
from evidence.rules.spans import Span
from evidence.rules.speakers import Speakers, blanked, sentences


@dataclass(frozen=True)
class Quotation:
    """Words in quotation marks (without the marks), who says them, and in which paragraph."""

    span: Span
    paragraph: int
    speaker: Speaker | None


def quotations_of(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """Return the quotations of every paragraph with their speakers.

    A quotation that goes on over paragraphs has one speaker, named in any of them.
    """
    speakers = Speakers(text)
    quotations: list[Quotation] = []
    parts: list[int] = []  # of one quotation that is still open, by their place in the list
    for number, (paragraph, quoted) in enumerate(zip(paragraphs, quoted_in(paragraphs), strict=True)):
        found = _in_paragraph(text, paragraph, number, quoted, speakers)
        if _is_whole(paragraph, quoted) and quotations and quotations[-1].paragraph == number - 1:
            # Words alone, under words of somebody: they go on.
            found = [replace(one, speaker=one.speaker or quotations[-1].speaker) for one in found]
        parts += [len(quotations)] if parts and found else []
        quotations += found
        goes_on = bool(found) and quoted[-1].goes_on
        if not (goes_on and len(found) == 1):
            _unite(quotations, parts)
            parts = []
        if goes_on and not parts:
            parts = [len(quotations) - 1]
    _unite(quotations, parts)
    return quotations


def _unite(quotations: list[Quotation], parts: Sequence[int]) -> None:
    """Give the parts of one quotation the speaker that any of them has."""
    speaker = next((quotations[place].speaker for place in parts if quotations[place].speaker), None)
    for place in parts:
        quotations[place] = replace(quotations[place], speaker=speaker)


def _is_whole(paragraph: Span, quoted: list[Quoted]) -> bool:
    """Tell whether a paragraph is one quotation and nothing else."""
    return len(quoted) == 1 and quoted[0].start == 0 and quoted[0].end == len(paragraph.text)


def _in_paragraph(
    text: str, paragraph: Span, number: int, quoted: list[Quoted], speakers: Speakers
) -> list[Quotation]:
    """Each quotation belongs to whoever the words between it and its neighbors name.

    The words right after it come first ("…," said X), then those right before it (X said, "…"), then
    the paragraph's speaker so far.
    """
    outside = blanked(paragraph.text, [(one.start, one.end) for one in quoted])
    edges = [0, *(edge for one in quoted for edge in (one.start, one.end)), len(paragraph.text)]
    quotations: list[Quotation] = []
    current: Speaker | None = None
    for index, one in enumerate(quoted):
        after = outside[one.end : edges[2 * index + 3]]
        before = outside[edges[2 * index] : one.start]
        place = paragraph.start + one.start
        above = quoted[index - 1] if index else None
        leads_here = above is None or _introduces(paragraph.text, above, before)
        leads_on = (
            index + 1 < len(quoted) and _introduces(paragraph.text, one, after) and sentences(after) == 1
        )
        said = speakers.before(before, place) if leads_here else None
        if not one.goes_on and not leads_on:
            said = speakers.after(after, place) or said
        current = said.speaker if said else current
        span = Span.of(text, paragraph.start + one.said_start, paragraph.start + one.said_end)
        if span.text:
            quotations.append(Quotation(span, number, current))
    return quotations


def _introduces(text: str, quoted: Quoted, between: str) -> bool:
    """Tell whether the words between two quotations lead to the second: "…." She added: "…"."""
    ends = between.rstrip(" \u00a0\0")[-1:]
    whole = text[quoted.said_end - 1] in ".!?…؟" and not between.lstrip(" \u00a0\0")[:1].islower()
    return ends in tuple(":,،") and (whole or sentences(between) > 1)
