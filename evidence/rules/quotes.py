"""Find a quotation again by its own words and those around it (W3C TextQuoteSelector)."""

import re
from dataclasses import dataclass

CONTEXT = 32


@dataclass(frozen=True)
class TextQuote:
    """The quoted words with up to 32 characters before and after them."""

    exact: str
    prefix: str
    suffix: str


def text_quote(text: str, start: int, end: int, *, context: int = CONTEXT) -> TextQuote:
    """Return the selector of a piece of text."""
    return TextQuote(text[start:end], text[max(0, start - context) : start], text[end : end + context])


def places_of(text: str, words: str) -> list[tuple[int, int]]:
    """Return where some words stand, letter for letter, wherever lines break.

    Quotation marks around them may be the page's own.
    """
    for wanted in (words, words.strip().strip('“”«»"')):
        pieces = [re.escape(piece) for piece in wanted.split()]
        found = [match.span() for match in re.finditer(r"\s+".join(pieces), text)] if pieces else []
        if found:
            return found
    return []


def find_quote(text: str, quote: TextQuote) -> tuple[int, int] | None:
    """Return where the quotation stands, letter for letter, or None.

    Words that occur more than once are told apart by their surroundings; if those fit none, or more
    than one, nothing is found rather than something wrong.
    """
    places, start = [], text.find(quote.exact)
    while start >= 0 and quote.exact:
        end = start + len(quote.exact)
        before, after = text[:start], text[end:]
        if before.endswith(quote.prefix) and after.startswith(quote.suffix):
            places.append((start, end))
        start = text.find(quote.exact, start + 1)
    return places[0] if len(places) == 1 else None
