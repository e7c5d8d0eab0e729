"""Firms and the list of trainings, as whoever leads the panel keeps them."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from referrals import firms, training
from referrals.firm_forms import FirmForm, PanelRulesForm, TrainingForm
from referrals.firm_queries import firm_rows
from referrals.models import Firm, PanelRules, Trained, Training
from referrals.panel_queries import panel_rows


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def firm_list(request: StaffRequest) -> HttpResponse:
    """Make a firm, and show those there are with who answers for each."""
    form, status = FirmForm(posted(request)), 200
    if form.is_bound:
        action = partial(firms.open_firm, request.office)
        acted = act(request, action, form=form, done=_("The firm is made."), field="name")
        if acted.is_done:
            return redirect("panel:firm", acted.result.pk)
        status = acted.status
    context = {"rows": firm_rows(request.office), "form": form}
    return render(request, "referrals/firms.html", context, status=status)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def firm(request: StaffRequest, pk: int) -> HttpResponse:
    """Show who is in a firm and who answers for it; give it another name."""
    one = _firm(request, pk)
    form, status = FirmForm(posted(request), firm=one), 200
    if form.is_bound:
        done = _("The name is changed.")
        acted = act(request, partial(firms.rename_firm, one), form=form, done=done, field="name")
        if acted.is_done:
            return redirect("panel:firm", pk)
        status = acted.status
        one.refresh_from_db()
    rows = panel_rows(request.office, on=request.office.today(timezone.now()), firm=pk)
    answering = [row for row in rows if row.practitioner.coordinates]
    context = {
        "firm": one,
        "rows": rows,
        "form": form,
        "is_answered_for": any(row.practitioner.user.is_active for row in answering),
        "shut_out": [row.name for row in answering if not row.practitioner.user.is_active],
    }
    return render(request, "referrals/firm.html", context, status=status)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def end_firm(request: StaffRequest, pk: int) -> HttpResponse:
    """Let nobody join a firm any more, once nobody is in it."""
    act(request, partial(firms.end_firm, _firm(request, pk)), done=_("The firm is ended."))
    return redirect("panel:firm", pk)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def reopen_firm(request: StaffRequest, pk: int) -> HttpResponse:
    """Let people join an ended firm again."""
    act(request, partial(firms.reopen_firm, _firm(request, pk)), done=_("The firm is open again."))
    return redirect("panel:firm", pk)


def _firm(request: StaffRequest, pk: int) -> Firm:
    return get_object_or_404(Firm.objects.select_related("office"), pk=pk, office=request.office)


# --- what is asked of the panel -------------------------------------------------------------------


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def trainings(request: StaffRequest) -> HttpResponse:
    """Put a training on the list; show the list, and what else the office asks of its panel."""
    form, status = TrainingForm(posted(request)), 200
    if form.is_bound:
        action = partial(training.list_training, request.office)
        acted = act(request, action, form=form, done=_("The training is on the list."), field="name")
        if acted.is_done:
            return redirect("panel:trainings")
        status = acted.status
    rules = PanelRules.objects.filter(office=request.office).first()
    context = {
        "form": form,
        "trainings": Training.objects.filter(office=request.office).order_by("ended_at", "name"),
        "rules": PanelRulesForm(initial={"needs_cover": bool(rules and rules.needs_cover)}),
        "needs_cover": bool(rules and rules.needs_cover),
        "may_change_rules": request.user.has_role(Role.ADMINISTRATOR),
    }
    return render(request, "referrals/trainings.html", context, status=status)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def end_training(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a training off the list."""
    return _switch(request, pk, training.end_training, _("The training is off the list."))


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def relist_training(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a training on the list again."""
    return _switch(request, pk, training.relist_training, _("The training is on the list again."))


def _switch(request: StaffRequest, pk: int, action: Callable[..., None], done: str) -> HttpResponse:
    one = get_object_or_404(Training.objects.select_related("office"), pk=pk, office=request.office)
    act(request, partial(action, one), done=done)
    return redirect("panel:trainings")


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="panel:trainings")
def panel_rules(request: StaffRequest) -> HttpResponse:
    """Say whether cases are offered to those alone whose malpractice cover is verified."""
    action = partial(training.set_panel_rules, request.office)
    act(request, action, form=PanelRulesForm(request.POST), done=_("It is kept."))
    return redirect("panel:trainings")


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def drop_training(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back that somebody was trained."""
    rows = Trained.objects.select_related("office", "practitioner__office")
    noted = get_object_or_404(rows, pk=pk, office=request.office)
    act(request, partial(training.drop_training, noted), done=_("The note is taken back."))
    return redirect("panel:practitioner", noted.practitioner_id)
