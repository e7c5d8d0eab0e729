"""The screening rule set: facts in, a dated result with reasons out.

It answers one question: should this office's staff look at this request, and how soon? It never says
whether someone is eligible for asylum, has missed a deadline or is barred. Unknown is never No, and a
person confirms every outcome.
"""

from datetime import date
from typing import Any, NamedTuple

from screening.data import Tables, tables
from screening.rules.facts import Config, Facts, Finding, config_of
from screening.rules.flags import flags_of, is_petitioning_from_abroad
from screening.rules.gates import Gate, all_gates
from screening.rules.one_year import OneYear, one_year_of
from screening.rules.priority import Priority, marks_of, priority_of
from screening.rules.reading import BadFacts
from screening.rules.run import FAIL, UNKNOWN, Run
from screening.rules.seen import Seen, seen_of

__all__ = ["Assessment", "BadFacts", "Config", "Facts", "Finding", "OneYear", "assess", "config_of"]

DECLINING = {"CONFLICT_DECLINE", "REFER_OUT", "NOT_ELIGIBLE_PROGRAM"}


class Assessment(NamedTuple):
    """The result of one screening. `score` 0-100; `points` by group; `gates` name to PASS/FAIL/UNKNOWN;
    `floors` that were reached, with the band each asks for.

    `gates` is empty and `codes` only NO_CONSENT where the person did not agree.
    """

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
    floors: dict[str, str]

    def one_year_dates(self) -> dict[str, str] | None:
        """Return the one-year dates as ISO text, or None where they do not apply."""
        return self.one_year.as_dict() if self.one_year else None

    def as_dict(self) -> dict[str, Any]:
        """Return what the `screen` command prints of it."""
        return {
            "outcome": self.outcome,
            "band": self.band,
            "score": self.score,
            "codes": list(self.codes),
            "points": self.points,
            "gates": self.gates,
            "one_year": self.one_year_dates(),
        }


def assess(
    facts: Facts,
    *,
    on: date,
    config: Config | None = None,
    of: Tables | None = None,
    seen: Seen | None = None,
) -> Assessment:
    """Apply the rule set to the facts as of a day in the office's time zone.

    `of` are the figures to use instead of those in screening/data, to try a change before making it; `seen`
    are the facts as they were seen on that day, where somebody has looked before.
    """
    of = of or tables()
    run = Run(facts, on, config or Config.from_dict(of=of), of, seen or seen_of(facts, on=on))
    marks = marks_of(run)
    one_year, priority = one_year_of(facts, run.seen), priority_of(marks, of)
    if not facts.consent:
        refused = run.found("NO_CONSENT", FAIL, consent=False)
        return _assessment(run, "INCOMPLETE", [refused], {}, priority, one_year)
    gates = all_gates(run)
    found = [finding for gate in gates.values() for finding in gate.findings]
    found += flags_of(run, marks)
    outcome = outcome_of(run, gates, found)
    if priority.band == "CRITICAL" and outcome in DECLINING:
        found.append(run.found("URGENT_REFERRAL", band=priority.band, outcome=outcome))
    return _assessment(run, outcome, found, gates, priority, one_year)


def outcome_of(run: Run, gates: dict[str, Gate], found: list[Finding]) -> str:
    """Return the first outcome whose condition holds, in the order of the policy (section 3)."""
    facts, results = run.facts, {name: gate.result for name, gate in gates.items()}
    prior_denial = any(finding.code == "PRIOR_DENIAL" for finding in found)
    table = [
        ("CONFLICT_DECLINE", facts.conflict == "confirmed"),
        ("CONFLICT_HOLD", facts.conflict == "possible"),
        ("REFER_OUT", facts.outside_us and not is_petitioning_from_abroad(run)),
        ("REFER_OUT", results["need"] == FAIL),
        ("NOT_ELIGIBLE_PROGRAM", results["representation"] == FAIL),
        ("NOT_ELIGIBLE_PROGRAM", results["afford"] == FAIL),
        ("REFER_OUT", results["area"] == FAIL),
        ("STAFF_REVIEW", UNKNOWN in results.values() or prior_denial),
        ("ELIGIBLE_FOR_REVIEW", True),
    ]
    return next(outcome for outcome, holds in table if holds)


def _assessment(
    run: Run,
    outcome: str,
    found: list[Finding],
    gates: dict[str, Gate],
    priority: Priority,
    one_year: OneYear | None,
) -> Assessment:
    return Assessment(
        outcome=outcome,
        band=priority.band,
        score=priority.score,
        codes=tuple(finding.code for finding in found),
        points=priority.points,
        gates={name: gate.result for name, gate in gates.items()},
        one_year=one_year,
        findings=tuple(found),
        ruleset=run.config.ruleset,
        guideline_year=gates["afford"].guideline_year if gates else None,
        floors=priority.floors,
    )
