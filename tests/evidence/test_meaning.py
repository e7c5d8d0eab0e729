"""The optional model: it loads without a network, knows what is near, and joins by rank."""

import json
import socket

import pytest
from django.core.management import call_command

from evidence.models import PassageMeaning, ReportPassage
from evidence.rules.ranking import fused
from evidence.rules.wordpiece import pieces
from evidence.search.meaning import directions, nearest, packed
from evidence.search.shelf import Filters, search_shelf
from tests.evidence.test_shelf import load


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refused(*args, **kwargs):
        raise AssertionError("the model asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [101, 102]),
        ("Hello, World!", [101, 7592, 1010, 2088, 999, 102]),
        ("Ünaffable", [101, 14477, 20961, 3468, 102]),
        ("x" * 101, [101, 100, 102]),
    ],
)
def test_text_is_cut_as_the_model_was_taught(text, numbers):
    assert pieces(text) == numbers


def test_a_long_text_is_cut_off():
    assert len(pieces("word " * 5000)) == 256


def test_what_means_the_same_is_near():
    question, *texts = directions(
        [
            "husbands beat their wives",
            "Domestic violence against women was common.",
            "The port was enlarged in May.",
        ]
    )
    near, far = nearest(question, [packed(text) for text in texts])
    assert near > far + 0.2
    assert abs(near - float(question @ texts[0])) < 0.01


def test_rankings_join_by_rank_and_none_counts_more():
    assert [key for _score, key in fused([[1, 2, 3], [3, 1], [1]])] == [1, 3, 2]
    assert fused([]) == []


def test_the_search_finds_by_meaning_once_rows_are_there(db):
    load()
    words = "youngsters made to fight"
    before = search_shelf(words, Filters("SOM")).hits
    for _ in range(2):
        call_command("add_meaning", country="som", verbosity=0)
    assert PassageMeaning.objects.count() == ReportPassage.objects.filter(iso3="SOM").count()
    after = search_shelf(words, Filters("SOM")).hits
    assert not before and "Child Soldiers" in after[0].passage.text
    assert {hit.passage.iso3 for hit in after} == {"SOM"}
    assert not search_shelf(words, Filters("SOM", 1990, 1991)).hits
    assert json.dumps([hit.score for hit in after])
