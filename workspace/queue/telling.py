"""Tell whoever asked for it that cases came into a saved list: which, they read when they sign in."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.access import visible_to
from cases.models import Case, SavedSearch
from cases.searches import searches_for
from foundation.accounts.models import Role, User
from notifications.digests import Line
from notifications.models import Subscription
from notifications.subscribing import tell_once
from workspace.queue.saved import came_into

KIND = "list_grew"
READERS = (Role.CASEWORKER, Role.ADMINISTRATOR)  # who has saved lists


@transaction.atomic
def tell_of_lists(*, at: datetime) -> int:
    """Tell each subscriber once of the new cases in a list, until they have read it; return how many."""
    told = 0
    for row in Subscription.objects.filter(kind=KIND).select_related("user").order_by("pk"):
        search = _list_of(row)
        if search is None:
            row.delete()  # the list ended, or is not theirs to read any more
        elif _new(search, row.user, since=row.since, at=at):
            link = reverse("workspace:saved-list", args=[search.pk])
            told += tell_once(row, link=link, at=at)
    return told


def _list_of(row: Subscription) -> SavedSearch | None:
    """Return the list somebody asked to be told of, where they still may open it."""
    user = row.user
    is_reader = user.is_active and user.office is not None and user.has_role(*READERS)
    return searches_for(user).filter(pk=row.about).first() if is_reader else None


def _new(search: SavedSearch, user: User, *, since: datetime, at: datetime) -> int:
    """Return how many cases that somebody sees came into a list since a moment."""
    if user.office is None:
        return 0
    seen = set(visible_to(user).filter(opened_at__gt=since).values_list("pk", flat=True))
    came = came_into(search, Case.objects.filter(pk__in=seen), user=user, today=user.office.today(at))
    return came.count() if seen and came is not None else 0


def new_in_lists(user: User, at: datetime) -> Iterator[Line]:
    """Yield how many cases are new in somebody's own lists since they last opened each."""
    if user.office is None or not user.has_role(*READERS):
        return
    own = SavedSearch.objects.filter(user=user, office=user.office, ended_at=None)
    count = sum(_new(one, user, since=one.looked_at, at=at) for one in own)
    yield Line(_("New cases in lists you keep"), count, reverse("workspace:saved-lists"))
