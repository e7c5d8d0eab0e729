"""What an administrator begins the day with: what is stuck, what is due, the figures of the week."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _lazy

from conflicts.queries import pending_count, worker_state
from directory.queries import to_check
from foundation.accounts.models import Office, Role
from foundation.events.models import Event
from foundation.work.queries import stuck_count
from workspace.ready.queries import missing, ready_items

DAYS = 7
# The figures of the week: an event of the ledger, and the words of how often it happened.
FIGURES = {
    "intake.submitted": _lazy("Requests that came in"),
    "cases.triaged": _lazy("First looks"),
    "referrals.offer_made": _lazy("Offers made"),
    "referrals.offer_accepted": _lazy("Offers accepted"),
    "referrals.offer_declined": _lazy("Offers declined"),
    "cases.closed": _lazy("Cases closed"),
}


@dataclass(frozen=True)
class Figure:
    """How often something happened in the last seven days, and in the seven before."""

    words: Any
    now: int
    before: int


@dataclass(frozen=True)
class Team:
    """How many people have a role."""

    words: str
    people: int


@dataclass(frozen=True)
class AdministratorHome:
    """What an administrator begins the day with; no matter is opened for it.

    `missing` things keep real people out; `help_due` organizations are to be checked.
    """

    office: str
    stuck: int
    names_worker: Any
    names_pending: int
    missing: int
    help_due: int
    says_look_days: bool
    figures: list[Figure]
    team: list[Team]


def administrator_home(office: Office, *, at: datetime) -> AdministratorHome:
    """Return the administrator's home page."""
    today = office.today(at)
    return AdministratorHome(
        office=office.name,
        stuck=stuck_count(office.pk),
        names_worker=worker_state(),
        names_pending=pending_count(office.pk),
        missing=missing(ready_items(office, on=today)),
        help_due=to_check(office, on=today).count(),
        says_look_days=bool(office.look_days),
        figures=_figures(office, at=at),
        team=_team(office),
    )


def _figures(office: Office, *, at: datetime) -> list[Figure]:
    """Return the figures of the week beside those of the week before: one statement over the ledger."""
    week, before = at - timedelta(days=DAYS), at - timedelta(days=2 * DAYS)
    events = Event.objects.filter(office_id=office.pk, at__gt=before, at__lte=at, name__in=FIGURES)
    rows = events.order_by().values("name").annotate(now=Count("pk", filter=Q(at__gt=week)), all=Count("pk"))
    found = {row["name"]: row for row in rows}
    none = {"now": 0, "all": 0}
    both = ((words, found.get(name, none)) for name, words in FIGURES.items())
    return [Figure(words, row["now"], row["all"] - row["now"]) for words, row in both]


def _team(office: Office) -> list[Team]:
    """Return how many people there are of each role; who has two stands in both."""
    members = office.memberships.filter(user__is_active=True)
    held = [role for roles in members.values_list("roles", flat=True) for role in roles]
    return [Team(str(role.label), held.count(role)) for role in Role if role in held]
