"""Staff look for a name."""

from datetime import datetime, timedelta

from django.db import transaction

from conflicts.access import office_of
from conflicts.actions.checks import send
from conflicts.actions.named import line_of
from conflicts.actions.refusals import NotAName
from conflicts.models import NameSearch
from foundation.accounts.models import User

KEPT = timedelta(minutes=5)


@transaction.atomic
def search_names(text: str, *, by: User, at: datetime) -> NameSearch:
    """Put a name someone of the staff looks for to the names worker; what they looked for before goes.

    Raises NotAName for a text without a word to compare; Forbidden for somebody of no office.
    """
    office = office_of(by)
    if line_of({"name": text, "birth_date": "", "country": ""}) is None:
        raise NotAName
    NameSearch.objects.filter(user=by).delete()
    search = NameSearch(office=office, matter_id=office.matter_id, user=by, query=text, asked_at=at)
    search.save(force_insert=True)
    send("conflicts.names.search", str(search.pk))
    return search


@transaction.atomic
def forget_searches(*, at: datetime) -> int:
    """Delete what was looked for a while ago, and return how many searches that was."""
    return NameSearch.objects.filter(asked_at__lte=at - KEPT).delete()[0]
