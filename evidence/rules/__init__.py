"""Read a published statement: what it is, who says what, and which sentences can be quoted.

Pure text in, spans out. Every field carries its place in the text, and says where it was found and how sure
that is; what is not found stays empty with a warning. A person confirms.
"""

from evidence.rules.guess import Guess
from evidence.rules.places import Mention
from evidence.rules.quotes import TextQuote, find_quote, places_of, text_quote
from evidence.rules.spans import Span
from evidence.rules.statement import (
    ParsedStatement,
    Passage,
    Published,
    lines_of,
    normalize,
    parse_statement,
    passages,
    passages_of,
)

__all__ = [
    "Guess",
    "Mention",
    "ParsedStatement",
    "Passage",
    "Published",
    "Span",
    "TextQuote",
    "find_quote",
    "lines_of",
    "normalize",
    "parse_statement",
    "passages",
    "passages_of",
    "places_of",
    "text_quote",
]
