"""Pages of the reference shelf."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evidence.actions.shelf import take_from_shelf
from evidence.forms import CarriedPointForm
from evidence.models import Report, ReportPassage
from evidence.queries.claims import points_of
from evidence.queries.shelf import editions_of, lineage_of
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.models import Role
from foundation.forms import asked_in


@staff(*ON_MATTERS)
@require_safe
def shelf_report(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a report of the shelf in reading order, and its editions."""
    report = get_object_or_404(Report, pk=pk)
    context = {"report": report, "passages": report.passages.defer("tsv"), "editions": editions_of(report)}
    return render(request, "evidence/shelf_report.html", context)


def _shelf_passage(pk: int) -> ReportPassage:
    return get_object_or_404(ReportPassage.objects.select_related("report").defer("tsv"), pk=pk)


@staff(*ON_MATTERS)
@require_safe
def shelf_passage(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one passage of the shelf with what became of it in the other editions."""
    passage = _shelf_passage(pk)
    context = {
        "passage": passage,
        "report": passage.report,
        "lineage": lineage_of(passage),
        "can_cite": points_of(request.user).exists(),
        "carried": asked_in(request, CarriedPointForm)["point"],
    }
    return render(request, "evidence/shelf_passage.html", context)


@staff(Role.ATTORNEY)
@require_POST
def shelf_take(request: StaffRequest, pk: int) -> HttpResponse:
    """Bring a passage's report into the library, and go on to cite the passage."""
    taken = take_from_shelf(_shelf_passage(pk), by=request.user, at=timezone.now())
    carried = CarriedPointForm(request.POST)
    point = carried.cleaned_data["point"] if carried.is_valid() else None
    address = reverse("evidence:cite", args=[taken.pk])
    return redirect(f"{address}?point={point}" if point else address)
