"""People: who works in the office; administrators invite them, and shut them out."""

import uuid
from collections.abc import Callable
from functools import partial

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts import actions, giving_roles
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.away import away_now
from foundation.accounts.forms import AssistanceForm, HandOverForm, InviteForm, RolesForm
from foundation.accounts.holdings import held_by
from foundation.accounts.models import Assistance, Invitation, Membership, Role, User
from foundation.accounts.views import page
from foundation.forms import posted


@staff(Role.ADMINISTRATOR)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Show who works here, and who was invited."""
    return _people(request)


def _people(request: StaffRequest, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    members = request.office.memberships.select_related("user").order_by("-user__is_active", "user__name")
    away = away_now(request.office, on=request.office.today(now))
    context = {
        "members": [(member, away.get(member.user_id)) for member in members],
        "invitations": actions.open_invitations(request.office, at=now),
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
    """Shut someone out at once, after a page that says what they hold and where it goes."""
    done = _("They are signed out everywhere and cannot sign in any more.")
    return _let_go(request, pk, actions.disable_user, "accounts/disable.html", done)


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand over what someone holds who stays, after a page that says where it goes."""
    done = _("It is being handed over.")
    return _let_go(request, pk, actions.hand_over, "accounts/hand_over.html", done)


def _let_go(
    request: StaffRequest, pk: int, action: Callable[..., None], template: str, done: str
) -> HttpResponse:
    person, status = _colleague(request, pk), 200
    held = held_by(person)
    form = HandOverForm(posted(request), person=person, held=held)
    if form.is_bound:
        acted = act(request, partial(action, person), form=form, done=done)
        if acted.is_done:
            return redirect("people")
        status = acted.status
    context = {"person": person, "own": person.pk == request.user.pk, "held": held, "form": form}
    return render(request, template, context, status=status)


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def enable(request: StaffRequest, pk: int) -> HttpResponse:
    """Let someone sign in again, in the roles that are ticked."""
    person, status = _colleague(request, pk), 200
    form = RolesForm(posted(request), initial={"roles": person.roles})
    if form.is_bound:
        action, done = partial(actions.enable_user, person), _("They can sign in again.")
        acted = act(request, action, form=form, done=done)
        if acted.is_done:
            return redirect("people")
        status = acted.status
    context = {"person": person, "own": person.pk == request.user.pk, "form": form}
    return render(request, "accounts/enable.html", context, status=status)


def _colleague(request: StaffRequest, pk: int) -> User:
    """Return somebody of the office, or raise Http404."""
    colleagues = Membership.objects.filter(office=request.office).values("user")
    return get_object_or_404(User, pk=pk, pk__in=colleagues)


# --- one person ------------------------------------------------------------------------------------


@staff(Role.ADMINISTRATOR)
@require_safe
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what one person does in the office, and for which attorneys they work."""
    return _person(request, _colleague(request, pk))


def _person(
    request: StaffRequest, person: User, *, sent: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    today = request.office.today(timezone.now())
    roles = RolesForm(initial={"roles": person.roles})
    assistance = AssistanceForm(office=request.office)
    context = {
        "person": person,
        "own": person.pk == request.user.pk,
        "roles_form": sent if isinstance(sent, RolesForm) else roles,
        "assists": Role.ASSISTANT in person.roles,
        "assistances": giving_roles.live_assistances(on=today, assistant=person),
        "assistants": giving_roles.live_assistances(on=today, attorney=person),
        "assistance_form": sent if isinstance(sent, AssistanceForm) else assistance,
    }
    return render(request, "accounts/person.html", context, status=status)


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="person")
def change_roles(request: StaffRequest, pk: int) -> HttpResponse:
    """Give somebody other roles than they have."""
    person, form = _colleague(request, pk), RolesForm(request.POST)
    action = partial(giving_roles.change_roles, person)
    acted = act(
        request, action, form=form, done=_("What they do is changed, from their next page on."), field="roles"
    )
    return (
        redirect("person", pk) if acted.is_done else _person(request, person, sent=form, status=acted.status)
    )


@staff(Role.ADMINISTRATOR)
@require_POST
@step_up("accounts", back="person")
def begin_assistance(request: StaffRequest, pk: int) -> HttpResponse:
    """Let an assistant read what an attorney holds, until a day."""
    person, form = _colleague(request, pk), AssistanceForm(request.POST, office=request.office)
    action = partial(giving_roles.begin_assistance, person)
    acted = act(request, action, form=form, done=_("They read now what this attorney holds."))
    return (
        redirect("person", pk) if acted.is_done else _person(request, person, sent=form, status=acted.status)
    )


@staff(Role.ADMINISTRATOR)
@require_POST
def end_assistance(request: StaffRequest, pk: int) -> HttpResponse:
    """Let an assistant read no longer what an attorney holds."""
    made = get_object_or_404(Assistance.objects.select_related("assistant"), pk=pk, office=request.office)
    done = _("From now on they read nothing of this attorney.")
    acted = act(request, partial(giving_roles.end_assistance, made), done=done)
    if acted.is_done:
        return redirect("person", made.assistant_id)
    return _person(request, made.assistant, status=acted.status)
