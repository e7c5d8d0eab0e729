"""The staff's search: what is looked for is posted, and found again by the id of the search."""

import time
import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from conflicts.actions import NotAName, search_names
from conflicts.forms import SearchForm
from conflicts.models import NameSearch
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.models import Role
from foundation.forms import posted
from foundation.vault.opening import open_one
from workspace.search.forms import FindUnsentForm
from workspace.search.queries import among_own, found_by_name, found_exactly, unique, unsent

PATIENCE, PAUSE = 0.3, 0.02


@staff(*ON_MATTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Take what is looked for and show what is found, on an address that says nothing of it."""
    user = request.user
    form = SearchForm(posted(request))
    if not form.is_bound:
        return render(request, "conflicts/search.html", {"form": form})
    if not form.is_valid():
        return render(request, "conflicts/search.html", {"form": form}, status=422)
    text = form.cleaned_data["q"]
    if user.has_role(Role.ATTORNEY):
        results = [*found_exactly(user, text), *among_own(user, text)]
        return render(request, "conflicts/search.html", {"form": form, "results": unique(results)})
    try:
        asked = search_names(text, by=user, at=timezone.now())
    except NotAName:
        results = found_exactly(user, text)
        return render(request, "conflicts/search.html", {"form": form, "results": results})
    return redirect("workspace:search-results", asked.pk)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def search_results(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what a search found; where the names worker is late, say so instead of "nothing"."""
    user = request.user
    asked = get_object_or_404(NameSearch, pk=pk, user=user)
    until = time.monotonic() + PATIENCE
    while asked.answered_at is None and time.monotonic() < until:
        time.sleep(PAUSE)
        asked.refresh_from_db()
    opened = open_one(asked, "query", "answer", purpose="search")
    results = [*found_exactly(user, opened.query), *found_by_name(user, opened.answer or [])]
    context = {
        "form": SearchForm(initial={"q": opened.query}),
        "results": unique(results),
        "pending": asked.answered_at is None,
        "unopened": asked.unopened,
    }
    return render(request, "conflicts/search.html", context)


@staff(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def find_unsent(request: StaffRequest) -> HttpResponse:
    """Find the form of somebody who lost their receipt before they sent it: that it is there, and no more."""
    form, found = FindUnsentForm(posted(request)), None
    if form.is_bound and form.is_valid():
        found = unsent(request.user, form.cleaned_data["q"], at=timezone.now())
    status = 422 if form.is_bound and found is None else 200
    return render(request, "workspace/find_unsent.html", {"form": form, "found": found}, status=status)
