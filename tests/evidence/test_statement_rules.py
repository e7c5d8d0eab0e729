"""The parser, without a database."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.rules import find_quote, normalize, parse_statement, passages, text_quote

TEXT = (Path(__file__).parent / "statements" / "ridgeline.txt").read_text()
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "statement-aleppo-ceasefire.txt"
VARIANTS = {
    "as published": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte-order mark": lambda text: "\ufeff" + text,
    "straight quotes": lambda text: text.replace("“", '"').replace("”", '"'),
    "two hyphens": lambda text: text.replace("—", " -- "),
    "a spaced hyphen": lambda text: text.replace("—", " - "),
    "non-breaking spaces": lambda text: text.replace("Lena Okoro", "Lena\u00a0Okoro"),
    "day first": lambda text: text.replace("March 14, 2018", "14 March 2018"),
    "ISO date": lambda text: text.replace("March 14, 2018", "2018-03-14"),
    "date line on top": lambda text: text.replace("\n\nGeneva", "\n\nMarch 14, 2018\n\nGeneva").replace(
        "Published on March 14, 2018\n", ""
    ),
}


def spans(parsed):
    single = [parsed.title, parsed.subtitle, parsed.dateline, parsed.boilerplate, *parsed.left_out]
    single += [parsed.publisher.span] if parsed.publisher else []
    single += [parsed.published.span, parsed.published.line] if parsed.published else []
    return [*filter(None, single), *parsed.paragraphs, *(q.span for q in parsed.quotations)]


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_statement_is_read_in_every_dress(variant):
    parsed = parse_statement(VARIANTS[variant](TEXT))
    assert parsed.title.text == "Ridgeline Watch Condemns Shelling of Hospitals in Taiz"
    assert parsed.dateline.text == "Geneva"
    assert parsed.publisher.text == "Ridgeline Watch"
    assert (parsed.published.first_day, parsed.published.precision) == (date(2018, 3, 14), "day")
    assert len(parsed.paragraphs) == 5
    assert [q.speaker.name.replace("\u00a0", " ") for q in parsed.quotations] == ["Lena Okoro"] * 4 or [
        q.speaker.name.replace("\u00a0", " ") for q in parsed.quotations
    ] == ["Lena Okoro"] * 3
    assert {q.speaker.affiliation for q in parsed.quotations} == {"Ridgeline Watch"}
    assert parsed.boilerplate.text.startswith("Seeking asylum?")
    assert parsed.countries[0].iso3 == "YEM"
    assert parsed.warnings == []
    assert all(parsed.text[span.start : span.end] == span.text for span in spans(parsed))


def test_the_note_below_is_part_of_no_passage():
    assert not any("invented note" in passage.text for passage in passages(parse_statement(TEXT)))


def test_what_is_not_there_stays_empty_with_a_warning():
    parsed = parse_statement("A headline\n\nsome words without any of it.")
    assert (parsed.dateline, parsed.publisher, parsed.published) == (None, None, None)
    assert parsed.warnings == ["NO_DATELINE", "NO_PUBLISHER", "NO_PUBLISHED_DATE"]


def test_a_day_that_does_not_exist_is_no_date():
    assert parse_statement("T\n\nP.\n\nPublished on February 30, 2018").published is None


def test_a_month_alone_is_a_date_of_that_precision():
    published = parse_statement("T\n\nP.\n\nPublished on March 2018").published
    assert (published.first_day, published.precision) == (date(2018, 3, 1), "month")


def test_two_speakers_in_one_paragraph_are_told_apart():
    text = "T\n\n“We saw it,” said Ana Ruiz. “We did not,” said Bo Chen of the ministry."
    assert [q.speaker.name for q in parse_statement(text).quotations] == ["Ana Ruiz", "Bo Chen"]


@pytest.mark.parametrize(
    ("after", "affiliation"),
    [
        (" of Ridgeline Watch.", "Ridgeline Watch"),
        (", a field director with Doctors for Human Rights.", "Doctors for Human Rights"),
        (" of the SOHR.", "SOHR"),
        (" of the ministry.", None),
        (" of Aleppo.", None),
        (" of New York City.", None),
        (", who fled.", None),
    ],
)
def test_whom_a_speaker_speaks_for_is_read_where_it_is_said(after, affiliation):
    (quotation,) = parse_statement(f"T\n\n“We saw it,” said Ana Ruiz{after}").quotations
    assert (quotation.speaker.name, quotation.speaker.affiliation) == ("Ana Ruiz", affiliation)


def test_an_unnamed_speaker_stays_unnamed():
    parsed = parse_statement("T\n\n“We saw it,” he said.")
    assert parsed.quotations[0].speaker is None
    assert "SPEAKER_UNKNOWN" in parsed.warnings


@given(st.text(max_size=2000))
def test_any_text_is_read_and_every_span_is_true(text):
    parsed = parse_statement(text)
    assert all(parsed.text[span.start : span.end] == span.text for span in spans(parsed))
    assert all(parsed.text[p.start : p.end] == p.text and p.text for p in passages(parsed))


@given(st.text(min_size=1, max_size=300), st.data())
def test_a_quotation_is_found_again_where_it_was_or_not_at_all(text, data):
    text = normalize(text)
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    end = data.draw(st.integers(start, len(text)))
    found = find_quote(text, text_quote(text, start, end))
    assert found in (None, (start, end))


def test_the_real_statement_of_december_2016():
    if not SEED.exists():
        pytest.skip("the seed statement is not beside this checkout")
    parsed = parse_statement(SEED.read_text())
    assert parsed.dateline.text == "New York City"
    assert parsed.publisher.text == "Human Rights First"
    assert parsed.published.first_day == date(2016, 12, 6)
    assert len(parsed.paragraphs) == 5
    assert [(q.speaker.name, q.speaker.affiliation) for q in parsed.quotations] == [
        ("Neil Hicks", "Human Rights First")
    ] * 4
    assert parsed.countries[0].iso3 == "SYR"
    assert [(r.span.text, r.first_day) for r in parsed.relative_dates] == [("today", date(2016, 12, 6))]


def test_relative_days_are_reckoned_from_the_day_of_publication():
    said = "It struck on Tuesday, yesterday, last week, this month and last year."
    text = f"T\n\n{said}\n\nPublished on March 1, 2018"
    found = [(str(r.first_day), str(r.last_day)) for r in parse_statement(text).relative_dates]
    assert found == [
        ("2018-02-27", "2018-02-27"),
        ("2018-02-28", "2018-02-28"),
        ("2018-02-19", "2018-02-25"),
        ("2018-03-01", "2018-03-31"),
        ("2017-01-01", "2017-12-31"),
    ]
    assert parse_statement("T\n\nIt struck today.").relative_dates == []
