"""PDFs that misplace a stamp, hide it or break a merge, each with one thing odd about it; written here."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from tests.support import pdfs

FOLDER = Path(__file__).resolve().parents[3] / "shared"
SHARED = [FOLDER / "evidence" / "hostile_pdfs", FOLDER / "outside"]
SENTENCE = "The security forces detained twelve people that week."
LETTER = (612, 792)


def _one(change: Callable[[Pdf, Dictionary], None], *, box: tuple[float, ...] = (0, 0, *LETTER)) -> bytes:
    """Return a page that says a sentence, changed."""
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=LETTER).obj
        page["/MediaBox"] = Array(box)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page["/Resources"] = Dictionary(Font=Dictionary({"/F1": font}))
        text = f"BT /F1 14 Tf 72 700 Td ({SENTENCE}) Tj ET"
        page["/Contents"] = pdf.make_stream(text.encode())
        change(pdf, page)
        kept = io.BytesIO()
        pdf.save(kept, compress_streams=False)
    return kept.getvalue()


def _turned(degrees: int) -> bytes:
    def change(_pdf: Pdf, page: Dictionary) -> None:
        page["/Rotate"] = degrees

    return _one(change)


def _drawing(before: bytes = b"", after: bytes = b"") -> bytes:
    def change(pdf: Pdf, page: Dictionary) -> None:
        page["/Contents"] = pdf.make_stream(before + page["/Contents"].read_bytes() + after)

    return _one(change)


def _cropped(pdf: Pdf, page: Dictionary) -> None:
    page["/MediaBox"] = Array([-200, -300, 700, 900])
    page["/CropBox"] = Array([0, 100, 612, 850])


def _turned_and_cropped(pdf: Pdf, page: Dictionary) -> None:
    _cropped(pdf, page)
    page["/Rotate"] = 270


def _inherited(pdf: Pdf, page: Dictionary) -> None:
    """Let the pages' node above hold what the page draws with, its box and its turn."""
    above = pdf.Root["/Pages"]
    above["/Resources"], above["/MediaBox"], above["/Rotate"] = (
        page["/Resources"],
        Array([0, 0, 500, 400]),
        90,
    )
    del page["/Resources"], page["/MediaBox"]


def _parted(pdf: Pdf, page: Dictionary) -> None:
    """Part what the page draws into streams that only together make sense."""
    whole = page["/Contents"].read_bytes()
    half = whole.index(b"700")
    page["/Contents"] = Array([pdf.make_stream(whole[:half]), pdf.make_stream(whole[half:])])


def _scripted(pdf: Pdf, page: Dictionary) -> None:
    action = Dictionary(S=Name.JavaScript, JS="app.alert('x')")
    pdf.Root["/OpenAction"] = action
    page["/AA"] = Dictionary(O=action)


def _filled(pdf: Pdf, page: Dictionary) -> None:
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="Filled value", F=4,
        Rect=Array([72, 500, 300, 530]), DA="/Helv 12 Tf 0 g",
    )  # fmt: skip
    field = pdf.make_indirect(field)
    page["/Annots"] = Array([field])
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]), DA="/Helv 12 Tf 0 g")


def _large(pdf: Pdf, page: Dictionary) -> None:
    page["/UserUnit"] = 2


def owner_locked() -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(_drawing())) as pdf:
        pdf.save(kept, encryption=pikepdf.Encryption(owner="o", user="", R=6))
    return kept.getvalue()


def user_locked() -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(_drawing())) as pdf:
        pdf.save(kept, encryption=pikepdf.Encryption(owner="o", user="u", R=6))
    return kept.getvalue()


BLACK = b"0 g 0 0 2000 2000 re f "

ACCEPTED: dict[str, bytes] = {
    **{f"turned {turn}": _turned(turn) for turn in (90, 180, 270, -90, 450)},
    "crop box elsewhere": _one(_cropped),
    "crop box elsewhere, turned": _one(_turned_and_cropped),
    "box upside down": _one(lambda pdf, page: None, box=(612, 792, 0, 0)),
    "more q than Q": _drawing(b"q 0.3 0 0 0.3 50 50 cm q "),
    "more Q than q": _drawing(b"", b" Q Q Q 5 0 0 5 0 0 cm"),
    "text left open": _drawing(b"", b" BT /F1 90 Tf 3 Tr"),
    "clipped to nothing": _drawing(b"", b" 0 0 1 1 re W n"),
    "white letters left": _drawing(b"", b" 1 g 1 G 7 Tr"),
    "dark": _drawing(BLACK),
    "dark, turned": _drawing(BLACK).replace(b"/MediaBox", b"/Rotate 90 /MediaBox"),
    "what is above it": _one(_inherited),
    "parted": _one(_parted),
    "script": _one(_scripted),
    "filled form": _one(_filled),
    "unit of two": _one(_large),
    "tiny": _one(lambda pdf, page: None, box=(0, 0, 90, 60)),
    "poster": _one(lambda pdf, page: None, box=(0, 0, 2400, 3400)),
    "A4": _one(lambda pdf, page: None, box=(0, 0, 595, 842)),
    "owner's lock": owner_locked(),
    "typed note": pdfs.sentence(),
}
REFUSED: dict[str, tuple[bytes, str]] = {
    "user's lock": (user_locked(), "encrypted"),
    "a page of HTML": (b"<!DOCTYPE html><html><body>Not a PDF</body></html>", "broken"),
    "cut off": (_drawing()[:300], "broken"),
}


def shared() -> dict[str, bytes]:
    """Return the PDFs that are kept beside the project, where they are there."""
    return {path.name: path.read_bytes() for folder in SHARED for path in sorted(folder.glob("*.pdf"))}
