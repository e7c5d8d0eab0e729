"""Facts of dates from outside: what cannot be read is refused by its name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.batch import deadlines_item
from cases.rules import BadFacts, DeadlineFacts
from cases.rules.facts import READERS
from tests.support.any_facts import DAY
from tests.support.dated import decided, granted


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"color": "blue"}, "facts: unknown key: color"),
        ({"arrival": "soon"}, "arrival is not a date: 'soon'"),
        ({"uac": "yes"}, "uac must be true or false"),
        ({"i589_received": 2026}, "i589_received is not a date: 2026"),
        ({"birth_date": "1850-01-01"}, "birth_date must lie between 1900 and 2199: '1850-01-01'"),
        ({"decision": "2026-11-03"}, "decision must be an object"),
        ({"decision": {}}, "decision.date is needed"),
        ({"decision": {"date": "2026-11-03"}}, "decision.by is needed"),
        ({"decision": {"date": "x", "by": "judge"}}, "decision.date is not a date: 'x'"),
        (
            {"decision": {"date": "2026-11-03", "by": "court"}},
            "decision.by must be one of officer, dhs, judge, board, absentia, unsure, asylum_office, bia:"
            " 'court'",
        ),
        (decided("2026-11-03", asylum_merits="no"), "decision.asylum_merits must be true or false"),
        (decided("2026-11-03", when="x"), "decision: unknown key: when"),
        ({"granted": {"kind": "asylum"}}, "granted.date is needed"),
        ({"granted": {"date": "2026-11-03"}}, "granted.kind is needed"),
        (granted("2026-11-03", "tps"), "granted.kind must be one of asylum, refugee: 'tps'"),
        ({"ead_stops": {}}, "ead_stops must be a list"),
        ({"ead_stops": ["x"]}, "ead_stops[0] must be an object"),
        ({"ead_stops": [{"from": "2026-01-01"}, {"to": None}]}, "ead_stops[1].from is needed"),
        ({"ead_stops": [{"from": "x"}]}, "ead_stops[0].from is not a date: 'x'"),
        ({"ead_stops": [{"from": "2026-01-02", "to": "x"}]}, "ead_stops[0].to is not a date: 'x'"),
        (
            {"ead_stops": [{"from": "2026-01-02", "to": "2026-01-01"}]},
            "ead_stops[0].to is before ead_stops[0].from",
        ),
        ({"judge_dates": "x"}, "judge_dates must be a list"),
        ({"judge_dates": [{"date": "2026-01-01"}]}, "judge_dates[0].replaces is needed"),
        ({"judge_dates": [{"replaces": "i589_callup"}]}, "judge_dates[0].date is needed"),
        (
            {"judge_dates": [{"replaces": "i589_callup", "date": "x"}]},
            "judge_dates[0].date is not a date: 'x'",
        ),
    ],
)
def test_malformed_facts_are_refused_by_name(facts, said):
    with pytest.raises(BadFacts) as refused:
        DeadlineFacts.from_dict(facts)
    assert str(refused.value) == said


def test_a_judges_date_for_an_unknown_row_is_refused():
    with pytest.raises(BadFacts, match=r"^judge_dates\[0\].replaces must be one of oyd_outer, .*: 'lunch'$"):
        DeadlineFacts.from_dict({"judge_dates": [{"replaces": "lunch", "date": "2026-01-01"}]})


@pytest.mark.parametrize("key", sorted(READERS))
def test_null_is_not_known(key):
    assert DeadlineFacts.from_dict({key: None}) == DeadlineFacts()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | DAY,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date", "by", "kind", "from", "to", "replaces", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(READERS)) | st.text(max_size=5), JSON, max_size=6), DAY | JSON)
def test_malformed_facts_are_never_anything_but_refused_or_counted(facts, as_of):
    try:
        found = deadlines_item({"facts": facts, "as_of": as_of})
    except BadFacts:
        return
    assert isinstance(found, list)
