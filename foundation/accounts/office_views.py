"""What the office says of itself to people who seek help; administrators change it."""

from functools import partial

from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.accounts import actions
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.forms import OfficeForm
from foundation.accounts.models import Role
from foundation.accounts.views import page
from foundation.forms import posted


@staff(Role.ADMINISTRATOR)
@page
@step_up()
def office(request: StaffRequest) -> HttpResponse:
    """Change name, phones and hours, and by when somebody looks at a form that comes in."""
    form = OfficeForm(posted(request), initial=model_to_dict(request.office, fields=OfficeForm.base_fields))
    status = 200
    if form.is_bound:
        acted = act(request, partial(actions.change_office, request.office), form=form, done=_("Saved."))
        if acted.is_done:
            return redirect("home")
        status = acted.status
    return render(request, "accounts/office.html", {"form": form}, status=status)
