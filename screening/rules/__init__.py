"""The screening rule set: facts in, a dated result with reasons out.

It answers one question: should this office's staff look at this request, and how soon? It never says
whether someone is eligible for asylum, has missed a deadline or is barred. Unknown is never No, and a
person confirms every outcome.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from screening.data import ruleset
from screening.rules.facts import BadFacts, Config, Facts, Finding
from screening.rules.gates import FAIL, UNKNOWN, all_gates
from screening.rules.one_year import OneYear, one_year_of
from screening.rules.priority import Priority, priority_of

__all__ = ["Assessment", "BadFacts", "Config", "Facts", "Finding", "OneYear", "assess"]

HAND_OFF = "office policy, order of outcomes"
DECLINING = {"CONFLICT_DECLINE", "REFER_OUT", "NOT_ELIGIBLE_PROGRAM"}


@dataclass(frozen=True)
class Assessment:
    """The result of one screening. `score` 0-100; `points` by group; `gates` name to PASS/FAIL/UNKNOWN."""

    outcome: str
    band: str
    score: int
    codes: tuple[str, ...]
    points: dict[str, int]
    gates: dict[str, str]
    one_year: OneYear | None
    findings: tuple[Finding, ...]
    ruleset: str
    guideline_year: int | None

    def one_year_dates(self) -> dict[str, str] | None:
        """Return the one-year dates as ISO text, or None where they do not apply."""
        return self.one_year.as_dict() if self.one_year else None


def assess(facts: Facts, *, on: date, config: Config | None = None) -> Assessment:
    """Apply the rule set to the facts as of a day in the office's time zone."""
    config = config or Config.default()
    one_year = one_year_of(facts, on=on)
    priority = priority_of(facts, one_year, on=on)
    if not facts.consent:
        refused = Finding("NO_CONSENT", "consent", FAIL, {"consent": False})
        return _assessment("INCOMPLETE", [refused], {}, priority, one_year, None)
    gates = all_gates(facts, on=on, config=config)
    found = [finding for gate in gates.values() for finding in gate.findings]
    found += _standing(facts) + list(priority.findings)
    results = {name: gate.result for name, gate in gates.items()}
    outcome = _outcome(facts, results, found)
    if priority.band == "CRITICAL" and outcome in DECLINING:
        found.append(Finding("URGENT_REFERRAL", "outcome", "FLAG", {"band": priority.band}, HAND_OFF))
    return _assessment(outcome, found, results, priority, one_year, gates["afford"].guideline_year)


def _assessment(
    outcome: str,
    found: list[Finding],
    gates: dict[str, str],
    priority: Priority,
    one_year: OneYear | None,
    guideline_year: int | None,
) -> Assessment:
    return Assessment(
        outcome=outcome,
        band=priority.band,
        score=priority.score,
        codes=tuple(finding.code for finding in found if finding.code),
        points=dict(priority.points),
        gates=gates,
        one_year=one_year,
        findings=tuple(replace(finding, position=n) for n, finding in enumerate(found)),
        ruleset=ruleset()["ruleset"],
        guideline_year=guideline_year,
    )


def _standing(facts: Facts) -> list[Finding]:
    """Return what stands outside the gates: presence in the country and conflicts of interest."""
    found = []
    if facts.outside_us:
        found.append(_flag("OUTSIDE_US", "INA 208(a)(1)", outside_us=True))
    if facts.conflict == "confirmed":
        found.append(_flag("CONFLICT", "ABA Model Rules 1.7, 1.9, 1.18", conflict="confirmed"))
    if facts.conflict == "possible":
        found.append(_flag("CONFLICT_POSSIBLE", "ABA Model Rules 1.7, 1.9, 1.18", conflict="possible"))
    return found


def _flag(code: str, citation: str, **inputs: Any) -> Finding:
    return Finding(code, "standing", "FLAG", inputs, citation)


def _outcome(facts: Facts, gates: dict[str, str], found: list[Finding]) -> str:
    """Return the first outcome whose condition holds, in the order of the policy."""
    prior_denial = any(finding.code == "PRIOR_DENIAL" for finding in found)
    table = [
        ("CONFLICT_DECLINE", facts.conflict == "confirmed"),
        ("CONFLICT_HOLD", facts.conflict == "possible"),
        ("REFER_OUT", facts.outside_us and "i730" not in facts.other_protection),
        ("REFER_OUT", gates["need"] == FAIL),
        ("NOT_ELIGIBLE_PROGRAM", FAIL in (gates["representation"], gates["afford"])),
        ("REFER_OUT", gates["area"] == FAIL),
        ("STAFF_REVIEW", UNKNOWN in gates.values() or prior_denial),
    ]
    return next((outcome for outcome, holds in table if holds), "ELIGIBLE_FOR_REVIEW")
