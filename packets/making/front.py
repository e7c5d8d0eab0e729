"""Front matter and prints, set by typst in memory: from data, never from markup."""

import json
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst

from letters.paper import FONTS
from packets.making.numbering import span
from packets.making.parts import Exhibit, Packet

HERE = Path(__file__).parent
FRONT, PRINT = (HERE / "front.typ").read_bytes(), (HERE / "print.typ").read_bytes()
LABELS = dict[str, list[str]]  # the numbers of each part's pages
CONTENTS = "EXHIBIT LIST AND TABLE OF CONTENTS"


def sections(packet: Packet, numbers: LABELS, pins: LABELS, volumes: dict[str, str]) -> list[dict[str, Any]]:
    """Return every part of the front matter in order, with the numbers as far as they are known.

    `numbers` are those of the exhibits with their tabs, by key; `pins` those of the quotations; `volumes`
    says of each volume's sheet what the volume holds, by the sheet's key.
    """
    made: list[dict[str, Any]] = [
        {"key": "cover", "kind": "cover", "of": asdict(packet.cover)},
        {"key": "contents", "kind": "contents", "of": _contents(packet, numbers, pins)},
    ]
    if packet.argued:
        quotes = {shown.key: shown.exact for exhibit in packet.exhibits for shown in exhibit.shows}
        made.append({"key": "argued", "kind": "argued", "of": _argued(packet, quotes, pins)})
    made += [
        {"key": key, "kind": "tab", "of": _sheet("", said, volume=True)} for key, said in volumes.items()
    ]
    for exhibit in packet.exhibits:
        made.append({"key": f"tab:{exhibit.key}", "kind": "tab", "of": _tab(exhibit)})
        if exhibit.certificate:
            of = asdict(exhibit.certificate)
            made.append({"key": f"certificate:{exhibit.key}", "kind": "certificate", "of": of})
    if packet.service:
        made.append({"key": "service", "kind": "service", "of": list(packet.service)})
    return made


def _contents(packet: Packet, numbers: LABELS, pins: LABELS) -> dict[str, Any]:
    rows, group = [], ""
    for exhibit in packet.exhibits:
        row = {name: getattr(exhibit, name) for name in ("tab", "title", "address", "accessed", "how")}
        row["key"], row["pages"] = f"tab:{exhibit.key}", span(numbers.get(exhibit.key, []))
        row["source"] = ", ".join(filter(None, (exhibit.source, exhibit.day)))
        row["group"] = exhibit.group if exhibit.group != group else ""
        group = exhibit.group
        row["shows"] = [
            {"says": shown.says, "exact": shown.exact, "pages": span(pins.get(shown.key, []))}
            for shown in exhibit.shows
        ]
        rows.append(row)
    return {"heading": CONTENTS, "rows": rows}


def _argued(packet: Packet, quotes: dict[str, str], pins: LABELS) -> list[dict[str, Any]]:
    return [
        {
            "says": row.says,
            "beside": [
                {"tab": tab, "pages": span(pins.get(key, [])), "exact": quotes.get(key, ""), "adverse": bad}
                for tab, key, bad in row.beside
            ],
        }
        for row in packet.argued
    ]


def _tab(exhibit: Exhibit) -> dict[str, Any]:
    source = ", ".join(filter(None, (exhibit.source, exhibit.day)))
    more = {"address": exhibit.address, "accessed": exhibit.accessed, "source": source}
    return {"tab": exhibit.tab, "title": exhibit.title, "volume": "", "link": exhibit.load is None, **more}


def _sheet(tab: str, said: str, *, volume: bool) -> dict[str, Any]:
    heading, _line, rest = said.partition("\n")
    more = {"address": "", "accessed": "", "source": ""}
    return {"tab": tab, "title": heading, "volume": rest, "link": False, **more}


def laid_out(made: list[dict[str, Any]]) -> tuple[Any, dict[str, list[int]]]:
    """Return the compiler and which pages of its PDF, from 0, each part takes."""
    compiler = _compiler(FRONT, packet=made)
    found = [each["value"] for each in json.loads(compiler.query("<part>"))]
    return compiler, {
        one["key"]: list(range(one["page"] - 1, following["page"] - 1))
        for one, following in pairwise(found)  # the last only says where the end is
    }


def _compiler(page: bytes, **data: Any) -> Any:
    inputs = {name: json.dumps(value) for name, value in data.items()}
    fonts: list[Any] = [str(FONTS)]
    return typst.Compiler(input=page, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs)


def pdf_of(compiler: Any, page: bytes = FRONT) -> bytes:
    """Return the PDF; the page is given once more, since a compiler forgets it after each answer."""
    made: bytes = compiler.compile(input=page, format="pdf", pdf_tags=False, timestamp=0)
    return made


def printed(
    title: str, head: list[str], paragraphs: list[str], *, note: str = "", is_rtl: bool = False
) -> bytes:
    """Return a source as a print of some of its text."""
    source = {"title": title, "head": head, "paragraphs": paragraphs, "note": note, "rtl": is_rtl}
    return pdf_of(_compiler(PRINT, source=source), PRINT)
