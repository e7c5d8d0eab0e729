"""Who someone is and how they live: custody, children, danger, care, how they came in."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from screening.rules.hearings import days_left
from screening.rules.one_year import outer_of
from screening.rules.run import Mark, Run
from screening.rules.seen import ADULT, GROWN
from screening.rules.spans import Span, birthdays, years_after

Marks = Iterator[Mark]
# Entries across the border, or at a post without an appointment: 8 CFR 208.33(a)(1).
BORDER_RULE = Span(date(2023, 5, 11), date(2025, 5, 11))
# Age: days before the birthday that are soon.
AGING_OUT = {ADULT: 90, GROWN: 180}


def custody_marks(run: Run) -> Marks:
    facts, points = run.facts, run.tables.points
    if facts.custody == "ice":
        yield Mark("DETAINED", {"custody": "ice"}, "custody", points["custody_ice"], "custody_ice", "HIGH")
    elif facts.custody == "orr":
        yield Mark("ORR_CUSTODY", {"custody": "orr"}, "custody", points["custody_orr"])


def child_marks(run: Run) -> Marks:
    """A child alone; any other person who may be under 18; children of the family who near 21."""
    facts, points = run.facts, run.tables.points
    if facts.uac:  # 6 USC 279(g)(2)
        band = "CRITICAL" if _is_near_for_a_child(run) else "HIGH"
        yield Mark("UAC", {"uac": True}, "child", points["child_alone"], "child_alone", band)
    elif run.seen.may_be_minor:
        yield Mark("CHILD_PRINCIPAL", _born(run), "child", points["child_principal"])
    if facts.turns_18_or_21_soon or _comes_of_age_soon(run):
        used = {"turns_18_or_21_soon": True} if facts.turns_18_or_21_soon else _born(run)
        yield Mark("AGING_OUT", used, "aging_out", points["aging_out"])
    yield from _near_21(run)


def _born(run: Run) -> dict[str, Any]:
    facts = run.facts
    return {"birth_date": facts.birth_date.isoformat()} if facts.birth_date else {"age": facts.age}


def _is_near_for_a_child(run: Run) -> bool:
    """Tell whether the end of the year or the 18th birthday may lie within days for a child alone."""
    limit = run.on + timedelta(days=run.tables.days["child_near"])
    if run.seen.may_be_minor and run.seen.born and birthdays(run.seen.born, ADULT).first <= limit:
        return True
    running = run.seen.filing.running
    if running is None:
        return False
    return outer_of(running.first) <= limit and run.on <= outer_of(running.last)


def _comes_of_age_soon(run: Run) -> bool:
    """Tell whether a birth date that was told may bring the 18th or 21st birthday within days."""
    born = run.seen.born
    if born is None or run.facts.birth_date is None:
        return False
    return any(
        turns.first <= run.on + timedelta(days=days) and turns.last > run.on
        for age, days in AGING_OUT.items()
        for turns in (birthdays(born, age),)
    )


def children_near_21(children: tuple[Span, ...], *, on: date) -> list[Span]:
    """Return the 21st birthdays of the family that may lie within twelve months (INA 208(b)(3)(B))."""
    turns = (birthdays(born, GROWN) for born in children)
    return [each for each in turns if each.first <= years_after(on, 1) and each.last > on]


def _near_21(run: Run) -> Marks:
    """The I-589 must be received before 21 for a child to be on it: not once a receipt shows it is."""
    near = children_near_21(run.seen.children, on=run.on)
    if not near or run.seen.filing.is_filed:
        return
    soon = min(each.first for each in near) <= run.on + timedelta(days=run.tables.days["child_21"])
    used = {"children": [born.isoformat() for born in run.facts.children]}
    mark = Mark("CHILD_NEAR_21", used)
    yield mark._replace(floor="child_21", band="HIGH") if soon else mark


def safety_marks(run: Run) -> Marks:
    facts, points = run.facts, run.tables.points
    if facts.danger:
        yield Mark("DANGER_NOW", {"danger": True}, "safety", points["danger"], "danger", "HIGH")
    if facts.vulnerable:
        yield Mark("VULNERABLE", {"vulnerable": True}, "vulnerable", points["vulnerable"])
    if facts.notario or facts.rep == "notario":  # its code stands with the gate
        yield Mark(group="scam", points=points["notario"])


def refugee_marks(run: Run) -> Marks:
    """A refugee files for the green card at one year (INA 209(a)(1); DHS memo of 18 Feb 2026)."""
    granted = run.facts.granted
    if granted is None or granted.kind != "refugee" or run.seen.adjusting:
        return
    day = run.seen.granted
    before = timedelta(days=run.tables.days["refugee_before"])
    soon = day is not None and years_after(day.first, 1) - before <= run.on
    mark = Mark("REFUGEE_ADJUST", {"granted": granted.as_input()})
    yield mark._replace(floor="refugee_adjust", band="HIGH") if soon else mark


def entry_marks(run: Run) -> Marks:
    """How someone came in is safety information and work for a lawyer, never a ground for refusal."""
    facts, arrival = run.facts, run.seen.arrival
    used = {"entry": facts.entry, "arrival": facts.arrival.isoformat() if facts.arrival else None}
    if facts.entry == "ewi":
        yield Mark("ENTRY_EWI", {"entry": "ewi"})
    plan = _safety_plan(run)
    if _is_er_exposed(run):
        exposed = {**used, "in_proceedings": facts.in_proceedings, **plan}
        yield Mark("ER_EXPOSURE", exposed, "er", run.tables.points["er_exposure"])
    if facts.entry in ("parole", "port") or "parole" in facts.status:
        yield Mark("ER_PAROLE", {"entry": facts.entry, "status": sorted(facts.status), **plan})
    by_border = facts.entry in ("ewi", "port") and not facts.uac
    if by_border and arrival and arrival.meets(BORDER_RULE):
        yield Mark("BORDER_RULE", used)


def _is_er_exposed(run: Run) -> bool:
    """Tell whether fast removal could be tried, in court or not: under two years here by the last reading.

    INA 235(b)(1)(A)(iii); its reach inside the country is in effect since 17 July 2026 (D.C. Cir. 25-5320).
    """
    if run.facts.entry not in ("ewi", None) or run.facts.outside_us:
        return False
    arrived = run.seen.arrival
    return arrived is None or (run.on - arrived.last).days < run.tables.days["er_exposure"]


def _safety_plan(run: Run) -> dict[str, Any]:
    """Name the hearing or check-in within a month before which a safety plan is made."""
    for name in ("checkin", "master_hearing", "individual_hearing"):
        day = getattr(run.facts, name)
        if day and day.last_day() >= run.on and days_left(run, day) <= run.tables.days["safety_plan"]:
            return {"safety_plan": day.isoformat()}
    return {}
