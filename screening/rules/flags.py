"""The codes of dates and circumstances. They raise no gate and refuse nobody; they tell staff what to see."""

from collections.abc import Iterator
from typing import Any

from foundation.calendar import PartialDate
from screening.rules.facts import Finding
from screening.rules.one_year import OneYear, is_asked
from screening.rules.priority import Appeal, checks_in_soon, is_er_exposed, is_minor
from screening.rules.run import Run

ONE_YEAR_CODES = (14, 30, 60, 120)


def flags_of(run: Run, one_year: OneYear | None, appeal: Appeal | None) -> Iterator[Finding]:
    """Yield every code of section 7 of the policy that holds on a day."""
    yield from _standing(run)
    yield from _clock(run)
    yield from _denial(run, appeal)
    yield from _one_year(run, one_year)
    yield from _custody(run)
    yield from _child(run)
    yield from _circumstances(run)


def is_petitioning_from_abroad(run: Run) -> bool:
    """Tell whether someone outside the country asks for the family petition (I-730), which reaches abroad."""
    return run.facts.outside_us and "i730" in run.facts.other_protection


def _standing(run: Run) -> Iterator[Finding]:
    """What stands outside the gates: presence in the country and conflicts of interest."""
    facts = run.facts
    if facts.outside_us and not is_petitioning_from_abroad(run):
        yield run.found("OUTSIDE_US", outside_us=True)
    if facts.conflict == "confirmed":
        yield run.found("CONFLICT", conflict="confirmed")
    if facts.conflict == "possible":
        yield run.found("CONFLICT_POSSIBLE", conflict="possible")


def _clock(run: Run) -> Iterator[Finding]:
    facts = run.facts
    if facts.individual_hearing:
        hearing = facts.individual_hearing.isoformat()
        yield run.found("HEARING_INDIVIDUAL", individual_hearing=hearing)
        late = (facts.individual_hearing.first_day() - run.on).days < run.tables.days["evidence"]
        if late and facts.custody != "ice":
            yield run.found("EVIDENCE_DATE_PASSED", individual_hearing=hearing, custody=facts.custody)
    if facts.master_hearing:
        yield run.found("HEARING_MASTER", master_hearing=facts.master_hearing.isoformat())
    if facts.asylum_interview:
        yield run.found("ASYLUM_INTERVIEW", asylum_interview=facts.asylum_interview.isoformat())
    if facts.notice_due:
        yield run.found("NOTICE_DUE", notice_due=facts.notice_due.isoformat())
    if facts.fear_screening:
        yield run.found("FEAR_SCREENING", fear_screening=True)
    if facts.in_absentia:
        yield run.found("IN_ABSENTIA", in_absentia=True)


def _denial(run: Run, appeal: Appeal | None) -> Iterator[Finding]:
    facts = run.facts
    if facts.prior_denial or appeal:
        yield run.found("PRIOR_DENIAL", denial_date=_iso(facts.denial_date), prior_denial=facts.prior_denial)
    if appeal:
        used: dict[str, Any] = {
            "denial_date": _iso(facts.denial_date),
            "early": appeal.early.isoformat(),
            "late": appeal.late.isoformat(),
        }
        if appeal.is_open:
            yield run.found("APPEAL_WINDOW_OPEN", **used)
            yield run.found("BIA_DEADLINE_DISPUTED", **used)
        else:
            yield run.found("FINAL_ORDER_POSSIBLE", **used)


def _iso(day: PartialDate | None) -> str | None:
    return day.isoformat() if day else None


def _one_year(run: Run, one_year: OneYear | None) -> Iterator[Finding]:
    """Only where the rule has a place: someone in the country who fears to return, or is not sure."""
    facts = run.facts
    if not is_asked(facts):
        return
    if facts.uac:
        yield run.found("OYD_EXEMPT_UAC", uac=True)
    elif facts.i589_filed:
        yield run.found("I589_FILED", i589_filed=True)
    elif one_year is None:
        yield run.found("ARRIVAL_UNKNOWN", arrival=None)
    else:
        yield from _dated(run, one_year)


def _dated(run: Run, one_year: OneYear) -> Iterator[Finding]:
    used: dict[str, Any] = {"arrival": _iso(run.facts.arrival), **one_year.as_dict()}
    if one_year.approximate:
        yield run.found("ARRIVAL_APPROX", **used)
    days = (one_year.operative - run.on).days
    if run.on > one_year.outer:
        yield run.found("OYD_PASSED", **used)
    elif limit := next((limit for limit in ONE_YEAR_CODES if days <= limit), None):
        yield run.found(f"OYD_{limit}", **used)


def _custody(run: Run) -> Iterator[Finding]:
    if run.facts.custody == "ice":
        yield run.found("DETAINED", custody="ice")
    elif run.facts.custody == "orr":
        yield run.found("ORR_CUSTODY", custody="orr")
    elif checks_in_soon(run):
        yield run.found("CHECKIN_SOON", checkin=_iso(run.facts.checkin))


def _child(run: Run) -> Iterator[Finding]:
    if run.facts.uac:
        yield run.found("UAC", uac=True)
    elif is_minor(run.facts):
        yield run.found("CHILD_PRINCIPAL", age=run.facts.age)


def _circumstances(run: Run) -> Iterator[Finding]:
    facts = run.facts
    if facts.turns_18_or_21_soon:
        yield run.found("AGING_OUT", turns_18_or_21_soon=True)
    if facts.danger:
        yield run.found("DANGER_NOW", danger=True)
    if facts.vulnerable:
        yield run.found("VULNERABLE", vulnerable=True)
    if facts.entry == "ewi":
        yield run.found("ENTRY_EWI", entry="ewi")
    if is_er_exposed(run):
        yield run.found(
            "ER_EXPOSURE", entry="ewi", in_proceedings=facts.in_proceedings, arrival=_iso(facts.arrival)
        )
