"""Reads over checks, and what people said about names no program can compare."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Q, QuerySet

from conflicts.models import CheckKind, CheckStatus, ConflictCheck
from foundation.accounts.models import User
from foundation.vault.opening import open_many

PATIENCE = timedelta(milliseconds=300)
STATE = "names-worker"  # the cache entry in which the worker says how it is


def waiting_checks(user: User) -> QuerySet[ConflictCheck]:
    """Return the office's checks that wait for the worker, or for a person because of an unreadable name."""
    waits = Q(status=CheckStatus.PENDING) | Q(status=CheckStatus.POSSIBLE, unread__gt=0)
    checks = ConflictCheck.objects.filter(waits, office=user.office, user=None)
    return checks.exclude(kind=CheckKind.NAMES).order_by("asked_at")


def checks_of(matter_id: uuid.UUID) -> QuerySet[ConflictCheck]:
    """Return a matter's checks against the office's parties, newest first."""
    return ConflictCheck.objects.filter(matter_id=matter_id, user=None).order_by("-asked_at")


@dataclass(frozen=True)
class LookedFor:
    """What a person said about names no program can compare, opened."""

    status: Any
    reason: str
    who: str
    at: datetime


def decided_unread() -> QuerySet[ConflictCheck]:
    """Return the checks of names that cannot be compared, about which a person decided."""
    return ConflictCheck.objects.filter(user=None, unread__gt=0, decided_by__isnull=False)


def looked_for(matter_id: uuid.UUID) -> list[LookedFor]:
    """Open the decisions about a matter's names that cannot be compared, newest first."""
    checks = decided_unread().filter(matter_id=matter_id).select_related("decided_by")
    decided = list(checks.order_by("-decided_at"))
    opened = open_many(decided, "reason", purpose="case page")
    return [
        LookedFor(
            check.get_status_display(), opened[check.pk].reason, check.decided_by.name, check.decided_at
        )
        for check in decided
        if check.decided_by and check.decided_at
    ]


def is_late(check: ConflictCheck, *, at: datetime) -> bool:
    """Say whether a check has waited longer than an answer takes."""
    return check.status == CheckStatus.PENDING and at - check.asked_at > PATIENCE


def worker_state() -> dict[str, Any] | None:
    """Return what the names worker last said of itself (ready, parties, seconds), or None if it is silent."""
    state: dict[str, Any] | None = cache.get(STATE)
    return state


def pending_count(office_id: int) -> int:
    return ConflictCheck.objects.filter(office_id=office_id, status=CheckStatus.PENDING).count()
