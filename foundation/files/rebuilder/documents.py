"""PDFs: each page is made anew from what can be seen on it, into a file that never had anything else.

A page keeps its boxes, its content and its resources; those are copied object by object, without the keys
that act, link, attach or describe. What notes and form fields show is painted onto the page first.
"""

import io
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from foundation.files.rebuilder.jpeg import without_metadata
from foundation.files.rebuilder.refusal import MAX_PAGES, MAX_PIXELS, Unfit

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
    *("/OC", "/OPI", "/OpenAction", "/Outlines", "/PS", "/Parent", "/PieceInfo", "/Properties", "/Ref"),
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
# Pictures the reader decodes itself; their size is bounded by their width and height.
CODECS = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"}
PACKERS = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}
MAX_STREAM, MAX_PICTURE = 64 * 1024 * 1024, 256 * 1024 * 1024
MAX_UNPACKED = 4 * 1024 * 1024 * 1024
MAX_OBJECTS, MAX_DEPTH = 400_000, 150


def warm() -> None:
    """Go the whole way once with pages of our own, locked, open and torn."""
    for lock in (False, pikepdf.Encryption(owner="o", R=4), pikepdf.Encryption(owner="o", R=6)):
        kept = io.BytesIO()
        with Pdf.new() as pdf:
            page = pdf.add_blank_page()
            page.obj["/Contents"] = pdf.make_stream(b"q Q")
            page.obj["/Annots"] = Array([])
            pdf.save(kept, encryption=lock)
        rebuild(kept.getvalue())
    try:
        rebuild(kept.getvalue()[:100])
    except Unfit:
        return


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return a new PDF with the pages of this one, and codes of what was left behind."""
    try:
        # Without repairing: a repaired file may lack pages, and nobody would know.
        old = pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Unfit("encrypted") from error
    except pikepdf.PdfError as error:
        raise Unfit("broken") from error
    out = io.BytesIO()
    with old, Pdf.new() as new:
        check_size(old)
        notes = flattened(old)
        copier = Copier(new)
        for page in old.pages:
            new.pages.append(pikepdf.Page(copier.page(page.obj)))
        new.save(
            out,
            deterministic_id=True,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue(), notes


def check_size(pdf: Pdf) -> None:
    """Refuse more objects or pages than anybody reads, and a file with no page."""
    if len(pdf.objects) > MAX_OBJECTS:
        raise Unfit("too_heavy")
    if len(pdf.pages) > MAX_PAGES:
        raise Unfit("too_many_pages")
    if not len(pdf.pages):
        raise Unfit("broken")


def flattened(pdf: Pdf) -> list[str]:
    """Paint what forms and notes show onto the pages; return codes of what is gone then."""
    root, notes = pdf.Root, []
    if "/AcroForm" in root:
        notes.append("form")
        if root.AcroForm.get("/NeedAppearances", False):
            pdf.generate_appearance_streams()
    if any("/Annots" in page.obj for page in pdf.pages):
        pdf.flatten_annotations("screen")
    names = root.get("/Names")
    if isinstance(names, Dictionary) and "/EmbeddedFiles" in names:
        notes.append("attachments")
    return notes


class Copier:
    """Copies what draws from one file into another, each object once, and measures what it unpacks to."""

    def __init__(self, new: Pdf) -> None:
        self.new = new
        self.done: dict[tuple[int, int], Any] = {}
        self.unpacked = 0

    def page(self, old: Any) -> Any:
        fresh = Dictionary(Type=Name.Page, MediaBox=[0, 0, 612, 792])
        for key in BOXES:
            box = inherited(old, key)
            if isinstance(box, Array) and len(box) == 4:
                fresh[key] = Array([float(side) for side in box])  # type: ignore[call-overload, arg-type]
        fresh["/Rotate"] = int(inherited(old, "/Rotate") or 0) // 90 * 90 % 360
        if "/UserUnit" in old:
            fresh["/UserUnit"] = float(old["/UserUnit"])
        if isinstance(old.get("/Group"), Dictionary):
            fresh["/Group"] = self.copy(old["/Group"], 0)
        fresh["/Resources"] = self.resources(inherited(old, "/Resources"), 0)
        contents = b"\n".join(self.read(part, MAX_STREAM) for part in parts_of(old))
        fresh["/Contents"] = self.new.make_stream(contents)
        return self.new.make_indirect(fresh)

    def resources(self, old: Any, depth: int) -> Any:
        """Return resources of the kinds that draw, each under the names the content uses."""
        fresh = Dictionary()
        for kind in RESOURCES:
            given = old.get(kind) if isinstance(old, Dictionary) else None
            if isinstance(given, Dictionary):
                fresh[kind] = self.entries(given, depth)
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
        # A name or a string still belongs to the old file, a number does not.
        return pikepdf.Object.parse(value.unparse()) if isinstance(value, pikepdf.Object) else value

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
            elif key not in DROPPED:
                fresh[key] = self.copy(value, depth + 1)

    def entries(self, old: Any, depth: int) -> Any:
        fresh = Dictionary()
        for name, value in () if is_forbidden(old) else old.items():
            if not is_forbidden(value):
                fresh[name] = self.copy(value, depth + 1)
        return fresh

    def stream(self, old: Any, depth: int, place: Any) -> Any:
        """Copy a stream as it is packed, once it is known what it unpacks to; a photo loses its metadata."""
        fresh = self.new.make_stream(b"") if place is None else place
        if is_forbidden(old):
            return fresh
        self.measure(old)
        raw = old.read_raw_bytes()
        if filters_of(old) == ["/DCTDecode"]:
            raw = without_metadata(raw)
        packing = [self.copy(old.get(key), depth + 1) for key in ("/Filter", "/DecodeParms")]
        fresh.write(raw, filter=packing[0], decode_parms=packing[1])
        self.fill(fresh, old, depth)
        return fresh

    def measure(self, stream: Any) -> None:
        if stream.get("/Subtype") != Name.Image:
            self.read(stream, MAX_STREAM)
            return
        if int(stream.get("/Width", 0)) * int(stream.get("/Height", 0)) > MAX_PIXELS:
            raise Unfit("too_many_pixels")
        if not CODECS & set(filters_of(stream)):
            self.read(stream, MAX_PICTURE)

    def read(self, stream: Any, most: int) -> bytes:
        """Return a stream unpacked, never more than `most` of it at once, nor too much in all."""
        content = unpacked(stream, most)
        self.unpacked += len(content)
        if len(content) > most or self.unpacked > MAX_UNPACKED:
            raise Unfit("too_heavy")
        return content


def unpacked(stream: Any, most: int) -> bytes:
    """Unpack at most one byte beyond `most`; deflate, what bombs are made of, is stopped there."""
    if len([name for name in filters_of(stream) if name in PACKERS]) > 1:
        raise Unfit("too_heavy")  # packed twice: nobody does that to a letter
    if filters_of(stream) == ["/FlateDecode"] and "/DecodeParms" not in stream:
        try:
            return zlib.decompressobj().decompress(stream.read_raw_bytes(), most + 1)
        except zlib.error:
            pass  # cut short or damaged: pikepdf returns what can be read, or says that it cannot
    return stream.read_bytes()  # type: ignore[no-any-return]


def filters_of(stream: Any) -> list[str]:
    given = stream.get("/Filter")
    return (
        [str(name) for name in given]
        if isinstance(given, Array)
        else [str(given)]
        if given is not None
        else []
    )


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
        if key in page:
            return page[key]
        if "/Parent" not in page:
            return None
        page = page["/Parent"]
    raise Unfit("broken")
