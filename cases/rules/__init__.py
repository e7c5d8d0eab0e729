"""The dates of a case: facts in, a dated list out. Staff and lawyers read it; applicants never do."""

from cases.data import deadline_rules
from cases.rules.band import Asked, more_urgent, risen
from cases.rules.changes import Made, reasons_between, reasons_gone
from cases.rules.engine import DueDate, deadlines, status_of
from cases.rules.facts import (
    JUDGE_MOVES,
    DeadlineFacts,
    Decision,
    Grant,
    JudgeDate,
    Stop,
    why_no_judge_moves,
)
from cases.rules.look import look_by, look_within
from cases.rules.told import case_dates
from screening.rules.reading import BadFacts

__all__ = [
    "JUDGE_MOVES",
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
    "look_by",
    "look_within",
    "more_urgent",
    "reasons_between",
    "reasons_gone",
    "risen",
    "status_of",
    "why_no_judge_moves",
]
