"""What the rules make of a detail: a guess, with where it was found and how sure it is."""

from dataclasses import dataclass

from evidence.rules.spans import Span

SURE, LIKELY, UNSURE = "sure", "likely", "unsure"


@dataclass(frozen=True)
class Guess:
    """A detail as the rules found it. `where` is a code (evidence/words.py: PLACES_FOUND).

    `span` is its place in the text; none where the page says it elsewhere.
    """

    text: str
    where: str
    sure: str
    span: Span | None = None
