"""PDFs: printed lines become paragraphs again, in reading order; what is printed around them stands apart."""

from itertools import zip_longest

import pytest

from evidence.reader import Unreadable, read
from evidence.reading.result import Reading, filled
from evidence.rules import parse_statement, passages
from evidence.words import warning_words

WIDTH, HEIGHT = 612, 792


def pdf(*pages, map_letters=True):
    """Return a PDF: each page is a list of (x, y, size, words), y from the top of the page."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    if not map_letters:
        names = " ".join(f"/g{code}" for code in range(32, 127))
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Odd /Encoding << /Differences [32 {names}] >> >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", font]
    kids = []
    for words in pages:
        lines = "".join(
            f"BT /F1 {size} Tf {x} {HEIGHT - y} Td ({_escaped(said)}) Tj ET\n" for x, y, size, said in words
        )
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(lines.encode('cp1252'))} >>\nstream\n{lines}endstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>"
    return out + f"{end}\nstartxref\n{len(out)}\n%%EOF".encode()


def _escaped(words):
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def lines(*said, x=72, top=80, size=11, step=14):
    return [(x, top + step * number, size, words) for number, words in enumerate(said)]


PRINTED = lines(
    "New York City—Example Watch today expressed concern over the failure of the Security",
    "Council to pass a resolution for Aleppo, Syria, that would allow for access to humanitarian",
    "supplies and the evacuation of the wounded.",
    top=120,
)
QUOTED = lines(
    "“We are disappointed that the Security Council was unable to pass this crucial reso-",
    "lution,” said Example Watch’s Ana Example. “We urge all parties to abide by inter-",
    "national law.”",
    top=176,
)
HEADING, DATE = [(72, 80, 18, "Russia Vetoes Resolution")], lines("Published on December 6, 2016", top=232)
TWIN = """Russia Vetoes Resolution

New York City—Example Watch today expressed concern over the failure of the Security Council to pass a \
resolution for Aleppo, Syria, that would allow for access to humanitarian supplies and the evacuation of the \
wounded.

“We are disappointed that the Security Council was unable to pass this crucial resolution,” said Example \
Watch’s Ana Example. “We urge all parties to abide by international law.”

Published on December 6, 2016"""


def test_a_statement_as_a_pdf_has_the_passages_and_quotations_of_its_text():
    reading = read(pdf([*HEADING, *PRINTED, *QUOTED, *DATE]))
    assert reading.text.strip() == TWIN
    printed, typed = parse_statement(reading.text), parse_statement(TWIN)
    assert [(p.kind, p.text, p.speaker) for p in passages(printed)] == [
        (p.kind, p.text, p.speaker) for p in passages(typed)
    ]
    assert [q.speaker.name for q in printed.quotations] == ["Ana Example"] * 2


def test_a_text_broken_into_lines_of_one_width_reads_as_its_paragraphs():
    broken = "\n".join(words for _x, _y, _size, words in PRINTED)
    text = f"A title\n\n{broken}\n\n" + "\n".join(words for _x, _y, _size, words in QUOTED)
    assert parse_statement(read(text.encode()).text).paragraphs[1].text.endswith("national law.”")
    one_line_each = "A title\nA line.\nAnother line\nA third line of the poem"
    assert read(one_line_each.encode()).text == one_line_each


FIRST = (
    "The soldiers came to the village before dawn and took all men older than fourteen with them to school."
)
SECOND = (
    "Nobody who was taken to school came back, and nobody would say where the trucks had gone since then."
)


def wrapped(words, width):
    said = [""]
    for word in words.split():
        said = (
            [*said, word] if len(said[-1]) + len(word) > width else [*said[:-1], f"{said[-1]} {word}".strip()]
        )
    return said


def test_columns_are_read_one_after_the_other_under_their_heading():
    left, right = wrapped(f"{FIRST} {FIRST} {FIRST}", 44), wrapped(f"{SECOND} {SECOND} {SECOND}", 44)
    both = [
        one
        for pair in zip_longest(lines(*left, top=140, size=10), lines(*right, x=320, top=140, size=10))
        for one in filter(None, pair)
    ]
    heading = [(72, 80, 16, "What happened in the village, as those who fled tell it today")]
    text = read(pdf([*heading, *both])).text
    assert text.split("\n\n")[1] == f"{FIRST} {FIRST} {FIRST} {SECOND} {SECOND} {SECOND}" or text.split(
        "\n\n"
    )[1:3] == [
        f"{FIRST} {FIRST} {FIRST}",
        f"{SECOND} {SECOND} {SECOND}",
    ]


def test_a_table_is_read_row_by_row():
    rows = [
        one
        for number in range(8)
        for one in lines(f"Town {number}", x=72, top=100 + 14 * number)
        + lines(f"{number}7 dead", x=300, top=100 + 14 * number)
    ]
    text = " ".join(read(pdf(rows)).text.split())
    assert text.startswith("Town 0 07 dead Town 1 17 dead Town 2")


def report(number, body):
    head, foot = (
        lines("EXAMPLE WATCH | MARCH 2018", top=40, size=9),
        lines(f"Page {number} of 3", top=760, size=9),
    )
    return [*head, *lines(*body, top=130), *foot]


def test_running_heads_feet_and_page_numbers_stand_apart_and_a_paragraph_goes_on_overleaf():
    first, second, third = (wrapped(FIRST, 80), wrapped(SECOND, 80), wrapped(FIRST, 80))
    broken = "and all of this was seen by the people who had fled to the hills above the village."
    reading = read(
        pdf(report(1, [*first[:-1], first[-1][:-1] + ","]), report(2, [broken, *second]), report(3, third))
    )
    assert "EXAMPLE" not in reading.text and "Page" not in reading.text
    assert any("EXAMPLE WATCH" in words for words in reading.left_out)
    assert "Page 2 of 3" in reading.left_out
    assert f"to school, {broken}" in reading.text
    assert [reading.text[start : start + 11] for start in reading.pages] == [
        "The soldier",
        "and all of ",
        "The soldier",
    ]


def test_a_lone_page_number_stands_apart():
    reading = read(pdf([*lines(*wrapped(FIRST, 80), top=100), (300, 760, 9, "- 7 -")]))
    assert reading.text.strip() == FIRST and reading.left_out == ["- 7 -"]


def test_letters_without_meaning_are_said_and_not_offered():
    words = lines(*(["LU EHIXAHIN UA XUHN QIXH"] * 12), top=100)
    with pytest.raises(Unreadable) as refused:
        read(pdf(words, map_letters=False))
    assert refused.value.code == "letters_without_meaning"


def test_pages_whose_letters_have_no_meaning_are_named_and_wait_for_recognition():
    salad = "7KH GRFWRUV VDLG WKDW WKH KRVSLWDO ZDV KLW WZLFH LQ RQH QLJKW DQG WKDW QRWKLQJ ZDV OHIW"
    reading = read(pdf(lines(*wrapped(FIRST, 80), top=100), lines(*([salad] * 5), top=100)))
    assert (reading.garbled_pages, reading.empty_pages) == ([2], [2]) and "7KH" not in reading.text
    (said,) = warning_words(reading.warnings)
    assert "page 2" in said and "no meaning" in said
    assert filled(reading, {2: "The doctors said so."}).garbled_pages == []


def test_a_quotation_cut_by_a_page_is_whole_where_its_pages_are_filled():
    reading = Reading("one two \n\n", "application/pdf", [0, 8], [2])
    assert filled(reading, {2: "three"}).text == "one two three\n\n"


def typed(words):
    raw = pdf(lines("Form I-589"))
    note = f"<< /Type /Annot /Subtype /FreeText /Rect [20 20 280 45] /Contents ({words}) /F 4 >>"
    return raw.replace(b"/Contents 5 0 R", b"/Annots [" + note.encode() + b"] /Contents 5 0 R")


def test_what_was_typed_on_a_page_is_read():
    assert "My date of birth is 3 May 1990" in read(typed("My date of birth is 3 May 1990")).text
