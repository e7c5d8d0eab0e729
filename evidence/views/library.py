"""The library: list, add, read, confirm."""

import uuid
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.access import documents_visible_to
from evidence.actions.library import assess_source, confirm_details
from evidence.actions.links import add_file, add_link, add_text
from evidence.actions.passages import NoSuchPassage, mark_passage, mark_words, move_end
from evidence.clients.tesseract import can_recognize
from evidence.data import topics
from evidence.forms import (
    AssessmentForm,
    CarriedPointForm,
    CollectForm,
    DetailsForm,
    DocumentForm,
    EndForm,
    MarkForm,
    WordsForm,
)
from evidence.models import Document, DocumentKind
from evidence.queries.claims import points_of
from evidence.queries.collections import collections_of
from evidence.queries.library import (
    countries_of,
    found_in,
    latest_snapshot,
    left_out_of,
    library,
    passages_of,
    timeline_of,
)
from evidence.queries.links import links_of
from evidence.recognition import add_recognition, asked_of
from evidence.search.office import search_office
from evidence.search.shelf import Filters, search_shelf
from evidence.words import age_words, use_words, warning_words
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.acting import act
from foundation.countries import country_name
from foundation.files.receiving import receives_in_memory
from foundation.forms import asked_in, posted
from foundation.refused import Refused

KEPT_AS_MARKED = gettext_lazy("The passages are kept as you marked them.")
ASKED = ("q", "country", "topic", "kind", "from", "to")


@staff(*ON_MATTERS)
@require_safe
def document_list(request: StaffRequest) -> HttpResponse:
    """Show the office's sources and what the reference shelf says, for some words and filters."""
    user = request.user
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ASKED}
    words = asked["q"][:2000]
    filters = Filters(
        iso3=asked["country"][:3],
        first_year=_year(asked["from"]),
        last_year=_year(asked["to"]),
        topic=_topic(asked["topic"]),
        kind=asked["kind"] if asked["kind"] in DocumentKind.values else "",
    )
    shelf = search_shelf(words, filters) if words else None
    context = {
        "documents": [] if words else library(user, filters)[:200],
        "captured": search_office(words, user, filters) if words else [],
        "shelf": shelf,
        "either": _to_choose(request, shelf.either if shelf else ()),
        "countries": countries_of(user),
        "topics": topics(),
        "kinds": DocumentKind.choices,
        "links": links_of(user),
        "asked": asked,
        "words": words,
        "country": filters.iso3,
    }
    return render(request, "evidence/document_list.html", context)


def _to_choose(request: StaffRequest, countries: Iterable[str]) -> list[tuple[str, str]]:
    """Return the name of each country and the address of the same search in it alone."""
    choices = []
    for iso3 in countries:
        query = request.GET.copy()
        query["country"] = iso3
        choices.append((country_name(iso3), f"?{query.urlencode()}"))
    return choices


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _topic(code: str) -> str:
    return code if any(topic.code == code for topic in topics()) else ""


@receives_in_memory
@staff(*ON_MATTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def document_add(request: StaffRequest) -> HttpResponse:
    """Take a pasted or uploaded text into the library, or put an address in line to be fetched."""
    form = DocumentForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            return _add(request, form.cleaned_data)
        except Refused as refused:
            form.add_error("text", str(refused))
    return render(request, "evidence/document_add.html", {"form": form}, status=422 if form.is_bound else 200)


def _add(request: StaffRequest, given: dict[str, Any]) -> HttpResponse:
    """Put what has to be fetched or read in line, and wait for it on a page."""
    about: dict[str, Any] = {"kind": given["kind"], "by": request.user, "at": timezone.now()}
    upload = given["file"]
    if upload:
        sent = add_file(upload.raw, name=upload.name, url=given["url"], **about)
        return redirect("evidence:link", sent.pk)
    if given["text"]:
        return redirect("evidence:link", add_text(given["text"], url=given["url"], **about).pk)
    return redirect("evidence:link", add_link(given["url"], **about).pk)


def own_document(request: StaffRequest, pk: uuid.UUID) -> Document:
    return get_object_or_404(documents_visible_to(request.user), pk=pk)


@staff(*ON_MATTERS)
@require_safe
def document(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a source in reading order, each passage ready to be cited."""
    return shown(request, own_document(request, pk))


def shown(request: StaffRequest, document: Document, **changed: Any) -> HttpResponse:
    """Show a source; `changed` holds a form that was sent and refused."""
    snapshot = latest_snapshot(document)
    passages = passages_of(snapshot)
    collections = collections_of(request.user)
    context = {
        "document": document,
        "snapshot": snapshot,
        "passages": passages,
        "left_out": left_out_of(document, snapshot, passages),
        "can_cite": points_of(request.user).exists(),
        "carried": asked_in(request, CarriedPointForm)["point"],
        "found": found_in(document, snapshot),
        "warnings": warning_words(document.warnings),
        "recognition": (asked := asked_of(document)),
        "can_recognize": bool(document.empty_pages) and can_recognize() and not asked,
        "uses": use_words(document.uses),
        "details": DetailsForm(document=document),
        "mark": WordsForm(),
        "assessment": AssessmentForm(
            initial={"independence": document.independence, "method": document.method}
        ),
        "countries": sorted(country_name(iso3) for iso3 in document.countries),
        "age": age_words(
            (document.office.today(timezone.now()) - document.published_date).days, hearing=False
        )
        if document.published_date
        else "",
        "collected": document.collected.select_related("collection"),
        "collect": CollectForm(collections=collections) if collections else None,
        **changed,
    }
    return render(request, "evidence/document.html", context, status=422 if changed else 200)


@staff(*ON_MATTERS)
@require_POST
def document_confirm(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the details as a person corrected them."""
    document = own_document(request, pk)
    form = DetailsForm(request.POST, document=document)
    if form.is_valid():
        confirm_details(document, **form.details, by=request.user, at=timezone.now())
        messages.success(request, _("The details are confirmed."))
        return redirect("evidence:document", pk)
    return shown(request, document, details=form, edit=True)


@staff(*ON_MATTERS)
@require_POST
def document_assess(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep a person's judgment of a source."""
    document = own_document(request, pk)
    form = AssessmentForm(request.POST)
    if form.is_valid():
        assess_source(document, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The assessment is kept."))
        return redirect("evidence:document", pk)
    return shown(request, document, assessment=form)


@staff(*ON_MATTERS)
@require_POST
def passage_mark(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a part of the text that the rules left out a passage."""
    return _marked(request, pk, MarkForm(request.POST), mark_passage)


@staff(*ON_MATTERS)
@require_POST
def words_mark(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Make the part of the text that says some words a passage."""
    document, form = own_document(request, pk), WordsForm(request.POST)
    acted = act(request, partial(mark_words, document), form=form, done=str(KEPT_AS_MARKED))
    if acted.is_done:
        return redirect("evidence:document", pk)
    return shown(request, document, mark=form)


@staff(*ON_MATTERS)
@require_POST
def statement_end(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the text end further down or further up."""
    return _marked(request, pk, EndForm(request.POST), move_end)


def _marked(request: StaffRequest, pk: uuid.UUID, form: Form, action: Callable[..., Any]) -> HttpResponse:
    document = own_document(request, pk)
    try:
        if not form.is_valid():
            raise NoSuchPassage
        action(document, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(KEPT_AS_MARKED))
    return redirect("evidence:document", pk)


@staff(*ON_MATTERS)
@require_POST
def document_recognize(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a source's pages without text in line for text recognition."""
    try:
        add_recognition(own_document(request, pk), by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The pages will be read within minutes. Nothing leaves this machine."))
    return redirect("evidence:document", pk)


@staff(*ON_MATTERS)
@require_safe
def countries(request: StaffRequest) -> HttpResponse:
    """Show the countries there is something on."""
    return render(request, "evidence/countries.html", {"countries": countries_of(request.user)})


@staff(*ON_MATTERS)
@require_safe
def country(request: StaffRequest, iso3: str) -> HttpResponse:
    """Show what there is on a country, year by year."""
    timeline = timeline_of(request.user, iso3.upper())
    if not timeline:
        raise Http404
    context = {"iso3": iso3.upper(), "name": country_name(iso3.upper()), "timeline": timeline}
    return render(request, "evidence/country.html", context)
