"""What colleagues chose of their mail: read it, change it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Refused
from notifications.data import groups
from notifications.preference_models import How, Preference

MOST_QUIET = 16  # hours of a day; of more, a mail of today comes when it is over [policy of the program]

GROUPS: dict[str, Any] = {
    "urgent": _("Somebody may be in danger, or something leaks"),
    "court": _("Dates of a court, and other dates of a case"),
    "offers": _("Offers that wait for your answer"),
    "account": _("Your own sign-in, and colleagues who lost theirs"),
    "person": _("A person wrote, asks for something, or sent papers"),
    "requests": _("New requests, and cases that come to you"),
    "answers": _("What became of offers and hand-overs"),
    "work": _("Tasks that are overdue, and cases in which nothing happens"),
    "lists": _("New cases in lists you keep"),
    "sources": _("Sources that changed"),
    "packets": _("Court packets that are built, or could not be"),
    "colleagues": _("What colleagues did or ask of you"),
    "panel": _("Changes of your firm and of the panel"),
}


class TooQuiet(Refused):
    message = _("Leave at least eight hours of the day in which mail may come.")


class HalfQuiet(Refused):
    message = _("Say both from when and until when it is quiet, or neither.")


def choosable() -> list[str]:
    """Return the groups of which somebody says how they are mailed."""
    return [group for group, must in groups().items() if not must]


def always_mailed() -> list[str]:
    """Return the groups that are mailed at once whatever somebody chooses."""
    return [group for group, must in groups().items() if must]


def preference_of(user: User) -> Preference:
    """Return what somebody chose, or what counts where they chose nothing; that is not kept."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


@transaction.atomic
def choose_mails(
    user: User,
    *,
    hows: Mapping[str, str],
    quiet_from: int | None,
    quiet_until: int | None,
    zone: str,
    wants_week: bool,
    by: User,
    at: datetime,
) -> Preference:
    """Keep how somebody wants to be mailed; what waits to be sent obeys it too.

    Raises HalfQuiet; TooQuiet. Groups that must be answered, and those nobody knows, are left out.
    """
    if (quiet_from is None) != (quiet_until is None):
        raise HalfQuiet
    if quiet_from is not None and not 0 < ((quiet_until or 0) - quiet_from) % 24 <= MOST_QUIET:
        raise TooQuiet
    kept = {group: hows[group] for group in choosable() if hows.get(group) in (How.DIGEST, How.NOT)}
    values = {
        "hows": kept,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "zone": zone,
        "wants_week": wants_week,
        "changed_at": at,
    }
    row, _made = Preference.objects.update_or_create(user=user, defaults=values)
    record("notifications.mails_chosen", user, by=by, at=at)
    return row
