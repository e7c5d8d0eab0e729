"""What the worker does for referrals: the next one of a cascade is asked."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.work.line import Line, register
from referrals.cascades import LINE, ask_next
from referrals.ending import end_cascade
from referrals.models import Cascade, HowCascadeEnded

# Read with the cascade once it is worked on: a claim asks for none of it.
BESIDE = ("referral__case__office", "referral__queue", "referral__office", "made_by")


def work(cascade: Cascade) -> None:
    """Ask the next one: in a transaction of its own, since the case is held before the cascade."""
    with transaction.atomic():
        read = Cascade.objects.select_related(*BESIDE).get(pk=cascade.pk)
        ask_next(read, at=timezone.now())


def given_up(cascade: Cascade, *, by: Any, at: datetime) -> None:
    """End a cascade that a person gives up: the caseworkers hear of it and go on by hand."""
    end_cascade(cascade, HowCascadeEnded.GIVEN_UP, by=by, at=at)


CASCADES = register(
    Line(
        key=LINE,
        model=Cascade,
        title=_("The next practitioner to be asked about a case"),
        work=work,
        given_up=given_up,
    )
)
