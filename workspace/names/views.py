"""The pages about names: what waits for a decision, one pair side by side, a practitioner's own list."""

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conflicts import actions
from conflicts.access import hits_visible_to, may_decide
from conflicts.forms import DecisionForm, NamesForm
from conflicts.models import (
    ConflictCheck,
    ConflictHit,
    HitKind,
    HitStatus,
)
from conflicts.queries import (
    decision_of,
    explained,
    own_list,
)
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role, User
from referrals.models import Offer, OfferStatus
from workspace.names.queries import cases_by_matter, fence_card, fence_form
from workspace.names.show import board_form, show_our_people, show_waiting


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def conflicts(request: StaffRequest) -> HttpResponse:
    """Show what waits: names nobody has answered, possible conflicts, likely duplicates."""
    return show_waiting(request)


def _hit(request: StaffRequest, pk: uuid.UUID) -> ConflictHit:
    hits = hits_visible_to(request.user).select_related("asked", "found", "decided_by")
    return get_object_or_404(hits, pk=pk)


def decision_form(hit: ConflictHit, data: Any = None) -> DecisionForm:
    if hit.kind == HitKind.DUPLICATE:
        return DecisionForm(data, no=_("Two different people"), yes=_("One person who asked twice"))
    return DecisionForm(data, no=_("No conflict"), yes=_("Conflict"))


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def hit(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show two parties side by side, with how each part of their names matches."""
    return _hit_page(request, _hit(request, pk))


def _hit_page(
    request: StaffRequest, hit: ConflictHit, *, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    user = request.user
    shown = next(iter(explained([hit], purpose="conflict page")), None)
    if shown is None:  # one of the two was taken off its matter
        raise Http404
    cases = cases_by_matter(user, [hit.matter_id, hit.other_matter_id])
    is_open = hit.status == HitStatus.OPEN
    apart = hit.kind == HitKind.CONFLICT and hit.status in (HitStatus.OPEN, HitStatus.CONFIRMED)
    context = {
        "one": shown,
        "asked_case": cases.get(hit.matter_id),
        "found_case": cases.get(hit.other_matter_id),
        "form": form or decision_form(hit),
        "can_decide": is_open and may_decide(user, hit),
        "decision": decision_of(hit) if hit.decided_at else "",
        "fences": [(fence_card(case), fence_form(case, user)) for case in cases.values()] if apart else [],
    }
    return render(request, "conflicts/hit.html", context, status=status)


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def decide(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Record a person's decision about a pair; a practitioner's about their own list."""
    user = request.user
    hit = _hit(request, pk)
    form, offer = decision_form(hit, request.POST), _offer_of(hit, user)
    acted = act(request, partial(_decide, hit), form=form, done=_("Your decision is recorded."))
    if user.has_role(Role.ATTORNEY):
        return _back_to_offer(request, offer, form, is_done=acted.is_done)
    if not acted.is_done:
        return _hit_page(request, _hit(request, pk), form=form, status=acted.status)
    # A conflict leads to the question who is kept off; anything else to what is left to decide.
    is_conflict = hit.kind == HitKind.CONFLICT and form.cleaned_data["confirmed"]
    return redirect("workspace:hit", pk) if is_conflict else redirect("workspace:conflicts")


def _decide(hit: ConflictHit, *, confirmed: bool, reason: str, by: User, at: datetime) -> None:
    """Record the decision; of two matters of one person the older goes on."""
    if hit.kind == HitKind.DUPLICATE and confirmed:
        cases = sorted(
            cases_by_matter(by, [hit.matter_id, hit.other_matter_id]).values(), key=lambda c: c.opened_at
        )
        keep = cases[0].matter_id if cases else hit.other_matter_id
        actions.put_together(hit, keep=keep, reason=reason, by=by, at=at)
    else:
        actions.decide_hit(hit, confirmed=confirmed, reason=reason, by=by, at=at)


def _offer_of(asked: ConflictHit | ConflictCheck, user: User | None) -> Offer | None:
    """Return the offer for which something was put beside a practitioner's own list."""
    offers = Offer.objects.filter(user=user, matter_id=asked.matter_id, status=OfferStatus.OPEN)
    return offers.first() if asked.user_id else None


def _back_to_offer(
    request: StaffRequest, offer: Offer | None, form: DecisionForm, *, is_done: bool
) -> HttpResponse:
    """Lead a practitioner back to what they are offered, with why a decision was not recorded."""
    if not is_done:
        why = next(iter(form.non_field_errors()), _("Choose a decision and say why."))
        messages.error(request, str(why))
    return redirect("referrals:offer-detail", offer.pk) if offer else redirect("home")


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def decide_unread(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that a person looked where no program can compare; a practitioner, in their own list."""
    whose = request.user if request.user.has_role(Role.ATTORNEY) else None
    check = get_object_or_404(ConflictCheck, pk=pk, office=request.office, user=whose)
    form, offer = DecisionForm(request.POST, no=_("No conflict"), yes=_("Conflict")), _offer_of(check, whose)
    action = partial(actions.decide_unread, check)
    acted = act(request, action, form=form, done=_("Your decision is recorded."))
    if whose:
        return _back_to_offer(request, offer, form, is_done=acted.is_done)
    if acted.is_done:
        return redirect("workspace:conflicts")
    return show_waiting(request, refused={check.pk: form}, status=acted.status)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def our_people(request: StaffRequest) -> HttpResponse:
    """Show the office's own people, whom every name is compared with; caseworkers add the board."""
    if request.method != "POST" or not request.user.has_role(Role.CASEWORKER):
        return show_our_people(request, board_form())
    form = board_form(request.POST)
    acted = act(request, actions.note_board, form=form, done=_("The names are added."))
    return redirect("workspace:our-people") if acted.is_done else show_our_people(request, form, acted.status)


# --- a practitioner's own list -----------------------------------------------------------------------


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def my_list(request: StaffRequest) -> HttpResponse:
    """Let a practitioner keep the names of those they may not act against; nobody else reads them."""
    if request.method != "POST":
        return _my_list(request, _list_form())
    form = _list_form(request.POST)
    acted = act(request, actions.keep_own_list, form=form, done=_("Your list is kept."))
    return redirect("workspace:my-list") if acted.is_done else _my_list(request, form, acted.status)


def _list_form(sent: QueryDict | None = None) -> NamesForm:
    words = _("People you may not act against or for. One on each line, in any script.")
    return NamesForm(sent, help_text=words)


def _my_list(request: StaffRequest, form: NamesForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "names": own_list(request.user)}
    return render(request, "conflicts/own_list.html", context, status=status)


@staff(Role.ATTORNEY)
@require_POST
def my_list_remove(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    acted = act(request, partial(actions.leave_own_list, pk), done=_("The name is off your list."))
    return redirect("workspace:my-list") if acted.is_done else _my_list(request, _list_form(), acted.status)
