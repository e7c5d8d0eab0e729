"""The four gates: no lawyer now, cannot afford one, needs protection, lives in our area."""

from dataclasses import dataclass
from datetime import date

from screening.data import Guideline, guidelines
from screening.rules.facts import Config, Facts, Finding

PASS, FAIL, UNKNOWN = "PASS", "FAIL", "UNKNOWN"

PER_YEAR = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12, "yearly": 1}
TERRITORIES = {"PR", "GU", "VI", "AS", "MP"}
LARGE_HOUSEHOLD = 20
AREA = "office policy, service area"
OTHER_FORMS = {"sij", "t", "u", "vawa", "parole", "i730", "other"}

REPRESENTATION = {
    "none": (PASS, "NO_REP"),
    "limited": (PASS, "REP_LIMITED_SCOPE"),
    "notario": (PASS, "NOTARIO"),
    "other_org_waitlist": (PASS, "OTHER_ORG_PENDING"),
    "active": (FAIL, "HAS_REP"),
    "ending": (UNKNOWN, "REP_UNCERTAIN"),
}


@dataclass(frozen=True)
class Gate:
    """One gate's result with the findings behind it."""

    result: str
    findings: tuple[Finding, ...] = ()
    guideline_year: int | None = None


def all_gates(facts: Facts, *, on: date, config: Config) -> dict[str, Gate]:
    """Work out every gate, so that every code is on record."""
    return {
        "representation": representation(facts),
        "afford": afford(facts, on=on, config=config),
        "need": need(facts, config=config),
        "area": area(facts, config=config),
    }


def representation(facts: Facts) -> Gate:
    """Gate 1: nobody represents this person now."""
    result, code = REPRESENTATION.get(facts.rep or "", (UNKNOWN, "REP_UNKNOWN"))
    found = [Finding(code, "representation", result, {"rep": facts.rep}, "office policy, gate 1")]
    if facts.notario and code != "NOTARIO":
        found.append(Finding("NOTARIO", "representation", "FLAG", {"notario": True}, "8 CFR 1292.1"))
    return Gate(result, tuple(found))


def afford(facts: Facts, *, on: date, config: Config) -> Gate:
    """Gate 2: this person cannot afford a lawyer (45 CFR 1611.3-1611.5 as a model)."""
    if facts.uac:
        return _afforded("AFFORD_UAC_NOT_COUNTED", uac=True)
    if facts.benefit:
        return _afforded("AFFORD_BENEFIT", benefit=True)
    income = yearly_cents(facts)
    if income is None:
        if facts.custody == "ice":
            return _afforded("AFFORD_DETAINED_PRESUMED", custody="ice")
        return Gate(UNKNOWN, (_money("INCOME_UNKNOWN", UNKNOWN, income=None),))
    size = facts.household_size
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        return Gate(UNKNOWN, (_money("HH_SIZE_INVALID", UNKNOWN, household_size=str(size)),))
    return _against_guideline(facts, income, size, on=on, config=config)


def _afforded(code: str, **inputs: object) -> Gate:
    return Gate(PASS, (_money(code, PASS, **inputs),))


def _money(code: str, result: str, **inputs: object) -> Finding:
    return Finding(code, "afford", result, inputs, "45 CFR 1611.3(c), 1611.4(c), 1611.5 [to verify]")


def yearly_cents(facts: Facts) -> int | None:
    """Return income in cents a year, or None where it is not known. Never compares rounded months."""
    times = PER_YEAR.get(facts.period or "")
    amount = facts.income
    if times is None or isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
        return None
    return amount * times


def guideline_for(state: str | None, *, on: date) -> Guideline | None:
    """Return the newest guideline in force on a day for a state: Alaska, Hawaii, or the 48."""
    schedule = state if state in ("AK", "HI") else "48_states_dc"
    rows = [row for row in guidelines() if row.schedule == schedule and row.effective_date <= on]
    return rows[-1] if rows else None


def _against_guideline(facts: Facts, income: int, size: int, *, on: date, config: Config) -> Gate:
    guideline = guideline_for(facts.state, on=on)
    if guideline is None:
        return Gate(UNKNOWN, (_money("INCOME_UNKNOWN", UNKNOWN, guideline=None),))
    limit = (guideline.first_person + (size - 1) * guideline.each_additional) * 100
    result, code = _income_band(income, limit, facts, config)
    inputs = {"yearly_cents": income, "guideline_cents": limit, "household_size": size}
    found = [_money(code, result, **inputs, guideline_year=guideline.year)]
    found += [
        _money(extra, "FLAG" if extra == "FPG_TERRITORY_DEFAULT" else UNKNOWN)
        for extra in _money_doubts(facts, size, config)
    ]
    doubtful = any(finding.result == UNKNOWN for finding in found[1:])
    return Gate(UNKNOWN if result == PASS and doubtful else result, tuple(found), guideline.year)


def _income_band(income: int, limit: int, facts: Facts, config: Config) -> tuple[str, str]:
    """Compare in cents times a hundred, so that no percentage is ever rounded. At the limit passes."""
    if income * 100 <= limit * config.auto_pct:
        return PASS, "INCOME_LE_125"
    if income * 100 <= limit * config.max_pct:
        return PASS, "INCOME_125_200"
    if facts.hardship:
        return UNKNOWN, "INCOME_GT_LIMIT_HARDSHIP"
    return FAIL, "INCOME_GT_LIMIT"


def _money_doubts(facts: Facts, size: int, config: Config) -> list[str]:
    doubts = ["FPG_TERRITORY_DEFAULT"] if facts.state in TERRITORIES else []
    doubts += ["HH_SIZE_CHECK"] if size > LARGE_HOUSEHOLD else []
    over = isinstance(facts.assets, int) and config.asset_cap is not None and facts.assets > config.asset_cap
    return doubts + (["ASSETS_OVER"] if over else [])


def need(facts: Facts, *, config: Config) -> Gate:
    """Gate 3: this person needs asylum or another protection-based status."""
    wants = set(facts.other_protection)
    tps = PASS if config.tps_only == "accept" else UNKNOWN
    table = [
        (facts.fear == "yes", PASS, "NEED_FEAR", "INA 101(a)(42)(A)"),
        (bool(wants & OTHER_FORMS), PASS, "NEED_OTHER_PROTECTION", "INA 101(a)(15)(T), (U), (27)(J)"),
        ("tps" in wants, tps, "NEED_TPS_ONLY", "INA 244"),
        (facts.fear != "no", UNKNOWN, "NEED_UNCLEAR", "office policy, gate 3"),
        (True, FAIL, "NEED_OUT_OF_SCOPE", "office policy, gate 3"),
    ]
    result, code, citation = next(row[1:] for row in table if row[0])
    inputs = {"fear": facts.fear, "other_protection": sorted(wants)}
    return Gate(result, (Finding(code, "need", result, inputs, citation),))


def area(facts: Facts, *, config: Config) -> Gate:
    """The service area: a match by court only is for a person to decide."""
    served = set(config.service_area)
    if "*" in served or facts.state in served:
        return Gate(PASS)
    inputs = {"state": facts.state, "court_state": facts.court_state}
    if facts.court_state in served:
        return Gate(UNKNOWN, (Finding("AREA_COURT_MATCH", "area", UNKNOWN, inputs, AREA),))
    if not facts.state:
        return Gate(UNKNOWN, (Finding("AREA_UNKNOWN", "area", UNKNOWN, inputs, AREA),))
    return Gate(FAIL, (Finding("OUT_OF_AREA", "area", FAIL, inputs, AREA),))
