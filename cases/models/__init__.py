"""The matter once opened, a file for each subject."""

from cases.models.case import CASE_LIFE, OPEN, Case, CaseAccess, HowTold, Note, Scope, Status, Track
from cases.models.closing import Closing, ClosingReason
from cases.models.dates import (
    DEADLINE_LIFE,
    LIVE,
    CaseFacts,
    Deadline,
    DeadlineChange,
    DeadlineStatus,
    Happened,
    JudgeDate,
)
from cases.models.filings import RETURNED, FiledForm, Filing
from cases.models.law import LawCheck, LawReader
from cases.models.papers import MOVES_DATES, Origin, Paper, PaperKind
from cases.models.runs import RulesMove, RulesRun, RunKind, RunState
from cases.models.seconds import WAITING, Decision, SecondLook, Step

__all__ = [
    "CASE_LIFE",
    "DEADLINE_LIFE",
    "LIVE",
    "MOVES_DATES",
    "OPEN",
    "RETURNED",
    "WAITING",
    "Case",
    "CaseAccess",
    "CaseFacts",
    "Closing",
    "ClosingReason",
    "Deadline",
    "DeadlineChange",
    "DeadlineStatus",
    "Decision",
    "FiledForm",
    "Filing",
    "Happened",
    "HowTold",
    "JudgeDate",
    "LawCheck",
    "LawReader",
    "Note",
    "Origin",
    "Paper",
    "PaperKind",
    "RulesMove",
    "RulesRun",
    "RunKind",
    "RunState",
    "Scope",
    "SecondLook",
    "Status",
    "Step",
    "Track",
]
