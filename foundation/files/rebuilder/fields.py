"""The fields of a form (ISO 32000-1, 12.7): what was filled in, and whether the page shows it."""

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from foundation.files.rebuilder import lettering, marks
from foundation.files.rebuilder.values import numbers, plain, whole, words

MULTILINE, PASSWORD, PUSHBUTTON, COMB = 1 << 12, 1 << 13, 1 << 16, 1 << 24
OPENS = 1 << 17  # a list that opens, as readers show it: with a button
DEEPEST = 50
PLAIN = lettering.Style()
TICK = b"q BT 0 g /ZaDb %.2f Tf %.2f %.2f Td (4) Tj ET Q"


@dataclass(frozen=True)
class Wanted:
    """What a field has to show: text in a style on a ground within a border, or operators that draw it."""

    text: str = ""
    style: lettering.Style = PLAIN
    ground: bytes = b""
    border: bytes = b""
    is_list: bool = False
    content: bytes | None = None


@dataclass(frozen=True)
class Form:
    """A document's form, or that it has none. `leaves_looks`: the reader is to draw what was filled in."""

    given: Any
    is_one: bool
    leaves_looks: bool

    def settle(self) -> None:
        """Say that every field has its look now: qpdf paints none of a form that leaves that to readers."""
        if self.given is not None and "/NeedAppearances" in self.given:
            del self.given["/NeedAppearances"]

    def wanted(self, field: Any, look: Any) -> Wanted | None:
        """Return what a field must show and its look does not, or None."""
        kind = str(inherited(field, "/FT") or "")
        if kind == "/Btn":
            return None if look is not None else _ticked(field)
        if kind not in ("/Tx", "/Ch"):
            return None
        text = filled_in(field, kind)
        if look is not None and (not self.leaves_looks or not text.strip() or says(look, text)):
            return None
        is_list = kind == "/Ch" and bool(whole(inherited(field, "/Ff")) & OPENS)
        return Wanted(text, self.style(field, kind), *_dress(field), is_list)

    def style(self, field: Any, kind: str) -> lettering.Style:
        own = [inherited(field, key) for key in ("/DA", "/Q")]
        of_all = [self.given.get(key) if self.given is not None else None for key in ("/DA", "/Q")]
        appearance, align = (
            one if one is not None else other for one, other in zip(own, of_all, strict=True)
        )
        flags = whole(inherited(field, "/Ff"))
        return lettering.style_of(
            plain(appearance),
            align=whole(align),
            is_multiline=kind == "/Tx" and bool(flags & MULTILINE),
            comb=whole(inherited(field, "/MaxLen")) if kind == "/Tx" and flags & COMB else 0,
        )


def form_of(pdf: Pdf) -> Form:
    given = pdf.Root.get("/AcroForm")
    if not isinstance(given, Dictionary):
        return Form(None, is_one=False, leaves_looks=False)
    has_fields = isinstance(given.get("/Fields"), Array) and len(given["/Fields"]) > 0
    is_one = has_fields or "/XFA" in given
    return Form(given, is_one=is_one, leaves_looks=given.get("/NeedAppearances") is True)


def inherited(field: Any, key: str) -> Any:
    """Return a field's own value, or the one of the field it is part of."""
    for _step in range(DEEPEST):
        if not isinstance(field, Dictionary):
            return None
        if field.get(key) is not None:
            return field[key]
        field = field.get("/Parent")
    return None


def chosen_look(annotation: Any) -> Any:
    """Return the look an annotation has now, of several the one of its state; None for none."""
    looks = annotation.get("/AP")
    normal = looks.get("/N") if isinstance(looks, Dictionary) else None
    if isinstance(normal, Stream):
        return normal
    if not isinstance(normal, Dictionary):
        return None
    state = annotation.get("/AS")
    if state is None:
        state = inherited(annotation, "/V")
    chosen = normal.get(str(state)) if isinstance(state, Name) else normal.get("/Off")
    return chosen if isinstance(chosen, Stream) else None


def filled_in(field: Any, kind: str) -> str:
    """Return what was filled in, as a person reads it; nothing of a password."""
    value = inherited(field, "/V")
    if whole(inherited(field, "/Ff")) & PASSWORD and kind == "/Tx":
        return ""
    if isinstance(value, Stream):
        return str(String(value.read_bytes()))
    values = list(value) if isinstance(value, Array) else [value]
    texts = [str(one) for one in values if isinstance(one, String)]
    return ", ".join(_as_offered(field, text) for text in texts) if kind == "/Ch" else "".join(texts)


def _as_offered(field: Any, text: str) -> str:
    """Return the words a list shows for a value: its choices may be pairs of value and words."""
    offered = inherited(field, "/Opt")
    for choice in offered if isinstance(offered, Array) else ():
        if isinstance(choice, Array) and len(choice) == 2 and str(choice[0]) == text:
            return str(choice[1])
    return text


def says(look: Any, text: str) -> bool:
    """Tell whether a look shows a text, as far as can be told: in other alphabets, whether it shows any."""
    try:
        steps = pikepdf.parse_content_stream(look)
    except pikepdf.PdfError:
        return False
    shown = b"".join(_strings(part) for step in steps for part in step.operands)
    try:
        wanted = text.encode(lettering.ENCODING)
    except UnicodeEncodeError:
        return bool(shown.strip())
    return b"".join(wanted.split()) in b"".join(shown.split())


def _strings(operand: Any) -> bytes:
    if isinstance(operand, Array):
        return b"".join(_strings(part) for part in operand)
    return plain(operand)


def _ticked(field: Any) -> Wanted | None:
    """Return the tick of a box or button that was chosen and has no look, or the words of a button."""
    dress = field.get("/MK")
    if whole(inherited(field, "/Ff")) & PUSHBUTTON:
        text = words(dress.get("/CA")) if isinstance(dress, Dictionary) else ""
        return Wanted(text, lettering.Style(align=lettering.CENTERED), *_dress(field))
    state = field.get("/AS")
    state = inherited(field, "/V") if state is None else state
    if not isinstance(state, Name) or state == Name.Off:
        return None
    left, low, right, high = numbers(field["/Rect"])
    size = min(abs(right - left), abs(high - low))
    return Wanted(content=TICK % (size, size * 0.1, size * 0.15))


def _dress(field: Any) -> tuple[bytes, bytes]:
    """Return the operators for a field's ground and its border, each empty where it has none."""
    dress = field.get("/MK")
    if not isinstance(dress, Dictionary):
        return b"", b""
    border, wide = marks.colour(dress, "/BC", (b"G", b"RG", b"K")), marks.width_of(field)
    ground = marks.colour(dress, "/BG", (b"g", b"rg", b"k"))
    return ground, b"%b %.2f w" % (border, wide) if border and wide > 0 else b""


def list_button(width: float, height: float) -> bytes:
    """Return the operators for the button of a list that opens, raised as readers show it."""
    left, right, high = width - 14, width - 1, height - 1
    black, shade, ground = (
        b"%.2f g %.2f %d %d %.2f re f" % (gray, left + n, 1 + n, 13 - 2 * n, height - 2 - 2 * n)
        for n, gray in enumerate((0, 0.5, 0.86))
    )
    light = b"1 g %b f" % marks.path(
        [(left + 1, 2), (left + 1, high - 1), (right - 1, high - 1)], closed=True
    )
    x, y = width - 7.5, height / 2
    corners = marks.path([(x - 3, y + 1.5), (x + 3, y + 1.5), (x, y - 1.5)], closed=True)
    return b"q %b %b %b %b 0 g %b f Q " % (black, shade, light, ground, corners)


def turn_of(field: Any) -> int:
    """Return by how much a field stands turned on its page: 0, 90, 180 or 270 degrees."""
    dress = field.get("/MK")
    return whole(dress.get("/R")) // 90 * 90 % 360 if isinstance(dress, Dictionary) else 0
