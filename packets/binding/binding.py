"""One volume: parts put behind one another, each page numbered, with bookmarks, links and labels.

Which page comes where, with which number, was settled before (making/numbering.py): nothing is decided here.
"""

import io
import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from packets.binding import parcel
from packets.binding.digest import Digests
from packets.binding.saving import saved
from packets.binding.sheet import sheet_of
from packets.binding.stamping import font_of, stamp

LINK = "https://packet.invalid/to/"  # what front matter writes where a link inside the packet is to be
MAP = "/PacketMap"


@dataclass(frozen=True)
class Part:
    """Some pages of one file under one bookmark; `labels` are their numbers, `marks` bookmarks in it."""

    key: str
    file: int
    pages: list[int]
    labels: list[str]
    title: str
    kind: str
    marks: list[tuple[str, int]]


def warm() -> None:
    """Bind a page of our own."""
    kept = io.BytesIO()
    with Pdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj["/Contents"] = pdf.make_stream(b"q Q")
        page.obj["/Annots"] = Array([Dictionary(A=Dictionary(S=Name.URI, URI=LINK + "a"))])
        pdf.save(kept)
    part = {"key": "a", "file": 0, "pages": [0], "labels": ["1"], "title": "a", "kind": "front"}
    rebuild(parcel.packed({"title": "a", "parts": [{**part, "marks": [["b", 0]]}]}, [kept.getvalue()]))


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return a parcel with what was bound, page by page, and the volume."""
    asked, files = parcel.unpacked(content)
    del content  # as large as all the files: memory is what two of these at once are short of
    parts = [Part(**{**part, "marks": [tuple(mark) for mark in part["marks"]]}) for part in asked["parts"]]
    pages, volume = bound(parts, files, asked["title"])
    return parcel.packed({"pages": pages}, [volume]), []


def bound(parts: list[Part], files: list[bytes], title: str) -> tuple[list[dict[str, Any]], bytes]:
    """Return what each page is, and the volume."""
    with Pdf.new() as volume:
        sources = [pikepdf.open(io.BytesIO(content), suppress_warnings=True) for content in files]
        files.clear()  # each is held by what reads it, until it is closed
        starts: dict[str, int] = {}
        for part in parts:
            starts[part.key] = len(volume.pages)
            for number in part.pages:
                volume.pages.append(sources[part.file].pages[number])
        _layers(volume, sources)
        pages = _numbered(volume, parts)
        _links(volume, starts)
        _bookmarks(volume, parts, starts)
        _labels(volume, [label for part in parts for label in part.labels])
        volume.Root["/PageMode"] = Name.UseOutlines
        volume.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
        volume.docinfo["/Title"] = title
        volume.Root[MAP] = volume.make_stream(json.dumps(pages).encode())
        made = saved(volume)
        for source in sources:
            source.close()
    return pages, made


def _numbered(volume: Pdf, parts: list[Part]) -> list[dict[str, Any]]:
    """Stamp every page; say which part each belongs to, its number, paper and hash."""
    font, digests, pages, at = font_of(volume), Digests(), [], 0
    for part in parts:
        for label in part.labels:
            page = volume.pages[at].obj
            sheet = sheet_of(page)
            drawn = stamp(volume, page, label, font)
            digest = digests.of(drawn) if drawn is not None else ""
            size = [round(sheet.width, 1), round(sheet.height, 1)]
            pages.append(
                {"part": part.key, "kind": part.kind, "label": label, "digest": digest, "size": size}
            )
            at += 1
    return pages


def _links(volume: Pdf, starts: dict[str, int]) -> None:
    """Lead links of front matter to their pages; one to another volume or out of the packet is taken off."""
    for page in volume.pages:
        kept = []
        for note in within(page.obj, "/Annots") or ():
            address = str(within(note, "/A", "/URI") or "")
            target = starts.get(address.removeprefix(LINK)) if address.startswith(LINK) else None
            if target is not None:
                del note["/A"]
                note["/Dest"] = Array([volume.pages[target].obj, Name.Fit])
                kept.append(note)
        if kept:
            page.obj["/Annots"] = Array(kept)
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]


def within(thing: Any, *keys: str) -> Any:
    """Return what stands in a dictionary of a dictionary, or None."""
    for key in keys:
        thing = thing.get(key) if isinstance(thing, Dictionary | pikepdf.Stream) else None
    return thing


def _bookmarks(volume: Pdf, parts: list[Part], starts: dict[str, int]) -> None:
    """Write the bookmarks; those in a part without a title stand under the one before it, its tab."""
    with volume.open_outline() as outline:
        for part in parts:
            if part.title:
                outline.root.append(OutlineItem(part.title, starts[part.key]))
            under = outline.root[-1].children if outline.root else outline.root
            under.extend(OutlineItem(title, starts[part.key] + page) for title, page in part.marks)


def _labels(volume: Pdf, labels: list[str]) -> None:
    """Let a reader's own page numbers be those that are stamped."""
    numbers: Any = Array([])
    at = 0
    for (stem, _run), run in groupby(enumerate(labels), key=lambda each: _run_of(*each)):
        numbered = list(run)
        first = int(numbered[0][1].rpartition(".")[2])
        kind = Dictionary(S=Name.D, St=first)
        if stem:
            kind["/P"] = pikepdf.String(stem)
        numbers.append(at)
        numbers.append(kind)
        at += len(numbered)
    volume.Root["/PageLabels"] = Dictionary(Nums=numbers)


def _run_of(place: int, label: str) -> tuple[str, int]:
    stem, dot, last = label.rpartition(".")
    return stem + dot, int(last) - place


def _layers(volume: Pdf, sources: list[Pdf]) -> None:
    """Bring along which layers are off; the sources' pages brought the layers themselves."""
    groups: Any = Array([])
    off: Any = Array([])
    for source in sources:
        given = source.Root.get("/OCProperties")
        if not isinstance(given, Dictionary):
            continue
        copied = volume.copy_foreign(source.make_indirect(given))
        groups.extend(within(copied, "/OCGs") or ())
        off.extend(within(copied, "/D", "/OFF") or ())
    if len(groups):
        volume.Root["/OCProperties"] = Dictionary(OCGs=groups, D=Dictionary(OFF=off))
