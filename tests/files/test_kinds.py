"""What a file is: by its content, whatever its name says."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foundation.files import kinds, sandbox
from foundation.files.rebuilder.refusal import MAX_PAGES
from foundation.files.receiving import MAX_BYTES
from foundation.files.words import REASONS, reason_words
from tests.files import corpus
from tests.support import pdfs

REBUILDER = Path(kinds.__file__).parent / "rebuilder"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0" * 200


def archive(name="word/document.xml"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr(name, "hostile")
    return out.getvalue()


def judge(name, content):
    return kinds.judge(name, content[: kinds.HEAD], content[-kinds.TAIL :])


# Rich text of a note stands in its PDF as a page of its own would.
NOTED = pdfs.annotated(pdfs.typed(b"(a)", b"/RC (<body><p>a</p></body>)"))
TAKEN = [
    ("letter.pdf", corpus.letter(), "pdf"),
    ("LETTER.PDF", corpus.letter(), "pdf"),
    ("photo.jpg", corpus.photo(), "jpeg"),
    ("photo.jfif", corpus.photo(), "jpeg"),
    ("shot.png", corpus.photo("PNG"), "png"),
    ("IMG_1.HEIC", HEIC, "heic"),
    ("IMG_1.JPG", HEIC, "heic"),  # a phone that renames, not a lie: it is painted anew
    ("a name without an ending", corpus.photo(), "jpeg"),
    ("Notice to Appear 12.05.2024", corpus.letter(), "pdf"),
    ("I-589 v.2", corpus.letter(), "pdf"),
    ("photo.jpg_large", corpus.photo(), "jpeg"),
    ("letter.pdf(1)", corpus.letter(), "pdf"),
    ("letter.jpg", corpus.letter(), "pdf"),
    ("letter.docx", corpus.letter(), "pdf"),
    ("letter.exe", corpus.letter(), "pdf"),
    ("photo.pdf", corpus.photo(), "jpeg"),
    ("photo.html", corpus.photo(), "jpeg"),
    ("letter.pdf", b"\r\n" + corpus.letter(), "pdf"),
    ("letter.pdf", b"\xef\xbb\xbf" + corpus.letter(), "pdf"),
    (
        "letter.pdf",
        b"<br />\n<b>Notice</b>: Undefined\n" + corpus.letter(),
        "pdf",
    ),
    ("letter.pdf", b" " * 1024 + corpus.letter(), "pdf"),
    ("a note with words in it.pdf", NOTED, "pdf"),
]
REFUSED = [
    ("empty.pdf", b"", "empty"),
    ("invoice.pdf", b"<html><script>alert(1)</script>", "not_what_it_says"),
    ("letter.pdf", b"%PDF-1.4\n<script>alert(1)</script>" + corpus.letter(), "two_in_one"),
    ("letter.pdf", corpus.letter() + archive(), "two_in_one"),
    ("letter.pdf", b"<html>\n" + corpus.letter(), "two_in_one"),
    ("letter.pdf", b" " * 1025 + corpus.letter(), "not_what_it_says"),
    ("letter.pdf", b"PK\x03\x04" + b"\0" * 40 + corpus.letter(), "archive"),
    ("letter.pdf", b"\xd0\xcf\x11\xe0" + corpus.letter(), "office_document"),
    ("letter.pdf", b"MZ" + corpus.letter(), "not_what_it_says"),
    ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "not_taken"),
    ("page.html", b"<!doctype html>", "not_taken"),
    ("scan.tiff", b"II*\0", "not_taken"),
    ("moving.gif", b"GIF89a", "not_taken"),
    ("image.avif", b"\0\0\0\x18ftypavif", "not_taken"),
    ("clip.mp4", b"\0\0\0\x18ftypisom", "not_taken"),
    ("statement.docx", archive(), "office_document"),
    ("statement.odt", archive("content.xml"), "office_document"),
    ("statement.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office_document"),
    ("statement.docx", b"PK\x03\x04", "office_document"),
    ("files.zip", archive(), "archive"),
    ("files.zip", b"PK\x05\x06" + b"\0" * 18, "archive"),
    ("files.tar", b"\0" * 257 + b"ustar", "archive"),
    ("files.rar", b"Rar!\x1a\x07", "archive"),
]


def in_words(value):
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN, ids=in_words)
def test_a_file_we_take(name, content, kind):
    assert judge(name, content) == (kind, "")


@pytest.mark.parametrize(
    ("name", "content", "reason"), REFUSED, ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_file_we_do_not_take_says_why(name, content, reason):
    assert judge(name, content) == ("", reason)
    assert reason_words(reason)


@given(name=st.text(max_size=60), head=st.binary(max_size=600), tail=st.binary(max_size=100))
def test_any_content_gets_a_kind_or_a_reason_we_have_words_for(name, head, tail):
    kind, reason = kinds.judge(name, head, tail)
    assert bool(kind) != bool(reason)
    assert kinds.kind(kind) in kinds.KINDS if kind else reason in REASONS


@given(
    start=st.sampled_from(
        [b"<", b"PK\x03\x04%PDF-", b"MZ%PDF-", b"\x7fELF", b"#!", b"GIF89a%PDF-", b"{\\rtf%PDF-"]
    ),
    rest=st.binary(max_size=300),
    ending=st.sampled_from([*(ending for kind in kinds.KINDS for ending in kind.endings), ""]),
)
def test_no_ending_makes_a_kind_of_what_does_not_begin_as_one(start, rest, ending):
    """A PDF may have other bytes before its mark (ADR 32), but begins as no other kind."""
    assume(start != b"<" or b"%PDF-" not in rest)
    assert not kinds.judge(f"x.{ending}", start + rest, rest).kind


@given(st.text(max_size=400))
def test_a_label_is_one_short_line_that_reads_in_one_direction(name):
    label = kinds.label_of(name)
    assert len(label) <= 120 and "/" not in label
    assert not any(c in label for c in "\r\n\0\u202e\u202d\u2066\u2067\u200f")


def test_labels_keep_what_somebody_wrote():
    assert kinds.label_of("../../etc/رسالة.pdf") == "رسالة.pdf"
    assert kinds.label_of("C:\\temp\\ann\u202efdp.exe") == "annfdp.exe"
    assert kinds.label_of("a\r\nSet-Cookie: x") == "aSet-Cookie: x"
    assert len(kinds.label_of("x" * 300)) == 120


# --- the table, and what follows from its rows ----------------------------------------------------

DRAWING = kinds.Kind(
    "drawing",
    "DRAW",
    kinds.PHOTO,
    "image/x-drawing",
    ("draw",),
    lambda head: head.startswith(b"DRAW"),
    "images",
)


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.code)
def test_each_kind_has_a_reader_in_the_sandbox_and_a_file_to_try_it_with(kind):
    assert (REBUILDER / f"{kind.reader}.py").is_file()
    assert kind.code in {code for _name, _content, code in TAKEN}


def test_no_two_kinds_share_a_code_a_name_a_content_type_or_an_ending():
    for what in ("code", "name", "content_type"):
        assert len({getattr(kind, what) for kind in kinds.KINDS}) == len(kinds.KINDS)
    endings = [ending for kind in kinds.KINDS for ending in kind.endings]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.code)
def test_pages_name_and_offer_each_kind(kind):
    assert str(kind.family.words) in kinds.taken() and kind.name in kinds.names()
    assert kind.family.accept in kinds.accepted().split(",")
    assert {f".{ending}" for ending in kind.endings} <= set(kinds.accepted().split(","))


def test_a_kind_is_added_by_one_row(monkeypatch):
    content, taken, names = b"DRAW" + b"\0" * 60, kinds.taken(), kinds.names()
    assert judge("scan.draw", content) == ("", "not_taken")
    monkeypatch.setattr(kinds, "KINDS", (DRAWING, *kinds.KINDS))
    assert judge("scan.draw", content) == judge("scan.jpg", content) == ("drawing", "")  # one family
    assert judge("scan.draw", b"<html>") == ("", "not_what_it_says")
    assert kinds.accepted().startswith("image/*,application/pdf,.draw,")
    assert kinds.taken() == taken and f"({kinds.names()})" in reason_words("not_taken")
    assert kinds.names() == f"DRAW, {names}"
    assert kinds.of_type("image/x-drawing").endings[0] == "draw"
    assert sandbox.rebuild(content, kind="drawing").reason == "broken"


def test_the_words_of_a_limit_tell_the_limit():
    assert f"{MAX_BYTES // 1024**2} MB" in reason_words("too_big")
    assert f"{MAX_PAGES} pages" in reason_words("too_many_pages")
    assert not any("%" in reason_words(code) for code in REASONS)
