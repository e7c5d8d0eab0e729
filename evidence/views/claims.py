"""Citing for a case, and what it rests on."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import visible_to
from evidence.access import citations_visible_to, documents_visible_to
from evidence.actions.claims import add_claim_point, cite_passage, withdraw_citation
from evidence.forms import CiteForm, ClaimPointForm
from evidence.models import Passage
from evidence.queries.claims import hearing_of, matrix_of, point_labels, points_of, suggestions_for
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.forms import posted
from foundation.refused import Refused


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def cite(request: StaffRequest, pk: int) -> HttpResponse:
    """Tie one passage to a point of one of the attorney's cases."""
    passage = get_object_or_404(
        Passage.objects.select_related("snapshot__document"),
        pk=pk,
        snapshot__document__in=documents_visible_to(request.user),
    )
    points = points_of(request.user)
    form = CiteForm(posted(request), points=points, labels=point_labels(points))
    if form.is_bound and form.is_valid():
        try:
            citation = cite_passage(
                passage,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Cited. The quotation is frozen with its source and hash."))
            return redirect("workspace:evidence", citation.case_id)
    context = {"form": form, "passage": passage, "document": passage.snapshot.document}
    return render(request, "evidence/cite.html", context, status=422 if form.is_bound else 200)


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def claim_point_add(request: StaffRequest, case_pk: uuid.UUID) -> HttpResponse:
    """Write down what a case must show."""
    case = get_object_or_404(visible_to(request.user), pk=case_pk)
    form = ClaimPointForm(posted(request))
    if form.is_bound and form.is_valid():
        add_claim_point(case, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The point is added. Now find a passage that shows it."))
        return redirect("workspace:evidence", case.pk)
    context = {"form": form, "case": case}
    return render(request, "evidence/claim_point_add.html", context, status=422 if form.is_bound else 200)


@staff(Role.ATTORNEY)
@require_POST
def citation_withdraw(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    citation = get_object_or_404(citations_visible_to(request.user), pk=pk)
    withdraw_citation(citation, by=request.user)
    messages.success(request, _("The citation is withdrawn. You can cite the passage again."))
    return redirect("workspace:evidence", citation.case_id)


@staff(Role.ATTORNEY)
@require_safe
def matrix(request: StaffRequest, case_pk: uuid.UUID) -> HttpResponse:
    """Show what each point of a case rests on, and what is missing."""
    case = get_object_or_404(visible_to(request.user), pk=case_pk)
    today = case.office.today(timezone.now())
    hearing = hearing_of(case, today)
    rows = matrix_of(case, today=today, hearing=hearing)
    return render(request, "evidence/matrix.html", {"case": case, "rows": rows, "hearing": hearing})


@staff(Role.ATTORNEY)
@require_safe
def suggestions(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show passages that may help a point, and such as may be held against it, each with the reason."""
    point = get_object_or_404(points_of(request.user), pk=pk)
    suggested = suggestions_for(point, request.user)
    return render(request, "evidence/suggestions.html", {"point": point, "found": suggested})
