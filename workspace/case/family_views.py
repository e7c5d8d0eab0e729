"""The doors to a family's cases: linked, split off, taken apart."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases import actions
from cases.access import visible_to
from cases.family import links_of
from cases.models import Case, FamilyLink
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from intake.queries import answers_of, on_path
from workspace.case.family_forms import ApartForm, ClashForm, LinkForm, SplitForm
from workspace.case.show import act_on_case, show_case
from workspace.desk import PURPOSE
from workspace.visible import case_for


@staff(Role.CASEWORKER)
@require_POST
def link(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Link somebody of the family with the case they have."""
    case = case_for(request, pk)
    form = LinkForm(request.POST, people=_people(case))
    other = form.find(visible_to(request.user)) if form.is_valid() else None
    if other is None:
        return show_case(request, case, tab="people", sent=form, status=422)

    def action(*, by: Any, at: Any, **_typed: Any) -> None:
        actions.link_family(case, other=other, **form.who(), by=by, at=at)

    done = _("The two cases are linked, and their names are being compared.")
    return act_on_case(request, case, action, form=form, done=done, tab="people")


@staff(Role.CASEWORKER)
@require_POST
def split(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that somebody of the family is to have a case of their own, and go on to their form."""
    case = case_for(request, pk)
    form = SplitForm(request.POST, people=_people(case))

    def action(*, why: str, by: Any, at: Any, **_typed: Any) -> FamilyLink:
        return actions.split_family(case, why=why, **form.of_person(), by=by, at=at)

    acted = act(request, action, form=form, done=_("Written down. Now begin their own form with them."))
    if acted.is_done:
        return redirect(f"{reverse('workspace:phone')}?begin=yes&of={acted.result.pk}")
    return show_case(request, case, tab="people", sent=form, status=acted.status)


@staff(Role.CASEWORKER)
@require_POST
def clash(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note that the interests of two who are linked clash."""
    done = _("Written down on both sides. Their names are being compared.")
    return _on_link(request, pk, actions.set_apart, ClashForm(request.POST), done)


@staff(Role.CASEWORKER)
@require_POST
def apart(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take two cases of a family apart again."""
    return _on_link(request, pk, actions.unlink_family, ApartForm(request.POST), _("They stand apart again."))


def _on_link(request: StaffRequest, pk: uuid.UUID, act_on: Any, form: forms.Form, done: str) -> HttpResponse:
    case = case_for(request, pk)

    def action(*, link_id: uuid.UUID | None, why: str, by: Any, at: Any) -> None:
        live = links_of(case.matter_id).filter(pk=link_id).first() if link_id else None
        if live is None:
            raise actions.LinkGone
        act_on(live, why=why, by=by, at=at)

    return act_on_case(request, case, action, form=form, done=done, tab="people")


def _people(case: Case) -> list[dict[str, str]]:
    """Return the family as the form of a case names it."""
    return list(on_path(answers_of(case.intake, purpose=PURPOSE)).get("family_here") or [])
