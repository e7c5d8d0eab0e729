"""Files as people really send them: each kind is taken as a reader shows it, or says what its copy lacks."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image

from foundation.files import sandbox
from foundation.files.rebuilder import pair, resaving
from foundation.files.words import note_words
from tests.files import corpus
from tests.support import pdfs

INSIDE = "foundation/files/rebuilder"
UTF16 = b"<FEFF06270633064506CC0020>"  # a name in Arabic


def taken(content, kind="pdf"):
    result = sandbox.rebuild(content, kind=kind)
    assert not result.reason, result
    return result


def text_of(content, number=0):
    return pdfium.PdfDocument(content)[number].get_textpage().get_text_range()


def shown(content, number=0, scale=1):
    document = pdfium.PdfDocument(content)
    document.init_forms()
    return document[number].render(scale=scale).to_pil().convert("RGB")


def dark(picture, box):
    """Return how many pixels of a part of a page are dark."""
    return sum(picture.crop(box).convert("L").histogram()[:128])


# --- PDFs that readers open -----------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["RGB", "L", "1"])
def test_a_pdf_of_pictures_alone_is_taken_like_a_photo(mode):
    pages = [Image.effect_noise((400, 560), 60).convert(mode) for _n in range(3)]
    scan = io.BytesIO()
    pages[0].save(scan, "PDF", save_all=True, append_images=pages[1:])
    result = taken(scan.getvalue())
    assert result.notes == [] and len(pdfium.PdfDocument(result.content)) == 3


WHOLE = pdfs.line(pdfs.SENTENCE)
LEGAL = {
    "a value of null": pdfs.sentence(
        font=b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Odd null >>"
    ),
    "a value that is not there": pdfs.sentence(
        font=pdfs.HELVETICA.replace(b">>", b"/FontDescriptor 9 0 R >>")
    ),
    "null in a list": pdfs.sentence(catalog=b"/Odd [null 9 0 R]"),
    "a newline first": pdfs.sentence(before=b"\r\n"),
    "lines of a mail first": pdfs.sentence(before=b"X-Mail: y\r\n" * 80),
    "a name that is another object": pdfs.page(
        pdfs.stream(pdfs.line(pdfs.SENTENCE)),
        b"/Type1",
        b"/Helvetica",
        font=b"<< /Type /Font /Subtype 6 0 R /BaseFont 7 0 R >>",
    ),
    "a box of other objects": pdfs.page(
        pdfs.stream(pdfs.line(pdfs.SENTENCE)), b"300", b"100", keys=b"/CropBox [0 0 6 0 R 7 0 R] /Rotate null"
    ),
    "packed as run lengths": pdfs.page(
        pdfs.stream(
            bytes([len(pdfs.line(pdfs.SENTENCE)) - 1]) + pdfs.line(pdfs.SENTENCE) + b"\x80", b"/Filter /RL"
        )
    ),
}


@pytest.mark.parametrize("name", LEGAL)
def test_a_pdf_that_any_reader_opens_is_taken_whole(name):
    result = taken(LEGAL[name])
    assert pdfs.SENTENCE.decode() in text_of(result.content)
    assert result.notes == []


PICTURES = {
    "color under a number": pdfs.picture(b"/ColorSpace 7 0 R", pdfs.RED, b"/DeviceRGB"),
    "filter under a number": pdfs.picture(
        b"/ColorSpace /DeviceRGB /Filter 7 0 R", pdfs.RED.hex().encode() + b">", b"/ASCIIHexDecode"
    ),
    "run lengths": pdfs.picture(
        b"/ColorSpace /DeviceRGB /Filter /RunLengthDecode", b"\x02\xc8\x1e\x1e" * 16 + b"\x80"
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_in_a_pdf_is_there_in_its_colors(name):
    assert shown(taken(PICTURES[name]).content).getpixel((50, 50)) == (200, 30, 30)


# --- PDFs that readers repair ---------------------------------------------------------------------

DAMAGED = {
    "ends of lines changed by mail": pdfs.by_mail(pdfs.sentence()),
    "a length too short": pdfs.page(pdfs.stream(pdfs.line(pdfs.SENTENCE), length=9)),
    "a length too long": pdfs.page(pdfs.stream(pdfs.line(pdfs.SENTENCE), length=400)),
    "no list of pages": pdfs.sentence()
    .replace(b"/Pages 2 0 R", b"/Pages 3 0 R")
    .replace(b"/Type /Page /Parent 2 0 R", b""),
    "no table": pdfs.sentence().replace(b"startxref", b"startxxxx"),
    "cut off behind its pages": pdfs.sentence()[:-20],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_pdf_whose_pages_and_text_survive_is_taken_and_says_so(name):
    result = taken(DAMAGED[name])
    assert pdfs.SENTENCE.decode() in text_of(result.content)
    assert result.notes == ["repaired"]
    assert "repaired" in note_words("repaired")


def test_a_picture_survives_mail_that_took_its_file_for_text():
    """Pixels hold ends of lines too, and what mail made of them is seen by no reader."""
    sent = pdfs.picture(b"/ColorSpace /DeviceRGB", b"\n\xc8\x1e" * 16)
    result = taken(pdfs.by_mail(sent))
    assert result.notes == ["repaired"]
    assert shown(result.content).getpixel((50, 50)) == (10, 200, 30)


def test_a_repair_that_loses_a_page_is_no_repair():
    """qpdf finds one page fewer than PDFium; then PDFium's own repair has to hold."""
    two = corpus.letter(2)
    copy = sandbox.run("foundation.files.rebuilder.documents", corpus.letter(1)).content
    lost = sandbox.run("foundation.files.rebuilder.comparing", pair.packed(two, copy))
    assert lost.reason == "lost"


def test_a_repair_that_loses_text_is_refused(monkeypatch):
    """A copy is looked at by another reader than the one that made it."""
    original, other = pdfs.page(pdfs.stream(pdfs.line(pdfs.SENTENCE), length=9)), corpus.letter()
    real = sandbox.run

    def bent(module, content, **options):
        if module.endswith("documents"):
            return sandbox.Result(other, notes=["repaired"])
        return real(module, content, **options)

    monkeypatch.setattr(sandbox, "run", bent)
    assert sandbox.rebuild(original, kind="pdf").reason == "broken"


def test_what_a_copy_lacks_is_noted_with_its_page():
    two = [pdfs.sentence(), pdfs.sentence(b"I was born.")]
    seen = sandbox.run("foundation.files.rebuilder.comparing", pair.packed(*two))
    assert seen.notes == ["text_missing:1", "looks_different:1"]
    assert sandbox.run("foundation.files.rebuilder.comparing", pair.packed(two[0], two[0])).notes == []
    faint = pdfs.page(pdfs.stream(pdfs.line(pdfs.SENTENCE) + b" q 0.85 g 20 80 60 15 re f Q"))
    seen = sandbox.run("foundation.files.rebuilder.comparing", pair.packed(two[0], faint))
    assert seen.notes == ["looks_different:1"]
    none = sandbox.run("foundation.files.rebuilder.comparing", pair.packed(b"%PDF-", two[0]))
    assert none.reason == "unread"


def test_a_copy_that_cannot_be_compared_says_so(monkeypatch):
    real = sandbox.run

    def blind(module, content, **options):
        blinded = sandbox.Result(reason="too_heavy")
        return blinded if module.endswith("comparing") else real(module, content, **options)

    monkeypatch.setattr(sandbox, "run", blind)
    assert sandbox.rebuild(pdfs.sentence(), kind="pdf").notes == ["not_compared"]
    assert sandbox.rebuild(DAMAGED["no table"], kind="pdf").reason == "broken"


def test_another_reader_saves_a_damaged_file_anew():
    content, _notes = resaving.rebuild(DAMAGED["no table"])
    assert pdfs.SENTENCE.decode() in text_of(content)


# --- what was typed, marked, filled in, switched off, turned ---------------------------------------


def test_what_was_typed_onto_a_page_is_drawn():
    result = taken(pdfs.annotated(pdfs.typed(b"(My date of birth is 3 May 1990)")))
    assert "My date of birth is 3 May 1990" in text_of(result.content)
    assert "drawn:1" in result.notes and "plain letters" in note_words("drawn:1")


def test_what_was_typed_is_made_small_rather_than_cut_off():
    long = b"(" + b"My date of birth is 3 May 1990 and I come from Aleppo. " * 2 + b")"
    assert text_of(taken(pdfs.annotated(pdfs.typed(long))).content).count("Aleppo") == 2


@pytest.mark.parametrize("text", [UTF16, b"(" + b"word " * 900 + b")"], ids=["other letters", "no room"])
def test_what_was_typed_and_cannot_be_drawn_is_noted_with_its_page(text):
    result = taken(pdfs.annotated(pdfs.typed(text)))
    assert result.notes[0] == "not_drawn:1"
    assert note_words("not_drawn:1").endswith("Page 1.")


@pytest.mark.parametrize("kind", [b"/Line", b"/Link", b"/PrinterMark"])
def test_whatever_has_a_look_of_its_own_is_shown(kind):
    """Flag 1 hides what a reader has no name for; a line and a link it knows."""
    look = pdfs.stream(b"0 0 260 25 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 260 25]")
    line = pdfs.typed(b"(x)", b"/AP << /N 7 0 R >>").replace(b"/FreeText", kind)
    line = line.replace(b"/F 4", b"/F 4" if kind == b"/PrinterMark" else b"/F 5")
    content = pdfs.page(pdfs.stream(b"q Q"), line, look, keys=b"/Annots [6 0 R]")
    assert dark(shown(taken(content).content), (20, 55, 280, 80)) > 1000


def test_a_list_nobody_chose_from_shows_its_button():
    empty = field(b"/FT /Ch /Ff 131072 /Opt [(Syria)] /MK << /BC [0 0 0] >>")
    result = taken(pdfs.annotated(empty, catalog=FORM % b"", content=b"q Q"))
    assert result.notes == ["form"]  # neither drawn by us, as nothing was said, nor of another look
    assert shown(result.content).getpixel((270, 60)) == (219, 219, 219)


def test_a_field_that_shows_its_own_words_is_not_said_to_look_different():
    """A reader tints the edges of letters in a form's fields alone: that is no difference of the copy."""
    words = b"BT /F1 14 Tf 4 6 Td (Amina Example of Aleppo, since 3 May) Tj ET"
    look = pdfs.stream(words, b"/Type /XObject /Subtype /Form /BBox [0 0 260 25] /Resources << >>")
    own = field(b"/FT /Tx /V (Amina Example of Aleppo, since 3 May) /AP << /N 7 0 R >>")
    helvetica = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    content = pdfs.page(
        pdfs.stream(b"q Q"),
        own,
        look.replace(b"/Resources << >>", b"/Resources << %b >>" % helvetica),
        keys=b"/Annots [6 0 R]",
        catalog=FORM % b"",
    )
    result = taken(content)
    assert "Amina Example" in text_of(result.content)
    assert result.notes == ["form"]


def test_what_is_hidden_stays_hidden():
    hidden = pdfs.typed(b"(Secret)").replace(b"/F 4", b"/F 2")
    assert "Secret" not in text_of(taken(pdfs.annotated(hidden)).content)


def test_a_comment_that_opens_with_a_click_is_noted():
    comment = b"<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (See page 2) >>"
    result = taken(pdfs.annotated(comment, content=b"q Q"))
    assert result.notes[0] == "comments:1"
    assert dark(shown(result.content), (9, 80, 20, 91)) > 9  # its sign is on the page


MARKS = {
    "Highlight": b"/QuadPoints [20 60 200 60 20 20 200 20] /C [0 0 0]",
    "Underline": b"/QuadPoints [20 60 200 60 20 20 200 20] /C [0 0 0] /BS << /W 9 >>",
    "StrikeOut": b"/QuadPoints [20 60 200 60 20 20 200 20] /C [0 0 0] /BS << /W 9 >>",
    "Ink": b"/InkList [[20 20 100 60 200 20]] /BS << /W 9 >>",
    "Line": b"/L [20 40 200 40] /BS << /W 9 >>",
    "Square": b"/IC [0 0 0]",
    "Circle": b"/C [0 0 0] /BS << /W 9 >>",
    "Polygon": b"/Vertices [20 20 200 20 100 60] /IC [0 0 0]",
    "PolyLine": b"/Vertices [20 20 200 20 100 60] /BS << /W 9 >>",
}


@pytest.mark.parametrize("kind", MARKS)
def test_a_mark_without_a_look_of_its_own_is_drawn(kind):
    mark = b"<< /Type /Annot /Subtype /%b /Rect [20 20 200 60] /F 4 %b >>" % (kind.encode(), MARKS[kind])
    result = taken(pdfs.annotated(mark, content=b"q Q"))
    assert "drawn:1" in result.notes
    assert dark(shown(result.content), (20, 40, 200, 80)) > 100


def field(keys, rect=b"[20 20 280 45]"):
    return b"<< /Type /Annot /Subtype /Widget /Rect %b /F 4 /T (a) %b >>" % (rect, keys)


FORM = b"/AcroForm << /Fields [6 0 R] /DA (/Helv 12 Tf 0 g) %b >>"
FIELDS = {
    "a line": (b"/FT /Tx /V (Amina)", "Amina"),
    "several lines": (b"/FT /Tx /Ff 4096 /V (Amina\\nof Aleppo)", "of Aleppo"),
    "a cell for each letter": (b"/FT /Tx /Ff 16777216 /MaxLen 9 /V (A12345678)", "A 1 2 3 4 5 6 7 8"),
    "a choice by its words": (b"/FT /Ch /Opt [[(SY) (Syria)]] /V (SY)", "Syria"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_was_filled_in_is_on_the_page(name):
    keys, text = FIELDS[name]
    result = taken(pdfs.annotated(field(keys), catalog=FORM % b""))
    assert text in text_of(result.content).replace("\r\n", " ")
    assert result.notes[:2] == ["form", "drawn:1"]


def test_a_form_that_leaves_its_looks_to_readers_shows_what_was_filled_in_last():
    """Programs fill in a value, leave the old look, and ask the reader to draw anew."""
    old = pdfs.stream(
        b"BT /Helv 12 Tf 2 5 Td (Nobody) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 260 25]"
    )
    filled = field(b"/FT /Tx /V (Amina) /AP << /N 7 0 R >>")
    content = pdfs.page(
        pdfs.stream(b"q Q"), filled, old, keys=b"/Annots [6 0 R]", catalog=FORM % b"/NeedAppearances true"
    )
    assert text_of(taken(content).content).strip() == "Amina"


def test_a_tick_and_a_word_nobody_may_read():
    ticked = field(b"/FT /Btn /V /Yes", b"[20 20 60 60]")
    result = taken(pdfs.annotated(ticked, catalog=FORM % b"", content=b"q Q"))
    assert dark(shown(result.content), (20, 40, 60, 80)) > 50
    secret = field(b"/FT /Tx /Ff 8192 /V (Password)")
    assert "Password" not in text_of(taken(pdfs.annotated(secret, catalog=FORM % b"")).content)


def test_a_form_that_only_adobe_shows_says_so():
    content = pdfs.sentence(catalog=b"/NeedsRendering true /AcroForm << /Fields [] /XFA [(a) 5 0 R] >>")
    assert taken(content).notes == ["form", "form_elsewhere"]
    assert "Adobe Reader" in note_words("form_elsewhere")


def test_layers_are_shown_as_the_document_was_saved():
    said = b"/OC /A BDC %b EMC /OC /B BDC %b EMC" % (pdfs.line(b"Shown", 70), pdfs.line(b"Switched", 20))
    groups = b"/OCProperties << /OCGs [6 0 R 7 0 R] /D << /ON [6 0 R] /OFF [7 0 R] >> >>"
    content = pdfs.page(
        pdfs.stream(said),
        b"<< /Type /OCG /Name (A) /Usage << /CreatorInfo << /Creator (Amina's phone) >> >> >>",
        b"<< /Type /OCG /Name (B) >>",
        properties=b"/A 6 0 R /B 7 0 R",
        catalog=groups,
    )
    result = taken(content)
    assert result.notes == ["layers"] and b"phone" not in result.content
    picture = shown(result.content)
    assert dark(picture, (0, 0, 300, 45)) > 50 and dark(picture, (0, 60, 300, 100)) == 0


def test_an_annotation_on_a_layer_that_is_off_is_not_shown():
    typed = pdfs.typed(b"(Secret)", b"/OC 7 0 R")
    groups = b"/OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] >> >>"
    content = pdfs.page(
        pdfs.stream(b"q Q"), typed, b"<< /Type /OCG /Name (B) >>", keys=b"/Annots [6 0 R]", catalog=groups
    )
    assert "Secret" not in text_of(taken(content).content)


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90])
def test_a_turned_page_stays_turned_with_what_was_typed_on_it(turn):
    look = pdfs.stream(b"0 0 260 25 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 260 25]")
    typed = pdfs.typed(b"(x)", b"/AP << /N 7 0 R >>")
    content = pdfs.page(pdfs.stream(b"q Q"), typed, look, keys=b"/Annots [6 0 R] /Rotate %d" % turn)
    result = taken(content)
    assert result.notes == [] and shown(result.content).size == shown(content).size
    assert shown(result.content).tobytes() == shown(content).tobytes()
