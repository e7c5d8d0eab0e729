"""The coordinator's side: the people they answer for, and what is offered to them."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from referrals import firms
from referrals.access import coordinated_firm, people_of
from referrals.firm_queries import people_with_offers


@staff(Role.ATTORNEY)
@require_safe
def my_firm(request: StaffRequest) -> HttpResponse:
    """Show the people of the firm one answers for: whether they take cases, and what waits for an answer."""
    firm, now = coordinated_firm(request.user), timezone.now()
    if firm is None:
        return render(request, "referrals/no_firm.html")
    people = people_with_offers(request.user, request.office, on=request.office.today(now), at=now)
    return render(request, "referrals/my_firm.html", {"firm": firm, "people": people})


@staff(Role.ATTORNEY)
@require_POST
def pause(request: StaffRequest, pk: int) -> HttpResponse:
    """Have nothing more offered to somebody of one's firm for now."""
    return _set(
        request, pk, accepting=False, done=_("Nothing more is offered to them for now. They are told.")
    )


@staff(Role.ATTORNEY)
@require_POST
def resume(request: StaffRequest, pk: int) -> HttpResponse:
    """Let cases be offered to somebody of one's firm again."""
    return _set(request, pk, accepting=True, done=_("They take new cases again. They are told."))


def _set(request: StaffRequest, pk: int, *, accepting: bool, done: str) -> HttpResponse:
    others = people_of(request.user).exclude(user=request.user).select_related("user", "office")
    one = get_object_or_404(others, pk=pk)
    act(request, partial(firms.set_accepting, one, accepting=accepting), done=done)
    return redirect("panel:my-firm")
