"""What happens to an office and its people."""

from typing import Any

from django.db import transaction

from foundation.accounts.models import Office
from foundation.vault.keys import make_file_key


@transaction.atomic
def open_office(*, slug: str, name: str, **details: Any) -> Office:
    """Make an office and its key, for what belongs to no person's file."""
    office = Office.objects.create(slug=slug, name=name, **details)
    make_file_key(office.file_id, office_id=office.pk)
    return office
