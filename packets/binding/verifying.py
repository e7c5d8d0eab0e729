"""A volume looked at again: the page map it carries, and what its pages hash to now."""

import io
import json
import math
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from foundation.files.rebuilder.comparing import opened
from foundation.files.rebuilder.refusal import Unfit
from packets.binding import binding, parcel
from packets.binding.digest import Digests
from packets.binding.sheet import sheet_of
from packets.binding.stamping import DRAWN, scale_of

LONGEST = 14  # letters of a number
ASIDE, HIGH = 0.4, 32.0  # how far from the middle, in widths; points from the lower edge


def warm() -> None:
    """Look at a volume of one page."""
    binding.warm()
    kept = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page().obj["/Contents"] = pdf.make_stream(b"q Q")
        pdf.save(kept)
    rebuild(binding.bound([binding.Part("a", 0, [0], ["1"], "", "front", [])], [kept.getvalue()], "a")[1])


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return the map a volume carries, and its pages as they are. Raises Unfit for what is no volume."""
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        carried = pdf.Root.get(binding.MAP)
        if not isinstance(carried, pikepdf.Stream):
            raise Unfit("no_packet")
        said = json.loads(carried.read_bytes())
        digests, found = Digests(), []
        document = opened(content, "broken")
        for number, (page, known) in enumerate(zip(pdf.pages, said, strict=False)):
            drawn = binding.within(page.obj, "/Resources", "/XObject", DRAWN)
            label, upright = stamped(document, number, page.obj, known["label"])
            digest = digests.of(drawn) if drawn is not None else ""
            found.append({"digest": digest, "label": label, "upright": upright})
        document.close()
    return parcel.packed({"said": said, "found": found}), []


def stamped(document: pdfium.PdfDocument, number: int, page: Any, label: str) -> tuple[str, bool]:
    """Return the number a reader sees at the bottom in the middle of a page, "" for none; whether upright.

    It is drawn last, so its letters are the last of what the page says.
    """
    sheet = sheet_of(page)
    shown = document[number]
    words = shown.get_textpage()
    count = words.count_chars()
    letters = []
    for index in range(max(0, count - LONGEST), count):
        left, bottom, right, top = sheet.shown(*words.get_charbox(index))
        away = abs((left + right) / 2 - sheet.width / 2)
        if bottom >= 0 and top <= HIGH * max(1.0, scale_of(sheet, "0")) and away <= sheet.width * ASIDE:
            turned = math.degrees(raw.FPDFText_GetCharAngle(words, index)) + sheet.turn
            letters.append((words.get_text_range(index, 1), abs((turned + 180) % 360 - 180) < 1, left, right))
    words.close()
    shown.close()
    own = [letter for letter in letters if letter[0].strip()][-len(label) :]
    if not own:
        return "", False
    middle = (own[0][2] + own[-1][3]) / 2
    in_middle = abs(middle - sheet.width / 2) < max(2.0, sheet.width / 100)
    return "".join(letter[0] for letter in own), in_middle and all(letter[1] for letter in own)
