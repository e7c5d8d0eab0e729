"""What the one-year rule and the papers of the I-589 score and say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from screening.rules.filing import Filing
from screening.rules.one_year import (
    OneYear,
    counts,
    dates_of,
    has_open_status,
    is_asked,
    late_receipt,
    may_be_child_exception,
    outer_of,
    status_kept,
)
from screening.rules.run import Mark, Run
from screening.rules.spans import Span

ONE_YEAR_CODES = (14, 30, 60, 120)
Marks = Iterator[Mark]


def year_marks(run: Run) -> Marks:
    """Yield the papers' codes whatever was said of fear; the year's for someone here who fears to return."""
    filing = run.seen.filing
    yield from _papers(run, filing)
    if not is_asked(run.facts):
        return
    if run.facts.uac and (run.seen.may_be_minor or run.seen.born is None):
        yield Mark("OYD_UAC_CHECK", {"uac": True})
    if counts(run.facts, run.seen):
        yield from _year(run, filing)
        yield from _status(run, filing)
    yield from _late(run, filing)


def _papers(run: Run, filing: Filing) -> Marks:
    facts = run.facts
    if filing.is_returned:  # a refiling soon after may be excused: 8 CFR 208.4(a)(5)(v)
        yield Mark("I589_RETURNED", _sent(run), floor="i589_returned", band="HIGH")
    elif filing.is_before_arrival:  # 8 CFR 208.8
        yield Mark("I589_BEFORE_ARRIVAL", {**_sent(run), **_arrived(run)})
    elif filing.received:
        yield Mark("I589_FILED", _sent(run))
    elif facts.i589_filed:
        yield Mark("I589_SAID_SENT", _sent(run))


def _sent(run: Run) -> dict[str, Any]:
    facts, returned = run.facts, run.facts.i589_returned
    used = {
        "i589_filed": facts.i589_filed,
        "i589_received": facts.i589_received and facts.i589_received.isoformat(),
        "i589_returned": returned if isinstance(returned, bool) else returned.isoformat(),
    }
    return {name: value for name, value in used.items() if value}


def _arrived(run: Run) -> dict[str, Any]:
    return {"arrival": run.facts.arrival.isoformat()}  # type: ignore[union-attr]


def _year(run: Run, filing: Filing) -> Marks:
    """Score the days of arrival for which the year runs; an arrival nobody knows scores as itself."""
    if filing.is_filed:
        return
    if filing.running is None or run.facts.arrival is None:
        yield Mark("ARRIVAL_UNKNOWN", {"arrival": None}, "one_year", run.tables.points["arrival_unknown"])
        return
    dates = dates_of(filing.running, approximate=not run.facts.arrival.is_exact)
    used = {**_arrived(run), **dates.as_dict()}
    if dates.approximate:
        yield Mark("ARRIVAL_APPROX", used)
    if run.on <= dates.outer:
        yield _ahead(run, dates, used)
    elif run.on <= dates.outer_latest:
        yield _may_run(run, filing.running, used)
    else:
        yield from _passed(run, filing, dates, used)


def _ahead(run: Run, dates: OneYear, used: dict[str, Any]) -> Mark:
    days, floors = (dates.operative - run.on).days, run.tables.floors
    limit = next((limit for limit in ONE_YEAR_CODES if days <= limit), None)
    points = run.within("one_year", days) or run.tables.points["one_year_later"]
    floor: tuple[str, ...] = ()
    if days <= floors["one_year_critical"]:
        floor = "one_year_critical", "CRITICAL"
    elif days <= floors["one_year_high"]:
        floor = "one_year_high", "HIGH"
    return Mark(f"OYD_{limit}" if limit else "", used, "one_year", points, *floor)


def _may_run(run: Run, arrival: Span, used: dict[str, Any]) -> Mark:
    """The year has ended for some days of arrival and not for others: which day was it?"""
    short = arrival.days <= run.tables.days["short_span"]
    points = run.tables.points["one_year_may_run" if short else "one_year_may_run_long"]
    band = "CRITICAL" if short else "HIGH"
    return Mark("OYD_MAY_RUN", used, "one_year", points, "one_year_may_run", band)


def _passed(run: Run, filing: Filing, dates: OneYear, used: dict[str, Any]) -> Marks:
    """The year has ended by every reading; what may have been filed in it by some is not said to be late."""
    gone = (run.on - dates.outer_latest).days
    recently = gone <= run.tables.days["passed_recently"]
    points = run.tables.points["one_year_passed_recently" if recently else "one_year_passed_long_ago"]
    yield Mark("" if filing.may_be_filed else "OYD_PASSED", used, "one_year", points)
    if not filing.may_be_filed and may_be_child_exception(run.seen):
        yield Mark("CHILD_EXCEPTION", _born(run))


def _born(run: Run) -> dict[str, Any]:
    facts = run.facts
    return {"birth_date": facts.birth_date.isoformat()} if facts.birth_date else {"age": facts.age}


def _late(run: Run, filing: Filing) -> Marks:
    """A form that is, or would be, received after the year goes with the reason and its proof.

    USCIS may send it to court without an interview (FR Doc 2026-15190, from 28 July 2026).
    """
    codes = list(late_receipt(filing))
    for code in codes:
        yield Mark(code, {**_sent(run), **_arrived(run)})
    running = filing.running
    late = running is not None and run.on > outer_of(running.first)
    on_its_way = late and (run.facts.i589_filed or filing.is_returned or filing.received is not None)
    may_run = late and running is not None and run.on <= outer_of(running.last)
    if codes or on_its_way or may_run:
        yield Mark("LATE_FILE_PROOF", {**_sent(run), **_arrived(run)})


def _status(run: Run, filing: Filing) -> Marks:
    """A status kept until the year ended, or later, may excuse a filing soon after it ends."""
    if filing.is_filed:
        return
    facts, days = run.facts, run.tables.days
    kept = status_kept(facts, run.seen)
    if kept is None and not has_open_status(facts):
        return
    end = facts.status_end.isoformat() if facts.status_end else None
    soon = kept is not None and (
        kept.first <= run.on + timedelta(days=days["status_before"])
        and kept.last >= run.on - timedelta(days=days["status_after"])
    )
    used = {"status": sorted(facts.status), "status_end": end}
    yield Mark("STATUS_KEPT", used, floor="status_kept", band="HIGH" if soon else "MEDIUM")
