"""Make, find and revoke the secret address of somebody's calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from foundation.accounts.actions import hash_of
from foundation.accounts.calendar_models import CalendarAddress, end_addresses
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden


def live_address(user: User) -> CalendarAddress | None:
    """Return the address by which somebody's calendar is read now, or None."""
    return CalendarAddress.objects.filter(user=user, revoked_at=None).first()


@transaction.atomic
def make_address(user: User, *, by: User, at: datetime) -> str:
    """Make a new address in place of the one before, and return its secret: it is kept nowhere.

    Raises Forbidden for whoever is somebody else, or in no office.
    """
    if by.pk != user.pk or user.office is None:
        raise Forbidden
    User.objects.select_for_update().get(pk=user.pk)  # of two presses the second waits, and replaces
    end_addresses(user, at=at)
    token = secrets.token_urlsafe(32)
    made = CalendarAddress.objects.create(
        office=user.office, user=user, token_hash=hash_of(token), made_at=at
    )
    record("accounts.calendar_made", made, by=by, at=at)
    return token


@transaction.atomic
def revoke_address(user: User, *, by: User, at: datetime) -> None:
    """End the address somebody's calendar is read from; nothing where there is none.

    Raises Forbidden for whoever is somebody else.
    """
    if by.pk != user.pk:
        raise Forbidden
    one = live_address(user)
    if one is not None and end_addresses(user, at=at):
        record("accounts.calendar_revoked", one, by=by, at=at)


def read_address(token: str, *, at: datetime) -> CalendarAddress | None:
    """Return the address a secret opens and note that it was read; None where it opens nothing any more."""
    rows = CalendarAddress.objects.filter(token_hash=hash_of(token), revoked_at=None, user__is_active=True)
    one = rows.select_related("user", "office").first()
    if one is None or one.user.office_id != one.office_id:
        return None
    CalendarAddress.objects.filter(pk=one.pk).update(read_at=at)
    return one
