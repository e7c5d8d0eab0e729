"""Word (.docx): the paragraphs of the document, by the standard library alone; bombs are refused."""

import io
import zipfile
from xml.etree import ElementTree

from evidence.reading import text as plain
from evidence.reading.kinds import KINDS
from evidence.reading.result import Reading, packed
from foundation.files.rebuilder.refusal import Unfit

LARGEST_PART = 50 * 1024 * 1024
MOST_SWELLING = 200  # times; real documents swell tenfold
PART = "word/document.xml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICE, FALLBACK = COMPATIBLE + "AlternateContent", COMPATIBLE + "Fallback"
SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


def warm() -> None:
    """Read a document of one word."""
    plain.warm()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(PART, f'<w:p xmlns:w="{W[1:-1]}"><w:t>warm</w:t></w:p>')
    read_docx(held.getvalue())


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    return packed(plain.bounded(read_docx(content))), []


def read_docx(raw: bytes) -> Reading:
    """Return a document's text, a paragraph a block; Unfit when it is broken or a bomb."""
    try:
        # Inside the sandbox, without entities.
        root = ElementTree.fromstring(_document_part(raw))  # noqa: S314  # nosec B314
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        KeyError,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ):
        raise Unfit("word_damaged") from None
    for choice in root.iter(CHOICE):  # the same words once more, for writers that cannot draw a text box
        for fallback in choice.findall(FALLBACK):
            choice.remove(fallback)
    paragraphs = ["".join(_pieces(paragraph)).strip() for paragraph in root.iter(W + "p")]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if not text:
        raise Unfit("word_without_text")
    return Reading(text + "\n", KINDS["docx"].media_type)


def _document_part(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        info = package.getinfo(PART)
        if info.file_size > LARGEST_PART or info.file_size > MOST_SWELLING * max(info.compress_size, 1024):
            raise Unfit("bomb")
        with package.open(info) as part:
            document = part.read(LARGEST_PART + 1)
    if len(document) > LARGEST_PART or b"<!DOCTYPE" in document or b"<!ENTITY" in document:
        raise Unfit("bomb")
    return document


def _pieces(paragraph: ElementTree.Element) -> list[str]:
    """Return the words of a paragraph; one that stands inside it, in a text box, speaks for itself."""
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == W + "t":
            pieces.append(node.text or "")
        elif node.tag in SIGNS:
            pieces.append(SIGNS[node.tag])
        elif node.tag != W + "p":
            waiting += reversed(node)
    return pieces
