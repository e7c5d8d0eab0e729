"""HTML: every word a reader sees, once and in order; menus and footers apart, and named."""

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from evidence.reading import charset, gates
from evidence.reading.blocks import blocks_of, words
from evidence.reading.kinds import KINDS
from evidence.reading.result import HINTS, LONGEST_LEFT_OUT, Reading, label_of, packed, shortened
from evidence.reading.text import bounded
from foundation.files.rebuilder.refusal import Unfit

UNSEEN = (
    "script, style, template, svg, iframe, object, select, datalist, button, input, textarea, noscript,"
    " [hidden]"
)
FURNITURE = (
    "nav, footer, [role=navigation], [role=search], [role=banner], [role=contentinfo], [role=dialog],"
    " [role=alertdialog], dialog, body > aside, body > header, [aria-hidden=true]"
)
NAMED = "div, section, aside, ul, ol, header, p, span"  # what may be furniture by its class
FURNITURE_CLASSES = {
    *(
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "breadcrumb",
        "breadcrumbs",
        "footer",
        "sidebar",
        "skip",
    ),
    *(
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "newsletter",
        "subscribe",
        "social",
        "share",
        "sharing",
        "related",
    ),
    *("advert", "advertisement", "ad", "ads", "promo", "popup", "modal", "comments", "toolbar", "pagination"),
}
CLASS_PARTS = re.compile(r"[^a-zA-Z]+")
MAIN = ("article", "main, [role=main]", "body")
MOST_OF_IT = 0.5  # of the text around it that the main part must have
SAID_DATES = (
    *("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued"),
    *("dcterms.date", "dcterms.created", "pubdate", "publishdate", "publish-date", "publication_date"),
    *("parsely-pub-date", "sailthru.date", "citation_publication_date", "article.published"),
)
SAID_SITES = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_publisher")
SAID_TITLES = ("og:title", "dc.title", "twitter:title")


def warm() -> None:
    """Load every alphabet, and read a page of one word."""
    charset.warm()
    read_html(b"<html><body><main><p>warm</p></main></body></html>")


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    named, raw = label_of(content)
    return packed(bounded(read_html(raw, named))), []


def read_html(raw: bytes, named: str = "") -> Reading:
    """Return the page's main text, one block a paragraph; Unfit where there is none, with why.

    `named` is the character set that the site named.
    """
    text, guessed = charset.decoded(raw, named, names_itself=True)
    tree = LexborHTMLParser(text)
    hints, unseen, scripts = _hints(tree), _texts(tree, "noscript"), len(tree.css("script"))
    heading = _heading(tree)
    for node in tree.css(UNSEEN):
        node.decompose()
    left_out = _without_furniture(tree)
    root = _main(tree)
    blocks = blocks_of(root) if root is not None else []
    said = "\n\n".join(blocks)
    gate = gates.gate_of(hints.get("title", "") or heading, said, unseen)
    if not said or said == heading:
        scripted = gates.is_scripted(said, unseen, scripts=scripts)
        raise Unfit(gate or ("needs_javascript" if scripted else "page_without_text"))
    if not gate and gates.is_scripted(said, unseen, scripts=0):
        gate = "needs_javascript"
    title = heading or hints.get("title", "")
    if title and title not in said:
        blocks = [title, *blocks]
    hints = _fitting({**hints, "title": title, "gate": gate})
    outside = [*left_out, *_outside(root)]
    return Reading(
        "\n\n".join(blocks) + "\n",
        KINDS["html"].media_type,
        left_out=shortened(outside),
        hints=hints,
        charset=guessed,
    )


def _fitting(hints: dict[str, str]) -> dict[str, str]:
    return {name: hints[name][:LONGEST_LEFT_OUT] for name in HINTS if hints.get(name)}


def _texts(tree: LexborHTMLParser, selector: str) -> str:
    return words(" ".join(node.text(deep=True) for node in tree.css(selector)))


def _heading(tree: LexborHTMLParser) -> str:
    """Return the page's first heading with words, that of its main part before those around it."""
    for selector in ("article h1", "main h1", "h1"):
        for node in tree.css(selector):
            if heading := words(node.text(deep=True)):
                return heading
    return ""


def _hints(tree: LexborHTMLParser) -> dict[str, str]:
    """Return what a page says of itself: in its head, and in what is written for search engines."""
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        given = node.attributes
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
        metas.setdefault(name, words(given.get("content") or ""))
    linked = dict(_linked(tree))
    time = next((node.attributes.get("datetime") or "" for node in tree.css("time[datetime]")), "")
    html, title = tree.css_first("html"), tree.css_first("title")
    return {
        "title": _first(metas, SAID_TITLES) or (words(title.text(deep=True)) if title else ""),
        "site_name": _first(metas, SAID_SITES) or linked.get("site_name", ""),
        "published": _first(metas, SAID_DATES) or linked.get("published", "") or time,
        "lang": (html.attributes.get("lang") or "")[:12] if html else "",
    }


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _linked(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield what the page's linked data (schema.org) say of day and publisher, the last first."""
    for node in reversed(tree.css("script[type='application/ld+json']")):
        try:
            given = json.loads(node.text(deep=True))
        except (ValueError, RecursionError):
            continue
        for thing in _things(given):
            if isinstance(thing.get("datePublished"), str):
                yield "published", words(thing["datePublished"])
            publisher = thing.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                yield "site_name", words(publisher["name"])


def _things(given: Any) -> Iterator[dict[str, Any]]:
    listed = given if isinstance(given, list) else [given]
    for one in listed:
        if isinstance(one, dict):
            yield one
            yield from (inner for inner in one.get("@graph") or [] if isinstance(inner, dict))


def _without_furniture(tree: LexborHTMLParser) -> list[str]:
    """Take menus, footers and the like out of the page, and return what they say."""
    left_out = []
    whole = len(_text(tree.body)) if tree.body is not None else 0
    for selector in (FURNITURE, NAMED):
        for node in tree.css(selector):
            if node.parent is None or not _is_furniture(node, whole, by_class=selector is NAMED):
                continue
            left_out.append(_text(node))
            node.decompose()
    return left_out


def _is_furniture(node: LexborNode, whole: int, *, by_class: bool) -> bool:
    """Tell whether a part is beside the text; what holds the heading or most of the page is none."""
    if by_class and not _named_so(node):
        return False
    if node.tag in ("footer", "header") and _is_inside(node, ("article", "blockquote", "main")):
        return False
    return node.css_first("h1") is None and len(_text(node)) <= MOST_OF_IT * whole


def _named_so(node: LexborNode) -> bool:
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    return not FURNITURE_CLASSES.isdisjoint(CLASS_PARTS.split(named))


def _is_inside(node: LexborNode, tags: tuple[str, ...]) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in tags:
            return True
        above = above.parent
    return False


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the innermost part that holds most of the text of the part around it."""
    root = tree.body
    for selector in reversed(MAIN[:-1]):
        inner = max(tree.css(selector), key=lambda node: len(_text(node)), default=None)
        if inner is not None and root is not None and len(_text(inner)) >= MOST_OF_IT * len(_text(root)):
            root = inner
    return root


def _outside(root: LexborNode | None) -> list[str]:
    """Return what stands beside the main part, at every level up to the page."""
    texts = []
    while root is not None and root.tag != "body":
        above = root.parent
        if above is not None:
            texts += [_text(node) for node in above.iter() if node.mem_id != root.mem_id]
        root = above
    return texts


def _text(node: LexborNode | None) -> str:
    return words(node.text(deep=True, separator=" ")) if node is not None else ""
