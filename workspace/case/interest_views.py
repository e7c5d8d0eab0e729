"""A caseworker tells somebody who asked for a case on the board that it is not offered to them."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access import visible_to
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.forms import posted
from referrals import actions
from referrals.board_forms import WhyNotForm
from referrals.models import Interest
from workspace.head import head_of


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def decline_interest(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Say why a case is not offered to somebody who asked for it; they read it."""
    rows = Interest.objects.select_related("referral__case__office", "practitioner__user")
    one = get_object_or_404(rows, pk=pk, referral__case__in=visible_to(request.user).order_by())
    case, form, status = one.referral.case, WhyNotForm(posted(request)), 200
    if form.is_bound:
        acted = act(request, partial(actions.decline_interest, one), form=form, done=_("They are told."))
        if acted.is_done:
            return redirect("workspace:referral", case.pk)
        status = acted.status
    context = {"head": head_of(case), "who": str(one.practitioner), "form": form}
    return render(request, "workspace/interest.html", context, status=status)
