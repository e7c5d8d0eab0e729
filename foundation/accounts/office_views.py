"""The office as the public pages show it; its administrator keeps that right."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.accounts import actions
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.accounts.office_forms import OfficeForm
from foundation.accounts.views import page
from foundation.forms import posted


@staff(Role.ADMINISTRATOR)
@page
@step_up("accounts")
def office(request: StaffRequest) -> HttpResponse:
    """Change name, address, phones and hours, and by when somebody looks at a form that comes in.

    People in danger call what stands here.
    """
    form, status = OfficeForm(posted(request), office=request.office), 200
    if form.is_bound:
        change = partial(actions.change_office, request.office)
        acted = act(request, change, form=form, done=_("The public pages show it now."))
        if acted.is_done:
            return redirect("home")
        status = acted.status
    return render(request, "accounts/office.html", {"form": form}, status=status)
