"""Read a published statement: what it is, who says what, and which sentences can be quoted.

Pure text in, spans out. Every field carries its place in the text; what is not found stays empty with
a warning, never guessed.
"""

from evidence.rules.places import Mention
from evidence.rules.quotes import TextQuote, find_quote, text_quote
from evidence.rules.spans import Span
from evidence.rules.statement import ParsedStatement, Passage, Published, normalize, parse_statement, passages

__all__ = [
    "Mention",
    "ParsedStatement",
    "Passage",
    "Published",
    "Span",
    "TextQuote",
    "find_quote",
    "normalize",
    "parse_statement",
    "passages",
    "text_quote",
]
