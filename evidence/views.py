"""The library: list, add, read, confirm; and citing from it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import visible_to
from evidence import actions
from evidence.access import citations_visible_to, documents_visible_to
from evidence.capture import ask_for_link
from evidence.data import topics
from evidence.forms import (
    AssessmentForm,
    CiteForm,
    ClaimPointForm,
    CollectForm,
    CollectionForm,
    DetailsForm,
    DocumentForm,
)
from evidence.models import (
    Capture,
    ClaimPoint,
    Collected,
    Document,
    DocumentKind,
    Passage,
    Report,
    ReportPassage,
)
from evidence.office_search import search_office
from evidence.queries import (
    collections_of,
    countries_of,
    drifted,
    editions_of,
    found_in,
    hearing_of,
    latest_snapshot,
    library,
    lineage_of,
    links_of,
    matrix_of,
    passages_of,
    point_labels,
    suggestions_for,
    timeline_of,
)
from evidence.reading.kinds import can_recognize
from evidence.recognition import ask_recognition
from evidence.search import Filters, search_shelf
from evidence.words import age_words, use_words, warning_words
from foundation.accounts.access import staff
from foundation.accounts.models import Role, User
from foundation.countries import country_name
from foundation.files.receiving import receives_in_memory
from foundation.forms import posted
from foundation.refused import Refused

DETAILS = ("title", "publisher", "dateline", "published_date", "published_precision", "kind", "url")


ASKED = ("q", "country", "topic", "kind", "from", "to")


@staff()
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Show the office's sources and what the reference shelf says, for some words and filters."""
    user: User = request.user  # type: ignore[assignment]
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ASKED}
    words = asked["q"][:2000]
    filters = Filters(
        iso3=asked["country"][:3],
        first_year=_year(asked["from"]),
        last_year=_year(asked["to"]),
        topic=_topic(asked["topic"]),
        kind=asked["kind"] if asked["kind"] in DocumentKind.values else "",
    )
    context = {
        "documents": [] if words else library(user, filters)[:200],
        "captured": search_office(words, user, filters) if words else [],
        "shelf": search_shelf(words, filters) if words else None,
        "countries": countries_of(user),
        "topics": topics(),
        "kinds": DocumentKind.choices,
        "links": links_of(user),
        "asked": asked,
        "words": words,
        "country": filters.iso3,
    }
    return render(request, "evidence/document_list.html", context)


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _topic(code: str) -> str:
    return code if any(topic.code == code for topic in topics()) else ""


@receives_in_memory
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
        ask_for_link(given["url"], **about)
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
    return _shown(request, _document(request, pk))


def _shown(request: HttpRequest, found: Document, **changed: Any) -> HttpResponse:
    """Show a source; `changed` holds a form that was sent and refused."""
    snapshot = latest_snapshot(found)
    collections = collections_of(request.user)  # type: ignore[arg-type]
    context = {
        "document": found,
        "snapshot": snapshot,
        "passages": passages_of(snapshot),
        "can_cite": _points(request).exists(),
        "found": found_in(found, snapshot),
        "warnings": warning_words(found.warnings),
        "can_recognize": bool(found.empty_pages) and can_recognize() and not found.recognition_asked_at,
        "uses": use_words(found.uses),
        "details": DetailsForm(initial={name: getattr(found, name) for name in DETAILS}),
        "assessment": AssessmentForm(initial={"independence": found.independence, "method": found.method}),
        "age": age_words((found.office.today(timezone.now()) - found.published_date).days, hearing=False)
        if found.published_date
        else "",
        "collected": found.collected.select_related("collection"),
        "collect": CollectForm(collections=collections) if collections else None,
        **changed,
    }
    return render(request, "evidence/document.html", context, status=422 if changed else 200)


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
    return _shown(request, found, details=form, edit=True)


@staff()
@require_POST
def document_assess(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep a person's judgment of a source."""
    found = _document(request, pk)
    form = AssessmentForm(request.POST)
    if form.is_valid():
        actions.assess_source(found, **form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("The assessment is kept."))
        return redirect("evidence:document", pk)
    return _shown(request, found, assessment=form)


@staff()
@require_POST
def document_recognize(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a source's pages without text in line for text recognition."""
    try:
        ask_recognition(_document(request, pk), by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The pages will be read within minutes. Nothing leaves this machine."))
    return redirect("evidence:document", pk)


@staff()
@require_POST
def document_collect(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a source into a collection."""
    found = _document(request, pk)
    form = CollectForm(request.POST, collections=collections_of(request.user))  # type: ignore[arg-type]
    if form.is_valid():
        actions.collect(found, **form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("The source is in the collection."))
        return redirect("evidence:document", pk)
    return _shown(request, found, collect=form)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def collections(request: HttpRequest) -> HttpResponse:
    """Show the office's collections, and start one."""
    form = CollectionForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.make_collection(**form.cleaned_data, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("evidence:collection", made.pk)
    context = {"form": form, "collections": collections_of(request.user)}  # type: ignore[arg-type]
    return render(request, "evidence/collections.html", context, status=422 if form.is_bound else 200)


@staff()
@require_safe
def collection(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the sources of one collection."""
    found = get_object_or_404(collections_of(request.user), pk=pk)  # type: ignore[arg-type]
    context = {"collection": found, "collected": found.collected.select_related("document")}
    return render(request, "evidence/collection.html", context)


@staff()
@require_POST
def uncollect(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a source out of a collection."""
    collected = get_object_or_404(Collected, pk=pk, collection__in=collections_of(request.user))  # type: ignore[arg-type]
    actions.uncollect(collected, by=request.user)  # type: ignore[arg-type]
    return redirect("evidence:collection", collected.collection_id)


@staff()
@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Show the countries there is something on."""
    return render(request, "evidence/countries.html", {"countries": countries_of(request.user)})  # type: ignore[arg-type]


@staff()
@require_safe
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """Show what there is on a country, year by year."""
    timeline = timeline_of(request.user, iso3.upper())  # type: ignore[arg-type]
    if not timeline:
        raise Http404
    context = {"iso3": iso3.upper(), "name": country_name(iso3.upper()), "timeline": timeline}
    return render(request, "evidence/country.html", context)


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
    today = case.office.today(timezone.now())
    hearing = hearing_of(case, today)
    rows = matrix_of(case, today=today, hearing=hearing)
    return render(request, "evidence/matrix.html", {"case": case, "rows": rows, "hearing": hearing})


@staff(Role.ATTORNEY)
@require_safe
def suggestions(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show passages that may help a point, and such as may be held against it, each with the reason."""
    point = get_object_or_404(_points(request), pk=pk)
    found = suggestions_for(point, request.user)  # type: ignore[arg-type]
    return render(request, "evidence/suggestions.html", {"point": point, "found": found})


@staff()
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Show which sources of the library are no longer as they were kept."""
    return render(request, "evidence/checks.html", {"drifted": drifted(request.user)})  # type: ignore[arg-type]
