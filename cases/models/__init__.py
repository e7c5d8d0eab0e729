"""The matter once opened, a file for each subject."""

from cases.models.case import (
    CASE_LIFE,
    NO_DAY,
    OPEN,
    Case,
    CaseAccess,
    HowTold,
    Note,
    Scope,
    Status,
    Track,
    WaitsOn,
)
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
from cases.models.family import FamilyLink
from cases.models.filings import RETURNED, FiledForm, Filing
from cases.models.law import LawCheck, LawReader
from cases.models.lists import CaseTag, ListChange, ListChangeKind, SavedSearch, Skills, Tag, Trained
from cases.models.papers import MOVES_DATES, Origin, Paper, PaperKind
from cases.models.runs import RulesMove, RulesRun, RunKind, RunState
from cases.models.seconds import WAITING, Decision, SecondLook, Step

__all__ = [
    "CASE_LIFE",
    "DEADLINE_LIFE",
    "LIVE",
    "MOVES_DATES",
    "NO_DAY",
    "OPEN",
    "RETURNED",
    "WAITING",
    "Case",
    "CaseAccess",
    "CaseFacts",
    "CaseTag",
    "Closing",
    "ClosingReason",
    "Deadline",
    "DeadlineChange",
    "DeadlineStatus",
    "Decision",
    "FamilyLink",
    "FiledForm",
    "Filing",
    "Happened",
    "HowTold",
    "JudgeDate",
    "LawCheck",
    "LawReader",
    "ListChange",
    "ListChangeKind",
    "Note",
    "Origin",
    "Paper",
    "PaperKind",
    "RulesMove",
    "RulesRun",
    "RunKind",
    "RunState",
    "SavedSearch",
    "Scope",
    "SecondLook",
    "Skills",
    "Status",
    "Step",
    "Tag",
    "Track",
    "Trained",
    "WaitsOn",
]
