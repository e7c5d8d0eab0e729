"""The forms about a case, a file for each subject."""

from cases.forms.closing import ClosingForm, ReopenForm, SecondForm
from cases.forms.dates import (
    FilingForm,
    JudgeDateForm,
    RemoveFilingForm,
    RemoveJudgeDateForm,
    ReturnedForm,
    WaiveForm,
)
from cases.forms.deciding import DecisionForm, DeclineCaseForm, NoteForm, ReviewForm, TellForm, TriageForm
from cases.forms.facts import CaseFactsForm, decisions_as_initial, facts_as_initial

__all__ = [
    "CaseFactsForm",
    "ClosingForm",
    "DecisionForm",
    "DeclineCaseForm",
    "FilingForm",
    "JudgeDateForm",
    "NoteForm",
    "RemoveFilingForm",
    "RemoveJudgeDateForm",
    "ReopenForm",
    "ReturnedForm",
    "ReviewForm",
    "SecondForm",
    "TellForm",
    "TriageForm",
    "WaiveForm",
    "decisions_as_initial",
    "facts_as_initial",
]
