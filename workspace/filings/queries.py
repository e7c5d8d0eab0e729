"""The receipts of a case as its page shows them, opened."""

import datetime as dt
import uuid
from dataclasses import dataclass

from cases.access import may_change_dates
from cases.facts import known_of
from cases.models import RETURNED, Case, FiledForm
from cases.words import value_words
from foundation.accounts.models import User
from foundation.vault.opening import open_many, open_one
from intake.queries import NAME, full_name
from intake.words import date_words
from workspace.head import Head, head_of

PURPOSE = "receipts page"


@dataclass(frozen=True)
class ReceiptLine:
    """One receipt; `returned` is a day in words, `removal` why it was wrong; either may be empty."""

    id: uuid.UUID
    form: str
    received: str
    number: str
    came_back: bool
    returned: str
    who: str
    at: dt.datetime
    removal: str
    removed_by: str
    removed_at: dt.datetime | None


@dataclass(frozen=True)
class ReceiptsPage:
    """All receipts of a case, those that stand and those taken off."""

    head: Head
    standing: list[ReceiptLine]
    removed: list[ReceiptLine]
    can_change: bool


def orders_of(case: Case) -> dict[str, str]:
    """Return the decisions of a case a receipt may be about, {ref: words}."""
    known = known_of([case], purpose=PURPOSE)[case.pk]
    return {ref: value_words(order.as_input()) for ref, order in known.orders.items()}


def receipts_page(case: Case, *, user: User) -> ReceiptsPage:
    """Open the receipts of a case for one reader: two records, however many they are."""
    rows = list(case.filings.select_related("recorded_by", "removed_by"))
    opened = open_many(rows, "received", "number", "returned", "removal", purpose=PURPOSE)
    lines = []
    for row in rows:
        plain = opened[row.pk]
        lines.append(
            ReceiptLine(
                id=row.pk,
                form=str(FiledForm(row.form).label),
                received=date_words(plain.received),
                number=plain.number or "",
                came_back=bool(plain.returned),
                returned="" if plain.returned in (None, "", RETURNED) else date_words(plain.returned),
                who=row.recorded_by.name,
                at=row.recorded_at,
                removal=plain.removal or "",
                removed_by=row.removed_by.name if row.removed_by else "",
                removed_at=row.removed_at,
            )
        )
    identity = open_one(case.applicant, *NAME, purpose=PURPOSE)
    return ReceiptsPage(
        head=head_of(case, full_name(identity)),
        standing=[line for line in lines if line.removed_at is None],
        removed=[line for line in lines if line.removed_at],
        can_change=may_change_dates(user, case),
    )
