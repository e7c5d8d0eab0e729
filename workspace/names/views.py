"""The pages about names: what waits for a decision, one pair side by side, a practitioner's own list."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import visible_to
from conflicts import actions, queries
from conflicts.access import hits_visible_to, may_decide
from conflicts.forms import ANumberForm, DecisionForm, FenceForm, NamesForm, PartyForm
from conflicts.models import (
    CheckKind,
    ConflictCheck,
    ConflictHit,
    HitKind,
    HitStatus,
    Party,
    RingFence,
    SamePerson,
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
from workspace.case.show import act_on_case, show_case
from workspace.names.queries import cases_by_matter, colleagues, fence_card, fence_form, names_page
from workspace.visible import case_for

PER_PAGE = 50


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def conflicts(request: StaffRequest) -> HttpResponse:
    """Show what waits: names nobody has answered, possible conflicts, likely duplicates."""
    return _waiting(request)


def _waiting(
    request: StaffRequest, *, refused: Mapping[uuid.UUID, DecisionForm] | None = None, status: int = 200
) -> HttpResponse:
    """Show what waits; `refused` holds, by check, a decision that could not be recorded."""
    page = names_page(request.user, request.office)
    context = {**page, "decides": request.user.has_role(Role.CASEWORKER)}
    context["checks"] = [(line, (refused or {}).get(line.id)) for line in page["checks"]]
    return render(request, "conflicts/queue.html", context, status=status)


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
    found = next(iter(explained([hit], purpose="conflict page")), None)
    if found is None:  # one of the two was taken off its matter
        raise Http404
    cases = cases_by_matter(user, [hit.matter_id, hit.other_matter_id])
    is_open = hit.status == HitStatus.OPEN
    apart = hit.kind == HitKind.CONFLICT and hit.status in (HitStatus.OPEN, HitStatus.CONFIRMED)
    context = {
        "one": found,
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
    found = _hit(request, pk)
    form, offer = decision_form(found, request.POST), _offer_of(found, user)
    acted = act(request, partial(_decide, found), form=form, done=_("Your decision is recorded."))
    if user.has_role(Role.ATTORNEY):
        if not acted.is_done:
            why = next(iter(form.non_field_errors()), _("Choose a decision and say why."))
            messages.error(request, str(why))
        return redirect("referrals:offer-detail", offer.pk) if offer else redirect("home")
    if not acted.is_done:
        return _hit_page(request, _hit(request, pk), form=form, status=acted.status)
    # A conflict leads to the question who is kept off; anything else to what is left to decide.
    is_conflict = found.kind == HitKind.CONFLICT and form.cleaned_data["confirmed"]
    return redirect("workspace:hit", pk) if is_conflict else redirect("workspace:conflicts")


def _decide(hit: ConflictHit, *, confirmed: bool, reason: str, by: User, at: datetime) -> None:
    """Record the decision; of two requests of one person the older goes on."""
    if hit.kind == HitKind.DUPLICATE and confirmed:
        cases = sorted(
            cases_by_matter(by, [hit.matter_id, hit.other_matter_id]).values(), key=lambda c: c.opened_at
        )
        keep = cases[0].matter_id if cases else hit.other_matter_id
        actions.put_together(hit, keep=keep, reason=reason, by=by, at=at)
    else:
        actions.decide_hit(hit, confirmed=confirmed, reason=reason, by=by, at=at)


def _offer_of(hit: ConflictHit, user: User) -> Offer | None:
    offers = Offer.objects.filter(user=user, matter_id=hit.matter_id, status=OfferStatus.OPEN)
    return offers.first() if hit.user_id else None


@staff(Role.CASEWORKER)
@require_POST
def decide_unread(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that a person looked for a name no program can compare."""
    check = get_object_or_404(ConflictCheck, pk=pk, office=request.office, user=None)
    form = DecisionForm(request.POST, no=_("No conflict"), yes=_("Conflict"))
    action = partial(actions.decide_unread, check)
    acted = act(request, action, form=form, done=_("Your decision is recorded."))
    if acted.is_done:
        return redirect("workspace:conflicts")
    return _waiting(request, refused={check.pk: form}, status=acted.status)


# --- the case page's doors -------------------------------------------------------------------------


@staff(Role.CASEWORKER)
@require_POST
def check(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask about all names of a case now."""
    case = case_for(request, pk)
    action = partial(actions.ask_again, case.matter, kind=CheckKind.DEMAND)
    return act_on_case(request, case, action, done=_("The names are being compared."))


@staff(Role.CASEWORKER)
@require_POST
def add_party(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down someone in the matter, and compare the name at once."""
    case, form = case_for(request, pk), PartyForm(request.POST)
    action = partial(actions.add_party, case.matter)
    return act_on_case(request, case, action, form=form, done=_("The name is added."))


@staff(Role.CASEWORKER)
@require_POST
def remove_party(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take someone off a case, or a name off the office's own people."""
    party = get_object_or_404(Party, pk=pk, office=request.office, user=None, removed_at=None)
    case = visible_to(request.user).filter(matter_id=party.matter_id).first()
    action, done = partial(actions.remove_party, party), _("The name is taken off.")
    if case:
        return act_on_case(request, case, action, done=done)
    if party.matter_id != request.office.matter_id:
        raise Http404
    acted = act(request, action, done=done)
    if acted.is_done:
        return redirect("workspace:our-people")
    return _our_people(request, _board_form(), acted.status)


@staff(Role.CASEWORKER)
@require_POST
def a_number(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down the A-Number of a case."""
    case, form = case_for(request, pk), ANumberForm(request.POST)

    def action(a_number: str, **values: Any) -> None:
        actions.note_a_number(case.matter, a_number, **values)

    return act_on_case(request, case, action, form=form, done=_("The A-Number is kept."))


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def our_people(request: StaffRequest) -> HttpResponse:
    """Show the office's own people, whom every name is compared with; caseworkers add the board."""
    if request.method != "POST" or not request.user.has_role(Role.CASEWORKER):
        return _our_people(request, _board_form())
    form = _board_form(request.POST)
    acted = act(request, actions.note_board, form=form, done=_("The names are added."))
    return redirect("workspace:our-people") if acted.is_done else _our_people(request, form, acted.status)


def _board_form(sent: QueryDict | None = None) -> NamesForm:
    words = _("Who steers or pays for the office. One on each line, in any script.")
    return NamesForm(sent, help_text=words)


def _our_people(request: StaffRequest, form: NamesForm, status: int = 200) -> HttpResponse:
    may_add = request.user.has_role(Role.CASEWORKER)
    context = {"people": queries.our_people(request.office), "form": form if may_add else None}
    return render(request, "conflicts/our_people.html", context, status=status)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_POST
def fence(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep someone off this case."""
    case = case_for(request, pk)
    form = FenceForm(request.POST, people=colleagues(case, request.user))
    put_up = partial(actions.fence, case.matter_id, office_id=case.office_id)
    return act_on_case(request, case, put_up, form=form, done=_("They no longer see this case."))


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_POST
def lift_fence(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let someone back to a case."""
    made = get_object_or_404(RingFence, pk=pk, office=request.office, lifted_at=None)
    lift = partial(actions.lift_fence, made.matter_id, user=made.user, office_id=made.office_id)
    return _for_matter(request, made.matter_id, lift, _("They may see this case again."))


@staff(Role.CASEWORKER)
@require_POST
def take_apart(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo that two requests were put together."""
    same = get_object_or_404(SamePerson, pk=pk, office=request.office, undone_at=None)
    action = partial(actions.take_apart, same)
    return _for_matter(request, same.other_matter_id, action, _("The two requests stand apart again."))


def _for_matter(
    request: StaffRequest, matter_id: uuid.UUID, action: Callable[..., Any], done: str
) -> HttpResponse:
    """Run a button's action and go to the matter's case, or to the conflicts where it may not be seen."""
    acted = act(request, action, done=done)
    case = visible_to(request.user).filter(matter_id=matter_id).first()
    if acted.is_done:
        return redirect(case) if case else redirect("workspace:conflicts")
    if case is None:
        return _waiting(request, status=acted.status)
    return show_case(request, case_for(request, case.pk), status=acted.status)


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
