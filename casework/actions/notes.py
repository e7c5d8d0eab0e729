"""Notes that name a colleague: they hear of it in the app (handlers.py)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from cases.actions import add_note
from cases.models import Case
from casework.mentions import mentioned
from foundation.accounts.models import User
from foundation.events.ledger import record


@transaction.atomic
def write_note(case: Case, *, text: str, people: Iterable[User], by: User, at: datetime) -> list[User]:
    """Write something down about a case, and have whom it mentions (`@Cora`) told; return these.

    `people` are those who may see the case. Raises Forbidden for whoever may not write notes here.
    """
    add_note(case, text=text, by=by, at=at)
    told = [one for one in mentioned(text, people) if one.pk != by.pk]
    if told:
        record("casework.mentioned", case, by=by, at=at, data={"people": [one.pk for one in told]})
    return told
