"""A lawyer reads what a message promises, as they read a letter."""

from datetime import datetime

from django.db import transaction

from foundation.accounts.models import User
from foundation.events.ledger import record
from letters.actions import approve_version
from notifications.models import Wording


@transaction.atomic
def approve_wording(wording: Wording, *, by: User, at: datetime) -> None:
    """Note that a lawyer read an office's words of a message. Raises Forbidden; NotYourOwn; Decided."""
    approve_version(wording, by=by, at=at)
    record("notifications.wording_approved", wording, by=by, at=at)
