"""The dates of a case: facts in, a dated list out. Staff and lawyers read it; applicants never do."""

from datetime import date

from cases.data import deadline_rules
from cases.rules.band import Asked, more_urgent, risen
from cases.rules.changes import Made, reasons_between, reasons_gone
from cases.rules.engine import DueDate, deadlines, status_of
from cases.rules.facts import DeadlineFacts, Decision, Grant, JudgeDate, Stop
from cases.rules.told import case_dates
from foundation.calendar import add_business_days
from screening.data import tables
from screening.rules.reading import BadFacts

__all__ = [
    "Asked",
    "BadFacts",
    "DeadlineFacts",
    "Decision",
    "DueDate",
    "Grant",
    "JudgeDate",
    "Made",
    "Stop",
    "case_dates",
    "deadline_rules",
    "deadlines",
    "look_within",
    "more_urgent",
    "reasons_between",
    "reasons_gone",
    "risen",
    "status_of",
]


def look_within(band: str, opened_on: date) -> date:
    """Return the business day by which a person must have looked at a case opened that day (policy)."""
    return add_business_days(opened_on, tables().look_within[band])
