"""When one is away and who covers: one's own page, and that of a colleague for whoever leads the office."""

from functools import partial

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.accounts import away
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.forms import AwayForm
from foundation.accounts.models import Away, Membership, Role, User
from foundation.accounts.views import page
from foundation.forms import posted


@staff()
@page
def my_away(request: StaffRequest) -> HttpResponse:
    """Say when one is away, and who covers."""
    return _page(request, request.user)


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@page
def away_of(request: StaffRequest, pk: int) -> HttpResponse:
    """Say for a colleague when they are away, and who covers."""
    colleagues = Membership.objects.filter(office=request.office).values("user")
    return _page(request, get_object_or_404(User, pk=pk, pk__in=colleagues))


def _page(request: StaffRequest, person: User) -> HttpResponse:
    form, status = AwayForm(posted(request), person=person), 200
    if form.is_bound:
        acted = act(request, partial(away.say_away, person), form=form, done=_("Noted."))
        if acted.is_done:
            return redirect(request.path)
        status = acted.status
    return _shown(request, person, form, status)


def _shown(request: StaffRequest, person: User, form: forms.Form, status: int) -> HttpResponse:
    today = request.office.today(timezone.now())
    context = {
        "person": person,
        "own": person.pk == request.user.pk,
        "coming": away.coming_of(person, on=today),
        "form": form,
    }
    return render(request, "accounts/away.html", context, status=status)


@staff()
@require_POST
def end_away(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that one is back, or is not away after all."""
    return _end(request, get_object_or_404(_rows(request), pk=pk, user=request.user))


@staff(Role.SUPERVISOR, Role.ADMINISTRATOR)
@require_POST
def end_away_of(request: StaffRequest, pk: int) -> HttpResponse:
    """Say for a colleague that they are back, or are not away after all."""
    return _end(request, get_object_or_404(_rows(request), pk=pk))


def _rows(request: StaffRequest) -> QuerySet[Away]:
    return Away.objects.filter(office=request.office).select_related("user")


def _end(request: StaffRequest, row: Away) -> HttpResponse:
    acted = act(request, partial(away.end_away, row), done=_("Noted."))
    own = row.user_id == request.user.pk
    if acted.is_done:
        return redirect("my-away") if own else redirect("away-of", row.user_id)
    return _shown(request, row.user, AwayForm(person=row.user), acted.status)
