"""The practitioner's side: an offer's anonymous summary, the names check, the answer."""

import uuid
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conflicts.queries import CLEAR, PENDING, offer_standing, own_list_hits, own_unread
from foundation.accounts.access import StaffRequest, asked_first, staff, step_up
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.countries import country_name
from referrals import actions
from referrals.access import may_read_summary, offers_visible_to
from referrals.forms import AcceptForm, DeclineForm
from referrals.models import Offer, OfferStatus
from referrals.queries import names_of, summary_of
from screening.codes import code_words


def _offer(request: StaffRequest, pk: uuid.UUID) -> Offer:
    return get_object_or_404(offers_visible_to(request.user), pk=pk)


def _page(
    request: StaffRequest,
    offer: Offer,
    *,
    accept: AcceptForm | None = None,
    decline: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    open_now = is_open(offer, at=timezone.now())
    context = {
        "offer": offer,
        "status": OfferStatus(offer.status).badge,
        "is_accepted": offer.status == OfferStatus.ACCEPTED,
        "is_open": open_now,
        **(summary_card(offer) if may_read_summary(offer.user, offer) else {}),
        "names": names_of(offer) if open_now and offer.names_shown_at else None,
        **(own_list_card(offer) if open_now and offer.names_shown_at else {}),
        "accept": accept or AcceptForm(),
        "decline": decline or DeclineForm(),
    }
    return render(request, "referrals/offer_detail.html", context, status=status)


def is_open(offer: Offer, *, at: datetime) -> bool:
    """Tell whether an offer can still be answered."""
    return offer.status == OfferStatus.OPEN and offer.expires_at > at


def summary_card(offer: Offer) -> dict[str, Any]:
    """Return what an offer says of the case without telling who it is."""
    summary = summary_of(offer)
    return {
        "summary": summary,
        "codes": code_words(summary.codes),
        "country": country_name(summary.country) if summary.country else _("not known"),
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
    offer = _offer(request, pk)
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
@require_POST
def offer_accept(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    offer, form = _offer(request, pk), AcceptForm(request.POST)
    done = _("The case is reserved for you. Record the engagement once it is signed.")
    acted = act(request, partial(actions.accept_offer, offer), form=form, done=done)
    if not acted.is_done:
        return _page(request, _offer(request, pk), accept=form, status=acted.status)
    return redirect("case", acted.result.case_id)


@staff(Role.ATTORNEY)
@require_POST
def offer_decline(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    offer, form = _offer(request, pk), DeclineForm(request.POST)
    done = _("Thank you for your answer. The referral is back in the queue.")
    acted = act(request, partial(actions.decline_offer, offer), form=form, done=done)
    if not acted.is_done:
        return _page(request, _offer(request, pk), decline=form, status=acted.status)
    return redirect("home")
