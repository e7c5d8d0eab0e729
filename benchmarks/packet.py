"""A packet of so many pages: how long it takes to build, and how much memory with the sandbox's processes.

The exhibits are made here: reports of text, and scans. Making them is not counted.
"""

import io
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packets.making.building import build
from packets.making.checking import misplaced
from packets.making.front import printed
from packets.making.numbering import tab_of
from packets.making.parts import Cover, Exhibit, Packet, Shown

PAGES_EACH, SCANS = 50, 5  # pages of an exhibit; every so many exhibits is one of scans
ASKED = {500: (5.0, 300.0), 2000: (20.0, 600.0)}  # pages: seconds, megabytes
EVERY = 0.02
SENTENCE = "Security forces detained people without charge, and courts did not look at why. "


@dataclass(frozen=True)
class Figure:
    """One build. `megabytes` is the most that all processes held at once, without what they share.

    `spent` are seconds of processors, of all processes: what it costs, whatever else the machine does. `load`
    is how many processes wanted one meanwhile.
    """

    pages: int
    volumes: int
    seconds: float
    spent: float
    load: float
    megabytes: float
    misplaced: int

    @property
    def is_kept(self) -> bool:
        asked = ASKED.get(self.pages)
        in_time = asked is None or (self.seconds <= asked[0] and self.megabytes <= asked[1])
        return in_time and not self.misplaced


def measure(pages: int) -> Figure:
    """Build a packet of about so many pages and look at it."""
    report, scan = report_of(PAGES_EACH), scan_of(PAGES_EACH)
    exhibits = tuple(_exhibit(place, report, scan) for place in range(pages // PAGES_EACH))
    packet = Packet(Cover(title="RESPONDENT'S EXHIBITS"), exhibits)
    kept: list[bytes] = []
    with Memory() as memory:
        began, spent = time.monotonic(), _spent()
        bound = build(packet, lambda _number, content: kept.append(content))
        seconds, spent = time.monotonic() - began, _spent() - spent
    load, wrong = os.getloadavg()[0], sum(misplaced(content) for content in kept)
    return Figure(
        pages=pages,
        volumes=len(bound.volumes),
        seconds=round(seconds, 2),
        spent=round(spent, 2),
        load=round(load, 1),
        megabytes=round(memory.most, 1),
        misplaced=wrong,
    )


def _spent() -> float:
    """Return the seconds of processors that this process and those that it waited for took."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _exhibit(place: int, report: bytes, scan: bytes) -> Exhibit:
    is_scan = place % SCANS == SCANS - 1
    content = scan if is_scan else report
    # Every second quotation stands nowhere, which takes longest: each break of pages is looked at.
    shows = (
        ()
        if is_scan
        else (Shown("Detention", f"q{place}", f"Paragraph {PAGES_EACH - 1 + place % 2} of a report."),)
    )
    return Exhibit(f"e{place}", tab_of(place), f"Exhibit {place}", load=lambda: content, shows=shows)


def report_of(pages: int) -> bytes:
    """Return a report of about so many pages of text."""
    paragraphs = [f"Paragraph {number} of a report. {SENTENCE * 32}" for number in range(pages)]
    return printed("A report", ["A publisher"], paragraphs)


def scan_of(pages: int) -> bytes:
    """Return a PDF of so many pictures of pages, each of its own, as a scanner makes them."""
    # Here: a tool of the benchmark's, which opens no file of anybody's.
    import pikepdf
    from PIL import Image

    with pikepdf.Pdf.new() as pdf:
        for number in range(pages):
            kept = io.BytesIO()
            Image.effect_noise((638, 825), 20 + number % 9).save(kept, "JPEG", quality=60)
            page = pdf.add_blank_page(page_size=(612, 792))
            image = pdf.make_stream(kept.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
            image["/Filter"], image["/ColorSpace"] = pikepdf.Name.DCTDecode, pikepdf.Name.DeviceGray
            image["/Width"], image["/Height"], image["/BitsPerComponent"] = 638, 825, 8
            page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/I": image}))
            page.obj["/Contents"] = pdf.make_stream(b"q 612 0 0 792 0 0 cm /I Do Q")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


class Memory:
    """Looks, again and again, at what this process and those it starts hold; servers are none of them."""

    def __enter__(self) -> "Memory":
        self.there = set(_family(os.getpid())) - {os.getpid()}
        self.most, self.ended = 0.0, threading.Event()
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self.watcher.join()

    def _watch(self) -> None:
        while not self.ended.wait(EVERY):
            ours = [pid for pid in _family(os.getpid()) if pid not in self.there]
            self.most = max(self.most, sum(map(_held, ours)))


def _family(pid: int) -> Iterator[int]:
    if pid != os.getpid() and not _has_begun(pid):
        return
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _has_begun(pid: int) -> bool:
    """Tell whether a process runs its own program: until it does, it has its parent's memory, not more."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != Path(f"/proc/{os.getpid()}/cmdline").read_bytes()
    except OSError:
        return False


def _held(pid: int) -> float:
    """Return a process's own memory in megabytes, and its share of what several have; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
