"""The directory of other help for the staff who keep it: the list, one organization, its check."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory import actions
from directory.forms import ChangeForm, ListForm, OrganizationForm
from directory.models import Organization
from directory.queries import organizations_of, staff_entries, staff_entry, to_check
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.filters import narrowed
from foundation.forms import asked_in, posted


@staff(*actions.KEEPERS)
@require_safe
def organizations(request: StaffRequest) -> HttpResponse:
    """Show the office's directory, narrowed as the address asks."""
    asked, today = asked_in(request, ListForm), request.office.today(timezone.now())
    due = to_check(request.office, on=today)
    rows = narrowed(due if asked["check"] else organizations_of(request.office), ListForm, asked)
    context = {
        "rows": staff_entries(rows, on=today),
        "form": ListForm(asked),
        "due": due.count(),
        "is_narrowed": any(asked.values()),
    }
    return render(request, "directory/organizations.html", context)


@staff(*actions.KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Write an organization down."""
    form, status = OrganizationForm(posted(request)), 200
    if form.is_bound:
        action, done = partial(actions.add_organization, request.office), _("It is in the directory.")
        acted = act(request, action, form=form, done=done, field="name")
        if acted.is_done:
            return redirect(acted.result)
        status = acted.status
    return render(request, "directory/organization.html", {"form": form}, status=status)


@staff(*actions.KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def organization(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an organization, and change what is known of it."""
    one = _of_office(request, pk)
    seen = actions.version_of(one)
    form, status = ChangeForm(posted(request), organization=one, seen=seen), 200
    if form.is_bound:
        acted = act(request, partial(actions.change_organization, one), form=form, done=_("It is kept."))
        if acted.is_done:
            return redirect(one)
        status = acted.status
        form.shown_beside(seen)
    context = {"form": form, "row": staff_entry(one, on=request.office.today(timezone.now()))}
    return render(request, "directory/organization.html", context, status=status)


@staff(*actions.KEEPERS)
@require_POST
def check(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that somebody made sure today that all of it holds."""
    return _press(request, pk, actions.check_organization, _("Checked today."))


@staff(*actions.KEEPERS)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an organization out of the directory."""
    return _press(request, pk, actions.end_organization, _("It is taken out. Nobody is sent there any more."))


@staff(*actions.KEEPERS)
@require_POST
def bring_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Bring back an organization that was taken out."""
    return _press(request, pk, actions.bring_back, _("It is back in the directory."))


def _press(request: StaffRequest, pk: int, action: Callable[..., None], done: str) -> HttpResponse:
    one = _of_office(request, pk)
    act(request, partial(action, one), done=done)
    return redirect(one)


def _of_office(request: StaffRequest, pk: int) -> Organization:
    return get_object_or_404(organizations_of(request.office), pk=pk)
