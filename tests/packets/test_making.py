"""Quotations, redaction, numbers that stay, volumes: what a packet is once it is bound."""

import io
from dataclasses import replace

import pikepdf
import pytest

from packets.binding.verifying import rebuild as look_again
from packets.making import numbering
from packets.making.building import manifest
from packets.making.checking import seen
from packets.making.front import printed
from packets.making.numbering import Piece, late_tab, next_tab
from packets.making.parts import Certificate, Packet
from packets.making.readying import ExhibitFailed
from tests.packets import hostile, reading
from tests.packets.reading import exhibit, made, quoting, squeezed

QUOTE = "detained twelve people"
LONG = [
    f"Paragraph {n}. The security forces detained people that week, and no court looked at it."
    for n in range(60)
]


def report(paragraphs: list[str] = LONG) -> bytes:
    return printed("A report", ["A publisher"], paragraphs)


def test_the_contents_name_the_page_that_is_stamped_for_every_tab() -> None:
    packet = made(
        *(
            exhibit(place, hostile.ACCEPTED["A4"], address=f"https://a.example/{place}" * 3)
            for place in range(30)
        )
    )
    contents = squeezed(
        "".join(packet.texts[n] for n, p in enumerate(packet.bound.pages) if p.part == "contents")
    )
    for place in range(30):
        numbers = packet.bound.labels_of(f"tab:e{place}") + packet.bound.labels_of(f"e{place}")
        assert squeezed(f"{numbers[0]}-{numbers[-1]}") in contents
        assert f"TAB {numbering.tab_of(place)}" in packet.texts[int(numbers[0]) - 1]


def test_a_quotation_is_marked_and_its_page_cited() -> None:
    packet = made(exhibit(0, hostile.ACCEPTED["crop box elsewhere, turned"], shows=quoting(QUOTE)))
    (label,) = packet.bound.pincites["q"]
    assert squeezed(f'"{QUOTE}" (p. {label})') in squeezed("".join(packet.texts)).replace("“", '"').replace(
        "”", '"'
    )
    picture = reading.pictures_of(packet.volumes[0])[int(label) - 1]
    yellow = [dot for dot in picture.get_flattened_data() if dot[0] > 200 and dot[1] > 180 and dot[2] < 150]
    dark = [dot for dot in picture.get_flattened_data() if max(dot) < 60]
    assert len(yellow) > 500 and dark


def test_a_bookmark_leads_to_each_quotation_under_its_tab() -> None:
    packet = made(exhibit(0, report(), shows=quoting("Paragraph 50. The security forces")))
    (label,) = packet.bound.pincites["q"]
    document = reading.pdfium.PdfDocument(packet.volumes[0])
    marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert (1, "“Paragraph 50. The security forces”", int(label) - 1) in marks
    tab = next(place for place, mark in enumerate(marks) if mark[1].startswith("Tab A"))
    assert marks[tab + 1][0] == 1 and marks[tab][0] == 0


def test_a_quotation_over_a_break_of_pages_is_marked_on_both() -> None:
    whole = report()
    texts = [text.replace("\r\n", " ") for text in reading.texts_of(whole)]
    exact = " ".join((texts[0].split()[-6:]) + texts[1].split()[:6])
    packet = made(exhibit(0, whole, shows=quoting(exact)))
    assert len(packet.bound.pincites["q"]) == 2


def test_of_two_places_the_one_with_the_words_around_it_counts() -> None:
    packet = made(
        exhibit(0, report(), shows=quoting("The security forces detained", before="Paragraph 50. "))
    )
    fifty = next(n for n, text in enumerate(packet.texts) if "Paragraph 50." in text)
    assert packet.bound.pincites["q"] == [packet.bound.pages[fifty].label]


def test_what_is_not_there_word_for_word_is_not_marked() -> None:
    packet = made(exhibit(0, hostile.ACCEPTED["A4"], shows=quoting("detained eleven people")))
    assert packet.bound.pincites["q"] == []


def test_words_taken_out_are_gone_from_text_picture_and_file() -> None:
    packet = made(exhibit(0, hostile.ACCEPTED["turned 90"], words=("twelve people",)))
    page = next(n for n, p in enumerate(packet.bound.pages) if p.kind == "exhibit")
    assert "twelve" not in packet.texts[page] and "security" in packet.texts[page]
    with pikepdf.open(io.BytesIO(packet.volumes[0])) as pdf:
        streams = [
            thing.read_bytes()
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and "/Width" not in thing
        ]
    assert not any(b"twelve" in content for content in streams)
    assert packet.bound.facts["e0"]["redacted"] == [0]


def test_a_box_takes_out_what_lies_under_it() -> None:
    packet = made(exhibit(0, hostile.ACCEPTED["A4"], boxes=((1, 0.0, 0.0, 1.0, 0.5),)))
    page = next(n for n, p in enumerate(packet.bound.pages) if p.kind == "exhibit")
    assert packet.texts[page].split() == [packet.bound.pages[page].label]
    assert reading.pictures_of(packet.volumes[0])[page].getpixel((400, 300)) < (40, 40, 40)


def test_words_that_are_nowhere_fail_the_exhibit_rather_than_seem_gone() -> None:
    with pytest.raises(ExhibitFailed) as failed:
        made(exhibit(0, hostile.ACCEPTED["A4"], words=("nobody",)))
    assert failed.value.reason == "redaction_not_found"


def test_an_excerpt_has_the_pages_that_were_chosen_in_their_order() -> None:
    packet = made(exhibit(0, report(), pages=(2, 1)))
    texts = [
        text for text, page in zip(packet.texts, packet.bound.pages, strict=True) if page.kind == "exhibit"
    ]
    assert len(texts) == 2 and "A publisher" in texts[1]
    with pytest.raises(ExhibitFailed) as failed:
        made(exhibit(0, report(), pages=(99,)))
    assert failed.value.reason == "no_such_page"


def test_volumes_stay_under_their_size_with_numbers_that_go_on() -> None:
    scans = [_scan(seed) for seed in range(6)]
    packet = made(*(exhibit(place, scan, kind="photo") for place, scan in enumerate(scans)), most=400_000)
    assert len(packet.volumes) > 1 and all(len(volume) <= 400_000 for volume in packet.volumes)
    assert [page.label for page in packet.bound.pages] == [str(n + 1) for n in range(len(packet.texts))]
    contents = "".join(packet.texts[:3])
    assert all(packet.bound.labels_of(f"tab:e{place}")[0] in contents for place in range(6))
    assert "Volume 2 of" in reading.texts_of(packet.volumes[1])[0]


def _scan(seed: int) -> bytes:
    kept = io.BytesIO()
    reading.Image.effect_noise((700, 700), 60 + seed).convert("RGB").save(kept, "JPEG", quality=80)
    return kept.getvalue()


def test_two_builds_give_one_page_map() -> None:
    exhibits = [
        exhibit(place, content, shows=quoting(QUOTE) if not place else ())
        for place, content in enumerate(list(hostile.ACCEPTED.values())[:5])
    ]
    assert made(*exhibits).bound.pages == made(*exhibits).bound.pages


def test_what_comes_late_keeps_the_numbers_that_were_filed() -> None:
    before = made(exhibit(0, hostile.ACCEPTED["A4"]), exhibit(1, report()))
    kept: dict[str, list[str]] = {}
    for page in before.bound.pages:
        kept.setdefault(page.part, []).append(page.label)
    late = exhibit(0, hostile.ACCEPTED["dark"], key="late")
    after = made(exhibit(0, hostile.ACCEPTED["A4"]), late, exhibit(1, report()), kept=kept)
    for part in ("e0", "e1", "tab:e1"):
        assert after.bound.labels_of(part) == before.bound.labels_of(part)
    last = before.bound.labels_of("e0")[-1]
    assert after.bound.labels_of("tab:late") + after.bound.labels_of("late") == [f"{last}.1", f"{last}.2"]
    assert after.texts[int(last) + 1].split()[-1] == f"{last}.2"


def test_a_page_that_was_changed_is_named() -> None:
    packet = made(exhibit(0, hostile.ACCEPTED["A4"]), exhibit(1, report()))
    with pikepdf.open(io.BytesIO(packet.volumes[0])) as pdf:
        drawn = pdf.pages[-1].obj["/Resources"]["/XObject"]["/PacketPage"]
        drawn.write(drawn.read_bytes() + b" 1 0 0 rg 0 0 50 50 re f")
        kept = io.BytesIO()
        pdf.save(kept, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert {page.part for page in seen(kept.getvalue()) if not page.is_same} == {"e1"}


def test_the_manifest_has_a_hash_of_each_volume_and_exhibit() -> None:
    exhibits = (exhibit(0, hostile.ACCEPTED["A4"]), exhibit(1, report()))
    packet = made(*exhibits)
    said = manifest(Packet(reading.COVER, exhibits), packet.bound)
    assert [row["tab"] for row in said["exhibits"]] == ["A", "B"]
    assert len({row["sha256"] for row in said["exhibits"]}) == 2
    assert said["volumes"][0]["pages"] == len(packet.texts)
    assert look_again(packet.volumes[0])


def test_a_certificate_stands_behind_its_exhibit_and_a_link_has_its_tab_alone() -> None:
    certificate = Certificate(
        "translation", "CERTIFICATE OF TRANSLATION", ("I am competent.",), ("Ana Tran",)
    )
    link = exhibit(1, b"", address="https://a.example/report")
    packet = made(exhibit(0, hostile.ACCEPTED["A4"], certificate=certificate), replace(link, load=None))
    assert [p.kind for p in packet.bound.pages][-3:] == ["exhibit", "certificate", "tab"]
    assert "https://a.example/report" in packet.texts[-1]


def test_tabs_go_on_behind_z_and_a_late_one_behind_its_neighbor() -> None:
    assert [numbering.tab_of(n) for n in (0, 25, 26, 27, 51, 52)] == ["A", "Z", "AA", "AB", "AZ", "BA"]
    assert next_tab("Z") == "AA" and next_tab("C-1a") == "D" and next_tab("") == "A"
    assert late_tab("C", ["A", "C"]) == "C-1a" and late_tab("C-1a", ["C", "C-1a"]) == "C-1b"


def test_no_tab_sheet_ends_a_volume() -> None:
    pieces = [
        Piece("a", "exhibit", (0,), 90),
        Piece("tab:b", "tab", (0,), 5),
        Piece("b", "exhibit", (0,), 90),
    ]
    assert [[piece.part for piece in volume] for volume in numbering.volumes(pieces, 100)] == [
        ["a"],
        ["tab:b", "b"],
    ]
