"""The ledger of an office on a page of its own, with filters."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.access import visible_to
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role
from foundation.events.models import Event
from foundation.filters import address_of, filters_of, narrowed, read_address
from foundation.keyset import Order, slice_of
from workspace.history.forms import LedgerForm
from workspace.history.queries import entries

PER_PAGE = 50
NEWEST = Order("newest", _("Newest first"), ("at", "id"), is_descending=True)


@staff(Role.ADMINISTRATOR, Role.SECURITY)
@require_safe
def ledger(request: StaffRequest) -> HttpResponse:
    """Show what happened in the office, newest first, as the address asks for it."""
    today = request.office.today(timezone.now())
    form = read_address(LedgerForm(request.GET, office=request.office, today=today))
    assert isinstance(form, LedgerForm)  # noqa: S101  for the type checker: it returns what it was given
    asked = form.asked()
    events = narrowed(Event.objects.filter(office_id=request.office.pk), form, asked)
    page = slice_of(events, NEWEST, cursor=asked["at"], size=PER_PAGE)
    context = {
        "form": form,
        "filters": [form[name] for name, _filter in filters_of(form)],
        "is_narrowed": any(value for name, value in asked.items() if name != "at"),
        "entries": entries(page.rows, cases=_cases(request, page.rows)),
        "earlier": address_of(asked, at=page.earlier) if page.earlier else "",
        "further": address_of(asked, at=page.further) if page.further else "",
    }
    return render(request, "workspace/ledger.html", context)


def _cases(request: StaffRequest, events: list[Event]) -> dict[object, tuple[object, str]]:
    """Return the cases that the reader may open, by their matters: (id, reference)."""
    if not request.user.has_role(Role.ADMINISTRATOR):
        return {}
    matters = {event.matter_id for event in events if event.matter_id}
    found = visible_to(request.user).filter(matter_id__in=matters).order_by()
    return {
        matter: (pk, reference) for matter, pk, reference in found.values_list("matter_id", "pk", "reference")
    }
