"""Pages of pieces as text: heads and feet apart, columns in order, paragraphs whole over pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.reading.layout import Piece, paragraphs_of, reading_order, rows_of
from evidence.reading.lines import HYPHENS, SENTENCE_END, joined, words_of
from evidence.reading.margins import margins_of
from evidence.reading.result import PAGE_END


@dataclass(frozen=True)
class Page:
    """A page's pieces of text, what stands across them, its height; `is_garbled` where none has a meaning."""

    pieces: list[Piece]
    aside: list[str]
    height: float
    is_garbled: bool = False


def texts_of(pages: Sequence[Page]) -> tuple[list[str], list[str]]:
    """Return the text of each page with its ending, and what was left out: heads, feet, numbers of pages.

    A paragraph that goes on overleaf is one: its page ends with a space, or with nothing inside a word.
    """
    rows = [rows_of(page.pieces) for page in pages]
    margins = margins_of(rows, [page.height for page in pages])
    left_out = [line.text for lines, margin in zip(rows, margins, strict=True) for line in _at(lines, margin)]
    known = words_of(piece.text for page in pages for piece in page.pieces)
    texts: list[str] = []
    for page, lines, margin in zip(pages, rows, margins, strict=True):
        paragraphs = _paragraphs(_without(page.pieces, _at(lines, margin)), known) + page.aside
        texts.append("\n\n".join(paragraphs))
    return _bound(texts), left_out


def _at(lines: Sequence[Piece], places: Iterable[int]) -> list[Piece]:
    return [lines[place] for place in sorted(places)]


def _without(pieces: Sequence[Piece], margin: Sequence[Piece]) -> list[Piece]:
    return [
        one for one in pieces if not any(line.bottom <= one.bottom and one.top <= line.top for line in margin)
    ]


def _paragraphs(pieces: Sequence[Piece], known: set[str]) -> list[str]:
    """Return a page's paragraphs; one that a column cut in two is whole again."""
    whole: list[list[str]] = []
    for lines in reading_order(pieces):
        for number, paragraph in enumerate(paragraphs_of(lines)):
            if number == 0 and whole and goes_on(whole[-1][-1], paragraph[0]):
                whole[-1] += paragraph
            else:
                whole.append(paragraph)
    return [joined(paragraph, known) for paragraph in whole]


def goes_on(above: str, below: str) -> bool:
    """Tell whether words go on after a column's or page's end: in mid-sentence, with a small letter."""
    return below[:1].islower() and not SENTENCE_END.search(above)


def _bound(texts: list[str]) -> list[str]:
    """Return the pages' texts with their endings."""
    ended = []
    for text, below in zip(texts, [*texts[1:], ""], strict=True):
        if text and below and goes_on(text, below):
            cut = text[-1] in HYPHENS and text[-2:-1].isalpha()
            ended.append(text[:-1] if cut else text + " ")
        else:
            ended.append(text + PAGE_END)
    return ended
