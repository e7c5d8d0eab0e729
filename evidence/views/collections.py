"""Pages of the collections."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.actions.collections import collect, make_collection, uncollect
from evidence.forms import CollectForm, CollectionForm
from evidence.models import Collected
from evidence.queries.collections import collections_of
from evidence.views.library import own_document, shown
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.forms import posted
from foundation.refused import Refused


@staff(*ON_MATTERS)
@require_POST
def document_collect(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a source into a collection."""
    document = own_document(request, pk)
    form = CollectForm(request.POST, collections=collections_of(request.user))
    if form.is_valid():
        collect(document, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The source is in the collection."))
        return redirect("evidence:document", pk)
    return shown(request, document, collect=form)


@staff(*ON_MATTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def collections(request: StaffRequest) -> HttpResponse:
    """Show the office's collections, and start one."""
    form = CollectionForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = make_collection(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("evidence:collection", made.pk)
    context = {"form": form, "collections": collections_of(request.user)}
    return render(request, "evidence/collections.html", context, status=422 if form.is_bound else 200)


@staff(*ON_MATTERS)
@require_safe
def collection(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the sources of one collection."""
    shown_collection = get_object_or_404(collections_of(request.user), pk=pk)
    context = {
        "collection": shown_collection,
        "collected": shown_collection.collected.select_related("document"),
    }
    return render(request, "evidence/collection.html", context)


@staff(*ON_MATTERS)
@require_POST
def collected_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a source out of a collection."""
    collected = get_object_or_404(Collected, pk=pk, collection__in=collections_of(request.user))
    uncollect(collected, by=request.user, at=timezone.now())
    return redirect("evidence:collection", collected.collection_id)
