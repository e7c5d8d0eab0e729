"""The right of someone outside the staff to read a case: granted, and ended."""

import uuid
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from cases.models import Case, CaseAccess
from foundation.accounts.models import User


@transaction.atomic
def grant_access(
    case_id: uuid.UUID, *, user: User, scope: str, reason: str, expires_at: datetime | None = None
) -> bool:
    """Let someone outside the staff read a case, or only its names; True if that is new.

    The database checks that whoever is bound may grant it, and records the grant (cases/sql.py).
    """
    return call("sec.grant_access(%s, %s, %s, %s, %s)", [case_id, user.pk, scope, reason, expires_at])


@transaction.atomic
def revoke_access(case_id: uuid.UUID, *, user_id: int, reason: str) -> bool:
    """End one grant, True if it was live; another live one for another reason still holds."""
    return call("sec.revoke_access(%s, %s, %s)", [case_id, user_id, reason])


def revoke_all(case: Case) -> None:
    """End every grant on a case, those that have run out too."""
    for grant in CaseAccess.objects.filter(case=case, revoked_at=None):
        revoke_access(case.pk, user_id=grant.user_id, reason=grant.reason)


def call(function: str, values: list[Any]) -> bool:
    """Call one of the database's own functions (cases/sql.py); NULL, "none of yours", is False."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}", values)
        return bool(cursor.fetchone()[0])
