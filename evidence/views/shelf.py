"""Pages of the reference shelf."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from evidence.actions.shelf import take_from_shelf
from evidence.models import Report, ReportPassage
from evidence.queries.claims import points_of
from evidence.queries.shelf import editions_of, lineage_of
from foundation.accounts.access import ON_MATTERS, StaffRequest, staff
from foundation.accounts.models import Role


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
    }
    return render(request, "evidence/shelf_passage.html", context)


@staff(Role.ATTORNEY)
@require_POST
def shelf_take(request: StaffRequest, pk: int) -> HttpResponse:
    """Bring a passage's report into the library, and go on to cite the passage."""
    taken = take_from_shelf(_shelf_passage(pk), by=request.user, at=timezone.now())
    return redirect("evidence:cite", taken.pk)
