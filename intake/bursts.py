"""What was begun or sent in a burst: marked for staff, put aside together, and brought back.

Nothing is deleted by it, and whoever stands behind such a form brings it back by using the receipt.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from foundation.accounts.models import User
from foundation.events.ledger import record
from intake.models import Intake, Status


def in_burst(office_id: int) -> QuerySet[Intake]:
    """Return an office's sent forms that were marked as of a burst and are not put aside, newest first."""
    marked = Intake.objects.filter(office_id=office_id, in_burst=True, status=Status.SUBMITTED)
    return marked.filter(put_aside_at=None).order_by("-submitted_at")


def aside() -> Any:
    """Return the matters of forms that were put aside: they stand in no list of cases."""
    return Intake.objects.filter(put_aside_at__isnull=False).values("matter_id")


@dataclass(frozen=True)
class Batch:
    """What was put aside in one go: when, by whom, how many forms are still there."""

    at: datetime
    by: str
    forms: int

    @property
    def key(self) -> str:
        """Return the batch as a form sends it back: its moment, to the microsecond."""
        return self.at.isoformat()


def batches(office_id: int) -> list[Batch]:
    """Return what was put aside, the newest first, each go for itself."""
    aside = Intake.objects.filter(office_id=office_id, put_aside_at__isnull=False)
    counted = aside.values_list("put_aside_at", "put_aside_by__name").annotate(forms=Count("pk"))
    return [Batch(at, by, forms) for at, by, forms in counted.order_by("-put_aside_at") if at]


@transaction.atomic
def put_aside(intakes: Iterable[Intake], *, by: User, at: datetime) -> int:
    """Take marked forms out of the lists, together; return how many. One that is aside already stays so."""
    count = 0
    for intake in intakes:
        here = Intake.objects.filter(pk=intake.pk, in_burst=True, put_aside_at=None)
        if here.update(put_aside_at=at, put_aside_by=by):
            record("intake.put_aside", intake, by=by, at=at)
            count += 1
    return count


@transaction.atomic
def bring_back(office_id: int, batch: datetime, *, by: User, at: datetime) -> int:
    """Put a batch back into the lists as it was; return how many."""
    aside = list(Intake.objects.filter(office_id=office_id, put_aside_at=batch))
    return sum(_brought_back(intake, by=by, at=at) for intake in aside)


def somebody_is_there(intake: Intake, *, at: datetime) -> None:
    """Bring a form back that was put aside: its person has used the receipt."""
    if intake.put_aside_at:
        _brought_back(intake, by="applicant", at=at)


def _brought_back(intake: Intake, *, by: Any, at: datetime) -> bool:
    aside = Intake.objects.filter(pk=intake.pk, put_aside_at__isnull=False)
    if not aside.update(put_aside_at=None, put_aside_by=None):
        return False
    intake.put_aside_at = intake.put_aside_by = None
    record("intake.brought_back", intake, by=by, at=at)
    return True
