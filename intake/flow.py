"""Every page of the public form, in order, in one list.

Urgent things first, then only the names, then whether our program can help, then dates, and at the
end how to reach the person. The story is not asked here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake import forms

Answers = Mapping[str, Mapping[str, Any]]


def always(answers: Answers) -> bool:
    return True


def goes_to_court(answers: Answers) -> bool:
    return answers.get("court", {}).get("has_court") == "yes"


def was_told_no(answers: Answers) -> bool:
    return answers.get("decision", {}).get("decision", "no") not in {"no", ""}


@dataclass(frozen=True)
class Page:
    """One page: its address, its heading, its questions, and when it is asked."""

    slug: str
    heading: Any
    form: type[forms.PageForm]
    asked_when: Callable[[Answers], bool] = always
    intro: Any = ""


FLOW = [
    Page("urgent", _("Is anything urgent?"), forms.UrgentForm),
    Page("court", _("Court"), forms.CourtForm),
    Page("hearing", _("Your next hearing"), forms.HearingForm, goes_to_court),
    Page("decision", _("Papers you were given"), forms.DecisionForm),
    Page("decision-date", _("The date on that paper"), forms.DecisionDateForm, was_told_no),
    Page("letter", _("Letters"), forms.LetterForm),
    Page(
        "names",
        _("Your names"),
        forms.NamesForm,
        intro=_("Any script is fine. If you have only one name, leave the other empty."),
    ),
    Page("about", _("About you"), forms.AboutForm),
    Page("lawyer", _("Do you have a lawyer?"), forms.LawyerForm),
    Page("money", _("Your home and your money"), forms.MoneyForm),
    Page("need", _("What you need"), forms.NeedForm),
    Page("arrival", _("Coming to the United States"), forms.ArrivalForm),
    Page("contact", _("How to reach you"), forms.ContactForm),
]
BY_SLUG = {page.slug: page for page in FLOW}


def pages_for(answers: Answers) -> list[Page]:
    """Return the pages this person is asked, given what they answered so far."""
    return [page for page in FLOW if page.asked_when(answers)]


def next_page(answers: Answers, after: str) -> Page | None:
    """Return the page after this one, or None when the review is next."""
    later = FLOW[FLOW.index(BY_SLUG[after]) + 1 :]
    return next((page for page in later if page.asked_when(answers)), None)


def previous_page(answers: Answers, before: str) -> Page | None:
    """Return the page before this one, or None on the first."""
    earlier = FLOW[: FLOW.index(BY_SLUG[before])]
    return next((page for page in reversed(earlier) if page.asked_when(answers)), None)


def first_unanswered(answers: Answers) -> Page | None:
    """Return the first page still to be answered, or None when all are."""
    return next((page for page in pages_for(answers) if page.slug not in answers), None)
