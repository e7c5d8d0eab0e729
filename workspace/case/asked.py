"""A question about an offer, and the caseworker's answer to it."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access import visible_to
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from referrals import actions
from referrals.asking_queries import questions_of
from referrals.models import OfferQuestion
from referrals.summary_forms import AnswerQuestionForm
from workspace.head import head_of


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what somebody asks about an offer, and let it be answered."""
    one = _question(request, pk)
    form, status = AnswerQuestionForm(posted(request)), 200
    if form.is_bound:
        done = _done(one)
        acted = act(request, partial(actions.answer_question, one), form=form, done=done)
        if acted.is_done:
            return redirect("workspace:referral", one.offer.referral.case_id)
        status, one = acted.status, _question(request, pk)
    context = {
        "head": head_of(one.offer.referral.case),
        "questions": questions_of([one.offer]),
        "offer": one.offer,
        "form": form,
    }
    return render(request, "workspace/answer_question.html", context, status=status)


def _question(request: StaffRequest, pk: uuid.UUID) -> OfferQuestion:
    beside = ("offer__referral__case__office", "offer__referral__case__applicant", "asked_by")
    rows = OfferQuestion.objects.select_related(*beside)
    return get_object_or_404(rows, pk=pk, offer__referral__case__in=visible_to(request.user))


def _done(one: OfferQuestion) -> str:
    words: str = _("Answered. %(who)s is told.") % {"who": one.asked_by.name}
    return words
