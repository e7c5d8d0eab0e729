"""Every page of a packet carries its number upright at the bottom in the middle, whatever it came from."""

import io

import pikepdf
import pypdfium2 as pdfium
import pytest

from packets.binding.sheet import sheet_of
from packets.binding.stamping import ABOVE, AROUND, SIZE, font_of, scale_of, stamp
from packets.making.checking import misplaced, seen
from packets.making.readying import ExhibitFailed
from tests.packets import hostile, reading
from tests.packets.reading import exhibit, made


@pytest.fixture(scope="module")
def packet() -> reading.Made:
    files = {**hostile.ACCEPTED, **{n: f for n, f in hostile.shared().items() if n != "truncated.pdf"}}
    return made(*(exhibit(place, content) for place, content in enumerate(files.values())))


def test_every_number_is_read_from_the_text_of_its_page(packet: reading.Made) -> None:
    for page, text in zip(packet.bound.pages, packet.texts, strict=True):
        assert text.split()[-1].endswith(page.label), page
    assert [page.label for page in packet.bound.pages] == [str(n + 1) for n in range(len(packet.texts))]


def test_every_number_is_seen_upright_in_its_place(packet: reading.Made) -> None:
    """The plate looks as on an empty page of the same size that is not turned: from the pixels."""
    (volume,) = packet.volumes
    with pikepdf.open(io.BytesIO(volume)) as pdf:
        sheets = [sheet_of(page.obj) for page in pdf.pages]
    pictures = reading.pictures_of(volume)
    for page, sheet, picture in zip(packet.bound.pages, sheets, pictures, strict=True):
        empty = _empty(sheet.width, sheet.height, page.label).resize(picture.size)
        assert reading.is_alike(_plate(picture, sheet, page.label), _plate(empty, sheet, page.label)), page


def _empty(width: float, height: float, label: str) -> reading.Image.Image:
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(width, height))
        del page.obj["/Contents"]
        stamp(pdf, page.obj, label, font_of(pdf))
        kept = io.BytesIO()
        pdf.save(kept)
    return reading.pictures_of(kept.getvalue())[0]


def _plate(picture: reading.Image.Image, sheet: object, label: str) -> reading.Image.Image:
    """Return where the number stands, with its plate."""
    scale = scale_of(sheet, label)  # type: ignore[arg-type]
    dots = picture.width / sheet.width  # type: ignore[attr-defined]
    half = len(label) * 0.3 * SIZE * scale * dots
    top = picture.height - (min(ABOVE * scale, sheet.height / 8) + SIZE * scale) * dots  # type: ignore[attr-defined]
    foot = picture.height - (min(ABOVE * scale, sheet.height / 8) - AROUND * scale) * dots  # type: ignore[attr-defined]
    middle = picture.width / 2
    return picture.crop((int(middle - half), int(top), int(middle + half), int(foot)))


def test_the_program_s_own_look_finds_none_misplaced(packet: reading.Made) -> None:
    assert [misplaced(volume) for volume in packet.volumes] == [0]


def test_the_program_s_own_look_finds_a_number_that_lies_on_its_side(packet: reading.Made) -> None:
    with pikepdf.open(io.BytesIO(packet.volumes[0])) as pdf:
        pdf.pages[3].rotate(90, relative=True)
        kept = io.BytesIO()
        pdf.save(kept)
    assert [page.label for page in seen(kept.getvalue()) if not page.is_placed] == ["4"]


def test_nothing_that_acts_is_left(packet: reading.Made) -> None:
    for word in (b"/JavaScript", b"/JS", b"/OpenAction", b"/AcroForm", b"/URI", b"/AA ", b"/EmbeddedFile"):
        assert word not in packet.volumes[0]


def test_what_was_filled_in_is_seen(packet: reading.Made) -> None:
    assert any("Filled value" in text for text in packet.texts)


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_what_cannot_be_bound_is_refused_by_its_key_with_the_reason(name: str) -> None:
    content, reason = hostile.REFUSED[name]
    with pytest.raises(ExhibitFailed) as failed:
        made(exhibit(0, hostile.ACCEPTED["A4"]), exhibit(1, content))
    assert (failed.value.key, failed.value.reason) == ("e1", reason)


def test_a_picture_becomes_a_page_of_us_letter() -> None:
    kept = io.BytesIO()
    reading.Image.new("RGB", (900, 400), "black").save(kept, "JPEG")
    bound = made(exhibit(0, kept.getvalue(), kind="photo")).bound
    assert [page.size for page in bound.pages if page.kind == "exhibit"] == [(612.0, 792.0)]


def test_numbers_of_pages_in_a_reader_are_those_stamped(packet: reading.Made) -> None:
    document = pdfium.PdfDocument(packet.volumes[0])
    assert [document.get_page_label(n) for n in range(len(document))] == [p.label for p in packet.bound.pages]
