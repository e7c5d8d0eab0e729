"""One life for an office's own words, of messages and of letters: version by version, approved, ended.

Which words must be approved, and by whom, the apps say that have them.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q


def _person(**kwargs: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **kwargs)


class Version(models.Model):
    """One version of some words of an office; never changed, only followed by the next or used no more.

    What promises something (`must_be_approved`) goes out once somebody else approved it.
    """

    must_be_approved: Any

    number = models.PositiveIntegerField()
    written_by = _person()
    written_at = models.DateTimeField()
    approved_by = _person(null=True)
    approved_at = models.DateTimeField(null=True)
    ended_by = _person(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_fit(self) -> bool:
        """Tell whether these words may go out."""
        return self.ended_at is None and (self.approved_at is not None or not self.must_be_approved)


def approved_by_another(name: str) -> models.CheckConstraint:
    """Return the constraint that nobody approves what they wrote, and that an approval is whole."""
    return models.CheckConstraint(
        name=f"{name}_approved_by_another",
        condition=Q(approved_at=None, approved_by=None)
        | Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("written_by")),
    )


def next_number(versions: models.QuerySet[Any]) -> int:
    """Return the number of the version that follows these, which are one office's of one thing."""
    newest = versions.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def note_approval(version: Version, *, by: Any, at: datetime) -> bool:
    """Note who approved it; False where that was done, or the words are used no more."""
    waiting = type(version)._default_manager.filter(pk=version.pk, approved_at=None, ended_at=None)
    return bool(waiting.update(approved_by=by, approved_at=at))


def note_end(version: Version, *, by: Any, at: datetime) -> bool:
    """Note who ended it; False where somebody did before."""
    used = type(version)._default_manager.filter(pk=version.pk, ended_at=None)
    return bool(used.update(ended_by=by, ended_at=at))
