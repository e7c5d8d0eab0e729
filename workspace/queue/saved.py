"""Saved lists as the queue shows them: where each leads, and how many cases are new in it."""

import contextlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from cases.models import Case, SavedSearch
from foundation.accounts.models import User
from foundation.filters import address_of, narrowed, unknown_parts
from workspace.queue.forms import QueueForm
from workspace.queue.tabs import TABS, capped

MOST_COUNTED = 6  # saved lists whose new cases are counted on each page of the queue


@dataclass(frozen=True)
class ShownSearch:
    """A saved list as a link; `new` is how many cases came since its owner last opened it, "" for none."""

    id: int
    name: str
    address: str
    new: str
    is_mine: bool
    is_shared: bool
    owner: str
    is_told: bool


def read(search: SavedSearch, *, user: User, today: date) -> tuple[QueueForm, list[str]]:
    """Return the form of a saved list, and the labels of what it asks for that is not there any more."""
    form = QueueForm(search.asked, office=user.office, today=today)
    form.is_valid()
    gone = unknown_parts(form)
    tab = form.cleaned_data.get("tab", "")
    return form, gone if tab in TABS else [*gone, str(form.fields["tab"].label)]


def new_since(saved: list[SavedSearch], *, user: User, today: date) -> dict[str, QuerySet[Case]]:
    """Return what came into somebody's own saved lists since they looked, {"saved:<id>": cases}, as parts.

    A list that asks for what is not there any more counts nothing; opening it says so.
    """
    mine = [one for one in saved if one.user_id == user.pk][:MOST_COUNTED]
    form = QueueForm(office=user.office, today=today) if mine else None
    lists = {}
    for search in mine:
        came = Case.objects.filter(opened_at__gt=search.looked_at)
        if (rows := came_into(search, came, user=user, today=today, form=form)) is not None:
            lists[f"saved:{search.pk}"] = rows
    return lists


def came_into(
    search: SavedSearch, cases: QuerySet[Case], *, user: User, today: date, form: QueueForm | None = None
) -> QuerySet[Case] | None:
    """Return which of some cases a saved list holds; None where it asks for what is not there any more."""
    tab = TABS.get(search.asked.get("tab", ""))
    if tab is None or not tab.is_open:
        return None
    with contextlib.suppress(KeyError, ValueError):  # a value that no choice has now
        rows = tab.narrow(cases, user, today)
        return narrowed(rows, form or QueueForm(office=user.office, today=today), search.asked)
    return None


def shown_searches(
    saved: list[SavedSearch], counts: Mapping[str, int], *, user: User, told: Collection[str] = ()
) -> list[ShownSearch]:
    """Return saved lists, one's own first; `told` are those of whose new cases one is told."""
    rows = [
        ShownSearch(
            one.pk,
            one.name,
            reverse("workspace:saved-list", args=[one.pk]),
            capped(counts[key]) if counts.get(key := f"saved:{one.pk}") else "",
            one.user_id == user.pk,
            one.is_shared,
            one.user.name,
            str(one.pk) in told,
        )
        for one in saved
    ]
    return sorted(rows, key=lambda row: not row.is_mine)


def address(form: QueueForm, gone: list[str]) -> str:
    """Return where a saved list leads, without what is not there any more."""
    asked = (
        form.asked()
        if not gone
        else {name: value for name, value in form.cleaned_data.items() if name != "tab" or value in TABS}
    )
    return reverse("workspace:queue") + address_of(asked)
