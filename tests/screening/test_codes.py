"""Every code is produced by some case, has its words for staff, and every outcome its words for people."""

from django.utils import translation

from cases.batch import screen_item
from screening.codes import GATES, WORDS, code_words, finding_words, gate_words
from screening.data import tables
from screening.models import Outcome
from screening.words import APPLICANT_WORDS, BY_MESSAGE, DATE_NEAR
from tests.screening.amina import OWN, in_days, result


def judged(**more):
    return {"decisions": [{"by": "judge", "date": "2026-11-10", **more}]}


# Codes that none of our scenarios needs, each with a case of its own.
ALONE = {
    "HAS_REP": {"rep": "active"},
    "REP_UNCERTAIN": {"rep": "ending"},
    "AFFORD_UAC_NOT_COUNTED": {"uac": True},
    "AFFORD_BENEFIT": {"benefit": True},
    "HH_SIZE_INVALID": {"household_size": 0},
    "NEED_OTHER_PROTECTION": {"fear": "no", "other_protection": ["u"]},
    "NEED_OUT_OF_SCOPE": {"fear": "no"},
    "AREA_COURT_MATCH": {"state": "TX", "court_state": "NY", "config": {"service_area": ["NY"]}},
    "NO_CONSENT": {"consent": False},
    "OUTSIDE_US": {"outside_us": True},
    "CONFLICT_POSSIBLE": {"conflict": "possible"},
    "HEARING_MASTER": {"master_hearing": in_days(10)},
    "IN_ABSENTIA": {"in_absentia": True},
    "OYD_UAC_CHECK": {"uac": True},
    "APPEAL_PENDING": judged(filed="appeal", filed_received="2026-11-20"),
    "APPEAL_SAID_SENT": judged(filed="appeal"),
    "REOPEN_OPEN": {"denial_date": "2026-10-01"},
    "PFR_OPEN": {"decisions": [{"by": "board", "date": "2026-11-02"}]},
    "PRIOR_ORDER": {"prior_order": True},
    "DENIED_BY_OFFICER": {"decisions": [{"by": "officer"}]},
    "DENIAL_DATE_UNKNOWN": {"prior_denial": True},
    "HEARING_PASSED": {"master_hearing": "2019-05-01"},
    "I589_CALLUP": {"i589_callup": in_days(40)},
    "OYD_MAY_RUN": {"arrival": "2025-11"},
    "OYD_FILED_LATE": {"arrival": "2024-03-01", "i589_received": "2025-06-01"},
    "OYD_FILED_MAYBE_LATE": {"arrival": "2024-03", "i589_received": "2025-03-20"},
    "I589_FILED": {"i589_received": "2026-10-20"},
    "I589_SAID_SENT": {"i589_filed": True},
    "I589_RETURNED": {"i589_returned": True},
    "I589_BEFORE_ARRIVAL": {"i589_received": "2019-05-01"},
    "LATE_FILE_PROOF": {"arrival": "2025-11"},
    "CHILD_EXCEPTION": {"arrival": "2025-01-10", "age": 16},
    "STATUS_KEPT": {"status": "visa"},
    "CHILD_NEAR_21": {"children": [{"birth_date": "2006-01-05"}]},
    "REFUGEE_ADJUST": {"granted": {"date": "2025-12-15", "kind": "refugee"}},
    "ER_PAROLE": {"entry": "parole"},
    "BORDER_RULE": {"entry": "port", "arrival": "2024-06-10"},
    **{
        f"{fact.upper()}_FUTURE": {fact: "2027"}
        for fact in (
            *("arrival", "birth_date", "denial_date", "i589_received", "i589_returned", "i485_received"),
        )
    },
    "GRANTED_FUTURE": {"granted": {"date": "2027", "kind": "asylum"}},
    "CHILDREN_FUTURE": {"children": [{"birth_date": "2027"}]},
    "DECISIONS_FUTURE": {"decisions": [{"by": "board", "date": "2027"}]},
    "ARRIVAL_UNKNOWN": {"arrival": None},
    "ORR_CUSTODY": {"custody": "orr"},
    "UAC": {"uac": True},
    "ENTRY_EWI": {"entry": "ewi"},
    "ER_EXPOSURE": {"entry": "ewi"},
}


def test_every_code_of_the_catalog_is_produced_by_a_case():
    of_scenarios = {code for item in OWN for code in screen_item(item)["codes"]}
    of_cases = {code for code, changes in ALONE.items() if code in result(**changes).codes}
    assert of_cases == set(ALONE)
    assert of_scenarios | of_cases == set(tables().codes)


def test_every_code_has_its_words_for_staff_and_none_is_left_over():
    assert set(WORDS) == set(tables().codes)
    assert all(str(words) for words in WORDS.values())
    assert code_words(["NO_REP"]) == [WORDS["NO_REP"]]


def test_a_code_stands_under_the_gate_its_table_says():
    gates = {code.gate for code in tables().codes.values()}
    assert set(GATES) <= gates
    for finding in result(rep="active", entry="ewi").findings:
        assert finding.gate == tables().codes[finding.code].gate
        assert finding.citation == tables().codes[finding.code].citation


def test_findings_and_gates_are_put_into_words():
    found = result()
    words = finding_words((each, each.inputs) for each in found.findings)
    assert [each.code for each in words] == list(found.codes)
    assert ("rep", "none") in words[0].inputs
    assert [code for _words, code, _result in gate_words(found.gates)] == ["PASS"] * 4


def test_every_outcome_but_incomplete_has_words_for_the_applicant():
    assert set(APPLICANT_WORDS) == set(Outcome.values) - {"INCOMPLETE"}


def test_the_words_for_applicants_name_no_reason_and_exist_in_arabic():
    everything = [*APPLICANT_WORDS.values(), DATE_NEAR, BY_MESSAGE]
    english = {str(words) for words in everything}
    with translation.override("ar"):
        arabic = {str(words) for words in everything}
    assert not english & arabic
    assert len(english) == len(arabic) == 7
    assert not any(
        word in text.lower() for text in english for word in ("conflict", "income", "score", "eligib")
    )


def test_a_held_conflict_reads_like_any_review():
    assert APPLICANT_WORDS["CONFLICT_HOLD"] == APPLICANT_WORDS["STAFF_REVIEW"]
