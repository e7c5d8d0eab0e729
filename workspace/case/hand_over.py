"""A case that is not ours: hand it over, tell the person where they can go themselves, or decline it."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import may_triage
from cases.closing import is_urgent
from cases.models import Case
from conflicts.queries import CLEAR, standing
from directory.models import Organization
from directory.queries import entry_of, organizations_of
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from referrals import actions
from referrals.access import may_refer
from referrals.hand_over_forms import AskForm, DeclineForm, GiveForm, PhoneAnswerForm, ToldOfForm
from referrals.hand_over_queries import draft_for, hand_overs_of, newest_hand_over, receivers_for
from referrals.hand_over_queries import told_of as told
from referrals.links import address_of
from referrals.models import HandOver, SentHow
from workspace.head import head_of
from workspace.visible import case_for

URGENT_DAYS, CALM_DAYS = 2, 5  # for how long a receiver is asked unless said otherwise


@staff(Role.CASEWORKER)
@require_safe
def hand_over(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what other organizations were asked and answered, and which suit."""
    return _page(request, case_for(request, pk))


def _page(
    request: StaffRequest, case: Case, *, sent: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    lines, today = hand_overs_of(case), case.office.today(timezone.now())
    newest = lines[0] if lines else None
    is_live = bool(newest and (newest.is_asked or newest.is_accepted))
    matches = receivers_for(case)
    names_clear = standing(case.matter_id) == CLEAR
    context = {
        "head": head_of(case),
        "newest": newest,
        "earlier": lines[1:],
        "is_live": is_live,
        "names_clear": names_clear,
        "is_urgent": case.is_open and is_urgent(case, on=today),
        "may_ask": may_refer(request.user, case) and names_clear and not is_live,
        "may_decline": may_triage(request.user, case),
        "fitting": [one for one in matches if one.fits],
        "others": [one for one in matches if not one.fits],
        "told": told(case),
        "answer": _of(PhoneAnswerForm, sent) or PhoneAnswerForm(),
        "give": _of(GiveForm, sent) or GiveForm(),
        "tell": _of(ToldOfForm, sent) or ToldOfForm(office=case.office),
    }
    return render(request, "workspace/hand_over.html", context, status=status)


def _of(kind: type[forms.Form], sent: forms.Form | None) -> forms.Form | None:
    return sent if type(sent) is kind else None


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: StaffRequest, pk: uuid.UUID, organization: int) -> HttpResponse:
    """Note the person's yes to one organization, and ask it by a link."""
    case = case_for(request, pk)
    one = get_object_or_404(organizations_of(case.office), pk=organization)
    form, status = AskForm(posted(request), organization=one, initial=_begin(case)), 200
    if form.is_bound:
        acted = act(request, partial(actions.ask_receiver, case, organization=one), form=form)
        if acted.is_done:
            return _asked(request, case, one, acted.result)
        status = acted.status
    context = {"head": head_of(case), "form": form, "entry": entry_of(one)}
    return render(request, "workspace/hand_over_ask.html", context, status=status)


def _begin(case: Case) -> dict[str, Any]:
    today = case.office.today(timezone.now())
    days = URGENT_DAYS if case.is_open and is_urgent(case, on=today) else CALM_DAYS
    return {"consent_on": today, "summary": draft_for(case, on=today), "days": days}


def _asked(request: StaffRequest, case: Case, one: Organization, made: HandOver) -> HttpResponse:
    """Show the link once where it is read over the telephone; a mail is on its way by itself."""
    if made.sent_how == SentHow.EMAIL:
        return redirect("workspace:hand-over", case.pk)
    context = {"head": head_of(case), "entry": entry_of(one), "link": address_of(made.pk)}
    return render(request, "workspace/hand_over_link.html", context)


@staff(Role.CASEWORKER)
@require_POST
def answer(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down what the organization answered over the telephone."""
    return _act(
        request, pk, actions.note_phone_answer, _("Their answer is noted."), PhoneAnswerForm(request.POST)
    )


@staff(Role.CASEWORKER)
@require_POST
def give(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note how the organization learned who it is: the person is handed over."""
    done = _("The person is handed over. Now tell them.")
    answered = _act(request, pk, actions.give_names, done, GiveForm(request.POST))
    return redirect("case", pk) if answered.status_code == 302 else answered


@staff(Role.CASEWORKER)
@require_POST
def rescind(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back what an organization is asked."""
    done = _("It is taken back. The link says only that it is over.")
    return _act(request, pk, actions.rescind_hand_over, done)


@staff(Role.CASEWORKER)
@require_POST
def seen(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that somebody read the no, and goes on otherwise."""
    return _act(request, pk, actions.note_answer_seen, _("Noted."))


def _act(
    request: StaffRequest,
    pk: uuid.UUID,
    action: Callable[..., Any],
    done: str,
    form: forms.Form | None = None,
) -> HttpResponse:
    case = case_for(request, pk)

    def run(**values: Any) -> Any:
        return action(newest_hand_over(case), **values)

    acted = act(request, run, form=form, done=done)
    if acted.is_done:
        return redirect("workspace:hand-over", pk)
    return _page(request, case_for(request, pk), sent=form, status=acted.status)


@staff(Role.CASEWORKER)
@require_POST
def told_of(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note of which organizations the person is told; nothing is sent to them."""
    case = case_for(request, pk)
    form = ToldOfForm(request.POST, office=case.office)
    acted = act(request, partial(actions.note_told_of, case), form=form, done=_("Noted. Nothing was sent."))
    if acted.is_done:
        return redirect("workspace:hand-over", pk)
    return _page(request, case_for(request, pk), sent=form, status=acted.status)


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who else may help, and decline the case."""
    case = case_for(request, pk)
    form, status = DeclineForm(posted(request), office=case.office), 200
    if form.is_bound:
        done = _("The case is declined. Now tell the person.")
        acted = act(request, partial(actions.decline_with_help, case), form=form, done=done)
        if acted.is_done:
            return redirect("case", pk)
        status = acted.status
    context = {
        "head": head_of(case),
        "form": form,
        "may_decline": may_triage(request.user, case),
        "matches": receivers_for(case),
    }
    return render(request, "workspace/decline.html", context, status=status)
