"""A matter's A-Number is noted."""

from datetime import datetime
from typing import Any

from django.db import transaction

from conflicts.models import ANumber
from conflicts.rules.a_numbers import is_a_number
from foundation.accounts.matters import Matter, part_of
from foundation.events.ledger import record
from foundation.vault.blind import a_number, blind_index


@transaction.atomic
def note_a_number(matter: Matter, text: str, *, by: Any, at: datetime) -> ANumber | None:
    """Keep the A-Number of a matter in place of an earlier one; None for a text that is none or is known."""
    if not is_a_number(text):
        return None
    index = blind_index("a_number", text)
    key = part_of(matter.id, "a-number")
    if ANumber.objects.filter(pk=key, index=index).exists():
        return None
    noted = ANumber(id=key, **matter.columns, number=a_number(text), index=index, noted_at=at)
    ANumber.objects.bulk_create(
        [noted], update_conflicts=True, unique_fields=["id"], update_fields=["number", "index", "noted_at"]
    )
    record("conflicts.a_number_noted", noted, by=by, at=at)
    return noted
