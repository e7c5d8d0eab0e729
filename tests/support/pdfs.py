"""PDFs written byte by byte, so that each can have one thing odd about it, as mail and programs make them."""

SENTENCE = b"I was born in 1990."
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def written(*objects: bytes, before: bytes = b"", root: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1, with a right table; the first is its catalog.

    `before` stands in front of the whole, which its table does not count, as when mail put it there.
    """
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, len(out))
    return before + out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def stream(content: bytes, keys: bytes = b"", length: int | None = None) -> bytes:
    size = len(content) if length is None else length
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (keys, size, content)


def line(text: bytes, y: int = 40) -> bytes:
    return b"BT /F1 18 Tf 20 %d Td (%b) Tj ET" % (y, text)


def page(
    content: bytes,
    *more: bytes,
    keys: bytes = b"",
    font: bytes = HELVETICA,
    xobjects: bytes = b"",
    catalog: bytes = b"",
    **options: bytes,
) -> bytes:
    """Return a PDF of one page: 4 is its content, 5 its font, further objects begin at 6."""
    resources = b"/Resources << /Font << /F1 5 0 R >> /XObject << %b >> /Properties << %b >> >>"
    return written(
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R %b %b >>"
        % (resources % (xobjects, options.pop("properties", b"")), keys),
        content,
        font,
        *more,
        **options,
    )


def sentence(text: bytes = SENTENCE, **options: bytes) -> bytes:
    """Return a PDF that says one sentence."""
    return page(stream(line(text)), **options)


def picture(keys: bytes, content: bytes, *more: bytes) -> bytes:
    """Return a PDF that shows a picture of four by four pixels, object 6; further objects begin at 7."""
    about = b"/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 %b" % keys
    shown = stream(b"q 100 0 0 100 0 0 cm /Im0 Do Q")
    return page(shown, stream(content, about), *more, xobjects=b"/Im0 6 0 R")


RED = b"\xc8\x1e\x1e" * 16


def by_mail(content: bytes) -> bytes:
    """Return a file as mail leaves it that took it for text: every end of a line is two bytes."""
    return content.replace(b"\n", b"\r\n")


def annotated(*annotations: bytes, keys: bytes = b"", catalog: bytes = b"", content: bytes = b"") -> bytes:
    """Return a PDF of one page with annotations, the first of them object 6."""
    numbers = b" ".join(b"%d 0 R" % (number + 6) for number in range(len(annotations)))
    shown = stream(content or line(b"Form I-589", 70))
    return page(shown, *annotations, keys=b"/Annots [%b] %b" % (numbers, keys), catalog=catalog)


def typed(text: bytes, keys: bytes = b"") -> bytes:
    """Return a note typed onto the page, which leaves it to the reader how it looks."""
    about = b"/Type /Annot /Subtype /FreeText /Rect [20 20 280 45] /F 4 /DA (/Helv 14 Tf 0 g)"
    return b"<< %b /Contents %b %b >>" % (about, text, keys)
