"""The four gates: no lawyer now, cannot afford one, needs protection, lives in our area."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from screening.data import Guideline, Tables
from screening.rules.facts import Finding
from screening.rules.run import FAIL, PASS, UNKNOWN, Run

PER_YEAR = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12, "yearly": 1}
TERRITORIES = {"PR", "GU", "VI", "AS", "MP"}
OTHER_FORMS = {"sij", "t", "u", "vawa", "parole", "i730"}

REPRESENTATION = {
    "none": (PASS, "NO_REP"),
    "limited": (PASS, "REP_LIMITED_SCOPE"),
    "notario": (PASS, "NOTARIO"),
    "other_org_waitlist": (PASS, "OTHER_ORG_PENDING"),
    "active": (FAIL, "HAS_REP"),
    "ending": (UNKNOWN, "REP_UNCERTAIN"),
    "unknown": (UNKNOWN, "REP_UNKNOWN"),
}


class Gate(NamedTuple):
    """One gate's result with the findings behind it; `guideline_year` where money was compared."""

    result: str
    findings: tuple[Finding, ...] = ()
    guideline_year: int | None = None


def all_gates(run: Run) -> dict[str, Gate]:
    """Work out every gate, so that every code is on record."""
    return {
        "representation": representation(run),
        "afford": afford(run),
        "need": need(run),
        "area": area(run),
    }


def representation(run: Run) -> Gate:
    """Gate 1: nobody represents this person now."""
    facts = run.facts
    result, code = REPRESENTATION[facts.rep or "unknown"]
    found = [run.found(code, result, rep=facts.rep)]
    if facts.notario and code != "NOTARIO":
        found.append(run.found("NOTARIO", notario=True))
    return Gate(result, tuple(found))


def afford(run: Run) -> Gate:
    """Gate 2: this person cannot afford a lawyer. The first row that is true counts."""
    facts = run.facts
    if facts.uac:
        return _plain(run.found("AFFORD_UAC_NOT_COUNTED", PASS, uac=True))
    if facts.benefit:
        return _plain(run.found("AFFORD_BENEFIT", PASS, benefit=True))
    income = yearly_cents(facts.income, facts.period)
    if income is None and facts.custody == "ice":
        return _plain(run.found("AFFORD_DETAINED_PRESUMED", PASS, income=None, custody="ice"))
    guideline = guideline_for(facts.state, on=run.on, tables=run.tables)
    if income is None or guideline is None:
        return _plain(run.found("INCOME_UNKNOWN", UNKNOWN, income=facts.income, period=facts.period))
    size = facts.household_size
    if not is_household(size):
        return _plain(run.found("HH_SIZE_INVALID", UNKNOWN, household_size=str(size)))
    return _against_guideline(run, income, size, guideline)


def _plain(finding: Finding) -> Gate:
    """Return a gate that rests on one finding."""
    return Gate(finding.result, (finding,))


def is_household(size: object) -> bool:
    """Tell whether a household size is a whole number of 1 or more."""
    return isinstance(size, int) and not isinstance(size, bool) and size >= 1


def yearly_cents(amount: int | None, period: str | None) -> int | None:
    """Return income in whole cents a year, or None where it is not known. Never compares rounded months.

    A loss is an answer a person must look at, so it counts as not known.
    """
    if amount is None or period is None or amount < 0:
        return None
    return amount * PER_YEAR[period]


def guideline_for(state: str | None, *, on: date, tables: Tables) -> Guideline | None:
    """Return the newest guideline in force on a day for a state: Alaska, Hawaii, or the 48."""
    schedule = state if state in ("AK", "HI") else "48_states_dc"
    rows = [row for row in tables.guidelines if row.schedule == schedule and row.effective_from <= on]
    return rows[-1] if rows else None


def _against_guideline(run: Run, income: int, size: int, guideline: Guideline) -> Gate:
    """Compare whole cents with a household's guideline; what is doubtful turns a pass into a question."""
    limit = (guideline.first_person + (size - 1) * guideline.each_additional) * 100
    result, code = _income_band(run, income, limit)
    found = run.found(
        code,
        result,
        yearly_cents=income,
        guideline_cents=limit,
        guideline_year=guideline.year,
        household_size=size,
        state=run.facts.state,
        **_own_limits(run),
    )
    doubts = tuple(_doubts(run, size))
    doubtful = any(doubt.result == UNKNOWN for doubt in doubts)
    return Gate(UNKNOWN if result == PASS and doubtful else result, (found, *doubts), guideline.year)


def _income_band(run: Run, income: int, limit: int) -> tuple[str, str]:
    """Compare in cents times a hundred, so that no percentage is ever rounded. At the limit passes."""
    if income * 100 <= limit * run.config.auto_pct:
        return PASS, "INCOME_LE_125"
    if income * 100 <= limit * run.config.max_pct:
        return PASS, "INCOME_125_200"
    if run.facts.hardship:
        return UNKNOWN, "INCOME_GT_LIMIT_HARDSHIP"
    return FAIL, "INCOME_GT_LIMIT"


def _own_limits(run: Run) -> dict[str, int]:
    """Return the limits an office set in place of the program's, so that a finding says what it rests on."""
    own = {"auto_pct": run.config.auto_pct, "max_pct": run.config.max_pct}
    return {name: value for name, value in own.items() if value != run.tables.settings[name]}


def _doubts(run: Run, size: int) -> Iterator[Finding]:
    """Yield what stands beside a comparison with the guideline; UNKNOWN is for a person to look at."""
    facts, cap = run.facts, run.config.asset_cap
    if facts.state in TERRITORIES:
        yield run.found("FPG_TERRITORY_DEFAULT", state=facts.state)
    if size > run.tables.household["check_over"]:
        yield run.found("HH_SIZE_CHECK", UNKNOWN, household_size=size)
    if cap is not None and facts.assets is not None and facts.assets > cap:
        yield run.found("ASSETS_OVER", UNKNOWN, assets=facts.assets, asset_cap=cap)


def need(run: Run) -> Gate:
    """Gate 3: this person needs asylum or another protection-based status."""
    fear, wants = run.facts.fear, run.facts.other_protection
    tps = PASS if run.config.tps_only == "accept" else UNKNOWN
    if fear == "yes":
        result, code = PASS, "NEED_FEAR"
    elif run.facts.granted or not OTHER_FORMS.isdisjoint(wants):
        result, code = PASS, "NEED_OTHER_PROTECTION"
    elif "tps" in wants:
        result, code = tps, "NEED_TPS_ONLY"
    elif fear != "no":
        result, code = UNKNOWN, "NEED_UNCLEAR"
    else:
        result, code = FAIL, "NEED_OUT_OF_SCOPE"
    return _plain(run.found(code, result, fear=fear, other_protection=sorted(wants)))


def area(run: Run) -> Gate:
    """The service area. A match by court only, or no state at all, is for a person to decide."""
    served, state, court = run.config.service_area, run.facts.state, run.facts.court_state
    if "*" in served or state in served:
        return Gate(PASS)
    if court in served:
        result, code = UNKNOWN, "AREA_COURT_MATCH"
    elif state is None:
        result, code = UNKNOWN, "AREA_UNKNOWN"
    else:
        result, code = FAIL, "OUT_OF_AREA"
    return _plain(run.found(code, result, state=state, court_state=court))
