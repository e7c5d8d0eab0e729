"""Cases of our own, one of each kind that once came out as routine, worked by hand from the law cited.

Saturday 28 November 2026 unless a case says otherwise; Monday is the 30th, and the Friday is behind us.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest

from cases.batch import deadlines_item, screen_item
from screening.rules.priority import BANDS


@dataclass
class Worked:
    """What must come out: codes that stand and that do not, the least urgent band that will do, the last day
    to look by, and the day of each row (None: there is no such row).
    """

    facts: dict[str, Any]
    codes: set[str]
    never: set[str] = field(default_factory=set)
    band: str = "HIGH"
    look_by: str = "9999"
    rows: dict[str, str | None] = field(default_factory=dict)
    on: str = "2026-11-28"


def order(by, day, **more):
    return {"decisions": [{"by": by, "date": day, **more}]}


CASES = {
    "of the arrival only the month is known, and the year may end on Monday": Worked(
        {"fear": "yes", "arrival": "2025-11"},
        {"OYD_MAY_RUN", "ARRIVAL_APPROX"},
        never={"OYD_PASSED"},
        band="CRITICAL",
        look_by="2026-11-28",
        rows={"oyd_outer": "2026-11-02"},
    ),
    "the form came back, so the year runs on": Worked(
        {
            "fear": "yes",
            "arrival": "2025-12-20",
            "i589_received": "2026-05-01",
            "i589_returned": "2026-06-15",
        },
        {"I589_RETURNED"},
        never={"I589_FILED", "OYD_PASSED"},
        look_by="2026-12-18",
        rows={"oyd_outer": "2026-12-21", "oyd_operative": "2026-12-18"},
    ),
    "ordered removed in absence: 180 days and a weekend, and nothing to appeal": Worked(
        {"fear": "yes", **order("absentia", "2026-06-15")},
        {"IN_ABSENTIA", "REOPEN_OPEN"},
        band="CRITICAL",
        look_by="2026-12-11",
        rows={"mtr_in_absentia": "2026-12-14", "mtr_reopen": "2026-09-14", "bia_appeal_court_order": None},
    ),
    "the Board said no: thirty days to the court of appeals": Worked(
        {"fear": "yes", **order("board", "2026-11-04")},
        {"PFR_OPEN", "PRIOR_DENIAL"},
        band="CRITICAL",
        look_by="2026-12-03",
        rows={"pfr": "2026-12-04", "mtr_reconsider": "2026-12-04", "mtr_reopen": "2027-02-02"},
    ),
    "the Board said no two months ago: final, and a motion to reopen is left": Worked(
        {"fear": "yes", **order("board", "2026-10-01")},
        {"FINAL_ORDER_POSSIBLE", "REOPEN_OPEN"},
        never={"PFR_OPEN"},
        rows={"pfr": "2026-11-02", "mtr_reopen": "2026-12-30"},
    ),
    "an officer said no to somebody who is held: which paper is it?": Worked(
        {"fear": "yes", "custody": "ice", **order("officer", "2026-11-10")},
        {"DENIED_BY_OFFICER", "DETAINED"},
        band="CRITICAL",
        look_by="2026-11-30",
        rows={"pfr_dhs": "2026-12-10", "pfr": None},
    ),
    "an order of DHS whose thirty days end on Monday": Worked(
        {"fear": "yes", **order("dhs", "2026-10-31")},
        {"PFR_OPEN", "PRIOR_ORDER"},
        band="CRITICAL",
        look_by="2026-11-28",
        rows={"pfr_dhs": "2026-11-30"},
    ),
    "a judge's no with an appeal received in time is not final": Worked(
        {"fear": "yes", **order("judge", "2026-11-02", filed="appeal", filed_received="2026-11-20")},
        {"APPEAL_PENDING"},
        never={"FINAL_ORDER_POSSIBLE", "REOPEN_OPEN", "APPEAL_WINDOW_OPEN"},
        band="MEDIUM",
        rows={"bia_appeal_court_order": None, "mtr_reopen": None},
        on="2026-12-15",
    ),
    "an appeal that is only said to be sent stops nothing": Worked(
        {"fear": "yes", **order("judge", "2026-11-02", filed="appeal")},
        {"APPEAL_SAID_SENT", "FINAL_ORDER_POSSIBLE", "REOPEN_OPEN"},
        never={"APPEAL_PENDING"},
        rows={"bia_appeal_court_order": "2026-12-02", "mtr_reopen": "2027-02-01"},
        on="2026-12-15",
    ),
    "a decision without a date is urgent": Worked(
        {"fear": "yes", "decisions": [{"by": "judge"}]},
        {"DENIAL_DATE_UNKNOWN", "PRIOR_DENIAL"},
    ),
    "a child alone: the year and the birthday are shown, neither scores": Worked(
        {"fear": "yes", "uac": True, "birth_date": "2009-05-20", "arrival": "2026-01-15"},
        {"OYD_UAC_CHECK", "UAC"},
        never={"OYD_EXEMPT_UAC", "OYD_60"},
        rows={"oyd_outer": "2027-01-15", "uac_18": "2027-05-19"},
    ),
    "a child of the family nears 21: received before that, on an open day": Worked(
        {"fear": "yes", "children": [{"birth_date": "2006-01-10"}]},
        {"CHILD_NEAR_21"},
        look_by="2027-01-07",
        rows={"child_21": "2027-01-08"},
    ),
    "a hearing has gone by, and nobody said whether it was held": Worked(
        {"fear": "yes", "arrival": "2026-03-10", "master_hearing": "2026-11-20"},
        {"HEARING_PASSED"},
        never={"HEARING_MASTER"},
    ),
    "a refugee of nearly a year is never sent away": Worked(
        {"fear": "no", "granted": {"date": "2025-12-15", "kind": "refugee"}},
        {"REFUGEE_ADJUST", "NEED_OTHER_PROTECTION"},
        never={"NEED_OUT_OF_SCOPE"},
        rows={"refugee_gc": "2026-12-15", "asylee_gc": None},
    ),
    "a judge wants the form by Friday": Worked(
        {"fear": "yes", "in_proceedings": True, "i589_callup": "2026-12-04"},
        {"I589_CALLUP"},
        band="CRITICAL",
        look_by="2026-12-03",
        rows={"i589_callup": "2026-12-04"},
    ),
    "a status that ended last month may excuse a late form": Worked(
        {"fear": "yes", "arrival": "2025-06-02", "status": ["visa"], "status_end": "2026-10-15"},
        {"STATUS_KEPT", "OYD_PASSED"},
        rows={"status_refile": "2026-10-15", "oyd_outer": "2026-06-02"},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_that_once_came_out_as_routine_is_seen(case):
    found = screen_item({"facts": case.facts, "as_of": case.on})
    assert case.codes <= set(found["codes"])
    assert not case.never & set(found["codes"])
    assert BANDS.index(found["band"]) <= BANDS.index(case.band)
    assert case.on <= found["look_by"] <= case.look_by
    assert found["outcome"] != "REFER_OUT"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_its_dates_fall_where_the_law_puts_them(case):
    only_screened = {"fear", "custody"}
    facts = {name: value for name, value in case.facts.items() if name not in only_screened}
    found = {due["key"]: due["date"] for due in deadlines_item({"facts": facts, "as_of": case.on})}
    assert {key: found.get(key) for key in case.rows} == case.rows
