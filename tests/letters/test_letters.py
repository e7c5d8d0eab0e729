"""A letter: words that a lawyer approved, written to one person, fixed, and how it reached them."""

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.law import name_law_reader
from foundation.refused import Forbidden
from foundation.vault.opening import open_one
from letters import actions
from letters.kinds import FIELDS
from letters.models import Letter, Template
from letters.paper import Paper, paragraphs_of, pdf_of
from letters.queries import filled, paper_of, slot_of
from tests.conftest import opened

DECLINE = {"kind": "decline", "language": "en"}


@pytest.fixture
def reader(cast, now):
    name_law_reader(cast.bea, by=cast.ines, at=now)
    return cast.bea


@pytest.fixture
def approved(cast, reader, now):
    template = actions.write_template(
        cast.office, **DECLINE, text="Dear {person},\n\nCall {phone} by {day}.", by=cast.ines, at=now
    )
    actions.approve_template(template, by=reader, at=now)
    return Template.objects.get(pk=template.pk)


@pytest.fixture
def letter(case, approved, cast, now):
    return actions.write_letter(case, template=approved, text="Dear you.\n\nGo on.", by=cast.cora, at=now)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_what_promises_something_is_used_once_a_lawyer_approved_it(case, cast, reader, now):
    template = actions.write_template(cast.office, **DECLINE, text="No.", by=cast.ines, at=now)
    assert slot_of(cast.office, "decline", "en").used is None
    with pytest.raises(actions.NotFit):
        actions.write_letter(case, template=template, text="No.", by=cast.cora, at=now)
    for other in (cast.ade, cast.cora, cast.ines):
        with pytest.raises(Forbidden):
            actions.approve_template(template, by=other, at=now)
    actions.approve_template(template, by=reader, at=now)
    with pytest.raises(actions.Decided):
        actions.approve_template(template, by=reader, at=now)
    assert slot_of(cast.office, "decline", "en").used == template


def test_what_promises_nothing_is_used_at_once(cast, now):
    said = {"kind": "appointment", "language": "en", "text": "Come on {day}."}
    template = actions.write_template(cast.office, **said, by=cast.ines, at=now)
    assert slot_of(cast.office, "appointment", "en").used == template


def test_the_next_version_waits_while_the_one_before_is_used(approved, cast, now):
    newer = actions.write_template(cast.office, **DECLINE, text="Newer.", by=cast.ines, at=now)
    slot = slot_of(cast.office, "decline", "en")
    assert (slot.used, slot.newest, newer.number) == (approved, newer, 2)
    actions.end_template(approved, by=cast.ines, at=now)
    assert slot_of(cast.office, "decline", "en").used is None


def test_nobody_approves_their_own_words_whatever_program_asks(approved, cast):
    with pytest.raises(IntegrityError, match="template_approved_by_another"), transaction.atomic():
        Template.objects.filter(pk=approved.pk).update(approved_by=cast.ines)


def test_an_unknown_field_is_refused_with_its_name(cast, now):
    with pytest.raises(actions.UnknownBraces, match="nmae"):
        actions.write_template(cast.office, **DECLINE, text="Dear {nmae}", by=cast.ines, at=now)


def test_a_letter_is_filled_with_what_is_known_and_not_kept_with_a_gap(case, approved, cast, now):
    text = filled(case, approved, on=cast.office.today(now))
    assert "(212) 555-0100" in text and "{person}" not in text and "{day}" in text
    with pytest.raises(actions.LeftOpen, match="day"):
        actions.write_letter(case, template=approved, text=text, by=cast.cora, at=now)
    assert not Letter.objects.exists()


def test_its_words_are_sealed_and_fixed(letter):
    assert opened(Letter.objects.get(), "text").text == "Dear you.\n\nGo on."


def test_it_is_noted_once_how_it_reached_them(letter, cast, now):
    actions.note_given(letter, how="in_person", by=cast.cora, at=now)
    with pytest.raises(actions.Decided):
        actions.drop_letter(letter, by=cast.cora, at=now)
    with pytest.raises(actions.Decided):
        actions.note_given(letter, how="read", by=cast.cora, at=now)


def test_nothing_goes_by_a_way_that_is_not_safe_any_more(letter, case, cast, now):
    stop_way(case, now)
    with pytest.raises(actions.NotSafe):
        actions.note_given(letter, how="safe_way", by=cast.cora, at=now)
    actions.note_given(letter, how="in_person", by=cast.cora, at=now)


def stop_way(case, now):
    from notifications.models import Reach, Stop

    Reach.objects.filter(matter_id=case.matter_id).update(stopped=Stop.UNSAFE, stopped_at=now)


def test_strangers_to_the_case_write_and_give_nothing(case, approved, letter, cast, now):
    for other in (cast.ade, cast.otto, cast.ines):
        with pytest.raises(Forbidden):
            actions.write_letter(case, template=approved, text="x", by=other, at=now)
        with pytest.raises(Forbidden):
            actions.note_given(letter, how="read", by=other, at=now)


# --- paper ----------------------------------------------------------------------------------------


def paper(**changes):
    said = {
        "title": "Letter",
        "language": "en",
        "office": "Our Office",
        "head": ["1 Example Street", "(212) 555-0100"],
        "day": "Dec. 1, 2026",
        "reference": "C-1",
        "paragraphs": ["Dear you."],
        "signed": ["Cora"],
    }
    return Paper(**{**said, **changes})


def test_the_paper_says_all_of_it_on_us_letter():
    made = pdf_of(paper(paragraphs=["Dear you.", "One\ntwo."]))
    document = pypdfium2.PdfDocument(made)
    assert document[0].get_size() == (612, 792)
    words = text_of(made)
    for part in ("Our Office", "1 Example Street", "Dec. 1, 2026", "C-1", "Dear you.", "One", "two.", "Cora"):
        assert part in words
    assert document.get_metadata_dict()["Title"] == "Letter"


def test_nothing_in_it_is_read_as_markup():
    nasty = '#let x = 1 *bold* _it_ $y$ #include "/etc/passwd" \\ = Head @ref <tag> "quoted" {person}'
    words = " ".join(text_of(pdf_of(paper(office=nasty, paragraphs=[nasty], signed=[nasty]))).split())
    assert words.count("#let x = 1 *bold* _it_ $y$ #include") == 3 and "root:" not in words


def test_arabic_stands_in_a_font_that_has_it():
    made = pdf_of(paper(language="ar", paragraphs=["مرحبا بك في مكتبنا. رقمك C-1."]))
    assert b"NotoNaskhArabic" in made or "مرحبا" in text_of(made)


def test_a_number_in_an_arabic_letter_keeps_its_order(case, cast, now):
    said = {"kind": "appointment", "language": "ar", "text": "إلى {person}، اتصل بنا: {phone}."}
    template = actions.write_template(cast.office, **said, by=cast.ines, at=now)
    text = filled(case, template, on=cast.office.today(now))
    assert "\u2068(212) 555-0100\u2069" in text
    letter = actions.write_letter(case, template=template, text=text, by=cast.cora, at=now)
    assert digits_on(pdf_of(paper_of(letter))).count("2125550100") == 2


def digits_on(pdf):
    """Return the digits of each line of the first page as they are seen, from left to right."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    lines = {}
    for place in range(page.count_chars()):
        char, (left, bottom, _right, _top) = page.get_text_range(place, 1), page.get_charbox(place)
        if char.isdigit():
            lines.setdefault(round(bottom), []).append((left, char))
    return ["".join(char for _left, char in sorted(line)) for line in lines.values()]


def test_a_long_letter_goes_on_over_pages():
    assert len(pypdfium2.PdfDocument(pdf_of(paper(paragraphs=["word " * 300] * 8)))) > 2


def test_paragraphs_are_parted_by_empty_lines():
    assert paragraphs_of("One\r\ntwo\r\n\r\n\r\nThree\n\n") == ["One\ntwo", "Three"]


# --- pages ----------------------------------------------------------------------------------------


def test_an_administrator_begins_with_the_draft_and_keeps_words(client, cast, reader):
    client.force_login(cast.ines)
    page = reverse("workspace:letter-template", args=["decline", "en"])
    words = client.get(page).content.decode()
    assert "we cannot take your case" in words and "a draft of the program" in words
    assert client.post(page, {"text": "Dear {nmae}"}).status_code == 422
    assert client.post(page, {"text": "Dear {person}, no."}).url == page
    version = Template.objects.get()
    sample = client.get(reverse("workspace:letter-sample", args=[version.pk]))
    assert FIELDS["person"] in text_of(sample.content)
    client.force_login(reader)
    assert "approve" in client.get(page).content.decode()
    client.post(reverse("workspace:letter-approve", args=[version.pk]))
    assert Template.objects.get().is_fit


def test_a_caseworker_writes_prints_and_notes_a_letter(client, case, approved, cast):
    client.force_login(cast.cora)
    home = reverse("workspace:letters", args=[case.pk])
    write = reverse("workspace:letter-write", args=[case.pk]) + "?kind=decline&language=en"
    words = client.get(write).content.decode()
    assert "Write first what stands in braces" in words
    refused = client.post(write, {"text": "By {day}."})
    assert refused.status_code == 422 and "By {day}." in refused.content.decode()
    assert client.post(write, {"text": "We are sorry."}).url == home
    letter = Letter.objects.get()
    printed = client.get(reverse("workspace:letter-paper", args=[case.pk, letter.pk]))
    assert "We are sorry." in text_of(printed.content) and "letter.pdf" in printed["Content-Disposition"]
    given = reverse("workspace:letter-given", args=[case.pk, letter.pk])
    assert client.post(given, {}).status_code == 422
    client.post(given, {f"given-{letter.pk.hex[:8]}-how": "in_person"})
    assert "They have it" in client.get(home).content.decode()
    assert "They have it" in client.get(reverse("workspace:messages", args=[case.pk])).content.decode()


def test_without_words_in_use_the_page_says_who_writes_them(client, case, cast):
    client.force_login(cast.cora)
    write = reverse("workspace:letter-write", args=[case.pk]) + "?kind=closing&language=ar"
    answer = client.get(write)
    assert answer.status_code == 409 and "An administrator writes them" in answer.content.decode()


def test_a_letter_of_another_case_is_not_there(client, letter, make_case, cast):
    other = make_case()
    client.force_login(cast.cora)
    assert client.get(reverse("workspace:letter-paper", args=[other.pk, letter.pk])).status_code == 404


def test_what_is_opened_is_on_record(letter, cast):
    assert "Dear you." in paper_of(letter).paragraphs[0]
    assert open_one(letter, "text", purpose="letter").text
