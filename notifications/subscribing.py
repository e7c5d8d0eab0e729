"""Be told when something grows, and no more: of a thing that an app above knows by its id."""

from datetime import datetime

from django.db import transaction

from foundation.accounts.models import User
from foundation.events.ledger import record
from notifications.actions import notify_user
from notifications.models import Channel, Message, Subscription


@transaction.atomic
def subscribe(kind: str, about: str, *, by: User, at: datetime) -> None:
    """Be told from now on; a second time changes nothing."""
    row = Subscription(user=by, kind=kind, about=about, since=at)
    if not is_subscribed(by, kind, about):
        Subscription.objects.bulk_create([row], ignore_conflicts=True)
        record("notifications.subscribed", by, by=by, at=at, data={"kind": kind, "about": about})


@transaction.atomic
def unsubscribe(kind: str, about: str, *, by: User, at: datetime) -> None:
    """Be told no more; where one was not, nothing changes."""
    if Subscription.objects.filter(user=by, kind=kind, about=about).delete()[0]:
        record("notifications.unsubscribed", by, by=by, at=at, data={"kind": kind, "about": about})


def is_subscribed(user: User, kind: str, about: str) -> bool:
    return Subscription.objects.filter(user=user, kind=kind, about=about).exists()


def subscribed_to(user: User, kind: str) -> set[str]:
    """Return the things of which somebody is told."""
    return set(Subscription.objects.filter(user=user, kind=kind).values_list("about", flat=True))


@transaction.atomic
def tell_once(row: Subscription, *, link: str, at: datetime) -> bool:
    """Tell a subscriber that something grew, and whether they were told: not while an earlier one is unread.

    Of two clocks that ask one is told yes.
    """
    unread = Message.objects.filter(user=row.user, kind=row.kind, link=link, channel=Channel.IN_APP)
    if unread.filter(read_at=None).exists():
        return False
    if not Subscription.objects.filter(pk=row.pk, since=row.since).update(since=at):
        return False
    notify_user(row.user, kind=row.kind, link=link, at=at)
    return True
