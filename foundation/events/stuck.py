"""What a person decides about work that is stuck, on record."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.events.ledger import record
from foundation.refused import Refused
from foundation.work.line import Line
from foundation.work.models import Due
from foundation.work.nudging import wake


class NotStuck(Refused):
    status = 409
    message = _("This does not wait for anybody any more.")


@transaction.atomic
def retry_work(row: Due, *, line: Line[Any], by: Any, at: datetime) -> None:
    """Put a stuck row back in line. Raises NotStuck where somebody decided before."""
    if not line.retry(row, at=at):
        raise NotStuck
    record("work.retried", row, by=by, at=at, data={"line": line.key})
    wake(line.key)


@transaction.atomic
def retry_all_work(*, line: Line[Any], office_id: int, by: Any, at: datetime) -> int:
    """Put all of an office's stuck rows of a line back, a thousand at most, and return how many.

    Raises NotStuck where somebody put one of them back meanwhile: then none is.
    """
    rows = list(line.stuck(office_id)[:1000])
    for row in rows:
        retry_work(row, line=line, by=by, at=at)
    return len(rows)


@transaction.atomic
def give_up_work(row: Due, *, line: Line[Any], why: str, by: Any, at: datetime) -> None:
    """Take a stuck row out of the line for good. `why` is a code. Raises NotStuck as above."""
    if not line.give_up(row, by=by, at=at):
        raise NotStuck
    record("work.given_up", row, by=by, at=at, data={"line": line.key, "why": why})
