"""Rebuilding, through the sandbox: what comes out shows the same and can do nothing."""

import base64
import io
import time
import zlib
from binascii import hexlify

import pikepdf
import pytest
from PIL import Image

from foundation.files import sandbox
from foundation.files.rebuilder.documents import FORBIDDEN
from foundation.files.rebuilder.jpeg import without_metadata
from foundation.files.rebuilder.refusal import MAX_PAGES
from tests.files import corpus

ACTIVE = [
    b"JavaScript",
    b"/JS",
    b"Launch",
    b"OpenAction",
    b"/AA",
    b"EmbeddedFile",
    b"hostile",
    b"cmd.exe",
    b"MZ",
]


def rebuilt(content, kind):
    result = sandbox.rebuild(content, kind=kind)
    assert not result.reason, result
    return result.content


def dictionaries(pdf):
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield thing


def text_of(pdf, at=0):
    return b"".join(part.read_bytes() for part in [pdf.pages[at].obj.Contents])


# --- PDF ------------------------------------------------------------------------------------------


def test_nothing_that_acts_is_left_of_a_pdf():
    content = rebuilt(corpus.hostile_pdf(), "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        # Dictionaries lie in it in plain, streams packed: both are searched.
        plain = content + b"".join(t.read_bytes() for t in pdf.objects if isinstance(t, pikepdf.Stream))
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert set(pdf.trailer.keys()) <= {"/Root", "/Size", "/ID"}
        for thing in dictionaries(pdf):
            kinds = {str(thing.get("/Type", "")), str(thing.get("/S", ""))} - {"/Page", "/Pages", "/Catalog"}
            assert not kinds & FORBIDDEN
        assert b"(Hello)" in text_of(pdf)
        assert set(pdf.pages[0].obj.Resources.XObject.keys()) == {"/A"}  # a drawing of that name stays
    for word in [*ACTIVE, corpus.CANARY]:
        assert word not in plain, word


def test_a_photo_inside_a_pdf_loses_place_and_comment():
    before = corpus.pdf_with_photo()
    assert corpus.CANARY in before
    content = rebuilt(before, "pdf")
    assert corpus.CANARY not in content and b"Exif" not in content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        image = pikepdf.PdfImage(pdf.pages[0].obj.Resources.XObject.I).as_pil_image()
        assert image.size == (400, 300)


@pytest.mark.parametrize("packing", ["FlateDecode", "ASCII85Decode", "ASCIIHexDecode"])
def test_a_photo_packed_once_more_loses_place_and_comment_too(packing):
    ways = {"FlateDecode": zlib.compress, "ASCII85Decode": base64.a85encode, "ASCIIHexDecode": hexlify}
    with pikepdf.open(io.BytesIO(corpus.pdf_with_photo())) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.I
        image.write(ways[packing](image.read_raw_bytes()))
        image.Filter = pikepdf.Array([pikepdf.Name(f"/{packing}"), pikepdf.Name.DCTDecode])
        none = pikepdf.StreamDecodeLevel.none
        content = rebuilt(corpus.saved(pdf, compress_streams=False, stream_decode_level=none), "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        image = pdf.pages[0].obj.Resources.XObject.I
        assert image.Filter == pikepdf.Name.DCTDecode and corpus.CANARY not in image.read_raw_bytes()
        assert pikepdf.PdfImage(image).as_pil_image().size == (400, 300)


@pytest.mark.parametrize("odd", [b"\xff\xff\xff", b"\x00\x01"], ids=["filling", "garbage"])
def test_a_photo_with_odd_bytes_between_its_parts_keeps_its_picture(odd):
    content = corpus.photo()
    at = content.index(b"\xff\xdb")  # its tables
    cleaned = without_metadata(content[:at] + odd + content[at:])
    assert corpus.CANARY not in cleaned
    assert Image.open(io.BytesIO(cleaned)).convert("RGB").getpixel((50, 50))[0] > 240


def test_what_was_written_into_a_form_stays_to_be_read():
    result = sandbox.rebuild(corpus.filled_form(), kind="pdf")
    assert result.notes == ["form"]
    with pikepdf.open(io.BytesIO(result.content)) as pdf:
        shown = [s.read_bytes() for s in pdf.objects if isinstance(s, pikepdf.Stream)]
        assert any(b"written by hand" in part for part in shown)
        assert "/AcroForm" not in pdf.Root and "/Annots" not in pdf.pages[0].obj


def test_a_note_says_that_attachments_are_gone():
    assert "attachments" in sandbox.rebuild(corpus.hostile_pdf(), kind="pdf").notes


@pytest.mark.parametrize(("pages", "reason"), [(MAX_PAGES, ""), (MAX_PAGES + 1, "too_many_pages")])
def test_as_many_pages_as_anybody_reads(pages, reason):
    result = sandbox.rebuild(corpus.letter(pages), kind="pdf")
    assert result.reason == reason
    if not reason:
        assert len(pikepdf.open(io.BytesIO(result.content)).pages) == pages


def test_a_locked_pdf_is_refused_and_one_that_opens_for_everyone_is_not():
    needs = pikepdf.Encryption(user="secret", owner="owner")
    assert sandbox.rebuild(corpus.letter(encryption=needs), kind="pdf").reason == "encrypted"
    opens = pikepdf.Encryption(user="", owner="owner")
    content = rebuilt(corpus.letter(encryption=opens), "pdf")
    assert b"/Encrypt" not in content


BROKEN = {
    "torn": lambda: corpus.letter(3)[:300],
    "only a header": lambda: b"%PDF-1.7\n",
    "no pages": lambda: corpus.letter(0),
    "too deep": corpus.deep_pdf,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pdf_is_refused(name):
    assert sandbox.rebuild(BROKEN[name](), kind="pdf").reason == "broken"


def test_a_pdf_that_contains_itself_ends():
    with pikepdf.open(io.BytesIO(rebuilt(corpus.looping_pdf(), "pdf"))) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("twice", [False, True])
def test_a_page_that_unpacks_a_thousandfold_is_refused_soon(twice):
    bomb = corpus.stream_bomb(ratio_two=twice)
    assert len(bomb) < 4_000_000
    began = time.monotonic()
    assert sandbox.rebuild(bomb, kind="pdf").reason == "too_heavy"
    assert time.monotonic() - began < 15


def test_a_picture_in_a_pdf_has_as_many_pixels_as_any():
    assert sandbox.rebuild(corpus.picture_bomb(), kind="pdf").reason == "too_many_pixels"


@pytest.mark.parametrize("path", corpus.odd_pdfs(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_files_from_elsewhere_are_rebuilt_or_refused(path):
    result = sandbox.rebuild(path.read_bytes(), kind="pdf")
    assert result.reason == ("broken" if path.stem == "truncated" else "")
    assert not any(word in result.content for word in (b"JavaScript", b"/OpenAction", b"/AcroForm"))


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_keeps_its_pixels_and_nothing_else(kind):
    before = corpus.photo(kind)
    assert corpus.CANARY in before
    content = rebuilt(before, kind.lower())
    assert corpus.CANARY not in content and b"Exif" not in content
    image = Image.open(io.BytesIO(content))
    assert image.size == (400, 300) and not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert near(image.getpixel((50, 150)), (255, 0, 0)) and near(image.getpixel((350, 150)), (255, 255, 255))


def near(found, wanted):
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))


def test_what_hangs_behind_a_picture_is_left_behind():
    assert b"<script>" not in rebuilt(corpus.photo() + b"<script>hostile</script>", "jpeg")


@pytest.mark.parametrize(
    ("held", "size", "red"),
    [
        (1, (400, 300), "left"),
        (2, (400, 300), "right"),
        (3, (400, 300), "right"),
        (4, (400, 300), "left"),
        (5, (300, 400), "top"),
        (6, (300, 400), "top"),
        (7, (300, 400), "bottom"),
        (8, (300, 400), "bottom"),
        (9, (400, 300), "left"),
    ],
)
def test_a_picture_is_turned_upright(held, size, red):
    image = Image.open(io.BytesIO(rebuilt(corpus.photo(exif=corpus.exif(orientation=held)), "jpeg")))
    wide, high = image.size
    places = {"left": (50, high // 2), "right": (wide - 50, high // 2), "top": (wide // 2, 50)}
    assert image.size == size
    assert near(image.getpixel(places.get(red, (wide // 2, high - 50))), (255, 0, 0))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_a_png_is_painted(mode):
    out = io.BytesIO()
    Image.new(mode, (20, 10)).save(out, "PNG")
    assert Image.open(io.BytesIO(rebuilt(out.getvalue(), "png"))).mode in ("L", "RGB")


def test_what_is_hidden_under_transparency_is_gone():
    out = io.BytesIO()
    Image.new("RGBA", (20, 10), (255, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(rebuilt(out.getvalue(), "png"))).getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_of_an_iphone_becomes_a_jpeg():
    content = (corpus.Path(__file__).parent / "data" / "photo.heic").read_bytes()
    image = Image.open(io.BytesIO(rebuilt(content, "heic")))
    assert image.format == "JPEG" and image.width * image.height > 1000


def test_a_picture_bomb_is_refused_at_once():
    bomb = corpus.pixel_bomb()
    assert len(bomb) < 120_000
    began = time.monotonic()
    assert sandbox.rebuild(bomb, kind="png").reason == "too_many_pixels"
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("kind", ["jpeg", "png", "heic"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic" + b"\0" * 99]
)
def test_what_only_begins_as_a_picture_is_broken(kind, content):
    assert sandbox.rebuild(content, kind=kind).reason == "broken"
