"""Pages that are pictures: named, and read where tesseract is installed."""

import zlib

import pypdfium2
import pytest

from evidence import originals, recognition
from evidence.actions.library import add_document
from evidence.clients.tesseract import can_recognize
from evidence.models import Document
from evidence.reader import Unreadable, read
from evidence.words import warning_words

WORDS = "The hospital in the north was shelled twice."


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def stream(data, more=""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more.encode(), data)


def pdf(*pages):
    """Return a PDF: a page for each text, or for each (width, height, gray pixels)."""
    objects, kids = [b"<< /Type /Catalog /Pages 2 0 R >>", b""], []
    for page in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        if isinstance(page, str):
            drawn = f"BT /F 16 Tf 40 700 Td ({page}) Tj ET".encode()
            needs = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
        else:
            drawn, needs = b"612 0 0 792 0 0 cm /I Do", f"/XObject << /I {number + 2} 0 R >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {number + 1} 0 R"
            f" /Resources << {needs} >> >>".encode()
        )
        objects.append(stream(drawn))
        if not isinstance(page, str):
            width, height, pixels = page
            kind = "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8"
            size = f"/Width {width} /Height {height} /Filter /FlateDecode"
            objects.append(stream(zlib.compress(pixels), f"{kind} {size}"))
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF"


def picture_of(text):
    bitmap = pypdfium2.PdfDocument(pdf(text))[0].render(scale=2, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = (rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    return bitmap.width, bitmap.height, b"".join(lines)


def test_a_file_of_pictures_alone_is_refused_with_the_reason():
    with pytest.raises(Unreadable, match="pictures of pages"):
        read(pdf(picture_of(WORDS)), "a.pdf")


def test_pages_without_text_are_named(cast, now):
    reading = read(pdf("A title", picture_of(WORDS), picture_of(WORDS), "The end"), "a.pdf")
    assert (reading.empty_pages, len(reading.pages)) == ([2, 3], 4)
    document = added(reading, cast, now)
    assert document.empty_pages == [2, 3]
    assert any(words.startswith("No text on pages 2–3.") for words in warning_words(document.warnings))


def added(reading, cast, now, original=b""):
    return add_document(
        reading.text, capture="upload", reading=reading, original=original, by=cast.ade, at=now
    )


def test_recognition_is_refused_where_there_is_nothing_to_read(cast, now):
    document = add_document("A title\n\nA paragraph.", capture="paste", by=cast.ade, at=now)
    with pytest.raises(recognition.NothingToRecognize):
        recognition.ask_recognition(document, by=cast.ade, at=now)


@pytest.mark.skipif(not can_recognize(), reason="tesseract is not installed")
def test_pictures_are_read_into_a_new_snapshot_and_the_old_one_stays(cast, now):
    raw = pdf("A title", "A paragraph.", picture_of(WORDS))
    document = added(read(raw, "a.pdf"), cast, now, raw)
    first = document.snapshots.get()
    recognition.ask_recognition(document, by=cast.ade, at=now)
    assert recognition.recognize_waiting(at=now.replace(year=now.year + 1)) == 1
    document = Document.objects.get()
    newest = document.snapshots.latest("captured_at")
    assert newest != first and "hospital in the north" in newest.text
    assert originals.path_of(newest.original_sha256).exists()
    assert not document.empty_pages and document.recognition_asked_at is None
    assert recognition.recognize_waiting(at=now) == 0
