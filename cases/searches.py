"""Lists somebody comes back to: kept with a name, shared or not, ended."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import SavedSearch
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused

MOST_SAVED = 20


class TooManySearches(Refused):
    message = _("You keep as many lists as fit. End one first.")


def searches_for(user: User) -> QuerySet[SavedSearch]:
    """Return the lists somebody kept, and those that colleagues share."""
    live = SavedSearch.objects.filter(office=user.office, ended_at=None)
    return live.filter(Q(user=user) | Q(is_shared=True)).select_related("user")


@transaction.atomic
def save_search(
    *, name: str, asked: Mapping[str, str], is_shared: bool, by: User, at: datetime
) -> SavedSearch:
    """Keep a list under a name. Raises Forbidden for somebody of no office, TooManySearches."""
    if by.office is None:
        raise Forbidden
    if SavedSearch.objects.filter(user=by, ended_at=None).count() >= MOST_SAVED:
        raise TooManySearches
    kept = SavedSearch.objects.create(
        office=by.office,
        user=by,
        name=name.strip(),
        asked=dict(asked),
        is_shared=is_shared,
        made_at=at,
        looked_at=at,
    )
    record("cases.search_saved", kept, by=by, at=at, data={"shared": is_shared})
    return kept


@transaction.atomic
def end_search(search: SavedSearch, *, by: User, at: datetime) -> None:
    """End a list that was kept. Raises Forbidden for anybody but its owner."""
    if search.user_id != by.pk:
        raise Forbidden
    if SavedSearch.objects.filter(pk=search.pk, ended_at=None).update(ended_at=at):
        record("cases.search_ended", search, by=by, at=at)


def note_looked(search: SavedSearch, *, by: User, at: datetime) -> None:
    """Note that its owner opened a list: what came until now is not new to them any more."""
    SavedSearch.objects.filter(pk=search.pk, user=by).update(looked_at=at)
