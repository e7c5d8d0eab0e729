"""The practitioner's side: an offer's anonymous summary, the names check, the answer."""

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from conflicts.queries import CLEAR, PENDING, offer_standing, own_list_hits, own_unread
from foundation.accounts.access import StaffRequest, asked_first, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role, User
from referrals import actions
from referrals.access import may_read_summary, offers_visible_to
from referrals.answering import has_seen_names, may_move
from referrals.asking_queries import questions_of
from referrals.firm_forms import MoveForm
from referrals.firm_queries import colleagues_of, names_state
from referrals.forms import AcceptForm, DeclineForm
from referrals.models import DeclineReason, Offer, OfferMove, OfferStatus
from referrals.pausing import is_paused, minutes_left
from referrals.queries import names_of
from referrals.summary_forms import QuestionForm
from referrals.summary_queries import summary_of
from screening.codes import code_words

# What a reason for a no asks of whoever gave it, so that the next offer fits.
ASKS: dict[str, Any] = {
    DeclineReason.CAPACITY: _lazy("No room now? Take fewer cases, or no new ones for a while: say so here."),
    DeclineReason.FIT: _lazy("Say here which languages, places and kinds of case you take."),
}


def _offer(request: StaffRequest, pk: uuid.UUID) -> Offer:
    return get_object_or_404(offers_visible_to(request.user), pk=pk)


def _page(request: StaffRequest, offer: Offer, *, status: int = 200, **sent: Any) -> HttpResponse:
    """Show an offer to whoever may answer it; `sent` are its forms that were refused."""
    user, now = request.user, timezone.now()
    open_now, is_for = is_open(offer, at=now), offer.user_id != user.pk
    is_seen = open_now and has_seen_names(offer, user)
    reads = may_read_summary(user, offer) and (open_now or not is_for)
    context = {
        "offer": offer,
        "status": OfferStatus(offer.status).badge,
        "is_accepted": offer.status == OfferStatus.ACCEPTED,
        "is_open": open_now,
        "is_for": is_for,
        "answered_by": answered_by(offer),
        "held_by": offer.offered_by.name if offer.hands_on_id else "",
        "rescinded_why": str(offer.get_rescind_reason_display() or ""),
        **(pause_card(offer, user, at=now) if open_now else {}),
        **(summary_card(offer) if reads else {}),
        **(firm_card(offer, user, at=now) if open_now else {}),
        "names": names_of(offer) if is_seen else None,
        **(own_list_card(offer) if is_seen and not is_for else {}),
        "accept": AcceptForm(is_for=is_for),
        "decline": DeclineForm(),
        "questions": questions_of([offer]) if reads else [],
        "ask": QuestionForm() if open_now else None,
    }
    return render(request, "referrals/offer_detail.html", context | sent, status=status)


def answered_by(offer: Offer) -> str:
    """Return who answered an offer in the practitioner's stead, "" for nobody."""
    one = offer.answered_by
    return one.name if one and one.pk != offer.user_id else ""


def firm_card(offer: Offer, user: User, *, at: datetime) -> dict[str, Any]:
    """Return what a coordinator may do with an open offer beside answering it."""
    if not may_move(offer, user):
        return {}
    colleagues = colleagues_of(offer, on=offer.office.today(at))
    return {
        "names_state": names_state(offer),
        "move": MoveForm(colleagues=colleagues),
        "may_be_moved": bool(colleagues),
        "is_away": offer.practitioner.away(on=offer.office.today(at)),
    }


def pause_card(offer: Offer, user: User, *, at: datetime) -> dict[str, Any]:
    """Return how the clock of an open offer stands, and whether this person may stop it or let it run."""
    return {
        "hours_left": minutes_left(offer, at=at) // 60,
        "is_paused": is_paused(offer, at=at),
        "may_pause": has_seen_names(offer, user) and not offer.paused_at,
    }


def is_open(offer: Offer, *, at: datetime) -> bool:
    """Tell whether an offer can still be answered."""
    return offer.status == OfferStatus.OPEN and offer.expires_at > at


def summary_card(offer: Offer) -> dict[str, Any]:
    """Return what an offer says of the case without telling who it is."""
    summary = summary_of(offer)
    return {
        "summary": summary,
        "codes": code_words(summary.codes),
    }


def own_list_card(offer: Offer) -> dict[str, Any]:
    """Return how the offered names stand beside the practitioner's own list."""
    standing = offer_standing(offer.matter_id, user=offer.user)
    hits = own_list_hits(offer.matter_id, user=offer.user)
    return {
        "own_is_pending": standing == PENDING,
        "own_is_clear": standing == CLEAR and not hits,
        "own_hits": hits,
        "own_unread": own_unread(offer.matter_id, user=offer.user),
    }


@staff(Role.ATTORNEY)
@require_safe
def offer_detail(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the anonymous summary and, once asked for, the names; who may ask for them says who they are."""
    offer = offers_visible_to(request.user).filter(pk=pk).first()
    if offer is None:
        moved = OfferMove.objects.filter(offer=pk, user=request.user).order_by("-moved_at").first()
        if moved is None:
            raise Http404
        return render(request, "referrals/offer_moved.html", {"moved": moved})
    asked = asked_first(request, "names") if is_open(offer, at=timezone.now()) else None
    return asked or _page(request, offer)


@staff(Role.ATTORNEY)
@require_POST
@step_up("names", back="referrals:offer-detail")
def offer_names(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the names for the conflict check; the reading is recorded."""
    offer = _offer(request, pk)
    acted = act(request, partial(actions.show_names, offer))
    if not acted.is_done:
        return _page(request, _offer(request, pk), status=acted.status)
    return redirect("referrals:offer-detail", pk)


@staff(Role.ATTORNEY)
@require_safe
@step_up("names")
def offer_sheet(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the names alone, to print, to whoever asked for them; each time on record."""
    offer, at = _offer(request, pk), timezone.now()
    if not (is_open(offer, at=at) and has_seen_names(offer, request.user)):
        return redirect("referrals:offer-detail", pk)
    context = {"offer": offer, "names": names_of(offer), "reader": request.user.name, "at": at}
    return render(request, "referrals/offer_sheet.html", context)


@staff(Role.ATTORNEY)
@require_POST
def offer_accept(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    offer = _offer(request, pk)
    is_for = offer.user_id != request.user.pk
    form = AcceptForm(request.POST, is_for=is_for)
    done = _("The case is reserved for you. Record the engagement once it is signed.")
    if is_for:
        done = _("The case is reserved for them, and they are told.")
    acted = act(request, partial(actions.accept_offer, offer), form=form, done=done)
    if not acted.is_done:
        return _page(request, _offer(request, pk), accept=form, status=acted.status)
    return redirect("panel:my-firm") if is_for else redirect("case", acted.result.case_id)


@staff(Role.ATTORNEY)
@require_POST
def offer_decline(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    offer, form = _offer(request, pk), DeclineForm(request.POST)
    done = _("Thank you for your answer. The referral is back in the queue.")
    if offer.hands_on_id:
        done = _("Thank you for your answer. The case stays with whoever asked you.")
    acted = act(request, partial(actions.decline_offer, offer), form=form, done=done)
    if not acted.is_done:
        return _page(request, _offer(request, pk), decline=form, status=acted.status)
    if offer.user_id != request.user.pk:
        return redirect("panel:my-firm")
    if asks := ASKS.get(form.cleaned_data["reason"]):
        messages.info(request, asks)
        return redirect("panel:profile")
    return redirect("home")


@staff(Role.ATTORNEY)
@require_POST
def offer_ask(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the caseworker something before answering."""
    offer, form = _offer(request, pk), QuestionForm(request.POST)
    done = _("Asked. The answer stands here; your time to answer runs on meanwhile.")
    acted = act(request, partial(actions.ask_about_offer, offer), form=form, done=done)
    if not acted.is_done:
        return _page(request, _offer(request, pk), ask=form, status=acted.status)
    return redirect("referrals:offer-detail", pk)


@staff(Role.ATTORNEY)
@require_POST
def offer_pause(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop the clock of an offer while conflicts are looked for."""
    done = _("The clock stands still for two working days, or until you let it run on.")
    return _act(request, pk, actions.pause_offer, done)


@staff(Role.ATTORNEY)
@require_POST
def offer_resume(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the clock of an offer run on."""
    return _act(request, pk, actions.resume_offer, _("The clock runs on."))


def _act(request: StaffRequest, pk: uuid.UUID, action: Callable[..., Any], done: str) -> HttpResponse:
    acted = act(request, partial(action, _offer(request, pk)), done=done)
    if not acted.is_done:
        return _page(request, _offer(request, pk), status=acted.status)
    return redirect("referrals:offer-detail", pk)


@staff(Role.ATTORNEY)
@require_POST
@step_up("offers", back="referrals:offer-detail")
def offer_move(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Move an unanswered offer to a colleague of the firm one answers for."""
    offer = _offer(request, pk)
    if not may_move(offer, request.user):
        raise PermissionDenied
    colleagues = colleagues_of(offer, on=offer.office.today(timezone.now()))
    form = MoveForm(request.POST, colleagues=colleagues)
    done = _("The offer is moved. Both are told.")
    acted = act(request, partial(actions.move_offer, offer), form=form, done=done)
    if not acted.is_done:
        return _page(request, _offer(request, pk), move=form, status=acted.status)
    return redirect("panel:my-firm")
