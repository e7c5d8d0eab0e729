"""Pages that are pictures: named, and read where tesseract is installed."""

import zlib

import pypdfium2
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from evidence import originals, pictures, recognition
from evidence.actions.library import add_document
from evidence.clients.fetch import NullFetcher
from evidence.clients.tesseract import can_recognize
from evidence.models import Document, Recognition
from evidence.reader import Unreadable, read
from evidence.words import warning_words
from evidence.work import RECOGNITIONS, links
from foundation.events.stuck import give_up_work

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


def link_to(raw, cast, now):
    """Have a file sent into the library read by the worker, and return its link."""
    from evidence.actions.links import add_file

    link = add_file(raw, name="a.pdf", kind="report", by=cast.ade, at=now)
    links(NullFetcher()).work_off()
    link.refresh_from_db()
    return link


def test_a_file_of_pictures_alone_is_read_like_a_photo_where_text_is_recognized(cast, now, monkeypatch):
    monkeypatch.setattr(pictures, "can_recognize", lambda: True)
    monkeypatch.setattr(pictures, "recognize", lambda picture: WORDS)
    link = link_to(pdf(picture_of(WORDS), picture_of(WORDS)), cast, now)
    document = Document.objects.get(pk=link.document_id)
    snapshot = document.snapshots.get()
    assert snapshot.text.count(WORDS) == 2 and snapshot.capture == "recognized"
    assert not document.empty_pages and len(snapshot.pages) == 2
    assert originals.path_of(snapshot.original_sha256).exists()


def test_of_pictures_alone_a_page_that_was_not_read_can_be_read_later(cast, now, monkeypatch):
    for module in (pictures, recognition):
        monkeypatch.setattr(module, "can_recognize", lambda: True)
    first = f"A report\n\n{WORDS}"
    words = iter([first, "", first, "The second page was read later."])
    monkeypatch.setattr(pictures, "recognize", lambda picture: next(words))
    link = link_to(pdf(picture_of(WORDS), picture_of(WORDS)), cast, now)
    document = Document.objects.get(pk=link.document_id)
    assert document.empty_pages == [2]
    recognition.add_recognition(document, by=cast.ade, at=now)
    assert RECOGNITIONS.work_off() == 1
    document.refresh_from_db()
    assert not document.empty_pages
    assert "read later" in document.snapshots.latest("captured_at").text


@pytest.mark.parametrize("why", ["nothing recognizes", "nothing is recognized", "too many pages"])
def test_a_file_of_pictures_alone_that_cannot_be_read_says_what_to_do(cast, now, monkeypatch, why):
    monkeypatch.setattr(pictures, "can_recognize", lambda: why != "nothing recognizes")
    monkeypatch.setattr(pictures, "recognize", lambda picture: "")
    monkeypatch.setattr(pictures, "MOST_AT_ONCE", 1 if why == "too many pages" else 40)
    link = link_to(pdf(picture_of(WORDS), picture_of(WORDS)), cast, now)
    assert (link.status, link.reason) == ("refused", "pictures_only")


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
        recognition.add_recognition(document, by=cast.ade, at=now)


@pytest.fixture
def scanned(cast, now, monkeypatch):
    """Return a source with a page that is a picture, asked to be read, as if tesseract were installed."""
    monkeypatch.setattr(recognition, "can_recognize", lambda: True)
    raw = pdf("A title", "A paragraph.", picture_of(WORDS))
    document = added(read(raw, "a.pdf"), cast, now, raw)
    for _ in range(2):  # a doubled press
        recognition.add_recognition(document, by=cast.ade, at=now)
    return document


def test_a_recognition_that_fails_is_not_forgotten_and_waits_for_a_person_at_last(
    scanned, cast, now, monkeypatch
):
    monkeypatch.setattr(pictures, "recognize", None)
    for _ in range(RECOGNITIONS.tries):
        assert recognition.asked_of(scanned)
        assert RECOGNITIONS.work_off() == 1
        RECOGNITIONS.waiting().update(next_try_at=now)
    asked = Recognition.objects.get()
    assert (asked.error, bool(asked.stuck_at)) == ("TypeError", True)
    give_up_work(asked, line=RECOGNITIONS, why="cannot", by=cast.ines, at=now)
    assert not recognition.asked_of(scanned)
    recognition.add_recognition(scanned, by=cast.ade, at=now)
    assert recognition.asked_of(scanned)


def test_a_worker_that_dies_over_a_recognition_leaves_it_in_line(scanned, now, monkeypatch):
    assert RECOGNITIONS.claim(at=timezone.now())  # and then the worker dies
    assert recognition.asked_of(scanned)
    monkeypatch.setattr(pictures, "recognize", lambda picture: WORDS)
    assert RECOGNITIONS.work_off() == 0
    RECOGNITIONS.waiting().update(next_try_at=now)
    assert RECOGNITIONS.work_off() == 1
    assert WORDS in Document.objects.get().snapshots.latest("captured_at").text


@pytest.mark.skipif(not can_recognize(), reason="tesseract is not installed")
def test_pictures_are_read_into_a_new_snapshot_and_the_old_one_stays(cast, now):
    raw = pdf("A title", "A paragraph.", picture_of(WORDS))
    document = added(read(raw, "a.pdf"), cast, now, raw)
    first = document.snapshots.get()
    recognition.add_recognition(document, by=cast.ade, at=now)
    assert RECOGNITIONS.work_off() == 1
    document = Document.objects.get()
    newest = document.snapshots.latest("captured_at")
    assert newest != first and "hospital in the north" in newest.text
    assert originals.path_of(newest.original_sha256).exists()
    assert not document.empty_pages and not recognition.asked_of(document)
    assert RECOGNITIONS.work_off() == 0


def test_the_page_of_a_source_says_how_far_its_pictures_are_read(scanned, cast, client, monkeypatch):
    address, seen = reverse("evidence:document", args=[scanned.pk]), []
    asked = Recognition.objects.filter(document=scanned)
    client.force_login(cast.ade)
    assert "wait to be read" in client.get(address).content.decode()
    asked.update(pages=400, pages_read=12)
    assert "are being read: 12 of 400" in client.get(address).content.decode()

    def look(_picture):
        with transaction.atomic():
            seen.append(asked.values_list("pages", "pages_read").get())
        return WORDS

    monkeypatch.setattr(pictures, "recognize", look)
    RECOGNITIONS.work_off()
    assert seen == [(1, 0)]
    assert "being read" not in client.get(address).content.decode()


def test_pages_that_nobody_could_read_are_said_to_wait_for_an_administrator(scanned, cast, client, now):
    Recognition.objects.update(stuck_at=now, pages=3)
    client.force_login(cast.ade)
    page = client.get(reverse("evidence:document", args=[scanned.pk])).content.decode()
    assert "could not be read. An administrator sees this." in page
