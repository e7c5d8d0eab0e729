"""One thing done to the cases that were ticked: chosen, looked at, confirmed, taken back."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from cases.actions import undo_change
from cases.many import MOST
from cases.models import Case, ListChange
from cases.queries import cases_of
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role
from foundation.refused import Refused
from workspace.listing import people_of
from workspace.queue.many import DOINGS, Doing
from workspace.queue.many_forms import ChooseCases


class NothingTicked(Refused):
    message = _lazy("Tick the cases in the list first; a case that you do not see is not there.")


class TooManyTicked(Refused):
    message = _lazy("That is more than can be looked through at once. Tick fewer cases.")


@staff(Role.CASEWORKER)
@require_POST
def many(request: StaffRequest) -> HttpResponse:
    """Ask what is to be done to the ticked cases, show what would follow, and do it once it is confirmed."""
    doing = DOINGS.get(request.POST.get("do", ""))
    if doing is None:
        raise NothingTicked
    cases = _ticked(request)
    sent = "chosen" in request.POST
    form = doing.form(request.POST if sent else None, office=request.office)
    if not sent or not form.is_valid():
        return _page(request, doing, cases, form=form, status=422 if sent else 200)
    if "confirmed" not in request.POST:
        return _page(request, doing, cases, form=form, is_preview=True)
    done = doing.do(cases, form.cleaned_data, by=request.user, at=timezone.now())
    return render(request, "workspace/queue_done.html", {"doing": doing, "done": done})


def _ticked(request: StaffRequest) -> list[Case]:
    """Return the ticked cases that the person sees. Raises NothingTicked, TooManyTicked."""
    if len(set(request.POST.getlist("case"))) > MOST:
        raise TooManyTicked
    rows = cases_of(request.user).select_related("office", "applicant", "intake", "caseworker")
    form = ChooseCases(request.POST, cases=rows)
    if not form.is_valid():
        raise NothingTicked
    return list(form.cleaned_data["case"].order_by("urgency_place", "opened_at", "id"))


def _page(
    request: StaffRequest,
    doing: Doing,
    cases: list[Case],
    *,
    form: object,
    is_preview: bool = False,
    status: int = 200,
) -> HttpResponse:
    people = people_of(cases, purpose="many cases")
    context = {
        "doing": doing,
        "cases": [(case, people[case.pk]) for case in cases],
        "form": form,
        "is_preview": is_preview,
    }
    return render(request, "workspace/queue_many.html", context, status=status)


@staff(Role.CASEWORKER)
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back what was done to many cases, as far as nobody changed it since."""
    change = get_object_or_404(ListChange.objects.select_related("tag"), pk=pk, done_by=request.user)
    act(request, partial(undo_change, change), done=_("It was taken back where nobody changed it since."))
    return redirect("workspace:queue")
