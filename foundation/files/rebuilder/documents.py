"""PDFs: each page is made anew from what can be seen on it, into a file that never had anything else.

A page keeps its boxes, its content and its resources; those are copied object by object, without the keys
that act, link, attach or describe. What notes and form fields show is painted onto the page first.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from foundation.files.rebuilder import annotations, layers
from foundation.files.rebuilder.jpeg import is_jpeg, without_metadata
from foundation.files.rebuilder.refusal import MAX_PAGES, MAX_PIXELS, Unfit
from foundation.files.rebuilder.streams import CODECS, Damaged, filters_of, size_of, unpacked
from foundation.files.rebuilder.values import numbers

BOXES = ("/MediaBox", "/CropBox")
RESOURCES = ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font")
# Dictionaries whose keys are names somebody chose: there "/A" is a picture, not an action.
CHOSEN_NAMES = {*RESOURCES, "/CharProcs", "/Colorants"}
DROPPED = {
    *(
        "/A",
        "/AA",
        "/AF",
        "/AcroForm",
        "/Alternates",
        "/Annots",
        "/Contents",
        "/CreatorInfo",
        "/Dests",
        "/EF",
        "/EmbeddedFiles",
    ),
    *(
        "/F",
        "/FDecodeParms",
        "/FFilter",
        "/JS",
        "/JavaScript",
        "/Launch",
        "/LastModified",
        "/Metadata",
        "/Names",
    ),
    *("/OPI", "/OpenAction", "/Outlines", "/PS", "/Parent", "/PieceInfo", "/Ref"),
    *("/RichMediaContent", "/StructParent", "/StructParents", "/Thumb", "/URI", "/XFA"),
    *("/DecodeParms", "/Filter", "/Length"),  # of a stream: written with it
}
# Kinds of dictionary that are nothing to look at, under whatever key they hang.
FORBIDDEN = {
    *(
        "/Action",
        "/Annot",
        "/Catalog",
        "/EmbeddedFile",
        "/Filespec",
        "/Movie",
        "/Page",
        "/Pages",
        "/Rendition",
    ),
    *("/GoTo", "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Named", "/ResetForm"),
    *("/RichMedia", "/Sound", "/SubmitForm", "/Thread", "/Trans", "/URI"),
}
MAX_STREAM, MAX_PICTURE = 64 * 1024 * 1024, 256 * 1024 * 1024
MAX_UNPACKED = 4 * 1024 * 1024 * 1024
PACKING = ("/Filter", "/DecodeParms")
MAX_OBJECTS, MAX_DEPTH = 400_000, 150


def smallest() -> Pdf:
    """Return a PDF of one page with nothing on it."""
    pdf = Pdf.new()
    page = pdf.add_blank_page()
    page.obj["/Contents"] = pdf.make_stream(b"q Q")
    page.obj["/Annots"] = Array([])
    return pdf


def warm() -> None:
    """Go the whole way once with pages of our own, locked, open and torn."""
    for lock in (False, pikepdf.Encryption(owner="o", R=4), pikepdf.Encryption(owner="o", R=6)):
        kept = io.BytesIO()
        with smallest() as pdf:
            pdf.save(kept, encryption=lock)
        rebuild(kept.getvalue())
    try:
        rebuild(kept.getvalue()[:100])
    except Unfit:
        return


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return a new PDF with the pages of this one, and codes of what was left behind."""
    try:
        old = pikepdf.open(io.BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Unfit("encrypted") from error
    except pikepdf.PdfError as error:
        raise Unfit("broken") from error
    out = io.BytesIO()
    with old, Pdf.new() as new:
        check_size(old)
        notes = annotations.flattened(old)
        copier = Copier(new)
        for page in old.pages:
            new.pages.append(pikepdf.Page(copier.page(page.obj)))
        notes += copier.layers(old.Root)
        new.save(
            out,
            deterministic_id=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        if old.get_warnings():  # whether all is there is looked at with other eyes (comparing.py)
            notes.append("repaired")
    return out.getvalue(), notes


def check_size(pdf: Pdf) -> None:
    """Refuse more objects or pages than anybody reads, and a file with no page."""
    if len(pdf.objects) > MAX_OBJECTS:
        raise Unfit("too_heavy")
    if len(pdf.pages) > MAX_PAGES:
        raise Unfit("too_many_pages")
    if not len(pdf.pages):
        raise Unfit("broken")


class Copier:
    """Copies what draws from one file into another, each object once, and measures what it unpacks to."""

    def __init__(self, new: Pdf) -> None:
        self.new = new
        self.done: dict[tuple[int, int], Any] = {}
        self.unpacked = 0

    def page(self, old: Any) -> Any:
        fresh = Dictionary(Type=Name.Page, MediaBox=[0, 0, 612, 792])
        for key in BOXES:
            box = numbers(inherited(old, key))
            if len(box) == 4:
                fresh[key] = Array(box)
        (turn,) = numbers([inherited(old, "/Rotate")]) or [0]
        fresh["/Rotate"] = int(turn) // 90 * 90 % 360
        if unit := numbers([old.get("/UserUnit")]):
            fresh["/UserUnit"] = unit[0]
        if isinstance(old.get("/Group"), Dictionary):
            fresh["/Group"] = self.copy(old["/Group"], 0)
        fresh["/Resources"] = self.resources(inherited(old, "/Resources"), 0)
        fresh["/Contents"] = self.contents(list(parts_of(old)))
        return self.new.make_indirect(fresh)

    def contents(self, parts: list[Any]) -> Any:
        """Return what a page draws as one stream; as many as there were where one cannot be unpacked."""
        try:
            return self.new.make_stream(b"\n".join(self.read(part, MAX_STREAM) for part in parts))
        except Damaged:
            return Array([self.copy(part, 0) for part in parts])

    def layers(self, root: Any) -> list[str]:
        """Copy which layers of a document are shown; return a code where some are not."""
        given = layers.shown(root)
        if given is None:
            return []
        self.new.Root["/OCProperties"] = self.copy(given, 0)
        return ["layers"] if layers.some_are_off(given) else []

    def resources(self, old: Any, depth: int) -> Any:
        """Return resources of the kinds that draw, each under the names the content uses."""
        fresh = Dictionary()
        for kind in RESOURCES:
            given = old.get(kind) if isinstance(old, Dictionary) else None
            if isinstance(given, Dictionary):
                fresh[kind] = self.entries(given, depth)
        named = old.get("/Properties") if isinstance(old, Dictionary) else None
        if isinstance(named, Dictionary):
            fresh["/Properties"] = self.entries(layers.only(named), depth)
        return fresh

    def copy(self, value: Any, depth: int) -> Any:
        """Return a value for the new file: a plain one as it is, anything deeper copied."""
        if depth > MAX_DEPTH:
            raise Unfit("broken")
        if isinstance(value, Stream):
            return self.once(value, depth, self.stream)
        if isinstance(value, Array):
            return self.once(value, depth, self.array)
        if isinstance(value, Dictionary):
            return self.once(value, depth, self.dictionary)
        # A name or a string still belongs to the old file, a number does not; None is null.
        return (
            pikepdf.Object.parse(value.unparse(resolved=True)) if isinstance(value, pikepdf.Object) else value
        )

    def once(self, value: Any, depth: int, make: Any) -> Any:
        """Copy an object that has a number once; later mentions, its own included, mean the same copy."""
        if not value.is_indirect:
            return make(value, depth, None)
        if value.objgen not in self.done:
            empty = self.new.make_stream(b"") if isinstance(value, Stream) else Dictionary()
            place = self.new.make_indirect(Array() if isinstance(value, Array) else empty)
            self.done[value.objgen] = place
            make(value, depth, place)
        return self.done[value.objgen]

    def array(self, old: Any, depth: int, place: Any) -> Any:
        fresh = Array() if place is None else place
        for part in old:
            fresh.append(self.copy(part, depth + 1))
        return fresh

    def dictionary(self, old: Any, depth: int, place: Any) -> Any:
        fresh = Dictionary() if place is None else place
        if not is_forbidden(old):
            self.fill(fresh, old, depth)
        return fresh

    def fill(self, fresh: Any, old: Any, depth: int) -> None:
        for key, value in old.items():
            if key == "/Resources":
                fresh[key] = self.resources(value, depth + 1)
            elif key in CHOSEN_NAMES and isinstance(value, Dictionary) and "/Type" not in value:
                fresh[key] = self.entries(value, depth)
            elif key == "/OC" and not layers.is_layer(value):
                continue
            elif value is not None and key not in DROPPED:
                fresh[key] = self.copy(value, depth + 1)

    def entries(self, old: Any, depth: int) -> Any:
        fresh = Dictionary()
        for name, value in () if is_forbidden(old) else old.items():
            if value is not None and not is_forbidden(value):
                fresh[name] = self.copy(value, depth + 1)
        return fresh

    def stream(self, old: Any, depth: int, place: Any) -> Any:
        """Copy a stream as it is packed, once it is known what it unpacks to; a photo loses its metadata."""
        fresh = self.new.make_stream(b"") if place is None else place
        if is_forbidden(old):
            return fresh
        self.measure(old)
        raw, packing = old.read_raw_bytes(), [self.copy(old.get(key), depth + 1) for key in PACKING]
        if filters_of(old)[-1:] == ["/DCTDecode"]:
            raw, packing = self.photo(old, raw, packing)
        fresh.write(raw)
        for key, value in zip(PACKING, packing, strict=True):
            if value is not None:
                fresh[key] = value
        self.fill(fresh, old, depth)
        return fresh

    def photo(self, old: Any, raw: bytes, packing: list[Any]) -> tuple[bytes, list[Any]]:
        """Return a photo without its metadata, unpacked first where it was packed besides."""
        outer = [Name(name) for name in filters_of(old)[:-1]]
        if not outer:
            return without_metadata(raw), packing
        packed = self.new.make_stream(raw)
        packed["/Filter"] = Array(outer)
        try:
            photo = self.read(packed, MAX_STREAM)
        except Damaged:
            return raw, packing
        own = packing[1][-1] if isinstance(packing[1], Array) and len(packing[1]) else None
        return (without_metadata(photo), [Name.DCTDecode, own]) if is_jpeg(photo) else (raw, packing)

    def measure(self, stream: Any) -> None:
        """Refuse a stream that unpacks to more than anybody reads."""
        sides = numbers([stream.get("/Width"), stream.get("/Height")])
        if len(sides) == 2 and sides[0] * sides[1] > MAX_PIXELS:
            raise Unfit("too_many_pixels")
        if not CODECS & set(filters_of(stream)):
            most = MAX_PICTURE if stream.get("/Subtype") == Name.Image else MAX_STREAM
            self.count(size_of(stream, most), most)

    def read(self, stream: Any, most: int) -> bytes:
        """Return a stream unpacked, never more than `most` of it at once, nor too much in all."""
        content = unpacked(stream, most)
        self.count(len(content), most)
        return content

    def count(self, size: int, most: int) -> None:
        self.unpacked += size
        if size > most or self.unpacked > MAX_UNPACKED:
            raise Unfit("too_heavy")


def is_forbidden(thing: Any) -> bool:
    """Tell whether something acts, is a part of a document's frame, or is a program for a printer."""
    if not isinstance(thing, Dictionary | Stream):
        return False
    named = [thing.get(key) for key in ("/Type", "/S")]
    kinds = {str(name) for name in named if isinstance(name, Name)}
    return bool(kinds & FORBIDDEN) or thing.get("/Subtype") == Name.PS


def parts_of(page: Any) -> Iterator[Any]:
    contents = page.get("/Contents")
    for part in contents if isinstance(contents, Array) else [contents]:
        if isinstance(part, Stream):
            yield part


def inherited(page: Any, key: str) -> Any:
    """Return a page's own value, or the one its parents give it."""
    for _step in range(MAX_DEPTH):
        if not isinstance(page, Dictionary):
            return None
        if (value := page.get(key)) is not None:
            return value
        page = page.get("/Parent")
    raise Unfit("broken")
