"""What whoever holds the receipt may see: how far the matter is, and what staff put on the return page."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Refused
from foundation.vault.opening import open_many
from intake.models import ENDED, Intake, Posting, Progress, Status

ASKING = (Posting.Kind.PAPER, Posting.Kind.CALL, Posting.Kind.COME)  # kinds that want something


class NotSafe(Refused):
    message = _("Whoever holds the receipt reads this. Confirm that your words are safe for anybody.")


class Settled(Refused):
    status = 409
    message = _("This was settled already.")


@transaction.atomic
def note_progress(intake: Intake, *, step: str, by: Any, at: datetime) -> None:
    """Write down how far a matter is, once for each step it comes to."""
    Intake.objects.select_for_update(of=("self",)).filter(pk=intake.pk).values_list("pk").first()
    newest = newest_step(intake)
    if newest is None or newest.step != step:
        number = newest.number + 1 if newest else 1
        Progress.objects.create(**intake.matter.columns, intake=intake, number=number, step=step, since=at)
        record("intake.progress_noted", intake, by=by, at=at, data={"step": str(step)})


def newest_step(intake: Intake) -> Progress | None:
    """Return the step a matter has come to, or None for one that was only received."""
    return Progress.objects.filter(intake=intake).order_by("number").last()


def is_over(intake: Intake) -> bool:
    """Tell whether the matter is over as far as its person was told; a decision nobody told them is not."""
    newest = newest_step(intake) if intake.submitted_at else None
    return intake.status == Status.WITHDRAWN or (newest is not None and newest.step in ENDED)


def on_page(intake: Intake, *, purpose: str) -> list[tuple[Posting, str]]:
    """Return what stands on the return page, newest first, with staff's own words; "" for approved ones."""
    rows = list(Posting.objects.filter(intake=intake, settled_at=None).order_by("-posted_at"))
    own = [row for row in rows if row.kind == Posting.Kind.OWN]
    opened = open_many(own, "words", purpose=purpose)
    return [(row, opened[row.pk].words if row.pk in opened else "") for row in rows]


@transaction.atomic
def post(
    intake: Intake,
    *,
    kind: str,
    words: str = "",
    is_safe: bool = False,
    asks: bool = False,
    by: User,
    at: datetime,
) -> Posting:
    """Put approved words on the return page, or staff's own that they marked as safe for anybody.

    Raises NotSafe for words of their own that nobody marked so.
    """
    is_own = kind == Posting.Kind.OWN
    if is_own and not (is_safe and words.strip()):
        raise NotSafe
    posting = Posting.objects.create(
        **intake.matter.columns,
        intake=intake,
        kind=kind,
        words=words.strip() if is_own else None,
        asks=asks if is_own else kind in ASKING,
        posted_at=at,
        posted_by=by,
    )
    record("intake.posted", posting, by=by, at=at, data={"kind": str(kind)})
    return posting


@transaction.atomic
def settle(posting: Posting, *, by: User, at: datetime) -> None:
    """Take something off the return page: it was done, or should not have stood there. Raises Settled."""
    if not Posting.objects.filter(pk=posting.pk, settled_at=None).update(settled_at=at, settled_by=by):
        raise Settled
    record("intake.posting_settled", posting, by=by, at=at, data={"kind": posting.kind})
