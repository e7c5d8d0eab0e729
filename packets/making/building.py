"""Build a packet: prepare its exhibits in the sandbox, number, set the front matter, bind the volumes there.

Nothing touches a disk: files go through pipes, and each volume is handed on as soon as it is bound.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from textwrap import shorten
from typing import Any

from foundation.files import sandbox
from packets.binding import parcel
from packets.making.front import LABELS, laid_out, pdf_of, sections
from packets.making.numbering import Piece, labels, span, volumes
from packets.making.parts import Bound, Packet, Page, Volume
from packets.making.readying import AT_ONCE, BINDING, ExhibitFailed, Ready, prepared

MOST = 25_000_000  # bytes of a volume: what the courts' e-filing takes is 25 MB
MARGIN = 0.96  # of it are planned: bookmarks and numbers come on top
TRIES = 6
MARK = 80  # letters of a quotation in the bookmark that leads to it
ITSELF = {"exhibit", "tab", "certificate"}  # kinds of parts that an exhibit's numbers run over
Tell = Callable[[int, int], None]
Keep = Callable[[int, bytes], None]


def build(
    packet: Packet,
    keep: Callable[[int, bytes], None],
    *,
    tell: Tell = lambda done, of: None,
    most: int = MOST,
) -> Bound:
    """Build a packet; `keep` gets each volume, `tell` how far it is. Raises ExhibitFailed."""
    steps = len(packet.exhibits) + 2
    ready: dict[str, Ready] = {}
    for key, exhibit in prepared(packet.exhibits):
        ready[key] = exhibit
        tell(len(ready), steps)
    limit = int(most * MARGIN)
    for attempt in range(TRIES):
        plan = Plan(packet, ready, int(limit * 0.8**attempt))
        made = list(plan.bound())
        if all(len(volume) <= most or alone for volume, _pages, alone in made):
            break
    tell(steps - 1, steps)
    return _finished(plan, made, keep)


class Plan:
    """Where each page of a packet goes and which number it bears, for volumes of a size."""

    def __init__(self, packet: Packet, ready: dict[str, Ready], limit: int) -> None:
        self.packet, self.ready = packet, ready
        self.sheets: dict[str, str] = {}
        self.quoted = {
            shown.key: f"“{shorten(shown.exact, MARK, placeholder='…')}”"
            for exhibit in packet.exhibits
            for shown in exhibit.shows
            if shown.key
        }
        layout = laid_out(sections(packet, {}, {}, {}))[1]
        self.volumes = self._volumes(layout, limit)
        for _attempt in range(4):  # until the numbers in the contents no longer change how long they are
            self.labels = labels([piece for volume in self.volumes for piece in volume], packet.kept)
            self._count()
            made = sections(packet, self.numbers, self.pins, self.sheets)
            compiler, layout = laid_out(made)
            again = self._volumes(layout, limit)
            if [list(map(_shape, volume)) for volume in again] == [
                list(map(_shape, volume)) for volume in self.volumes
            ]:
                break
            self.volumes = again
        self.front = pdf_of(compiler)

    def _volumes(self, layout: dict[str, list[int]], limit: int) -> list[list[Piece]]:
        """Return the pieces of each volume, from the second on behind a sheet that says which it is."""
        made = volumes(self._pieces(layout), limit)
        self.sheets = {
            f"volume:{number}": f"Volume {number} of {len(made)}\n{_held(volume, self.packet)}"
            for number, volume in enumerate(made[1:], 2)
        }
        for number, volume in enumerate(made[1:], 2):
            key = f"volume:{number}"
            volume.insert(
                0, Piece(key, "front", tuple(layout.get(key, [0])), 2000, f"Volume {number}", "front")
            )
        return made

    def _pieces(self, layout: dict[str, list[int]]) -> Iterator[Piece]:
        def front(key: str, kind: str, title: str) -> Piece:
            pages = layout[key]
            return Piece(key, kind, tuple(pages), 3000 * len(pages), title, "front")

        yield front("cover", "front", "Cover")
        yield front("contents", "front", "Table of contents")
        if self.packet.argued:
            yield front("argued", "front", "Statement and evidence")
        for exhibit in self.packet.exhibits:
            made = self.ready[exhibit.key]
            yield front(f"tab:{exhibit.key}", "tab", f"Tab {exhibit.tab}: {exhibit.title}")
            if made.content:
                pages = tuple(range(len(made.facts["pages"])))
                yield Piece(exhibit.key, "exhibit", pages, len(made.content), "", exhibit.key)
            if exhibit.certificate:
                yield front(f"certificate:{exhibit.key}", "certificate", exhibit.certificate.heading)
        if self.packet.service:
            yield front("service", "front", "Proof of service")

    def _count(self) -> None:
        """Note the numbers of each exhibit with its tab, and of each quotation."""
        self.numbers: LABELS = {}
        bodies: LABELS = {}
        flat = [piece for volume in self.volumes for piece in volume]
        for piece, row in zip(flat, self.labels, strict=True):
            if piece.kind in ITSELF:
                self.numbers.setdefault(piece.part.rpartition(":")[2], []).extend(row)
            if piece.kind == "exhibit":
                bodies.setdefault(piece.part, []).extend(row)
        self.pins: LABELS = {
            quote["key"]: [bodies[key][page] for page in quote["pages"]]
            for key, made in self.ready.items()
            for quote in made.facts["quotes"]
        }

    def bound(self) -> Iterator[tuple[bytes, list[dict[str, Any]], bool]]:
        """Yield each volume with its pages, and whether it is one page alone. Raises ExhibitFailed."""
        rows = iter(self.labels)
        jobs = [self._job(volume, [next(rows) for _piece in volume]) for volume in self.volumes]
        with ThreadPoolExecutor(AT_ONCE) as workers:
            for volume, result in zip(self.volumes, workers.map(_bind, jobs), strict=True):
                if result.reason:
                    raise ExhibitFailed(next(p.part for p in volume if p.kind == "exhibit"), result.reason)
                head, (content,) = parcel.unpacked(result.content)
                yield content, head["pages"], sum(len(p.pages) for p in volume if p.kind == "exhibit") <= 1

    def _job(self, volume: list[Piece], rows: list[list[str]]) -> tuple[dict[str, Any], list[bytes]]:
        names = list(dict.fromkeys(piece.file for piece in volume))
        files = [self.front if name == "front" else self.ready[name].content for name in names]
        parts = [
            {
                "key": piece.part,
                "file": names.index(piece.file),
                "pages": piece.pages,
                "labels": row,
                "title": piece.title,
                "kind": piece.kind,
                "marks": self._marks(piece),
            }
            for piece, row in zip(volume, rows, strict=True)
        ]
        return {"title": "Packet", "parts": parts}, files

    def _marks(self, piece: Piece) -> list[tuple[str, int]]:
        """Return the bookmarks in a piece of an exhibit: its quotations, each with the page it begins on."""
        if piece.kind != "exhibit":
            return []
        at = {page: place for place, page in enumerate(piece.pages)}
        found = [
            (at[quote["pages"][0]], self.quoted.get(quote["key"], ""))
            for quote in self.ready[piece.part].facts["quotes"]
            if quote["pages"] and quote["pages"][0] in at
        ]
        return [(words, place) for place, words in sorted(found) if words]


def _bind(job: tuple[dict[str, Any], list[bytes]]) -> sandbox.Result:
    return sandbox.run(BINDING, parcel.packed(*job))


def _shape(piece: Piece) -> tuple[str, tuple[int, ...]]:
    return piece.part, piece.pages


def _held(volume: list[Piece], packet: Packet) -> str:
    tabs = {exhibit.key: exhibit.tab for exhibit in packet.exhibits}
    held = list(dict.fromkeys(tabs[p.part] for p in volume if p.kind == "exhibit"))
    return f"Tabs {held[0]} to {held[-1]}" if len(held) > 1 else f"Tab {held[0]}" if held else ""


def _finished(plan: Plan, made: list[tuple[bytes, list[dict[str, Any]], bool]], keep: Keep) -> Bound:
    pages, bound = [], []
    for number, (content, there, _alone) in enumerate(made, 1):
        keep(number, content)
        sha256 = hashlib.sha256(content).hexdigest()
        first, last = there[0]["label"], there[-1]["label"]
        bound.append(Volume(number, first, last, len(there), len(content), sha256))
        pages += [
            Page(number, page["part"], page["kind"], page["label"], page["digest"], tuple(page["size"]))
            for page in there
        ]
    facts = {key: ready.facts for key, ready in plan.ready.items()}
    return Bound(bound, pages, facts, plan.pins)


def manifest(packet: Packet, bound: Bound) -> dict[str, Any]:
    """Return every hash of a packet: its volumes, and its exhibits with their pages."""
    exhibits = []
    for exhibit in packet.exhibits:
        digests = [page.digest for page in bound.pages if page.part == exhibit.key]
        whole = hashlib.sha256("".join(digests).encode()).hexdigest()
        numbers = [p.label for p in bound.pages if p.part in (f"tab:{exhibit.key}", exhibit.key)]
        exhibits.append(
            {"key": exhibit.key, "tab": exhibit.tab, "pages": span(numbers), "sha256": whole, "each": digests}
        )
    volumes_ = [vars(volume) for volume in bound.volumes]
    return json.loads(json.dumps({"volumes": volumes_, "exhibits": exhibits}))  # type: ignore[no-any-return]
