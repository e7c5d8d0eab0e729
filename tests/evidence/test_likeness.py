"""Paragraphs of two editions, compared."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.rules.likeness import Words, counterpart, folded, likeness, numbers_changed, ratio

DATA = Path(__file__).with_name("data")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "evidence"


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric_and_bounded(one, other):
    for measure in (ratio(one, other), likeness(Words.of(one), Words.of(other))):
        assert 0 <= measure <= 100
    assert ratio(one, other) == ratio(other, one)
    assert ratio(one, one) == (100 if one else 0)


def test_numbers_that_changed_are_named():
    assert numbers_changed("killed 12 in 2016", "killed 1,200 in 2016") == [("12", "1,200")]
    assert numbers_changed("none", "3 and 4") == [("", "3"), ("", "4")]


def test_of_nearly_the_same_the_first_stands():
    assert folded(["the police took ten men", "the police took nine men", "harsh prisons"], 5) == [0, 2]
    assert folded(["a b c"] * 3, 5) == [0]


# An extract of our own, and the whole reports where they are beside the checkout.
EDITIONS = {
    "extract": (DATA / "lineage.json", DATA / "passages.jsonl.gz"),
    "whole": (SHARED / "lineage_cases.json", SHARED / "dos_passages_18_countries.jsonl.gz"),
}


@pytest.mark.parametrize("which", EDITIONS)
def test_paragraphs_are_followed_through_nine_editions(which):
    followed, passages = EDITIONS[which]
    if not followed.exists():
        pytest.skip("the whole reports are not beside this checkout; the extract is followed")
    cases = json.loads(followed.read_text())
    wanted = {case["iso"] for case in cases}
    editions = {}
    with gzip.open(passages, "rt") as file:
        for line in map(json.loads, file):
            if line["iso3"] in wanted:
                place = editions.setdefault((line["iso3"], line["year"]), {})
                place[line["n"]] = Words.of(line["text"])
    for case in cases:
        paragraph = editions[case["iso"], case["year"]][case["n"]]
        for year, kind, _alike, n in case["lineage"]:
            found = counterpart(paragraph, editions[case["iso"], year].items())
            assert (found.kind, found.key) == ("gone" if kind == "absent" else kind, n), (case["iso"], year)
