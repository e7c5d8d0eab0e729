"""People: who works in the office; administrators invite them, and shut them out."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts import actions
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.forms import InviteForm
from foundation.accounts.models import Invitation, Membership, Role, User
from foundation.accounts.views import page
from foundation.forms import posted
from foundation.refused import Refused


@staff(Role.ADMINISTRATOR)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Show who works here, and who was invited."""
    members = request.office.memberships.select_related("user")
    context = {
        "members": members.order_by("-user__is_active", "role", "user__name"),
        "invitations": actions.open_invitations(request.office, at=timezone.now()),
    }
    return render(request, "accounts/people.html", context)


@staff(Role.ADMINISTRATOR)
@page
@step_up()
def invite(request: StaffRequest) -> HttpResponse:
    """Invite someone by name, e-mail and role; the link reaches them by mail."""
    user = request.user
    form, status = InviteForm(posted(request)), 200
    if form.is_valid():
        try:
            actions.invite_person(request.office, **form.cleaned_data, by=user, at=timezone.now())
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("people")
    context = {"form": form, "hours": settings.INVITATION_HOURS}
    return render(request, "accounts/invite.html", context, status=422 if form.errors else status)


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up(back="people")
def withdraw(request: StaffRequest) -> HttpResponse:
    """End an invitation that should not be accepted any more."""
    user = request.user
    try:
        wanted = uuid.UUID(request.POST.get("invitation", ""))
    except ValueError:
        return redirect("people")
    found = get_object_or_404(Invitation, office=request.office, pk=wanted)
    actions.withdraw_invitation(found, by=user, at=timezone.now())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("people")


@staff(Role.ADMINISTRATOR)
@page
@step_up()
def disable(request: StaffRequest, pk: int) -> HttpResponse:
    """Shut someone out at once, after a page that says what that means."""
    done = _("They are signed out everywhere and cannot sign in any more.")
    return _switch(request, pk, actions.disable_user, "accounts/disable.html", done)


@staff(Role.ADMINISTRATOR)
@page
@step_up()
def enable(request: StaffRequest, pk: int) -> HttpResponse:
    """Let someone sign in again."""
    return _switch(request, pk, actions.enable_user, "accounts/enable.html", _("They can sign in again."))


def _switch(
    request: StaffRequest, pk: int, action: Callable[..., None], template: str, done: str
) -> HttpResponse:
    user = request.user
    colleagues = Membership.objects.filter(office=request.office).values("user")
    person = get_object_or_404(User, pk=pk, pk__in=colleagues)
    if request.method == "POST":
        action(person, by=user, at=timezone.now())
        messages.success(request, done)
        return redirect("people")
    return render(request, template, {"person": person, "own": person.pk == user.pk})
