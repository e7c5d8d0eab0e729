"""The doors to questions of staff after the form was sent: asked, answered, not needed any more."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import asking
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from workspace.case.show import act_on_case
from workspace.questions.forms import AnswerForm, QuestionForm
from workspace.visible import case_for


@staff(Role.CASEWORKER)
@require_POST
def ask(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the person something; what was marked as safe stands on their return page."""
    case = case_for(request, pk)
    form = QuestionForm(request.POST, language=case.intake.language)
    action = partial(asking.ask_person, case)
    return act_on_case(request, case, action, form=form, done=_("The question is asked."), tab="told-us")


@staff(Role.CASEWORKER)
@require_POST
def answer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what the person answered."""
    case, form = case_for(request, pk), AnswerForm(request.POST)
    action = partial(asking.note_answer, case)
    return act_on_case(request, case, action, form=form, done=_("The answer is kept."), tab="told-us")


@staff(Role.CASEWORKER)
@require_POST
def drop(request: StaffRequest, pk: uuid.UUID, question: uuid.UUID) -> HttpResponse:
    """Note that a question need not be answered any more."""
    case = case_for(request, pk)
    action = partial(asking.drop_question, case, question_id=question)
    return act_on_case(request, case, action, done=_("It is not asked any more."), tab="told-us")
