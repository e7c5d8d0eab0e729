"""Pages that are pictures: read once where tesseract is installed, kept sealed, laid under every build."""

import io

import pytest
from django.urls import reverse
from PIL import ImageFont

from evidence.clients.tesseract import can_recognize, installed
from foundation.refused import Forbidden
from packets import recognizing
from packets.binding.lettering import as_seen, lettered
from packets.models import FoundText, Packet
from packets.queries import opened, remarks_of
from packets.recognizing import words_in
from packets.work import TEXT_LINE
from tests.packets import hostile, reading
from tests.packets.reading import exhibit, made, quoting, squeezed
from tests.packets.test_packets import built, put, send

TABLE = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t
5\t1\t1\t1\t1\t1\t100\t200\t300\t40\t96.1\tshelled
5\t1\t1\t1\t1\t2\t500\t200\t200\t40\t91\ttwice
5\t1\t1\t1\t1\t3\t800\t200\t20\t40\t4\t~
5\tbroken
"""
WORDS = words_in(TABLE)


def scan(text=""):
    """Return a picture of a page, with a text on it where one is given."""
    drawn = reading.Image.new("L", (1275, 1650), "white")
    if text:
        reading.ImageDraw.Draw(drawn).text((150, 200), text, fill="black", font_size=40)
    kept = io.BytesIO()
    drawn.save(kept, "JPEG")
    return kept.getvalue()


def test_words_of_tesseract_s_table_have_their_places_and_guesses_at_stains_are_none() -> None:
    assert WORDS == [("shelled", 0.1, 0.1, 0.4, 0.12), ("twice", 0.5, 0.1, 0.7, 0.12)]
    assert words_in("") == words_in("nothing\nof the kind") == []


def test_a_quotation_is_found_and_marked_on_a_page_that_is_a_picture() -> None:
    said = {"1": WORDS}
    packet = made(exhibit(0, scan(), kind="photo", said=said, shows=quoting("shelled twice")))
    (label,) = packet.bound.pincites["q"]
    assert "shelled twice" in " ".join(packet.texts[int(label) - 1].split())
    picture = reading.pictures_of(packet.volumes[0])[int(label) - 1]
    assert any(dot[0] > 200 and dot[2] < 150 for dot in picture.get_flattened_data())


def test_nothing_of_what_was_recognized_is_drawn() -> None:
    plain, said = (made(exhibit(0, scan(), kind="photo", **more)) for more in ({}, {"said": {"1": WORDS}}))
    for one, other in zip(*(reading.pictures_of(p.volumes[0]) for p in (plain, said)), strict=True):
        assert reading.is_alike(one, other)


def test_a_page_that_says_something_itself_keeps_its_own_words() -> None:
    packet = made(exhibit(0, hostile.ACCEPTED["A4"], said={"1": WORDS}))
    assert "shelled" not in "".join(packet.texts)


def test_words_stand_where_they_were_seen_on_a_turned_page() -> None:
    for name in ("turned 90", "crop box elsewhere, turned"):
        document = reading.pdfium.PdfDocument(
            lettered(hostile.ACCEPTED[name], {0: [("seen", 0.5, 0.5, 0.6, 0.52)]})
        )
        page = document[0]
        words = page.get_textpage()
        at = words.get_text_range().index("seen")
        box = words.get_charbox(at)
        device = page.get_size()
        x, y = _shown(page, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        assert abs(x / device[0] - 0.51) < 0.05 and abs(y / device[1] - 0.51) < 0.05


def _shown(page: object, x: float, y: float) -> tuple[float, float]:
    from ctypes import c_int

    wide, high = (int(side) for side in page.get_size())  # type: ignore[attr-defined]
    left, top = c_int(), c_int()
    reading.pdfium.raw.FPDF_PageToDevice(page, 0, 0, wide, high, 0, x, y, left, top)
    return left.value, top.value


@pytest.fixture
def readable(monkeypatch):
    """Let tesseract be installed: what it says is its table above."""
    monkeypatch.setattr(recognizing, "can_recognize", lambda: True)
    monkeypatch.setattr(recognizing, "recognized", lambda picture: WORDS)


def test_a_file_is_read_once_when_it_is_put_in_and_kept_sealed(held, packet, cast, now, readable):
    file = send(held, scan(), now, "scan.jpg")
    put(packet, cast, now, upload_id=file.pk)
    put(packet, cast, now, upload_id=file.pk)
    assert TEXT_LINE.work_off() == 1
    row = FoundText.objects.get()
    assert (row.status, row.pages, row.pages_read) == ("read", 1, 1)
    _build, volumes = built(packet, cast, now)
    assert "shelledtwice" in squeezed("".join(reading.texts_of(volumes[0])))
    with pytest.raises(recognizing.NothingToRead):
        recognizing.ask_texts(packet, by=cast.ade, at=now)
    with pytest.raises(Forbidden):
        recognizing.ask_texts(packet, by=cast.cora, at=now)


def test_where_nothing_recognizes_text_the_packet_says_so(held, packet, cast, now, client, monkeypatch):
    for module in ("packets.recognizing", "packets.queries"):
        monkeypatch.setattr(f"{module}.can_recognize", lambda: False)
    put(packet, cast, now, upload_id=send(held, scan(), now, "scan.jpg").pk)
    built(packet, cast, now)
    page = opened(Packet.objects.get())
    assert [line.pages for line in remarks_of(page, today=now.date()) if "without text" in line.words] == [
        "4"
    ]
    client.force_login(cast.ade)
    assert "not installed" in client.get(reverse("workspace:packet", args=[packet.pk])).content.decode()


def test_what_cannot_be_read_is_named_and_can_be_asked_for_again(held, packet, cast, now, client, readable):
    put(packet, cast, now, upload_id=send(held, scan(), now, "scan.jpg").pk)
    row = FoundText.objects.get()
    recognizing.keep(row, "broken")
    client.force_login(cast.ade)
    assert "could not be read" in client.get(reverse("workspace:packet", args=[packet.pk])).content.decode()
    assert recognizing.ask_texts(packet, by=cast.ade, at=now) == 1


@pytest.mark.skipif(not can_recognize(), reason="tesseract is not installed")
def test_tesseract_itself_reads_a_scan() -> None:
    said = recognizing.words_of(scan("The hospital was shelled twice"), "photo")
    assert [word for word, *_box in said["1"]] == ["The", "hospital", "was", "shelled", "twice"]


ARABIC = "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"
# The hospital was shelled twice on that day and many people were hurt.
LINE = "قصف المستشفى مرتين في ذلك اليوم وأصيب كثير من الناس"


@pytest.mark.skipif("ara" not in installed(), reason="tesseract has no Arabic")
def test_a_scan_in_arabic_is_read_as_arabic_and_its_words_are_found_in_the_packet() -> None:
    drawn = reading.Image.new("L", (1275, 1650), "white")
    font = ImageFont.truetype(ARABIC, 40)
    for row in range(5):
        reading.ImageDraw.Draw(drawn).text((150, 200 + 70 * row), LINE, fill="black", font=font)
    kept = io.BytesIO()
    drawn.save(kept, "JPEG")
    said = recognizing.words_of(kept.getvalue(), "photo")
    assert set(LINE.split()[:3]) <= {word for word, *_box in said["1"]}
    packet = made(
        exhibit(0, kept.getvalue(), kind="photo", said=said, shows=quoting("المستشفى مرتين في ذلك اليوم"))
    )
    assert packet.bound.pincites["q"]


@pytest.mark.parametrize(
    ("word", "seen"),
    [
        ("shelled", "shelled"),
        ("1987", "1987"),
        (LINE.split()[0], LINE.split()[0][::-1]),
        ("\u06452016/12", "2016/12\u0645"),
    ],
)
def test_letters_stand_in_the_order_of_the_paper_and_numbers_are_never_turned(word, seen) -> None:
    assert as_seen(word) == seen


def test_letters_beyond_one_font_are_found_too() -> None:
    many = "".join(chr(0x4E00 + n) for n in range(300))
    words = [[many[n : n + 10], 0.1, 0.1 + n / 600, 0.5, 0.11 + n / 600] for n in range(0, 300, 10)]
    packet = made(exhibit(0, scan(), kind="photo", said={"1": words}, shows=quoting(many[250:260])))
    assert packet.bound.pincites["q"]
