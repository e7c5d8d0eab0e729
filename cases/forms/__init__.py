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
from cases.forms.deciding import DecisionForm, NoteForm, ReviewForm, TellForm, TriageForm
from cases.forms.facts import CaseFactsForm, decisions_as_initial, facts_as_initial, known_beside
from cases.forms.papers import DescribeForm, PaperForm

__all__ = [
    "CaseFactsForm",
    "ClosingForm",
    "DecisionForm",
    "DescribeForm",
    "FilingForm",
    "JudgeDateForm",
    "NoteForm",
    "PaperForm",
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
    "known_beside",
]
