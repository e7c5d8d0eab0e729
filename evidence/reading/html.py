"""HTML: the words of the page, without menus, scripts and footers."""

import re

from selectolax.lexbor import LexborHTMLParser

from evidence.reading import text as plain
from evidence.reading.kinds import KINDS
from evidence.reading.result import Reading, packed
from foundation.files.rebuilder.refusal import Unfit

FURNITURE = (
    "script, style, noscript, template, svg, iframe, nav, footer, aside, form, button, select,"
    " head > *:not(title)"
)
BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, blockquote, td, th, dt, dd, pre, figcaption, time, address"
MAIN = ("article", "main", "[role=main]", "body")
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f]+")


def warm() -> None:
    """Load every alphabet, and read a page of one word."""
    plain.warm()
    read_html(b"<html><body><main><p>warm</p></main></body></html>")


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    return packed(plain.bounded(read_html(content))), []


def read_html(raw: bytes) -> Reading:
    """Return the page's main text, one block a paragraph, the title first; Unfit where there is none."""
    tree = LexborHTMLParser(_decoded(raw))
    title = tree.css_first("h1") or tree.css_first("title")
    heading = _words(title.text(deep=True)) if title else ""
    for node in tree.css(FURNITURE):
        node.decompose()
    blocks = _blocks(tree)
    if not blocks:
        raise Unfit("page_without_text")
    if heading and blocks[0] != heading:
        blocks = [heading, *(block for block in blocks if block != heading)]
    return Reading("\n\n".join(blocks) + "\n", KINDS["html"].media_type)


def _decoded(raw: bytes) -> str:
    named = CHARSET.search(raw[:2048])
    for codec in ([named[1].decode("ascii", "ignore")] if named else []) + ["utf-8", "cp1252"]:
        try:
            return raw.decode(codec)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("utf-8", "replace")


def _blocks(tree: LexborHTMLParser) -> list[str]:
    """Return the text of the innermost blocks of the page's main part."""
    for selector in MAIN:
        root = tree.css_first(selector)
        if root is None:
            continue
        blocks = [
            _words(n.text(deep=True))
            for n in root.css(BLOCKS)
            if n.css_first(f":is({BLOCKS}) :is({BLOCKS})") is None
        ]
        blocks = [block for block in blocks if block]
        if blocks:
            return blocks
        text = _words(root.text(deep=True))
        if text:
            return [text]
    return []


def _words(text: str) -> str:
    return SPACES.sub(" ", text).strip()
