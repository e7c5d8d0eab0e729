"""Take each step of a reminder once, whoever else takes it at the same moment."""

import uuid
from datetime import datetime

from foundation.accounts.matters import Matter
from notifications.models import Reminder


def once(matter: Matter, *, about: uuid.UUID, step: str, at: datetime) -> bool:
    """Note that a step is taken, and tell whether it is ours to take: of two who ask one is told yes."""
    row = Reminder(pk=uuid.uuid4(), **matter.columns, about=about, step=step, at=at)
    Reminder.objects.bulk_create([row], ignore_conflicts=True)
    return Reminder.objects.filter(pk=row.pk).exists()


def is_noted(about: uuid.UUID, step: str) -> bool:
    """Tell whether a step was taken."""
    return Reminder.objects.filter(about=about, step=step).exists()
