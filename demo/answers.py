"""The answers of somebody plain, written once, and how a browser sends them.

The demo's people, the drill's and the tests' Amina say what differs.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from intake.questionnaire.asking import THERE
from intake.questionnaire.fields import PartialDateField
from intake.questionnaire.page import Page
from intake.questionnaire.path import BY_KEY, LATER

PLAIN: dict[str, Any] = {  # {question: value}
    "in_us": "yes",
    "custody": "no",
    "has_court": "no",
    "hearing_kind": "individual",
    "decision": "no",
    "has_letter": "no",
    "danger": "no",
    "with_parent": "no",
    "feared_here": "no",
    "rep": "none",
    "notario": "no",
    "waitlist": "no",
    "state": "NY",
    "household_size": 1,
    "income": "800",
    "period": "monthly",
    "benefits": "no",
    "wants": ["asylum"],
    "fear": "yes",
    "entry": "visa",
    "earlier_entries": "no",
    "i589": "no",
    "status": ["none"],
    "late_reason": ["unsure"],
    "us_harm": "no",
    "child_parent": "no",
    "channels": ["call", "email"],
    "may_leave_message": "no",
    "interpreter_gender": "any",
}


def lay_on_pages(told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return {page: {question: value}} for every page after consent but the attorney's own.

    `told` is {question: value}; a question it leaves out is answered as shortly as its page takes it.
    """
    return {page.key: _answer(page, told) for page in LATER if not page.is_secret}


def typed(key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of one page as its form sends them; what `values` leaves out is not sent.

    Nor are fields that follow from an answer which was not given: the page shows none of them.
    """
    if values.get("skips_story"):
        return {"press": "skip-section"}
    sent: dict[str, Any] = {}
    form = BY_KEY[key].make_form(initial=values)
    for name, field in form.fields.items():
        value, part = form.get_initial_for_field(field, name), getattr(field, "part", None)
        if part and part["is_open"]:
            sent.setdefault(THERE, []).append(name)
        if value is None or (part and not part["is_open"]):
            continue
        sent |= date_parts(name, value) if isinstance(field, PartialDateField) else {name: value}
    if sent.get("income") == sent.get("period") == "":
        sent["period"] = "unknown"  # which is kept as nothing
    return sent


def date_parts(name: str, day: Any) -> dict[str, str]:
    """Return a date that may be known in part as the three boxes of its field send it, or as not known."""
    if not day:
        return {f"{name}_unknown": "on"}
    year, month, day = [*str(day).split("-"), "", ""][:3]
    return {f"{name}_year": year, f"{name}_month": month.lstrip("0"), f"{name}_day": day}


def _answer(page: Page, told: Mapping[str, Any]) -> dict[str, Any]:
    questions = page.form.questions()
    if page.skipping and not any(question in told for question in questions):
        return dict(page.skipping)
    fields = page.make_form().fields
    return {
        question: told[question]
        if question in told and _is_open(page, question, told)
        else _shortest(fields.get(question))
        for question in questions
    }


def _is_open(page: Page, question: str, told: Mapping[str, Any]) -> bool:
    """Tell whether a question is asked after the answer it follows from."""
    part = page.form.part_of(question)
    return part is None or part.is_open_after(told.get(part.of))


def _shortest(field: forms.Field | None) -> Any:
    """Return nothing, or where that is no answer: no, or the first choice."""
    if field is None:
        return []  # rows of several fields, and files
    several = isinstance(field, forms.MultipleChoiceField)
    if not (field.required and isinstance(field, forms.ChoiceField)):
        return [] if several else ""
    choices: Any = field.choices
    codes = [code for code, _words in choices if code]
    short = "no" if "no" in codes else codes[0]
    return [short] if several else short
