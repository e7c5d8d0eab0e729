"""The reading set: how many details of statements in the layouts of the field are read right.

The rules were fitted on `readings/fitted`, so its share says that nothing got worse, not how good the rules
are. What they make of texts they were not fitted to stands in docs/benchmarks.md.
"""

from collections import Counter

from tests.evidence.readings import HERE, fields_of

ASKED = 0.95


def test_of_the_texts_the_rules_were_fitted_on_nineteen_fields_in_twenty_are_right():
    fields = list(fields_of("fitted"))
    right, wrong = sum(one.is_right for one in fields), [one for one in fields if not one.is_right]
    print(f"{right} of {len(fields)} fields right, on the texts the rules were fitted on")
    assert len({one.file for one in fields}) >= 40
    assert right >= ASKED * len(fields), wrong


def test_every_detail_is_read_in_most_texts_and_none_carries_the_others():
    fields = list(fields_of("fitted"))
    right, texts = Counter(one.name for one in fields if one.is_right), Counter(one.name for one in fields)
    assert {name: right[name] for name in texts if right[name] < 0.9 * texts[name]} == {}


def test_every_text_has_its_row_and_every_row_its_text():
    for folder in ("fitted", "unseen"):
        texts = {path.name for path in (HERE / folder).iterdir()} - {"expected.csv"}
        assert {one.file for one in fields_of(folder)} == texts
