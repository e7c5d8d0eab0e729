from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.forms import posted
from referrals.what_if import LATELY, More, what_if
from workspace.placing.forms import WhatIfForm
from workspace.placing.queries import placing_page


@staff(Role.CASEWORKER)
@require_safe
def placing(request: StaffRequest) -> HttpResponse:
    """Show where every referral stands, why it waits, and how long the way took lately."""
    page = placing_page(request.user, request.office, at=timezone.now())
    return render(request, "workspace/placing.html", {"page": page})


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def try_more(request: StaffRequest) -> HttpResponse:
    """Try what more practitioners would have changed for the referrals of recent months; nothing is kept."""
    form, at, found = WhatIfForm(posted(request)), timezone.now(), None
    if form.is_bound and form.is_valid():
        found = what_if(request.user, request.office, More(**form.cleaned_data), at=at)
    status = 422 if form.is_bound and found is None else 200
    context = {"form": form, "found": found, "since": request.office.today(at - LATELY)}
    return render(request, "workspace/what_if.html", context, status=status)
