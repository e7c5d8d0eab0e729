"""Saved lists: kept from what the queue's address asks for, opened, shared, ended."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.actions import end_search, note_looked, save_search
from cases.models import SavedSearch
from cases.searches import searches_for
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.filters import address_of, chosen
from foundation.forms import posted
from notifications.subscribing import subscribe, subscribed_to, unsubscribe
from workspace.queue import saved
from workspace.queue.many_forms import SaveForm
from workspace.queue.telling import KIND
from workspace.queue.views import form_of


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: StaffRequest) -> HttpResponse:
    """Keep the list that this address asks for under a name."""
    queue = form_of(request, today=request.office.today(timezone.now()))
    asked = {name: value for name, value in queue.asked().items() if value and name != "at"}
    form, status = SaveForm(posted(request)), 200
    if form.is_bound:
        acted = act(request, partial(save_search, asked=asked), form=form, done=_("The list is kept."))
        if acted.is_done:
            return redirect("workspace:saved-list", acted.result.pk)
        status = acted.status
    context = {"form": form, "chosen": chosen(queue, asked), "here": address_of(asked)}
    return render(request, "workspace/queue_save.html", context, status=status)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def lists(request: StaffRequest) -> HttpResponse:
    """List the saved lists, and of which of them one is told when new cases come."""
    told = subscribed_to(request.user, KIND)
    shown = saved.shown_searches(list(searches_for(request.user)), {}, user=request.user, told=told)
    context = {"saved": shown}
    return render(request, "workspace/queue_lists.html", context)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_POST
def tell_of_saved(request: StaffRequest, pk: int) -> HttpResponse:
    """Be told of new cases in a saved list, or no more, as the press says."""
    search, wants = _search(request, pk), request.POST.get("press") != "off"
    action, done = (subscribe, _("You are told.")) if wants else (unsubscribe, _("You are told no more."))
    act(request, partial(action, KIND, str(search.pk)), done=done)
    return redirect("workspace:saved-lists")


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def open_saved(request: StaffRequest, pk: int) -> HttpResponse:
    """Go to a saved list; where it asks for what is not there any more, say so first."""
    search = _search(request, pk)
    form, gone = saved.read(search, user=request.user, today=request.office.today(timezone.now()))
    address = saved.address(form, gone)
    if search.user_id == request.user.pk:
        note_looked(search, by=request.user, at=timezone.now())
    if not gone:
        return redirect(address)
    context = {"search": search, "gone": gone, "address": address}
    return render(request, "workspace/queue_saved_gone.html", context)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_POST
def end_saved(request: StaffRequest, pk: int) -> HttpResponse:
    """End a saved list of one's own."""
    act(request, partial(end_search, _search(request, pk)), done=_("The list is not kept any more."))
    return redirect("workspace:queue")


def _search(request: StaffRequest, pk: int) -> SavedSearch:
    found: SavedSearch = get_object_or_404(searches_for(request.user), pk=pk)
    return found
