"""Files of every kind, and those that pretend."""

import base64
import io
import quopri
import zipfile

import pytest

from evidence.reader import Unreadable, read
from evidence.reading.kinds import kind_of
from tests.files import corpus

HTML = b"""<!doctype html><html><head><title>Site | A title</title><style>p{}</style></head>
<body><nav>Menu</nav>
<article><h1>A title</h1><p>First&nbsp;paragraph.</p><script>x()</script><ul><li>One</li></ul></article>
<footer>Footer</footer></body></html>"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(runs):
    return f'<w:document xmlns:w="{W}"><w:body><w:p>{runs}</w:p></w:body></w:document>'


def docx(body=None, compression=zipfile.ZIP_DEFLATED):
    body = body or document("<w:r><w:t>Hello </w:t></w:r><w:r><w:t>there.</w:t></w:r>")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", body)
    return held.getvalue()


BOMB = document(f"<w:r><w:t>{'a' * 20_000_000}</w:t></w:r>")
LAUGHS = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="{W}"><w:p><w:t>&a;</w:t></w:p></w:document>'


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"", "a.txt"),
        (b"   \n", "a.txt"),
        (b"x" * (25 * 1024 * 1024 + 1), "a.txt"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.png"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.txt"),
        (b"%PDF-1.7 nothing", "a.pdf"),
        (b"%PDF-1.7 nothing", "a.txt"),
        (docx()[:200], "a.docx"),
        (docx(BOMB), "a.docx"),
        (docx(LAUGHS), "a.docx"),
        (docx("<broken"), "a.docx"),
        (docx(f'<w:document xmlns:w="{W}"/>'), "a.docx"),
        (b"PK\x03\x04zip of pictures", "a.zip"),
        (b"<html><body><script>x</script></body></html>", "a.html"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(raw, name):
    with pytest.raises(Unreadable) as refused:
        read(raw, name)
    assert len(str(refused.value)) > 15


@pytest.mark.parametrize(
    ("raw", "name"),
    [(HTML, "report.pdf"), (b"Plain words.", "a.pdf"), (docx(), "letter.pdf"), (docx(), "I-589 v.2")],
)
def test_the_content_decides_what_a_file_is_whatever_it_is_called(raw, name):
    assert read(raw, name).text == read(raw).text != ""


def saved_page(page, packing, charset="utf-8", start=""):
    """Return a page as a browser saves it with its pictures."""
    packed = quopri.encodestring(page) if packing == "quoted-printable" else base64.encodebytes(page)
    head = (
        f"From: <Saved by a browser>\r\nSubject: =?utf-8?Q?A=20title?=\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";{start}\r\n\tboundary="-=_b"\r\n\r\n\r\n'
    )
    frame = "---=_b\r\nContent-Type: text/html\r\nContent-ID: <frame>\r\n\r\n<p>An advertisement.</p>\r\n"
    part = (
        f"---=_b\r\nContent-Type: text/html; charset={charset}\r\nContent-ID: <page>\r\n"
        f"Content-Transfer-Encoding: {packing}\r\n\r\n"
    )
    picture = "---=_b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n"
    parts = [picture, part + packed.decode(), frame] if not start else [frame, part + packed.decode()]
    return (head + "\r\n".join([*parts, "---=_b--\r\n"])).encode()


@pytest.mark.parametrize("packing", ["quoted-printable", "base64"])
def test_a_page_saved_with_its_pictures_reads_like_the_page(packing):
    raw = saved_page(HTML, packing)
    assert (kind_of(raw), read(raw, "page.mhtml").media_type) == ("mhtml", "multipart/related")
    assert read(raw).text == read(HTML).text
    assert read(saved_page(HTML, packing, start='start="<page>";')).text == read(HTML).text
    arabic = "<html><body><p>قال المتحدث إن المستشفى أُغلق.</p></body></html>"
    assert "المستشفى" in read(saved_page(arabic.encode("cp1256"), packing, "windows-1256")).text


def test_a_saved_page_without_a_page_is_refused_and_a_text_about_them_is_a_text():
    with pytest.raises(Unreadable) as refused:
        read(saved_page(b"", "base64").replace(b"text/html", b"text/css"), "a.mhtml")
    assert refused.value.code == "page_without_text"
    said = b"A title\n\nmime-version: 1.0 and content-type: multipart/related are said of mail."
    assert kind_of(said) == "text"


def test_each_kind_is_read():
    assert read(b"\xef\xbb\xbfHi.", "a.txt").text == "Hi."
    assert read("Ünï".encode("utf-16"), "a.txt").text == "Ünï"
    assert read(docx(), "a.docx").text == "Hello there.\n"
    assert read(HTML, "a.html").text == "A title\n\nFirst\u00a0paragraph.\n\nOne\n"
    assert kind_of(HTML) == "html"


def odd_pdfs(*, truncated):
    paths = [path for path in corpus.odd_pdfs() if (path.stem == "truncated") is truncated]
    return [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in paths]


@pytest.mark.parametrize("path", odd_pdfs(truncated=False))
def test_odd_pdfs_are_read_with_their_pages(path):
    reading = read(path.read_bytes(), path.name)
    assert reading.text.strip()
    assert reading.pages == sorted(reading.pages) and reading.pages[0] == 0


@pytest.mark.parametrize("path", odd_pdfs(truncated=True))
def test_a_truncated_pdf_is_read_as_far_as_it_goes_or_refused(path):
    try:
        reading = read(path.read_bytes(), path.name)
    except Unreadable as refused:
        assert "damaged" in str(refused)
    else:
        assert reading.text.strip()
