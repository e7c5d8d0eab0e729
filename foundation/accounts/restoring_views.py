"""Who has which second factors, and the pages by which two people let somebody in who lost theirs all."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts import restoring
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.forms import ProofForm
from foundation.accounts.models import Restoration, Role, User
from foundation.accounts.views import page
from foundation.forms import posted


@staff(Role.ADMINISTRATOR)
@require_safe
def factors(request: StaffRequest) -> HttpResponse:
    """Show who signs in with what, when it was last used, and who has only one."""
    held = restoring.factors_of_office()
    members = request.office.memberships.select_related("user").filter(user__is_active=True)
    rows = [(member, held.get(member.user_id, restoring.Held())) for member in members.order_by("user__name")]
    return render(request, "accounts/factors.html", {"rows": rows})


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that somebody who lost every second factor stood before oneself."""
    members = request.office.memberships.values("user")
    person = get_object_or_404(User, pk=pk, pk__in=members, is_active=True)
    form, status = ProofForm(posted(request)), 200
    if form.is_bound:
        done = _("Now a second colleague has to say the same. They find it under “My sign-in”.")
        acted = act(request, partial(restoring.ask_to_restore, person), form=form, done=done)
        if acted.is_done:
            return redirect("restorations")
        status = acted.status
    context = {"person": person, "form": form, "hours": restoring.HOURS}
    return render(request, "accounts/restore_ask.html", context, status=status)


@staff()
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """List whom somebody asked to let in again, for the second of the two."""
    return _waiting(request)


def _waiting(request: StaffRequest, *, status: int = 200) -> HttpResponse:
    asked = restoring.open_restorations(request.office, at=timezone.now())
    return render(request, "accounts/restorations.html", {"asked": asked}, status=status)


def _asked(request: StaffRequest, pk: uuid.UUID) -> Restoration:
    return get_object_or_404(restoring.open_restorations(request.office, at=timezone.now()), pk=pk)


@staff()
@page
@step_up("accounts")
def confirm_restore(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Say as the second person that it is them, and read the code that lets them in: it is shown once."""
    asked = _asked(request, pk)
    form, status = ProofForm(posted(request)), 200
    context = {"asked": asked, "form": form, "hours": restoring.HOURS}
    if form.is_bound:
        acted = act(request, partial(restoring.confirm_restore, asked), form=form)
        if acted.is_done:
            return render(request, "accounts/restored.html", {**context, "code": acted.result})
        status = acted.status
    context["mine"] = request.user.pk in (asked.user_id, asked.asked_by_id)
    return render(request, "accounts/restore_confirm.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts")
def withdraw_restore(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back what was asked."""
    acted = act(
        request, partial(restoring.withdraw_restore, _asked(request, pk)), done=_("It is taken back.")
    )
    return redirect("restorations") if acted.is_done else _waiting(request, status=acted.status)
