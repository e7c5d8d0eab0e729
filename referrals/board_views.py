"""The board: a practitioner who browses asks for a case before anybody asks them."""

import uuid
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.filters import chosen, narrowed, read_address
from referrals import board as actions
from referrals.board_forms import BoardForm
from referrals.board_queries import board_of


@staff(Role.ATTORNEY)
@require_safe
def board(request: StaffRequest) -> HttpResponse:
    """Show what waits for somebody, told less exactly, and what this practitioner asked for."""
    return _page(request, request.GET)


def _page(request: StaffRequest, address: Any, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    form = read_address(BoardForm(address, office=request.office, today=request.office.today(now)))
    asked = form.asked()
    through = partial(narrowed, form_class=BoardForm, asked=asked)
    context = {
        "page": board_of(request.user, narrowed=through, at=now),
        "form": form,
        "chosen": chosen(form, asked),
    }
    return render(request, "referrals/board.html", context, status=status)


@staff(Role.ATTORNEY)
@require_POST
def say(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for a case of the board."""
    done = _("Noted. Your office sees that you asked for it, and tells you here what becomes of it.")
    return _act(request, partial(actions.say_interest, pk), done)


@staff(Role.ATTORNEY)
@require_POST
def withdraw(request: StaffRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for it no more."""
    return _act(request, partial(actions.withdraw_interest, pk), _("Taken back."))


def _act(request: StaffRequest, action: Any, done: str) -> HttpResponse:
    acted = act(request, action, done=done)
    return redirect("panel:board") if acted.is_done else _page(request, {}, status=acted.status)
