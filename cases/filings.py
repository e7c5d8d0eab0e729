"""What people do with receipts: write one down, note that the form came back, take a wrong one off."""

from datetime import datetime

from django.db import transaction

from cases.access import may_change_dates
from cases.dates import lock
from cases.models import RETURNED, Case, Filing
from cases.settling import count_again
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden


@transaction.atomic
def record_filing(
    case: Case,
    *,
    form: str,
    received: str,
    number: str = "",
    returned: str = "",
    order_ref: str = "",
    by: User,
    at: datetime,
) -> Filing:
    """Write a receipt down; the dates are counted again at once.

    `received` and `returned` as `Filing` keeps them. Raises Forbidden where the dates of the case are not
    this person's to change.
    """
    _hold(case, by)
    filing = Filing.objects.create(
        **case.matter.columns,
        case=case,
        form=form,
        order_ref=order_ref,
        received=received,
        number=number,
        returned=returned,
        recorded_by=by,
        recorded_at=at,
    )
    _follow("cases.filing_recorded", filing, by=by, at=at)
    return filing


@transaction.atomic
def note_returned(filing: Filing, *, returned: str, by: User, at: datetime) -> None:
    """Note that a form was sent back, rejected or dismissed: its receipt stops nothing any more.

    Raises Forbidden as `record_filing` does, and Stale where the receipt was taken off meanwhile.
    """
    _hold(filing.case, by)
    _still_there(filing)
    filing.returned = returned or RETURNED
    filing.save(update_fields=["returned"])
    _follow("cases.filing_returned", filing, by=by, at=at)


@transaction.atomic
def remove_filing(filing: Filing, *, reason: str, by: User, at: datetime) -> None:
    """Take a receipt off that was written down wrongly; it stays to be seen, with the reason.

    Raises Forbidden as `record_filing` does, and Stale where somebody took it off already.
    """
    _hold(filing.case, by)
    _still_there(filing)
    filing.removal, filing.removed_by, filing.removed_at = reason, by, at
    filing.save(update_fields=["removal", "removed_by", "removed_at"])
    _follow("cases.filing_removed", filing, by=by, at=at)


def _hold(case: Case, by: User) -> None:
    if not may_change_dates(by, case):
        raise Forbidden
    lock(case)


def _still_there(filing: Filing) -> None:
    if not Filing.objects.filter(pk=filing.pk, removed_at=None).exists():
        raise Stale


def _follow(event: str, filing: Filing, *, by: User, at: datetime) -> None:
    """Put it on record and recount; the screening follows by itself (cases/handlers.py)."""
    case = filing.case
    record(event, case, by=by, at=at, data={"form": filing.form})
    count_again(case, at=at, by=by)
