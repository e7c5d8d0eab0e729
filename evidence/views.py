"""The library: list, add, read, confirm; and citing from it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import visible_to
from evidence import actions
from evidence.access import citations_visible_to, documents_visible_to
from evidence.forms import CiteForm, ClaimPointForm, DetailsForm, DocumentForm
from evidence.models import Capture, ClaimPoint, Document, Passage
from evidence.queries import countries_in_library, latest_snapshot, library, passages_of, point_labels
from foundation.accounts.access import staff
from foundation.accounts.models import Role
from foundation.files.receiving import receives_in_memory
from foundation.forms import posted
from foundation.refused import Refused

DETAILS = ("title", "publisher", "dateline", "published_date", "published_precision", "kind", "url")


@staff()
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Show the office's sources, with a search box and a country filter."""
    words = request.GET.get("q", "").replace("\0", "")[:200]
    country = request.GET.get("country", "").replace("\0", "")[:3]
    context = {
        "documents": library(request.user, words=words, country=country)[:200],  # type: ignore[arg-type]
        "countries": countries_in_library(request.user),  # type: ignore[arg-type]
        "words": words,
        "country": country,
    }
    return render(request, "evidence/document_list.html", context)


@receives_in_memory
@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: HttpRequest) -> HttpResponse:
    """Take a pasted or uploaded text into the library."""
    form = DocumentForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        pasted = form.cleaned_data["text"]
        try:
            document = actions.add_document(
                pasted or form.cleaned_data["file"],
                capture=Capture.PASTE if pasted else Capture.UPLOAD,
                url=form.cleaned_data["url"],
                kind=form.cleaned_data["kind"],
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except actions.AlreadyInLibrary as refused:
            messages.info(request, str(refused))
            return redirect("evidence:document", refused.document.pk)
        except Refused as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, _("Added. Please check what was found."))
            return redirect("evidence:document", document.pk)
    return render(request, "evidence/document_add.html", {"form": form}, status=422 if form.is_bound else 200)


def _document(request: HttpRequest, pk: uuid.UUID) -> Document:
    return get_object_or_404(documents_visible_to(request.user), pk=pk)  # type: ignore[arg-type]


@staff()
@require_safe
def document(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a source in reading order, each passage ready to be cited."""
    found = _document(request, pk)
    snapshot = latest_snapshot(found)
    points = _points(request)
    context = {
        "document": found,
        "snapshot": snapshot,
        "passages": passages_of(snapshot),
        "can_cite": points.exists(),
        "details": DetailsForm(initial={name: getattr(found, name) for name in DETAILS}),
    }
    return render(request, "evidence/document.html", context)


@staff()
@require_POST
def document_confirm(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the details as a person corrected them."""
    found = _document(request, pk)
    form = DetailsForm(request.POST)
    if form.is_valid():
        actions.confirm_details(found, **form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("The details are confirmed."))
        return redirect("evidence:document", pk)
    snapshot = latest_snapshot(found)
    context = {"document": found, "snapshot": snapshot, "passages": passages_of(snapshot), "details": form}
    return render(request, "evidence/document.html", {**context, "edit": True}, status=422)


def _points(request: HttpRequest):  # type: ignore[no-untyped-def]
    """Return the claim points of the cases this attorney may see."""
    mine = visible_to(request.user)  # type: ignore[arg-type]
    return ClaimPoint.objects.filter(case__in=mine).select_related("case").order_by("case_id", "added_at")


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def cite(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie one passage to a point of one of the attorney's cases."""
    passage = get_object_or_404(
        Passage.objects.select_related("snapshot__document"),
        pk=pk,
        snapshot__document__in=documents_visible_to(request.user),  # type: ignore[arg-type]
    )
    points = _points(request)
    form = CiteForm(posted(request), points=points, labels=point_labels(points))
    if form.is_bound and form.is_valid():
        try:
            citation = actions.cite_passage(
                passage,
                **form.cleaned_data,
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Cited. The quotation is frozen with its source and hash."))
            return redirect(citation.case)
    context = {"form": form, "passage": passage, "document": passage.snapshot.document}
    return render(request, "evidence/cite.html", context, status=422 if form.is_bound else 200)


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def claim_point_add(request: HttpRequest, case_pk: uuid.UUID) -> HttpResponse:
    """Write down what a case must show."""
    case = get_object_or_404(visible_to(request.user), pk=case_pk)  # type: ignore[arg-type]
    form = ClaimPointForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.add_claim_point(case, **form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("The point is added. Now find a passage that shows it."))
        return redirect(case)
    context = {"form": form, "case": case}
    return render(request, "evidence/claim_point_add.html", context, status=422 if form.is_bound else 200)


@staff(Role.ATTORNEY)
@require_POST
def citation_withdraw(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    citation = get_object_or_404(citations_visible_to(request.user), pk=pk)  # type: ignore[arg-type]
    actions.withdraw_citation(citation, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The citation is withdrawn. You can cite the passage again."))
    return redirect(citation.case)
