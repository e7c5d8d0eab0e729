"""The pages about names: what waits for a decision, one pair side by side, a practitioner's own list."""

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import visible_to
from cases.models import Case
from conflicts import actions, queries
from conflicts.access import hits_visible_to, may_decide
from conflicts.forms import ANumberForm, DecisionForm, FenceForm, NamesForm, PartyForm
from conflicts.models import CheckKind, ConflictCheck, ConflictHit, HitKind, Party, RingFence, SamePerson
from conflicts.queries import (
    decision_of,
    explained,
    is_late,
    open_hits,
    own_list,
    waiting_checks,
)
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role, User
from foundation.forms import posted
from referrals.models import Offer, OfferStatus
from workspace.acting import act
from workspace.names.queries import cases_by_file, colleagues, fence_part
from workspace.visible import case_for

PER_PAGE = 50


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def conflicts(request: StaffRequest) -> HttpResponse:
    """Show what waits: names nobody has answered, possible conflicts, likely duplicates."""
    user = request.user
    now = timezone.now()
    checks = list(waiting_checks(user)[:PER_PAGE])
    hits = list(open_hits(user)[:PER_PAGE])
    twice = list(open_hits(user, HitKind.DUPLICATE)[:PER_PAGE])
    files = [check.file_id for check in checks]
    shown = explained([*hits, *twice], purpose="conflicts")
    cases = cases_by_file(user, files)
    context = {
        "checks": [
            {
                "check": c,
                "case": cases.get(c.file_id),
                "ours": c.file_id == request.office.file_id,
                "late": is_late(c, at=now),
            }
            for c in checks
        ],
        "hits": [one for one in shown if one.hit.kind == HitKind.CONFLICT],
        "twice": [one for one in shown if one.hit.kind == HitKind.DUPLICATE],
    }
    return render(request, "conflicts/queue.html", context)


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
    cases = cases_by_file(user, [hit.file_id, hit.other_file_id])
    apart = hit.kind == HitKind.CONFLICT and hit.status in ("open", "confirmed")
    context = {
        "one": found,
        "asked_case": cases.get(hit.file_id),
        "found_case": cases.get(hit.other_file_id),
        "form": form or decision_form(hit),
        "can_decide": hit.status == "open" and may_decide(user, hit),
        "decision": decision_of(hit) if hit.decided_at else "",
        "fences": [fence_part(case, user) for case in cases.values()] if apart else [],
    }
    return render(request, "conflicts/hit.html", context, status=status)


@staff(Role.CASEWORKER, Role.ATTORNEY)
@require_POST
def decide(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Record a person's decision about a pair; a practitioner's about their own list."""
    user = request.user
    found = _hit(request, pk)
    form, offer = decision_form(found, request.POST), _offer_of(found, user)
    status = act(request, form, partial(_decide, found), _("Your decision is recorded."))
    if user.has_role(Role.ATTORNEY):
        if status:
            messages.error(request, _("Choose a decision and say why."))
        return redirect("referrals:offer-detail", offer.pk) if offer else redirect("home")
    if status:
        return _hit_page(request, _hit(request, pk), form=form, status=status)
    # A conflict leads to the question who is kept off; anything else to what is left to decide.
    is_conflict = found.kind == HitKind.CONFLICT and form.cleaned_data["confirmed"]
    return redirect("workspace:hit", pk) if is_conflict else redirect("workspace:conflicts")


def _decide(hit: ConflictHit, *, confirmed: bool, reason: str, by: User, at: datetime) -> None:
    """Record the decision; of two requests of one person the older goes on."""
    if hit.kind == HitKind.DUPLICATE and confirmed:
        cases = sorted(
            cases_by_file(by, [hit.file_id, hit.other_file_id]).values(), key=lambda c: c.opened_at
        )
        keep = cases[0].file_id if cases else hit.other_file_id
        actions.put_together(hit, keep=keep, reason=reason, by=by, at=at)
    else:
        actions.decide_hit(hit, confirmed=confirmed, reason=reason, by=by, at=at)


def _offer_of(hit: ConflictHit, user: User) -> Offer | None:
    offers = Offer.objects.filter(user=user, file_id=hit.file_id, status=OfferStatus.OPEN)
    return offers.first() if hit.user_id else None


@staff(Role.CASEWORKER)
@require_POST
def decide_unread(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Record that a person looked for a name no program can compare."""
    check = get_object_or_404(ConflictCheck, pk=pk, office=request.office, user=None)
    form = DecisionForm(request.POST, no=_("No conflict"), yes=_("Conflict"))
    if act(request, form, partial(actions.decide_unread, check), _("Your decision is recorded.")):
        messages.error(request, _("Choose a decision and say why."))
    return redirect("workspace:conflicts")


# --- the case page's doors -------------------------------------------------------------------------


@staff(Role.CASEWORKER)
@require_POST
def check(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask about all names of a case now."""
    case = case_for(request, pk)
    actions.ask_again(case.file, kind=CheckKind.DEMAND, by=request.user, at=timezone.now())
    messages.success(request, _("The names are being compared."))
    return redirect(case)


@staff(Role.CASEWORKER)
@require_POST
def add_party(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down someone in the matter, and compare the name at once."""
    case, form = case_for(request, pk), PartyForm(request.POST)
    return _done(request, case, form, partial(actions.add_party, case.file), _("The name is added."))


@staff(Role.CASEWORKER)
@require_POST
def remove_party(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Take someone off a case, or a name off the office's own people."""
    user = request.user
    party = get_object_or_404(Party, pk=pk, office=request.office, user=None, removed_at=None)
    case = visible_to(user).filter(file_id=party.file_id).first()
    if case is None and party.file_id != request.office.file_id:
        raise Http404
    actions.remove_party(party, by=user, at=timezone.now())
    messages.success(request, _("The name is taken off."))
    return redirect(case) if case else redirect("workspace:our-people")


@staff(Role.CASEWORKER)
@require_POST
def a_number(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Write down the A-Number of a case."""
    case, form = case_for(request, pk), ANumberForm(request.POST)
    note = lambda a_number, **values: actions.note_a_number(case.file, a_number, **values)  # noqa: E731
    return _done(request, case, form, note, _("The A-Number is kept."))


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def our_people(request: StaffRequest) -> HttpResponse:
    """Show the office's own people, whom every name is compared with; caseworkers add the board."""
    user = request.user
    may_add = user.has_role(Role.CASEWORKER)
    words = _("Who steers or pays for the office. One on each line, in any script.")
    form, status = NamesForm(posted(request) if may_add else None, help_text=words), 200
    if form.is_bound:
        refused = act(request, form, actions.note_board, _("The names are added."))
        if refused is None:
            return redirect("workspace:our-people")
        status = refused
    context = {"people": queries.our_people(request.office), "form": form if may_add else None}
    return render(request, "conflicts/our_people.html", context, status=status)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_POST
def fence(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep someone off this case."""
    case = case_for(request, pk)
    form = FenceForm(request.POST, people=colleagues(case, request.user))
    put_up = partial(actions.fence, case.file_id, office_id=case.office_id)
    return _done(request, case, form, put_up, _("They no longer see this case."))


def _done(
    request: StaffRequest, case: Case, form: Any, action: Callable[..., Any], done: str
) -> HttpResponse:
    """Run a small form's action and go back to the case, saying what came of it."""
    if act(request, form, action, done):
        messages.error(request, next(iter(form.errors.values()))[0])
    return redirect(case)


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_POST
def lift_fence(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let someone back to a case."""
    user = request.user
    made = get_object_or_404(RingFence, pk=pk, office=request.office, lifted_at=None)
    actions.lift_fence(made.file_id, user=made.user, office_id=made.office_id, by=user, at=timezone.now())
    messages.success(request, _("They may see this case again."))
    case = visible_to(user).filter(file_id=made.file_id).first()
    return redirect(case) if case else redirect("workspace:conflicts")


@staff(Role.CASEWORKER)
@require_POST
def take_apart(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Undo that two requests were put together."""
    user = request.user
    same = get_object_or_404(SamePerson, pk=pk, office=request.office, undone_at=None)
    actions.take_apart(same, by=user, at=timezone.now())
    messages.success(request, _("The two requests stand apart again."))
    case = visible_to(user).filter(file_id=same.other_file_id).first()
    return redirect(case) if case else redirect("workspace:conflicts")


# --- a practitioner's own list -----------------------------------------------------------------------


@staff(Role.ATTORNEY)
@require_http_methods(["GET", "HEAD", "POST"])
def my_list(request: StaffRequest) -> HttpResponse:
    """Let a practitioner keep the names of those they may not act against; nobody else reads them."""
    user = request.user
    words = _("People you may not act against or for. One on each line, in any script.")
    form, status = NamesForm(posted(request), help_text=words), 200
    if form.is_bound:
        refused = act(request, form, actions.keep_own_list, _("Your list is kept."))
        if refused is None:
            return redirect("workspace:my-list")
        status = refused
    return render(request, "conflicts/own_list.html", {"form": form, "names": own_list(user)}, status=status)


@staff(Role.ATTORNEY)
@require_POST
def my_list_remove(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    user = request.user
    actions.leave_own_list(pk, by=user, at=timezone.now())
    messages.success(request, _("The name is off your list."))
    return redirect("workspace:my-list")
