"""The list that an address asks for as a file: codes and dates, names where asked for, no narrative."""

import csv
import io
import uuid
from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases import codes
from cases.models import Case
from cases.words import DEADLINES
from foundation.accounts.access import StaffRequest, staff, step_up
from foundation.accounts.models import Office, Role
from foundation.events.ledger import record
from foundation.filters import address_of, chosen
from foundation.forms import posted
from workspace.listing import people_of
from workspace.queue.many_forms import ExportForm
from workspace.queue.queries import shown
from workspace.queue.tabs import TABS
from workspace.queue.views import form_of, listed, order_of

MOST = 1_000
CODES = (codes.CUSTODY, codes.MINOR, codes.LANGUAGE, codes.STATE, codes.COURT, codes.OUTCOME)
RISKY = "=+-@\t\r"  # what a spreadsheet reads as a formula at the beginning of a cell


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@step_up("files")
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: StaffRequest) -> HttpResponse:
    """Ask what the file is for, and hand it over; the ledger says who took which list, for what."""
    now = timezone.now()
    today = request.office.today(now)
    queue = form_of(request, today=today)
    asked = queue.asked()
    form = ExportForm(posted(request))
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "here": address_of(asked), "chosen": chosen(queue, asked), "most": MOST}
        return render(request, "workspace/queue_export.html", context, status=422 if form.is_bound else 200)
    tab = TABS[asked["tab"]]
    cases = listed(queue, asked, user=request.user, today=today)
    rows = list(order_of(asked, tab).sorted(shown(cases))[:MOST])
    purpose, with_names = form.cleaned_data["purpose"], form.cleaned_data["with_names"]
    people = people_of(rows, purpose=f"list for {purpose}") if with_names else {}
    about = {"purpose": purpose, "cases": len(rows), "names": with_names}
    record("cases.list_exported", request.office, by=request.user, at=now, data=about)
    return _file(_lines(rows, people, office=request.office), today=today)


def _file(lines: Iterable[list[str]], *, today: date) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text).writerows([[_safe(cell) for cell in line] for line in lines])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cases-{today.isoformat()}.csv"'
    return response


def _lines(rows: list[Case], people: dict[uuid.UUID, str], *, office: Office) -> Iterator[list[str]]:
    heads = [
        _("Reference"),
        _("Urgency"),
        _("Status"),
        _("Next date"),
        _("Date"),
        _("Court hearing"),
        _("Country"),
    ]
    heads += [_("Held"), _("Minor"), _("Language"), _("State"), _("Court"), _("Proposed")]
    heads += [_("Acts next"), _("Since"), _("Received"), _("Caseworker"), _("Tags")]
    yield [_("Person"), *heads] if people else heads
    for case in rows:
        line = [
            case.reference,
            case.get_band_display(),
            case.get_status_display(),
            str(DEADLINES.get(case.live_key, "")),
            case.live_date.isoformat() if case.live_date else "",
            case.hearing_on.isoformat() if case.hearing_on else "",
            case.country,
            *(codes.value_of(case.codes, kind) for kind in CODES),
            case.get_waits_on_display() if case.is_open else "",
            office.today(case.waits_since).isoformat(),
            office.today(case.opened_at).isoformat(),
            case.caseworker.name if case.caseworker else "",
            ", ".join(getattr(case, "tag_names", [])),
        ]
        yield [people[case.pk], *line] if people else line


def _safe(cell: str) -> str:
    return f"'{cell}" if cell[:1] and cell[0] in RISKY else cell
