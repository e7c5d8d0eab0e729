"""The place of a row in the worker's line: four columns in the row's own table, under its own policies."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

# What takes a row out of the line, for the statement that changes its status.
DONE: dict[str, Any] = {"next_try_at": None, "stuck_at": None, "error": ""}
# What lets a role put a row back in line or take it out, and change nothing else of it (rows.py).
MAY_DECIDE = "select update(attempts,next_try_at,stuck_at,error)"


def in_line(at: datetime) -> dict[str, Any]:
    """Return what puts a row in line, or back, due at once and with all its tries."""
    return {"attempts": 0, "next_try_at": at, "stuck_at": None, "error": ""}


class Due(models.Model):
    """A row the worker has to do something about. What and how often, its `Line` says (line.py).

    It is in line while `next_try_at` is set, and due when that has passed; a claim moves it on (the lease).
    It is stuck, and waits for a person, while `stuck_at` is set. `error` is the class of the last exception,
    never its text, which may hold anything.
    """

    PRIVACY: ClassVar = {"internal": "attempts next_try_at stuck_at error"}

    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


def line_indexes(name: str) -> list[models.Index]:
    """Return what a Due model's Meta needs so that claims and the page never read the whole table."""
    due = Q(next_try_at__isnull=False, stuck_at__isnull=True)
    return [
        models.Index(fields=["next_try_at", "id"], name=f"{name}_due", condition=due),
        models.Index(fields=["stuck_at"], name=f"{name}_stuck", condition=Q(stuck_at__isnull=False)),
    ]


def stuck_in_line(name: str) -> models.CheckConstraint:
    """Return the constraint that what is stuck is still in line: done or given up, it is neither."""
    return models.CheckConstraint(
        name=f"{name}_stuck_in_line",
        condition=Q(stuck_at__isnull=True) | Q(next_try_at__isnull=False),
    )
