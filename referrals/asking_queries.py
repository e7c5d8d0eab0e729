"""What was asked about offers and answered, opened for either side."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from foundation.vault.opening import open_many
from referrals.models import Offer, OfferQuestion

PURPOSE = "offer"


@dataclass(frozen=True)
class Asked:
    """One question with its answer, "" while nobody answered."""

    id: uuid.UUID
    offer_id: uuid.UUID
    question: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


def questions_of(offers: Iterable[Offer]) -> list[Asked]:
    """Open what was asked about some offers, the oldest first."""
    listed = OfferQuestion.objects.filter(offer__in=list(offers)).select_related("asked_by", "answered_by")
    rows = list(listed.order_by("asked_at", "pk"))
    opened = open_many(rows, "question", "answer", purpose=PURPOSE)
    return [
        Asked(
            row.pk,
            row.offer_id,
            opened[row.pk].question,
            row.asked_by.name,
            row.asked_at,
            opened[row.pk].answer or "",
            row.answered_by.name if row.answered_by else "",
            row.answered_at,
        )
        for row in rows
    ]
