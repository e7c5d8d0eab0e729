"""The office's cases as a list somebody works from: in tabs, narrowed, in an order, page by page."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.actions import take_next
from cases.models import Case, SavedSearch
from cases.queries import cases_of, few_with
from cases.searches import searches_for
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.acting import act
from foundation.accounts.models import Role, User
from foundation.filters import address_of, chosen, filters_of, narrowed, read_address
from foundation.keyset import Order, slice_of
from workspace.listing import case_address
from workspace.queue.forms import QueueForm, codes_asked
from workspace.queue.orders import ENDED, ORDERS, PER_PAGE, URGENCY
from workspace.queue.queries import case_rows, shown
from workspace.queue.saved import new_since, shown_searches
from workspace.queue.tabs import (
    MOST,
    TABS,
    Tab,
    condition_of,
    condition_of_bursts,
    condition_of_tab,
    count_up_to,
    in_tab,
    shown_tabs,
)

# Filters that stand above the list as one press each: (field, value).
QUICK = (
    ("custody", "ice"),
    ("minor", "alone"),
    ("names", "confirmed"),
    ("date", "14"),
    ("interpreter", "yes"),
)


def form_of(request: StaffRequest, *, today: date) -> QueueForm:
    """Return the form of what the address asks. Raises BadAddress, or 404 where it names an unknown tab."""
    form = QueueForm(request.GET, office=request.office, today=today)
    read_address(form)
    if form.cleaned_data["tab"] not in TABS:
        raise Http404
    return form


def listed(form: QueueForm, asked: dict[str, Any], *, user: User, today: date) -> Any:
    """Return the cases that an address asks for, in no order; few of a rare kind are looked up first."""
    tab = TABS[asked["tab"]]
    cases = narrowed(in_tab(cases_of(user), tab, user=user, today=today), form, asked)
    wanted = codes_asked(form, asked) if tab.is_open else []
    few = few_with(wanted) if wanted else None
    return cases if few is None else cases.filter(pk__in=few)


def order_of(asked: dict[str, Any], tab: Tab) -> Order:
    return ORDERS[asked["sort"] or URGENCY] if tab.is_open else ENDED


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """Show a page of the office's cases as the address asks for them."""
    user, today = request.user, request.office.today(timezone.now())
    form = form_of(request, today=today)
    asked = form.asked()
    tab = TABS[asked["tab"]]
    cases = shown(listed(form, asked, user=user, today=today))
    page = slice_of(cases, order_of(asked, tab), cursor=asked["at"], size=PER_PAGE)
    saved = list(searches_for(user))
    counts = _counts(user, saved, today=today)
    context = {
        "rows": case_rows(page.rows, purpose="queue", user=user, office=request.office, today=today),
        "tabs": shown_tabs(asked["tab"], counts, asked),
        "tab": tab,
        "chosen": chosen(form, asked),
        "quick": _quick(form, asked),
        "here": address_of(asked),
        "earlier": address_of(asked, at=page.earlier) if page.earlier else "",
        "further": address_of(asked, at=page.further) if page.further else "",
        "orders": _orders(asked) if tab.is_open else [],
        "saved": shown_searches(saved, counts, user=user),
        "has_marked": counts["burst"] > 0,
        "can_change": user.has_role(Role.CASEWORKER),
        "can_keep": user.has_role(Role.SUPERVISOR, Role.ADMINISTRATOR),
    }
    return render(request, "workspace/queue.html", context)


def _counts(user: User, saved: list[SavedSearch], *, today: date) -> dict[str, int]:
    """Return how many cases each tab and each saved list has, and whether a burst waits."""
    parts = {name: condition_of_tab(name, user.pk, today) for name, tab in TABS.items() if tab.is_open}
    new = new_since(saved, user=user, today=today)
    parts |= {name: condition_of(rows) for name, rows in new.items()}
    parts["burst"] = condition_of_bursts(user.office_id or 0)
    base = cases_of(user).filter(closed_at=None)
    return count_up_to(base, parts, key=str(user.pk), most=MOST)


def _quick(form: QueueForm, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the filters of one press that do not count now."""
    return [
        {
            "address": address_of(asked, **{name: value}),
            "label": form.fields[name].label,
            "words": form.fields[name].words_of(value),  # type: ignore[attr-defined]
        }
        for name, value in QUICK
        if not asked[name]
    ]


def _orders(asked: dict[str, Any]) -> list[dict[str, Any]]:
    current = asked["sort"] or URGENCY
    return [
        {
            "address": address_of(asked, sort="" if name == URGENCY else name),
            "label": order.label,
            "is_current": name == current,
        }
        for name, order in ORDERS.items()
    ]


@staff(Role.CASEWORKER, Role.ADMINISTRATOR)
@require_safe
def choose(request: StaffRequest) -> HttpResponse:
    """Show every filter with its choices: a form that leads to the list."""
    today = request.office.today(timezone.now())
    form = form_of(request, today=today)
    context = {
        "form": form,
        "filters": [form[name] for name, _filter in filters_of(form)],
        "here": address_of(form.asked()),
        "tab": form.cleaned_data["tab"],
    }
    return render(request, "workspace/queue_filter.html", context)


@staff(Role.CASEWORKER)
@require_POST
def take(request: StaffRequest) -> HttpResponse:
    """Give whoever presses the most urgent case they can work on, and open it."""
    acted = act(request, take_next, done=_("This case is yours now."))
    case: Case | None = acted.result
    return redirect(case_address(case.pk)) if case else redirect("workspace:queue")
