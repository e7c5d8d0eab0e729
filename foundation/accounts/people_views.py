"""People: who works in the office; administrators invite them, and shut them out."""

import uuid
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts import actions
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.forms import InviteForm
from foundation.accounts.models import Invitation, Membership, Role, User
from foundation.accounts.views import page
from foundation.forms import posted


@staff(Role.ADMINISTRATOR)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Show who works here, and who was invited."""
    return _people(request)


def _people(request: StaffRequest, *, status: int = 200) -> HttpResponse:
    members = request.office.memberships.select_related("user")
    context = {
        "members": members.order_by("-user__is_active", "role", "user__name"),
        "invitations": actions.open_invitations(request.office, at=timezone.now()),
    }
    return render(request, "accounts/people.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def invite(request: StaffRequest) -> HttpResponse:
    """Invite someone by name, e-mail and role; the link reaches them by mail."""
    form, status = InviteForm(posted(request)), 200
    if form.is_bound:
        action, done = partial(actions.invite_person, request.office), _("The invitation is on its way.")
        acted = act(request, action, form=form, done=done, field="email")
        if acted.is_done:
            return redirect("people")
        status = acted.status
    context = {"form": form, "hours": settings.INVITATION_HOURS}
    return render(request, "accounts/invite.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="people")
def withdraw(request: StaffRequest) -> HttpResponse:
    """End an invitation that should not be accepted any more."""
    try:
        wanted = uuid.UUID(request.POST.get("invitation", ""))
    except ValueError:
        return redirect("people")
    invitation = get_object_or_404(Invitation, office=request.office, pk=wanted)
    action = partial(actions.withdraw_invitation, invitation)
    acted = act(request, action, done=_("The invitation is withdrawn."))
    return redirect("people") if acted.is_done else _people(request, status=acted.status)


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def disable(request: StaffRequest, pk: int) -> HttpResponse:
    """Shut someone out at once, after a page that says what that means."""
    done = _("They are signed out everywhere and cannot sign in any more.")
    return _switch(request, pk, actions.disable_user, "accounts/disable.html", done)


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def enable(request: StaffRequest, pk: int) -> HttpResponse:
    """Let someone sign in again."""
    return _switch(request, pk, actions.enable_user, "accounts/enable.html", _("They can sign in again."))


def _switch(
    request: StaffRequest, pk: int, action: Callable[..., None], template: str, done: str
) -> HttpResponse:
    colleagues = Membership.objects.filter(office=request.office).values("user")
    person = get_object_or_404(User, pk=pk, pk__in=colleagues)
    status = 200
    if request.method == "POST":
        acted = act(request, partial(action, person), done=done)
        if acted.is_done:
            return redirect("people")
        status = acted.status
    context = {"person": person, "own": person.pk == request.user.pk}
    return render(request, template, context, status=status)
