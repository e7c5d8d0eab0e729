"""How soon a person must look: points by group, the band, and the floors under it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from foundation.calendar import roll_back, roll_forward
from screening.data import Tables
from screening.rules.facts import Facts
from screening.rules.one_year import OneYear, applies
from screening.rules.run import Run

BANDS = ("CRITICAL", "HIGH", "MEDIUM", "ROUTINE")
HIGHEST = 100


@dataclass(frozen=True)
class Priority:
    """`score` is the sum of `points`, at most 100; `band` is what the score or a floor asks for.

    `floors` are those that were reached, by name, with the band each asks for.
    """

    score: int
    band: str
    points: dict[str, int]
    floors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Appeal:
    """The two disputed BIA dates of a denial (8 CFR 1003.38(b) and the court order against it).

    `is_open` until the later date is past; `is_near` where that is days away or the earlier still ahead.
    """

    early: date
    late: date
    is_open: bool
    is_near: bool


def appeal_of(run: Run) -> Appeal | None:
    """Return the appeal dates of a denial: ten days, rolled back, and thirty, rolled forward."""
    if run.facts.denial_date is None:
        return None
    denied, days = run.facts.denial_date.first_day(), run.tables.days
    early = roll_back(denied + timedelta(days=days["appeal_short"]))
    late = roll_forward(denied + timedelta(days=days["appeal_long"]))
    is_open = run.on <= late
    is_near = is_open and ((late - run.on).days <= days["appeal_near"] or run.on <= early)
    return Appeal(early, late, is_open, is_near)


def priority_of(run: Run, one_year: OneYear | None, appeal: Appeal | None) -> Priority:
    """Work out points, score and band as of a day."""
    groups = {
        "clock": max(_clock(run, appeal)),
        "one_year": _one_year(run, one_year),
        "custody": _custody(run),
        "child": _child(run),
        **_circumstances(run),
    }
    points = {name: value for name, value in groups.items() if value}
    score = min(sum(points.values()), HIGHEST)
    floors = dict(_floors(run, one_year, appeal))
    asked = {band_of(score, run.tables), *floors.values()}
    return Priority(score, next(band for band in BANDS if band in asked), points, floors)


def _within(run: Run, key: str, days: int | None) -> int:
    """Return the points of the first row of a table whose days are not exceeded."""
    if days is None:
        return 0
    return next((points for limit, points in run.tables.within[key] if days <= limit), 0)


def _clock(run: Run, appeal: Appeal | None) -> Iterator[int]:
    """Yield the points of every date that runs, of which only the largest counts."""
    facts, points = run.facts, run.tables.points
    yield _within(run, "merits_hearing", run.days_to(facts.individual_hearing))
    yield _within(run, "master_hearing", run.days_to(facts.master_hearing))
    yield _within(run, "asylum_interview", run.days_to(facts.asylum_interview))
    yield _within(run, "notice_due", run.days_to(facts.notice_due))
    if facts.fear_screening:
        yield points["fear_screening"]
    if facts.in_absentia:
        yield points["in_absentia"]
    if appeal:
        yield points["appeal_near" if appeal.is_near else "appeal_open" if appeal.is_open else "appeal_gone"]


def _one_year(run: Run, one_year: OneYear | None) -> int:
    points = run.tables.points
    if not applies(run.facts):
        return 0
    if one_year is None:
        return points["arrival_unknown"]
    gone = (run.on - one_year.outer).days
    if gone > run.tables.days["passed_recently"]:
        return points["one_year_passed_long_ago"]
    if gone > 0:
        return points["one_year_passed_recently"]
    return _within(run, "one_year", (one_year.operative - run.on).days) or points["one_year_later"]


def _custody(run: Run) -> int:
    facts, points = run.facts, run.tables.points
    if facts.custody == "ice":
        return points["custody_ice"]
    if facts.custody == "orr":
        return points["custody_orr"]
    return points["checkin_soon"] if checks_in_soon(run) else 0


def _child(run: Run) -> int:
    points = run.tables.points
    if run.facts.uac:
        return points["child_alone"]
    return points["child_principal"] if is_minor(run.facts) else 0


def _circumstances(run: Run) -> dict[str, int]:
    facts, points = run.facts, run.tables.points
    return {
        "aging_out": points["aging_out"] if facts.turns_18_or_21_soon else 0,
        "safety": points["danger"] if facts.danger else 0,
        "vulnerable": points["vulnerable"] if facts.vulnerable else 0,
        "scam": points["notario"] if facts.notario or facts.rep == "notario" else 0,
        "er": points["er_exposure"] if is_er_exposed(run) else 0,
    }


def is_minor(facts: Facts) -> bool:
    return facts.age is not None and facts.age < 18


def checks_in_soon(run: Run) -> bool:
    """Tell whether someone must report to immigration within days; whoever is held is looked at before."""
    return run.is_within(run.facts.checkin, run.tables.days["checkin_soon"])


def is_er_exposed(run: Run) -> bool:
    """Tell whether expedited removal could be tried: for safety information, never a prediction."""
    if run.facts.entry != "ewi" or run.facts.in_proceedings:
        return False
    arrived = run.facts.arrival
    return arrived is None or (run.on - arrived.first_day()).days < run.tables.days["er_exposure"]


def band_of(score: int, tables: Tables) -> str:
    """Return the band the points alone ask for."""
    return next(band for band in BANDS if score >= tables.bands[band])


def _floors(run: Run, one_year: OneYear | None, appeal: Appeal | None) -> Iterator[tuple[str, str]]:
    """Yield the bands below which this case may not fall, each with the name of its reason."""
    facts, floors = run.facts, run.tables.floors
    if facts.fear_screening:
        yield "fear_screening", "CRITICAL"
    if run.is_within(facts.individual_hearing, floors["merits_critical"]):
        yield "merits_near", "CRITICAL"
    if facts.custody == "ice":
        yield "custody_ice", "HIGH"
    if facts.uac:
        yield "child_alone", "HIGH"
    if facts.danger:
        yield "danger", "HIGH"
    if run.is_within(facts.master_hearing, floors["master_high"]):
        yield "master_near", "HIGH"
    if one_year and run.on <= one_year.outer:
        days = (one_year.operative - run.on).days
        if days <= floors["one_year_critical"]:
            yield "one_year_critical", "CRITICAL"
        elif days <= floors["one_year_high"]:
            yield "one_year_high", "HIGH"
    if appeal and appeal.is_near:
        yield "appeal_near", "CRITICAL"
    elif appeal and appeal.is_open:
        yield "appeal_open", "HIGH"
