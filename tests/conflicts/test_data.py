"""The lists of names' words are data: a broken line stops the start, with its file and number."""

import pytest

from conflicts import apps, data
from conflicts.rules.analysis import KINDS
from tests.support.lists import add_line, lists_of

CACHED = (data.kinds_of_words, data.families, data.han_readings)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Read the lists from a folder of this test's own."""
    with lists_of(data, tmp_path, monkeypatch, CACHED) as folder:
        yield folder


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("words.tsv", "titles\tcount countess", "'titles': use one of particle, linked, title"),
        ("words.tsv", "title count countess", "a kind, a tab and words are needed"),
        ("words.tsv", "title\t ", "a kind, a tab and words are needed"),
        ("families.tsv", "some\tann anna", "'some': use one of same"),
        ("short_forms.tsv", "klingon\tannika ani", "'klingon': use one of english, spanish"),
        ("families.tsv", "same\tann\tanna", "a kind, a tab and words are needed"),
    ],
)
def test_a_broken_line_stops_the_start_with_file_and_line(folder, file, line, said):
    number = add_line(folder / file, line)
    [error] = apps.data_is_whole()
    assert error.msg.startswith(f"{file} line {number}: {said}")


def test_the_files_as_they_are_stop_nothing():
    assert apps.data_is_whole() == []


def test_every_role_of_a_word_is_a_kind_a_line_may_have():
    assert set(KINDS) <= set(data.KINDS["words.tsv"])
