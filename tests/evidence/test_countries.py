"""Countries and verbs as data: each line works, and a name that several countries bear is nobody's alone."""

import pytest
from django_countries import countries as known_countries

from evidence.data import country_names, place_names, verbs
from evidence.rules import parse_statement
from evidence.rules.asking import asked
from evidence.rules.places import countries, mentions

BOTH = ("COD", "COG")
CODES = {known_countries.alpha3(code) for code in known_countries.countries} | {"XKX"}


def test_each_name_is_of_a_country_there_is():
    assert set(country_names()) <= CODES


def test_every_name_of_a_country_is_understood_by_the_search():
    wrong = []
    for iso3, names in country_names().items():
        for name in names:
            found = asked(f"arrests in {name} last year")
            right = found.iso3 == iso3 or iso3 in found.either
            wrong += [] if right and (found.either or name not in found.words) else [name]
    assert wrong == []


def test_every_place_is_found_in_a_text_in_capitals_too():
    for place in place_names():
        for written in {place.name, place.name.upper() if len(place.name) > 3 else place.name}:
            assert mentions(f"It was in {written} that they met.")[0].countries == place.countries, written


@pytest.mark.parametrize(
    ("words", "iso3", "either", "rest"),
    [
        ("Congolese army", "", BOTH, "Congolese army"),
        ("CONGOLESE ARMY", "", BOTH, "CONGOLESE ARMY"),
        ("army in the Congo", "", BOTH, "army in the Congo"),
        ("Korean prison camps", "", ("KOR", "PRK"), "Korean prison camps"),
        ("Congolese army in the DRC", "COD", (), "army in the"),
        ("Congolese army, Republic of the Congo", "COG", (), "army,"),
        ("DEMOCRATIC REPUBLIC OF THE CONGO army", "COD", (), "army"),
        ("Congolese refugees in Uganda", "", (), "Congolese refugees in Uganda"),
        ("Ghana and Peru", "", (), "Ghana and Peru"),
        ("Syria’s prisons", "SYR", (), "prisons"),
        ("SYRIA", "SYR", (), ""),
        ("turkey and chad", "", (), "turkey and chad"),
    ],
)
def test_the_country_a_search_means(words, iso3, either, rest):
    found = asked(words)
    assert (found.iso3, found.either, found.words) == (iso3, either, rest)


def test_a_country_that_was_chosen_leaves_the_words():
    assert asked("Congolese army", "cog").words == asked("Congolese army", "COD").words == "army"


@pytest.mark.parametrize(
    ("text", "places", "codes"),
    [
        ("ALEPPO — Hospitals in Aleppo were shelled.", [("Aleppo", 2)], ["SYR"]),
        (
            "NEWS FROM THE DEMOCRATIC REPUBLIC OF THE CONGO",
            [("Democratic Republic of the Congo", 1)],
            ["COD"],
        ),
        ("Fighting in the Congo went on.", [("Congo", 1)], ["COD", "COG"]),
        ("From Goma to the Congo.", [("Goma", 1), ("Congo", 1)], ["COD"]),
        ("In Sana’a and in Sana'a", [("Sana'a", 2)], ["YEM"]),
        ("the Democratic Republic of\nthe Congo", [("Democratic Republic of the Congo", 1)], ["COD"]),
        ("The GAO told us that chad and turkey are words.", [], []),
    ],
)
def test_the_places_a_text_names(text, places, codes):
    found = mentions(text)
    assert [(one.name, one.count) for one in found] == places
    assert [one.iso3 for one in countries(found)] == codes


@pytest.mark.parametrize("verb", verbs("publisher"))
def test_each_verb_of_a_publisher_names_one(verb):
    parsed = parse_statement(f"A title\n\nGENEVA — Ridgeline Watch today {verb} the shelling of hospitals.")
    assert parsed.publisher.text == "Ridgeline Watch"


@pytest.mark.parametrize("verb", verbs("speaker"))
def test_each_verb_of_a_speaker_names_one(verb):
    (quotation,) = parse_statement(f"A title\n\n“It was the third time,” {verb} Lena Okoro.").quotations
    assert quotation.speaker.name == "Lena Okoro"
