"""One exhibit, made ready to be bound: cleaned, its pages chosen, redacted, its quotations marked.

In comes a PDF (a picture is made one before, in picturing.py), out one without what acts, and what is known
of each page.
"""

import io
from dataclasses import asdict, dataclass, field
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from foundation.files.rebuilder import documents
from foundation.files.rebuilder.comparing import opened
from foundation.files.rebuilder.refusal import Unfit
from packets.binding import finding, lettering, parcel, redacting
from packets.binding.looking import Looked
from packets.binding.saving import saved
from packets.binding.sheet import sheet_of
from packets.binding.stamping import as_drawing

YELLOW = "1 0.93 0.35"
Quotes = list[tuple[str, list[finding.Found]]]


@dataclass(frozen=True)
class Quoted:
    """Where a quotation stands: page numbers from 0 of those that are bound; none where it is not there."""

    key: str
    pages: list[int]


@dataclass
class Prepared:
    """What is known of an exhibit that is ready. `notes` are the rebuilder's codes of what a copy lacks."""

    pages: list[Looked] = field(default_factory=list)
    quotes: list[Quoted] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    named: dict[str, list[int]] = field(default_factory=dict)
    redacted: list[int] = field(default_factory=list)


def warm() -> None:
    """Go the whole way once with a page of our own."""
    documents.warm()
    kept = io.BytesIO()
    with documents.smallest() as pdf:
        pdf.save(kept)
    asked: dict[str, Any] = {"pages": [1], "quotes": [{"key": "a", "exact": "a"}], "names": {"n": "name"}}
    asked["said"] = {"1": [["a", 0.1, 0.1, 0.2, 0.2]]}
    asked["boxes"] = [[1, 0.1, 0.1, 0.2, 0.2]]
    rebuild(parcel.packed({"exhibits": [asked]}, [kept.getvalue()]))


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return, for several exhibits, what is known of each with its PDF, or a code of why there is none."""
    head, files = parcel.unpacked(content)
    made, out = [], []
    for asked, raw in zip(head["exhibits"], files, strict=True):
        try:
            known, pdf = prepared(asked, raw)
        except Unfit as error:
            made.append({"reason": str(error)})
            out.append(b"")
        else:
            made.append({"reason": "", **asdict(known)})
            out.append(pdf)
    return parcel.packed({"made": made}, out), []


def prepared(asked: dict[str, Any], raw: bytes) -> tuple[Prepared, bytes]:
    """Make an exhibit ready. Raises Unfit with a code of why it cannot be."""
    known = Prepared()
    if not asked.get("is_clean"):
        raw, known.notes = documents.rebuild(raw)
    document = opened(raw, "broken")
    there = finding.Pages(document)
    if pictured := lettering.wanted(there, asked.get("said", {})):
        document.close()
        raw = lettering.lettered(raw, pictured)
        document = opened(raw, "broken")
        there = finding.Pages(document)
    quotes = [(quote["key"], _find(there, quote)) for quote in asked.get("quotes", ())]
    order = chosen(asked.get("pages"), len(document))
    wanted = redacting.Redaction(tuple(asked.get("words", ())), tuple(map(tuple, asked.get("boxes", ()))))
    if wanted.words or wanted.boxes or order or any(found for _key, found in quotes):
        raw, known.redacted = changed(raw, document, wanted, quotes, order)
    order = order or list(range(len(document)))
    at = {number: place for place, number in enumerate(order)}
    known.quotes = [Quoted(key, _pages_of(found, at, known.redacted)) for key, found in quotes]
    known.pages = [there.look(number) for number in order]
    said = {place: there.texts[number] for place, number in enumerate(order)}
    if known.redacted:
        again = finding.Pages(opened(raw, "broken"))
        for place in known.redacted:
            known.pages[place], said[place] = again.look(place), again.texts[place]
    known.named = _named(asked.get("names", {}), said)
    document.close()
    return known, raw


def _named(names: dict[str, str], said: dict[int, str]) -> dict[str, list[int]]:
    """Return on which pages each name stands, by its key."""
    small = {place: text.casefold() for place, text in said.items()} if names else {}
    wanted = {key: finding.plain(name).casefold() for key, name in names.items()}
    found = {
        key: [place for place, text in small.items() if name in text] for key, name in wanted.items() if name
    }
    return {key: places for key, places in found.items() if places}


def changed(
    raw: bytes, document: Any, wanted: redacting.Redaction, quotes: Quotes, order: list[int] | None
) -> tuple[bytes, list[int]]:
    """Return the file redacted, marked and cut to the pages that are bound; which of those are redacted."""
    with pikepdf.open(io.BytesIO(raw), suppress_warnings=True) as pdf:
        boxes = redacting.boxes_of(pdf, document, wanted)
        shown = {n: [sheet_of(pdf.pages[n].obj).shown(*box) for box in boxes[n]] for n in boxes}
        for number, places in boxes.items():
            redacting.redact(pdf, document, number, places)
        for number, rects in _rects(document, quotes).items():
            if number not in boxes:
                highlight(pdf, number, rects)
        order = order or list(range(len(pdf.pages)))
        with Pdf.new() as new:
            for number in order:
                new.pages.append(pdf.pages[number])
            if layers := pdf.Root.get("/OCProperties"):
                new.Root["/OCProperties"] = new.copy_foreign(pdf.make_indirect(layers))
            made = saved(new)
    redacted = [place for place, number in enumerate(order) if number in boxes]
    again = opened(made, "broken")
    for place in redacted:
        redacting.check(again, place, shown[order[place]])
    again.close()
    return made, redacted


def _rects(document: Any, quotes: Quotes) -> dict[int, list[finding.Rect]]:
    """Return what is to be marked on each page."""
    rects: dict[int, list[finding.Rect]] = {}
    for _key, found in quotes:
        for place in found:
            rects.setdefault(place.page, []).extend(finding.rects_of(document, place))
    return rects


def _pages_of(found: list[finding.Found], at: dict[int, int], redacted: list[int]) -> list[int]:
    """Return on which of the bound pages a quotation stands; none unless all of it is there to be read."""
    pages = [at.get(page) for page in sorted({place.page for place in found})]
    return [page for page in pages if page is not None] if not {None, *redacted} & {*pages} else []


def _find(there: finding.Pages, quote: dict[str, Any]) -> list[finding.Found]:
    around = {"before": quote.get("before", ""), "after": quote.get("after", "")}
    return finding.find(there, quote["exact"], near=quote.get("near"), **around)


def chosen(pages: list[int] | None, there: int) -> list[int] | None:
    """Return which pages are bound, from 0, or None for all. Raises Unfit for one that is not there."""
    if pages is None:
        return None
    if not pages or not all(0 < page <= there for page in pages):
        raise Unfit("no_such_page")
    return [page - 1 for page in pages]


def highlight(pdf: Pdf, number: int, rects: list[finding.Rect]) -> None:
    """Lay yellow over stretches of a page so that their letters stay as dark as they were.

    What stood on the page is a drawing of its own first, so that the yellow lies in the page's own places.
    """
    page = pdf.pages[number].obj
    yellow = Dictionary(Type=Name.ExtGState, BM=Name.Multiply)
    drawn = as_drawing(pdf, page)
    page["/Resources"] = Dictionary(
        XObject=Dictionary({"/PacketInner": drawn}), ExtGState=Dictionary({"/PacketYellow": yellow})
    )
    boxes = " ".join(f"{a:.2f} {b:.2f} {c - a:.2f} {d - b:.2f} re" for a, b, c, d in rects)
    content = f"q /PacketInner Do Q q /PacketYellow gs {YELLOW} rg {boxes} f Q"
    page["/Contents"] = pdf.make_stream(content.encode())
