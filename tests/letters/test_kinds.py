"""The words of letters: what may stand in braces, and the drafts the program begins with."""

import pytest
from django.conf import settings

from letters.kinds import FIELDS, WORDS, Kind, draft, fill, left_in, unknown_in

LANGUAGES = [code for code, _label in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind.values)
def test_every_letter_has_a_draft_in_every_language_with_known_fields(kind, language):
    text = draft(kind, language)
    assert text and not unknown_in(text)
    assert left_in(draft(kind, LANGUAGES[0])) and set(left_in(text)) == set(left_in(draft(kind, "en")))


def test_every_field_has_its_words_and_a_sample():
    assert WORDS.keys() == FIELDS.keys() and all(FIELDS.values())


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Dear {person}", []),
        ("Dear {name}", ["name"]),
        ("Dear {Person}", ["{", "}"]),
        ("Dear {person", ["{"]),
        ("{}", [""]),
        ("{{person}}", ["{", "}"]),
    ],
)
def test_what_is_no_field_is_found(text, unknown):
    assert unknown_in(text) == unknown


def test_what_is_known_is_filled_and_the_rest_keeps_its_braces():
    filled = fill("{person}, {day}, {lawyer}", {"person": "A {day} B", "lawyer": ""})
    assert filled == "A {day} B, {day}, {lawyer}"
    assert left_in(filled) == ["day", "lawyer"]
