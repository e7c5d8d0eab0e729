"""The index as a Word document: one table, for a brief. Written by hand, since it is three small files."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
    '2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
    'wordprocessingml/2006/main"><w:body>'
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
LETTER = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/></w:sectPr></w:body></w:document>'
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def table(heading: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Return a document with a heading and a table; the first row is its head, each line a paragraph."""
    cells = [_row(row, is_bold=not place) for place, row in enumerate(rows)]
    whole = f"<w:tbl><w:tblPr><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>{''.join(cells)}</w:tbl>"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("_rels/.rels", RELATIONS)
        made.writestr(
            "word/document.xml", f"{OPEN}{_paragraph(heading, is_bold=True)}{whole}{_paragraph('')}{LETTER}"
        )
    return kept.getvalue()


def _row(cells: Sequence[str], *, is_bold: bool) -> str:
    inner = "".join(
        f"<w:tc>{''.join(_paragraph(line, is_bold=is_bold) for line in cell.splitlines() or [''])}</w:tc>"
        for cell in cells
    )
    return f"<w:tr>{inner}</w:tr>"


def _paragraph(text: str, *, is_bold: bool = False) -> str:
    fit = "".join(letter for letter in text if letter.isprintable())
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    return f'<w:p><w:r>{bold}<w:t xml:space="preserve">{escape(fit)}</w:t></w:r></w:p>'
