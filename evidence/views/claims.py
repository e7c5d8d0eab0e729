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
from evidence.actions.shelf import take_from_shelf
from evidence.forms import CarriedPointForm, CiteForm, ClaimPointForm, PointCiteForm, PointSearchForm
from evidence.models import ClaimPoint, Passage, Relation
from evidence.queries.claims import (
    cited_point,
    hearing_of,
    matrix_of,
    point_labels,
    points_of,
    suggestions_for,
)
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.forms import asked_in, posted
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
    carried = asked_in(request, CarriedPointForm)["point"]  # from a point's page; one of another is no choice
    labels = point_labels(points)
    form = CiteForm(posted(request), points=points, labels=labels, initial={"claim_point": carried})
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
        point = add_claim_point(case, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The point is added. Now find a passage that shows it."))
        return redirect("evidence:suggestions", point.pk)
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
    """Show a point with what is cited for it, and passages that may help it or be held against it."""
    point = get_object_or_404(points_of(request.user), pk=pk)
    return _point_page(request, point)


def _point_page(
    request: StaffRequest, point: ClaimPoint, *, error: str = "", status: int = 200
) -> HttpResponse:
    words = asked_in(request, PointSearchForm)["q"]
    context = {
        "point": point,
        "cited": cited_point(point),
        "found": suggestions_for(point, request.user, words=words),
        "words": words,
        "relations": Relation.choices,
        "error": error,
    }
    return render(request, "evidence/suggestions.html", context, status=status)


@staff(Role.ATTORNEY)
@require_POST
def cite_for_point(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Cite a suggested passage for the point whose page is open, and stay there."""
    point = get_object_or_404(points_of(request.user), pk=pk)
    passages = Passage.objects.filter(snapshot__document__in=documents_visible_to(request.user))
    form = PointCiteForm(request.POST, passages=passages.select_related("snapshot__document"))
    if not form.is_valid():
        return _point_page(request, point, error=_("Choose the passage anew: nothing was cited."), status=422)
    values, at = form.cleaned_data, timezone.now()
    try:
        passage = values["passage"] or take_from_shelf(values["shelf"], by=request.user, at=at)
        cite_passage(passage, claim_point=point, relation=values["relation"], note="", by=request.user, at=at)
    except Refused as refused:
        return _point_page(request, point, error=str(refused), status=refused.status)
    messages.success(request, _("Cited. The quotation is frozen with its source and hash."))
    return redirect("evidence:suggestions", point.pk)
