"""The figures asked for, on data that names real people and therefore stays outside the repository."""

from pathlib import Path

import pytest

from benchmarks.fit_names import Weights, held_out, measure, read_pairs
from benchmarks.names import add_all, listed
from conflicts.data import weights
from conflicts.index import NameIndex
from conflicts.rules import analyse

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "names"
pytestmark = pytest.mark.skipif(
    not FOLDER.exists(), reason="../shared/names is not there: see docs/benchmarks.md"
)


@pytest.fixture(scope="module")
def pairs():
    return read_pairs(FOLDER / "labelled_pairs.csv")


def test_no_strong_pair_is_judged_wrong(pairs):
    current = Weights(weights()["start"], weights()["features"])
    wrong = [
        pair.names
        for pair in pairs
        if pair.quality == "STRONG" and (current.score(pair.features) >= 0.5) != pair.match
    ]
    assert wrong == []


def test_pairs_not_learned_from_are_judged_as_well_as_asked(pairs):
    scores = held_out(pairs, seeds=2)
    assert sum(scores) / len(scores) >= 0.88
    assert measure(pairs, Weights(weights()["start"], weights()["features"])).f1 >= 0.88


def test_listed_names_are_found_as_retyped():
    rows = listed(FOLDER)
    index = NameIndex()
    add_all(index, 0, [row[0] for row in rows])
    found = [[hit.id for hit in index.look_up(analyse(row[1]), limit=10)] for row in rows]
    assert sum(number in ids for number, ids in enumerate(found)) / len(rows) >= 0.995
    assert sum(ids[:1] == [number] for number, ids in enumerate(found)) / len(rows) >= 0.97
