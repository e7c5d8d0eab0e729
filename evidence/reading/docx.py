"""Word (.docx): the paragraphs of the document, by the standard library alone; bombs are refused."""

import io
import zipfile
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from evidence.reading.kinds import Reading, Unreadable

LARGEST_PART = 50 * 1024 * 1024
MOST_SWELLING = 200  # times; real documents swell tenfold
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(raw: bytes) -> Reading:
    """Return a document's text, a paragraph a block; Unreadable when it is broken or a bomb."""
    try:
        part = _document_part(raw)
        root = ElementTree.fromstring(part)  # noqa: S314
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        KeyError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        raise Unreadable(_("This Word file is damaged or locked. Please save it again.")) from None
    paragraphs = ["".join(_pieces(paragraph)).strip() for paragraph in root.iter(W + "p")]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if not text:
        raise Unreadable(_("There is no text in this Word file."))
    return Reading(text + "\n", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


def _document_part(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        info = package.getinfo("word/document.xml")
        if info.file_size > LARGEST_PART or info.file_size > MOST_SWELLING * max(info.compress_size, 1024):
            raise Unreadable(_("This Word file unpacks to far more than it should. It is refused."))
        with package.open(info) as part:
            found = part.read(LARGEST_PART + 1)
    if len(found) > LARGEST_PART or b"<!DOCTYPE" in found or b"<!ENTITY" in found:
        raise Unreadable(_("This Word file unpacks to far more than it should. It is refused."))
    return found


def _pieces(paragraph: ElementTree.Element) -> list[str]:
    pieces = {W + "tab": "\t", W + "br": "\n", W + "noBreakHyphen": "-"}
    return [
        (node.text or "") if node.tag == W + "t" else pieces[node.tag]
        for node in paragraph.iter()
        if node.tag == W + "t" or node.tag in pieces
    ]
