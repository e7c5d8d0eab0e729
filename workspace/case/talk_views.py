"""The talk with the person of a case: drafts, translations, a new way; and messages without a case."""

import uuid
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import talking
from cases.access import visible_to
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.events.access import gathered
from notifications import talk
from notifications.inbound_models import Placed, Reply
from workspace.case.show import act_on_case
from workspace.talk.forms import NewWayForm, PlaceForm, SendForm, TranslationForm
from workspace.talk.queries import lost_messages
from workspace.visible import case_for


@staff(Role.CASEWORKER)
@require_POST
def draft(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the draft, or send it, as the press says."""
    case, form = case_for(request, pk), SendForm(request.POST)
    if request.POST.get("press") == "send":
        send, done = partial(talking.send_to_person, case), _("It stands on their return page.")
        return act_on_case(request, case, send, form=form, done=done, tab="messages")
    del form.fields["is_safe"]
    keep, done = partial(talking.draft_to_person, case), _("The draft is kept. Nobody has been sent it.")
    return act_on_case(request, case, keep, form=form, done=done, tab="messages")


@staff(Role.CASEWORKER)
@require_POST
def translate(request: StaffRequest, pk: uuid.UUID, reply: uuid.UUID) -> HttpResponse:
    """Put a translation beside what the person wrote."""
    case, form = case_for(request, pk), TranslationForm(request.POST)
    one = get_object_or_404(Reply, pk=reply, matter_id=case.matter_id)
    action = partial(talk.translate_reply, one)
    return act_on_case(request, case, action, form=form, done=_("The translation is kept."), tab="messages")


@staff(Role.CASEWORKER)
@require_POST
def settle(request: StaffRequest, pk: uuid.UUID, reply: uuid.UUID) -> HttpResponse:
    """Note that what the person wrote needs no answer."""
    case = case_for(request, pk)
    one = get_object_or_404(Reply, pk=reply, matter_id=case.matter_id)
    return act_on_case(request, case, partial(talk.settle_reply, one), done=_("Noted."), tab="messages")


@staff(Role.CASEWORKER)
@require_POST
def new_way(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Note a new way that the person wrote of, once it was made sure that it is them."""
    case, form = case_for(request, pk), NewWayForm(request.POST)
    action = partial(talking.take_new_way, case)
    done = _("Noted. The old way is used no more.")
    return act_on_case(request, case, action, form=form, done=done, tab="messages")


# --- messages that wait for their case ------------------------------------------------------------


@staff(Role.CASEWORKER)
@require_safe
def lost(request: StaffRequest) -> HttpResponse:
    """List what came from numbers and addresses that are nobody's, or several people's."""
    with gathered():
        context = {"lost": lost_messages(request.office.pk), "form": PlaceForm()}
        return render(request, "workspace/talk/unplaced.html", context)


@staff(Role.CASEWORKER)
@require_POST
def place(request: StaffRequest, reply: uuid.UUID) -> HttpResponse:
    """Put a message on the case whose reference was typed."""
    one, form = _lost(request, reply), PlaceForm(request.POST)
    typed = form.cleaned_data["reference"].strip().upper() if form.is_valid() else ""
    case = visible_to(request.user).filter(reference=typed).first() if typed else None
    if case is None:
        form.add_error("reference", _("No case that you can see has this reference."))
        with gathered():
            context = {"lost": lost_messages(request.office.pk), "form": form, "at": one.pk}
            return render(request, "workspace/talk/unplaced.html", context, status=422)
    act(request, partial(talk.place_reply, one, matter=case.matter), done=_("It is on the case."))
    return redirect("workspace:messages", case.pk)


@staff(Role.CASEWORKER)
@require_POST
def away(request: StaffRequest, reply: uuid.UUID) -> HttpResponse:
    """Put a message away that is for no case."""
    act(request, partial(talk.settle_reply, _lost(request, reply)), done=_("Put away."))
    return redirect("workspace:unplaced")


def _lost(request: StaffRequest, reply: uuid.UUID) -> Reply:
    rows = Reply.objects.exclude(placed=Placed.YES)
    return get_object_or_404(rows, pk=reply, office=request.office)
