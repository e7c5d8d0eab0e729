"""Reads over the office's collections."""

from django.db.models import Count, QuerySet

from evidence.models import Collection
from foundation.accounts.models import User


def collections_of(user: User) -> QuerySet[Collection]:
    """Return the office's collections with how many sources each has."""
    return Collection.objects.filter(office=user.office).annotate(size=Count("collected"))
