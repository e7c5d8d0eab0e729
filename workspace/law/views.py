"""The law files: what is due for a lawyer's look, who may look, and each look."""

from functools import partial

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases import law
from cases.data import deadline_rules
from cases.forms.law import LawCheckForm, LawReaderForm
from cases.models import LawReader
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.acting import Acted, act
from foundation.accounts.models import Role
from workspace.law.queries import law_page, nameable


@staff(*ON_MATTERS)
@require_safe
def law_files(request: StaffRequest) -> HttpResponse:
    """Show every row of the law files, those due for a look first."""
    return _page(request)


def _page(request: StaffRequest, *, sent: forms.Form | None = None, status: int = 200) -> HttpResponse:
    """Show the page; `sent` is a form that was refused, and takes the place of its empty twin."""
    today = request.office.today(timezone.now())
    page = law_page(request.user, request.office, today=today)

    def form(key: str) -> forms.Form | None:
        if isinstance(sent, LawCheckForm) and sent.prefix == key:
            return sent
        return LawCheckForm(prefix=key, initial={"checked_on": today}) if page.may_check else None

    naming = sent if isinstance(sent, LawReaderForm) else LawReaderForm(people=nameable(request.office))
    context = {
        "page": page,
        "rows": [(row, form(row.key)) for row in page.rows],
        "naming": naming if page.may_name else None,
    }
    return render(request, "workspace/law.html", context, status=status)


def _after(request: StaffRequest, acted: Acted, form: forms.Form | None = None) -> HttpResponse:
    return redirect("workspace:law") if acted.is_done else _page(request, sent=form, status=acted.status)


@staff(Role.ATTORNEY)
@require_POST
def check(request: StaffRequest, key: str) -> HttpResponse:
    """Record a look at one row."""
    if key not in deadline_rules():
        raise Http404
    form = LawCheckForm(request.POST, prefix=key)
    acted = act(request, partial(law.check_law, key), form=form, done=_("Your check is recorded."))
    return _after(request, acted, form)


@staff(Role.ADMINISTRATOR)
@require_POST
def name_reader(request: StaffRequest) -> HttpResponse:
    """Name an attorney who checks the law files."""
    form = LawReaderForm(request.POST, people=nameable(request.office))
    acted = act(request, law.name_law_reader, form=form, done=_("They may check the law files now."))
    return _after(request, acted, form)


@staff(Role.ADMINISTRATOR)
@require_POST
def end_reader(request: StaffRequest, pk: int) -> HttpResponse:
    """End that someone checks the law files."""
    reader = get_object_or_404(LawReader, pk=pk, office=request.office, ended_at=None)
    acted = act(request, partial(law.end_law_reader, reader), done=_("They check the law files no more."))
    return _after(request, acted)
