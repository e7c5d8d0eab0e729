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


def read(text):
    return parse_statement(text)


BODY = "GENEVA — Ridgeline Watch today condemned the shelling of a hospital."


@pytest.mark.parametrize(
    ("line", "first_day", "sure"),
    [
        ("20 Jun 2018", "2018-06-20", "sure"),
        ("23 July, 2008", "2008-07-23", "sure"),
        ("August 15, 2012 12:00AM EDT", "2012-08-15", "sure"),
        ("Updated 3:45 PM EST, December 6, 2016", "2016-12-06", "likely"),
        ("6 décembre 2016", "2016-12-06", "sure"),
        ("Publié le 1er février 2020", "2020-02-01", "sure"),
        ("16 de julio de 2024", "2024-07-16", "sure"),
        ("9 de maio de 2019", "2019-05-09", "sure"),
        ("6 ديسمبر/كانون الأول 2016", "2016-12-06", "sure"),
        ("٢٣ مارس ٢٠١٩", "2019-03-23", "sure"),
        ("2019/06/03", "2019-06-03", "sure"),
        ("14.03.2019", "2019-03-14", "sure"),
        ("Washington, DC, December 6, 2016", "2016-12-06", "sure"),
        ("Wednesday, 6 December 2016 | Press release", "2016-12-06", "sure"),
    ],
)
def test_a_day_is_read_as_the_field_writes_it(line, first_day, sure):
    parsed = read(f"A title\n\n{line}\n\n{BODY}")
    assert (str(parsed.published.first_day), parsed.published.sure) == (first_day, sure)
    assert parsed.published.either == () and len(parsed.paragraphs) == 1


@pytest.mark.parametrize(
    ("opening", "place", "first_day"),
    [
        ("KABUL 17 April 2016: ", "KABUL", "2016-04-17"),
        ("GENEVA (16 July 2024) – ", "GENEVA", "2024-07-16"),
        ("(Beirut, June 20, 2018) – ", "Beirut", "2018-06-20"),
        ("Paris, le 6 décembre 2016 – ", "Paris", "2016-12-06"),
        ("Ciudad de México, 16 de julio de 2024.- ", "Ciudad de México", "2024-07-16"),
        ("6 December 2016 – ", None, "2016-12-06"),
        ("DHAKA, Dec 4, 2020 (Reuters) - ", "DHAKA", "2020-12-04"),
        ("DAMASCUS, Syria (AP) — ", "DAMASCUS, Syria", None),
        ("ADDIS ABABA, Feb 2 (Reuters) - ", "ADDIS ABABA", None),
        ("Washington, D.C.—", "Washington, D.C.", None),
        ("The attack – the fourth – ", None, None),
    ],
)
def test_place_and_day_are_read_in_front_of_the_text(opening, place, first_day):
    parsed = read(f"A title\n\n{opening}Ridgeline Watch condemned the shelling of a hospital.")
    assert (parsed.dateline.text if parsed.dateline else None) == place
    assert (str(parsed.published.first_day) if parsed.published else None) == first_day


def test_two_numbers_that_can_be_day_or_month_are_not_sure():
    published = read(f"A title\n\n02/10/2016\n\n{BODY}").published
    assert (published.sure, [str(day) for day in published.either]) == (
        "unsure",
        ["2016-02-10", "2016-10-02"],
    )
    french = "Un titre\n\n02/10/2016\n\nLes autorités ont arrêté des élèves dans une école et les ont battus."
    assert (read(french).published.either, str(read(french).published.first_day)) == ((), "2016-10-02")
    told = parse_statement(f"A title\n\n02/10/2016\n\n{BODY}", {"published": "2016-10-02T05:00:00Z"})
    assert (told.published.either, str(told.published.first_day), told.published.sure) == (
        (),
        "2016-10-02",
        "likely",
    )


def test_the_day_a_page_names_counts_where_its_text_names_none():
    parsed = parse_statement(f"A title\n\n{BODY}", {"published": "2017-04-11T00:00:00-04:00"})
    assert (str(parsed.published.first_day), parsed.published.where) == ("2017-04-11", "page_head")


def test_a_date_under_the_subtitle_does_not_end_the_text():
    parsed = read(
        "Syria: Hospitals Hit\nForces Strike Four Clinics\nDecember 6, 2016\n"
        "(Beirut) – Forces struck four clinics in Aleppo in November, Ridgeline Watch said today.\n"
        "“Doctors were killed,” said Nadim Example, deputy director at Ridgeline Watch. “It must stop.”\n"
        "Two doctors were killed.\n"
        "A chronology:\nNovember 3, 2016\nThe first clinic was struck in the morning."
    )
    assert (parsed.title.text, parsed.subtitle.text) == ("Syria: Hospitals Hit", "Forces Strike Four Clinics")
    assert len(parsed.paragraphs) == 6 and str(parsed.published.first_day) == "2016-12-06"
    assert {q.speaker.name for q in parsed.quotations} == {"Nadim Example"}


@pytest.mark.parametrize(
    ("opening", "publisher", "sure"),
    [
        ("Ridgeline Watch today praised the vote of the court.", "Ridgeline Watch", "sure"),
        ("Ridgeline Watch welcomes the release of a journalist.", "Ridgeline Watch", "likely"),
        ("Ridgeline Watch strongly condemns the attack.", "Ridgeline Watch", "likely"),
        ("Ridgeline Watch is calling on Greece to open its camps.", "Ridgeline Watch", "likely"),
        ("Ridgeline Watch today urged Congress to act.", "Ridgeline Watch", "sure"),
        (
            "Forces struck four clinics, the Office of the UN High Commissioner for Refugees (UNHCR) said.",
            "UNHCR",
            "sure",
        ),
        ("La Vigie des Libertés dénonce l’arrestation de douze étudiants.", "Vigie des Libertés", "likely"),
        ("Des soldats ont tiré, a déclaré aujourd’hui Vigie des Libertés.", "Vigie des Libertés", "sure"),
        ("Militares golpearon a jóvenes, señaló hoy Mirador de Derechos.", "Mirador de Derechos", "sure"),
        ("أدانت رابطة الصحافة المفتوحة احتجاز عشرة صحفيين.", "رابطة الصحافة المفتوحة", "sure"),
        ("دانت منظمة حقوق بلا حدود احتجاز عشرة صحفيين.", "منظمة حقوق بلا حدود", "sure"),
        (
            "La Ligue ouverte des droits appelle à la libération de dix détenus.",
            "Ligue ouverte des droits",
            "unsure",
        ),
        ("L’Observatoire des libertés (OBL) a dénoncé ces tirs.", "Observatoire des libertés", "unsure"),
    ],
)
def test_who_publishes_is_read_beside_its_verb(opening, publisher, sure):
    parsed = read(f"A title\n\n{opening}")
    assert (parsed.publisher.text, parsed.publisher.where, parsed.publisher.sure) == (
        publisher,
        "after_verb",
        sure,
    )


def test_neither_places_nor_people_publish():
    for opening in (
        "Syria condemned the attack.",
        "President Bashar Example said on Monday that he would go.",
    ):
        parsed = read(f"A title\n\n{opening}")
        assert parsed.publisher is None and "NO_PUBLISHER" in parsed.warnings


def test_the_name_of_the_site_is_offered_unless_it_collects_what_others_publish():
    found = parse_statement("A title\n\nA hospital was shelled.", {"site_name": "The Morning Post"}).publisher
    assert (found.text, found.where, found.sure, found.span) == (
        "The Morning Post",
        "site_name",
        "likely",
        None,
    )
    text = f"A title\n\nSource: Horizon Desk\n\n{BODY}"
    assert parse_statement(text, {"site_name": "ReliefWeb"}).publisher.text == "Horizon Desk"
    assert (
        parse_statement(f"A title\n\n{BODY}", {"site_name": "ReliefWeb"}).publisher.text == "Ridgeline Watch"
    )


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (
            "« Ils ont tiré », a déclaré Jean Exemple, directeur de Vigie Ouverte.",
            [("Jean Exemple", "directeur")],
        ),
        ("«Nos pegaban», dijo Ana Ruiz, directora de Mirador Abierto.", [("Ana Ruiz", "directora")]),
        ("“Fugimos”, disse João Fictício, advogado.", [("João Fictício", "advogado")]),
        ('وقال مروان المثال، رئيس رابطة الصحافة: "لم نخف".', [("مروان المثال", "رئيس")]),
        ("“It burned,” added Ms. Yoshida.", [("Ms. Yoshida", None)]),
        ("“It burned,” said Dr. A.K. Doe, a surgeon. “All of it.”", [("Dr. A.K. Doe", "surgeon")] * 2),
        ("“It burned,” the experts said.", [("the experts", None)]),
        ("“It burned,” Foreign Minister Ana Ruiz told reporters.", [("Ana Ruiz", "Foreign Minister")]),
        ("UNHCR spokesperson Ana Ruiz said: “It burned.”", [("Ana Ruiz", "spokesperson")]),
        ("Their lawyer, Ana Ruiz, called it “a farce.”", [("Ana Ruiz", "lawyer")]),
        ("“It burned,” a neighbor told Ridgeline Watch.", [(None, None)]),
        (
            "“It burned,” said Akiko Yoshida, a nurse.\n\n“It did,” added Ms. Yoshida.",
            [("Akiko Yoshida", "nurse")] * 2,
        ),
        ("“It burned.\n\n“It all burned.\n\n“Nobody came,” said Ana Ruiz.", [("Ana Ruiz", None)] * 3),
        ("Ana Ruiz said: “It burned.” Bo Chen said: “No.”", [("Ana Ruiz", None), ("Bo Chen", None)]),
        ("‘It burned,’ said Ana Ruiz. ‘It’s gone.’", [("Ana Ruiz", None)] * 2),
        ('“It burned," said Ana Ruiz.', [("Ana Ruiz", None)]),
        ('"It burned,” said Ana Ruiz.', [("Ana Ruiz", None)]),
        ("“It burned,” said Ana Ruiz.\n\n“All of it.”", [("Ana Ruiz", None)] * 2),
        ("“It burned,” said Ana Ruiz.\n\nThen “they” left.", [("Ana Ruiz", None), (None, None)]),
        ("« C’est faux », a expliqué à l’AFP Jean Exemple.", [("Jean Exemple", None)]),
        (
            "“It burned,” said Ana Ruiz, Amnesty International Secretary General.",
            [("Ana Ruiz", "Secretary General")],
        ),
        (
            "The UN High Commissioner for Refugees (UNHCR) said: “It burned.”",
            [("UN High Commissioner for Refugees", None)],
        ),
        ("“It burned,” said the Open Food Network (OFN).", [("Open Food Network", None)]),
        ("« C’est faux », a déclaré Jean Exemple (MSF).", [("Jean Exemple", None)]),
        (
            "“It burned,” the Special Rapporteur on Eritrea, Ana Ruiz, said.",
            [("Ana Ruiz", "Special Rapporteur on Eritrea")],
        ),
    ],
)
def test_who_speaks_is_read_in_the_languages_of_the_field(paragraphs, said):
    parsed = read(f"A title\n\nIt was the third night of the siege.\n\n{paragraphs}")
    speakers = [quotation.speaker for quotation in parsed.quotations]
    assert [(one.name, one.role) if one else (None, None) for one in speakers] == said


@pytest.mark.parametrize(
    ("words", "iso3"),
    [
        ("En Haïti", "HTI"),
        ("en Éthiopie", "ETH"),
        ("ÉTHIOPIE", "ETH"),
        ("in the DPRK", "PRK"),
        ("in the DRC", "COD"),
        ("en RDC", "COD"),
        ("en Côte d’Ivoire", "CIV"),
        ("KABUL", "AFG"),
        ("en Perú", "PER"),
        ("no Iémen", "YEM"),
        ("في سوريا", "SYR"),
        ("وبالسودان", "SDN"),
    ],
)
def test_countries_are_found_as_texts_write_them(words, iso3):
    assert [one.iso3 for one in read(f"A title\n\n{words} a hospital was shelled.").countries] == [iso3]
