"""The library's lists are data: one line more is all that a name or a verb needs, a broken one is refused."""

import pytest

from evidence import apps, data
from evidence.rules import (
    adverse,
    asking,
    dates,
    head,
    parse_statement,
    people,
    places,
    publishers,
    sections,
    speakers,
    statement,
)
from evidence.words import AGAINST
from foundation.figures import BadData
from tests.support.lists import add_line, forget, lists_of

CACHED = [
    read
    for module in (
        data,
        adverse,
        asking,
        dates,
        head,
        people,
        places,
        publishers,
        sections,
        speakers,
        statement,
    )
    for read in vars(module).values()
    if hasattr(read, "cache_clear") and read.__module__ == module.__name__
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Read the lists from a folder of this test's own."""
    with lists_of(data, tmp_path, monkeypatch, CACHED) as folder:
        yield folder


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("countries", "SYR,Syrya_2,name,general knowledge", "name is 'Syrya_2'"),
        ("countries", "SYX,Syrya,name,general knowledge", "iso3 is 'SYX': no country of this list"),
        ("countries", "SYR,Syrya,alias,general knowledge", "kind is 'alias': use one of 'name', 'demonym'"),
        ("countries", "SYR,Syria,name,general knowledge", "SYR, Syria stands twice"),
        ("countries", "SYR,Syrya,name", "3 cells instead of 4"),
        ("countries", "SYR, Syrya,name,general knowledge", "a cell begins or ends with a space"),
        ("countries", "SYR,Syrya,name,", "source is needed"),
        ("places", "Syria,city,SYR,general knowledge,medium", "Syria is in countries.csv already"),
        (
            "places",
            "Atlantis,city,ATL,general knowledge,medium",
            "iso3 is 'ATL': no country of countries.csv",
        ),
        ("places", "Raqqa City,town,SYR,general knowledge,medium", "kind is 'town': use one of 'city'"),
        ("verbs", "decried,publishing", "use is 'publishing': use one of 'publisher', 'speaker'"),
        ("verbs", ",publisher", "verb is needed"),
        ("verbs", "announced,publisher", "announced, publisher stands twice"),
        ("synonyms", "drought,,", "terms is needed"),
        ("synonyms", "drought,dry season,water + famine", "from_two is 'water + famine': two concepts"),
        ("irregular", "oxen,", "base is needed"),
        ("topics", "water,Water,", "words is needed"),
        ("adverse", "protection,(", "pattern cannot be read: "),
        ("adverse", "luck,fortunately", "reason is 'luck': use one of 'nothing_reported'"),
    ],
)
def test_a_broken_line_stops_the_start_with_file_and_line(folder, file, line, said):
    number = add_line(folder / f"{file}.csv", line)
    [error] = apps.data_is_whole()
    assert error.msg.startswith(f"{file}.csv line {number}: {said}")


def test_a_file_with_other_columns_is_refused(folder):
    (folder / "verbs.csv").write_text("verb\nsaid\n")
    with pytest.raises(BadData, match=r"^verbs.csv line 1: the columns must be verb,use"):
        data.read_all()


def test_the_files_as_they_are_stop_nothing():
    assert apps.data_is_whole() == []


def test_one_line_names_a_country_otherwise(folder):
    assert asking.asked("prisons in Syrya").iso3 == ""
    add_line(folder / "countries.csv", "SYR,Syrya,name,general knowledge")
    forget(CACHED)
    assert asking.asked("prisons in Syrya").iso3 == "SYR"
    assert [one.name for one in places.mentions("The road through Syrya was closed.")] == ["Syrya"]


def test_one_line_adds_a_verb_of_publishers_and_one_of_speakers(folder):
    published = "A title\n\nGENEVA — Ridgeline Watch bewailed the shelling of hospitals."
    spoken = "A title\n\n“It was the third time,” lamented Lena Okoro."
    assert parse_statement(published).publisher is None
    assert parse_statement(spoken).quotations[0].speaker is None
    add_line(folder / "verbs.csv", "bewailed,publisher\nlamented,speaker")
    forget(CACHED)
    assert parse_statement(published).publisher.text == "Ridgeline Watch"
    assert parse_statement(spoken).quotations[0].speaker.name == "Lena Okoro"


def test_every_reason_against_has_words_and_a_pattern():
    assert set(data.REASONS) == set(AGAINST) == {reason for reason, _pattern in data.adverse_patterns()}
