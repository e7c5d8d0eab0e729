"""The library: list, add, read, confirm; and citing from it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import visible_to
from evidence import actions
from evidence.access import citations_visible_to, documents_visible_to
from evidence.data import topics
from evidence.forms import CiteForm, ClaimPointForm, DetailsForm, DocumentForm
from evidence.models import Capture, ClaimPoint, Document, Passage, Report, ReportPassage
from evidence.queries import (
    countries_in_library,
    drifted,
    editions_of,
    latest_snapshot,
    library,
    lineage_of,
    links_of,
    matrix_of,
    passages_of,
    point_labels,
    suggestions_for,
)
from evidence.search import Filters, search_shelf
from foundation.accounts.access import staff
from foundation.accounts.models import Role
from foundation.forms import posted
from foundation.refused import Refused

DETAILS = ("title", "publisher", "dateline", "published_date", "published_precision", "kind", "url")


@staff()
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Show the office's sources and what the reference shelf says, for some words and filters."""
    asked = {
        name: request.GET.get(name, "").replace("\0", "") for name in ("q", "country", "topic", "from", "to")
    }
    words, country = asked["q"][:2000], asked["country"][:3]
    filters = Filters(country, _year(asked["from"]), _year(asked["to"]), _topic(asked["topic"]))
    context = {
        "documents": library(request.user, words=words, country=country)[:200],  # type: ignore[arg-type]
        "shelf": search_shelf(words, filters) if words else None,
        "countries": countries_in_library(request.user),  # type: ignore[arg-type]
        "topics": topics(),
        "links": links_of(request.user),  # type: ignore[arg-type]
        "asked": asked,
        "words": words,
        "country": country,
    }
    return render(request, "evidence/document_list.html", context)


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _topic(code: str) -> str:
    return code if any(topic.code == code for topic in topics()) else ""


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: HttpRequest) -> HttpResponse:
    """Take a pasted or uploaded text into the library, or put an address in line to be fetched."""
    form = DocumentForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            return _add(request, form.cleaned_data)
        except actions.AlreadyInLibrary as refused:
            messages.info(request, str(refused))
            return redirect("evidence:document", refused.document.pk)
        except Refused as refused:
            form.add_error("text", str(refused))
    return render(request, "evidence/document_add.html", {"form": form}, status=422 if form.is_bound else 200)


def _add(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    about: dict[str, Any] = {"kind": given["kind"], "by": request.user, "at": timezone.now()}
    upload = given["file"]
    if not (given["text"] or upload):
        actions.ask_for_link(given["url"], **about)
        messages.success(request, _("The page will be fetched within a minute."))
        return redirect("evidence:documents")
    document = actions.add_document(
        upload.reading.text if upload else given["text"],
        capture=Capture.UPLOAD if upload else Capture.PASTE,
        url=given["url"],
        reading=upload.reading if upload else None,
        original=upload.raw if upload else b"",
        **about,
    )
    messages.success(request, _("Added. Please check what was found."))
    return redirect("evidence:document", document.pk)


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


@staff()
@require_safe
def shelf_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report of the shelf in reading order, and its editions."""
    report = get_object_or_404(Report, pk=pk)
    context = {"report": report, "passages": report.passages.defer("tsv"), "editions": editions_of(report)}
    return render(request, "evidence/shelf_report.html", context)


def _shelf_passage(pk: int) -> ReportPassage:
    return get_object_or_404(ReportPassage.objects.select_related("report").defer("tsv"), pk=pk)


@staff()
@require_safe
def shelf_passage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one passage of the shelf with what became of it in the other editions."""
    passage = _shelf_passage(pk)
    context = {
        "passage": passage,
        "report": passage.report,
        "lineage": lineage_of(passage),
        "can_cite": _points(request).exists(),
    }
    return render(request, "evidence/shelf_passage.html", context)


@staff(Role.ATTORNEY)
@require_POST
def shelf_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a passage's report into the library, and go on to cite the passage."""
    taken = actions.take_from_shelf(_shelf_passage(pk), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    return redirect("evidence:cite", taken.pk)


@staff(Role.ATTORNEY)
@require_safe
def matrix(request: HttpRequest, case_pk: uuid.UUID) -> HttpResponse:
    """Show what each point of a case rests on, and what is missing."""
    case = get_object_or_404(visible_to(request.user), pk=case_pk)  # type: ignore[arg-type]
    today = timezone.localdate()
    return render(request, "evidence/matrix.html", {"case": case, "rows": matrix_of(case, today)})


@staff(Role.ATTORNEY)
@require_safe
def suggestions(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show passages of the shelf that may help a point, with the words that led to each."""
    point = get_object_or_404(_points(request), pk=pk)
    asked, results = suggestions_for(point)
    return render(request, "evidence/suggestions.html", {"point": point, "asked": asked, "results": results})


@staff()
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Show which sources of the library are no longer as they were kept."""
    return render(request, "evidence/checks.html", {"drifted": drifted(request.user)})  # type: ignore[arg-type]
