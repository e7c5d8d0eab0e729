"""What notes, marks and the fields of a form show, painted onto their pages as a reader shows it.

Most have a look of their own, which is painted by qpdf. What was typed without one (many programs on phones
leave that to the reader) is drawn here first; what cannot be drawn is noted with its page.
"""

from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from foundation.files.rebuilder import fields, layers, lettering, marks
from foundation.files.rebuilder.notes import Notes
from foundation.files.rebuilder.values import numbers, plain, whole, words

HIDDEN = 2 | 32  # not to be shown, not on a screen
INVISIBLE = 1  # where the reader does not know the kind; qpdf takes it for all
SEEN = {*marks.DRAWN, "/FreeText", "/Stamp", "/Caret", "/FileAttachment", "/Widget", "/Link", "/Redact"}
MEDIA = {"/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"}


def flattened(pdf: Pdf) -> list[str]:
    """Paint what forms and notes show onto the pages; return codes of what is gone or was drawn by us."""
    notes, names = Notes(), pdf.Root.get("/Names")
    form = fields.form_of(pdf)
    if form.is_one:
        notes.add("form")
    if pdf.Root.get("/NeedsRendering") is True:
        notes.add("form_elsewhere")
    if isinstance(names, Dictionary) and "/EmbeddedFiles" in names:
        notes.add("attachments")
    painter, any_found = Painter(pdf, form, notes), False
    for number, page in enumerate(pdf.pages, 1):
        given = page.obj.get("/Annots")
        if given is not None:
            found = given if isinstance(given, Array) else ()
            page.obj["/Annots"] = Array([one for one in found if painter.prepare(one, number)])
            any_found = True
    if any_found:
        form.settle()
        pdf.flatten_annotations("screen")
    return notes.codes()


class Painter:
    """Gives each annotation that is shown a look that can be painted."""

    def __init__(self, pdf: Pdf, form: fields.Form, notes: Notes) -> None:
        self.pdf, self.form, self.notes = pdf, form, notes
        self.fonts: Any = None
        self.hidden = set(layers.hidden(pdf.Root))

    def prepare(self, annotation: Any, number: int) -> bool:
        """Tell whether an annotation is to be painted, and see to it that it can be."""
        if not isinstance(annotation, Dictionary):
            return False
        kind = str(annotation.get("/Subtype", ""))
        self.note(annotation, kind, number)
        if kind == "/Popup" or self.is_hidden(annotation) or len(numbers(annotation.get("/Rect"))) != 4:
            return False
        look = fields.chosen_look(annotation)
        if kind == "/Widget":
            look = self.field(annotation, look, number)
        elif look is None:
            look = self.drawn(annotation, kind, number)
        if look is None:
            return False
        if kind in SEEN:
            annotation["/F"] = whole(annotation.get("/F")) & ~INVISIBLE
        look["/Subtype"] = Name.Form
        layer = annotation.get("/OC")
        if layers.is_layer(layer) and "/OC" not in look:
            look["/OC"] = layer
        annotation["/AP"] = Dictionary(N=look)
        return True

    def is_hidden(self, annotation: Any) -> bool:
        layer = annotation.get("/OC")
        off = isinstance(layer, Dictionary) and layer.objgen in self.hidden
        return off or bool(whole(annotation.get("/F")) & HIDDEN)

    def note(self, annotation: Any, kind: str, number: int) -> None:
        """Note what of an annotation is not on the page and does not come along."""
        if kind == "/FileAttachment":
            self.notes.add("attachments")
        if kind in MEDIA:
            self.notes.add("media", number)
        opens = kind == "/Text" or ("/Popup" in annotation and kind != "/FreeText")
        if opens and words(annotation.get("/Contents")).strip():
            self.notes.add("comments", number)

    def drawn(self, annotation: Any, kind: str, number: int) -> Any:
        """Return a look for what has none, or None where there is nothing to see or nothing can be drawn."""
        if kind == "/FreeText":
            return self.typed(annotation, number)
        content = marks.mark(annotation)
        if content is None:
            if kind == "/Stamp":
                self.notes.add("not_drawn", number)
            return None
        if kind != "/Text":  # what it says is noted as a comment
            self.notes.add("drawn", number)
        if corners := marks.points(annotation.get("/QuadPoints")):
            xs, ys = zip(*corners, strict=True)
            annotation["/Rect"] = Array([min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1])
        opacity = (numbers([annotation.get("/CA")]) or [1.0])[0]
        plain_ink = Dictionary(Type=Name.ExtGState, CA=opacity, ca=opacity)
        marker = Dictionary(Type=Name.ExtGState, CA=opacity, ca=opacity, BM=Name.Multiply)
        states = Dictionary(Plain=plain_ink, Through=marker)
        box = numbers(annotation["/Rect"])
        return self.look(b"q /Plain gs %b Q" % content, box, Dictionary(ExtGState=states))

    def typed(self, annotation: Any, number: int) -> Any:
        """Return what was typed onto the page."""
        text = words(annotation.get("/Contents"))
        if not text.strip():
            return None
        style = lettering.style_of(
            plain(annotation.get("/DA")), align=whole(annotation.get("/Q")), is_multiline=True
        )
        ground = marks.colour(annotation, "/C", (b"g", b"rg", b"k"))
        wide = marks.width_of(annotation)
        border = b"0 G %.2f w" % wide if wide else b""
        return self.lettered(annotation, fields.Wanted(text, style, ground, border), number)

    def field(self, annotation: Any, look: Any, number: int) -> Any:
        """Return the look of a form's field: its own, or what was filled in where that does not show it."""
        wanted = self.form.wanted(annotation, look)
        if wanted is None:
            return look
        if wanted.content is not None:
            return self.look(wanted.content, [0, 0, *_sides(annotation)], self.letters())
        return self.lettered(annotation, wanted, number, look)

    def lettered(self, annotation: Any, wanted: fields.Wanted, number: int, look: Any = None) -> Any:
        """Return text in its box; where a letter of it cannot be drawn the look it had, or the empty box."""
        width, height = _sides(annotation)
        turn = fields.turn_of(annotation)
        across, up = (height, width) if turn in (90, 270) else (width, height)
        content = lettering.drawn(wanted.text, across, up, wanted.style)
        if content is None:
            self.notes.add("not_drawn", number)
            if look is not None:
                return look
        elif wanted.text.strip():
            self.notes.add("drawn", number)
        filled = b"q %b 0 0 %.2f %.2f re f Q " % (wanted.ground, across, up) if wanted.ground else b""
        edge = (
            b"q %b 0.5 0.5 %.2f %.2f re S Q " % (wanted.border, across - 1, up - 1) if wanted.border else b""
        )
        if wanted.is_list:
            edge += fields.list_button(across, up)
        return self.look(filled + edge + (content or b""), [0, 0, across, up], self.letters(), turn)

    def look(self, content: bytes, box: list[float], resources: Any, turn: int = 0) -> Any:
        """Return a drawing of its own for a box, turned by right angles."""
        look = Stream(self.pdf, content)
        look["/Type"], look["/Subtype"] = Name.XObject, Name.Form
        look["/BBox"], look["/Resources"] = Array(box), resources
        if turn:
            x, y = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
            look["/Matrix"] = Array([x, y, -y, x, 0, 0])
        return self.pdf.make_indirect(look)

    def letters(self) -> Any:
        self.fonts = self.fonts or self.pdf.make_indirect(lettering.fonts(self.pdf))
        return self.fonts


def _sides(annotation: Any) -> tuple[float, float]:
    left, low, right, high = numbers(annotation["/Rect"])
    return abs(right - left), abs(high - low)
