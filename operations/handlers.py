"""Hears of deletions, in the transactions in which they happen."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from foundation.accounts.records import sign_in_failed
from foundation.events.ledger import on
from foundation.events.models import Event
from foundation.files.erasing import erasing
from intake.models import Wish
from operations.deletions import note_deletions
from operations.metrics import count_failed_sign_in
from operations.models import Step


@receiver(erasing)
def note_erased(sender: Any, matter_ids: Iterable[uuid.UUID], **_kwargs: Any) -> None:
    note_deletions(matter_ids, Step.ERASED, at=timezone.now())


@receiver(sign_in_failed)
def count_failure(sender: Any, **_kwargs: Any) -> None:
    count_failed_sign_in()


@on("intake.asked", key="operations.note-asked")
def note_asked(event: Event) -> None:
    """Note that somebody asked to be deleted."""
    _note(event, Step.ASKED)


@on("intake.wish_taken_back", key="operations.note-taken-back")
def note_taken_back(event: Event) -> None:
    """Note that somebody took that back."""
    _note(event, Step.TAKEN_BACK)


def _note(event: Event, step: Step) -> None:
    if event.data.get("kind") == Wish.Kind.DELETE and event.matter_id:
        note_deletions([event.matter_id], step, at=event.at)
