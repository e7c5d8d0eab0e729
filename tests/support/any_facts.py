"""Facts of dates as they may come, for properties."""

from datetime import date

from hypothesis import strategies as st

from cases.rules.facts import DAYS, FLAGS, JUDGE_MOVES

DAY = st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(date.isoformat)
STOPS = st.lists(st.tuples(DAY, st.none() | DAY), max_size=3).map(
    lambda pairs: [
        {"from": min(pair, key=lambda one: one or "9"), "to": pair[1] and max(pair)} for pair in pairs
    ]
)
PART = DAY | DAY.map(lambda day: day[:7]) | DAY.map(lambda day: day[:4])
NEAR = st.dates(date(2024, 1, 1), date(2027, 12, 31)).map(date.isoformat)
NEAR_PART = NEAR | NEAR.map(lambda day: day[:7])
FACTS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(DAYS, PART | NEAR_PART),
        **dict.fromkeys(FLAGS, st.booleans()),
        "i589_returned": st.booleans() | NEAR_PART,
        "status": st.sampled_from(["visa", "tps", "daca"]),
        "children": st.lists(st.fixed_dictionaries({"birth_date": PART}), max_size=2),
        "ead_stops": STOPS,
        "granted": st.fixed_dictionaries({"date": PART, "kind": st.sampled_from(["asylum", "refugee"])}),
        "decision": st.fixed_dictionaries(
            {"date": PART, "by": st.sampled_from(["judge", "asylum_office", "bia"])},
            optional={"asylum_merits": st.none() | st.booleans()},
        ),
        "decisions": st.lists(
            st.fixed_dictionaries(
                {"by": st.sampled_from(["judge", "absentia", "board", "dhs", "officer", "unsure"])},
                optional={
                    "date": st.none() | NEAR_PART,
                    "filed": st.sampled_from([None, "appeal", "motion", "waived"]),
                    "filed_received": st.none() | NEAR_PART,
                },
            ),
            max_size=3,
        ),
        "judge_dates": st.lists(
            st.fixed_dictionaries({"replaces": st.sampled_from(JUDGE_MOVES), "date": NEAR}), max_size=2
        ),
    },
)
