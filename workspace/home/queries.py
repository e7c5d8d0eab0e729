"""What the three home pages show: plain values, one dataclass for each role."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cases.models import Status
from cases.queries import counts_by_status, queue_for
from evidence.queries.library import library
from foundation.accounts.models import User
from foundation.badges import GOOD, WARN, Badge
from intake.queries import urgent_drafts
from referrals.queries import OpenOffer, assignments_of, open_offers, waiting_referrals
from screening.models import Band
from workspace.queue.queries import CaseRow, case_rows, people_of

SHOWN = 8


@dataclass(frozen=True)
class Unfinished:
    """An urgent form that was left before it was sent."""

    id: uuid.UUID
    saved_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A case in a queue that nobody was asked to take yet."""

    case: uuid.UUID
    reference: str
    band: Badge
    queue: str


@dataclass(frozen=True)
class CaseworkerHome:
    """What a caseworker begins the day with; `counts` is {status: how many cases}."""

    name: str
    counts: dict[str, int]
    unfinished: list[Unfinished]
    urgent: list[CaseRow]
    waiting: list[Waiting]


def caseworker_home(user: User, *, today: date) -> CaseworkerHome:
    """Return the caseworker's home page, the most urgent first."""
    urgent = queue_for(user, status=Status.IN_TRIAGE, on=today)[:SHOWN]
    return CaseworkerHome(
        name=user.name,
        counts=counts_by_status(user),
        unfinished=[Unfinished(row.pk, row.saved_at) for row in urgent_drafts(user.office_id or 0)],
        urgent=case_rows(urgent, purpose="home", today=today),
        waiting=[
            Waiting(row.case_id, row.case.reference, Band(row.case.band).badge, row.queue.name)
            for row in waiting_referrals(user)[:SHOWN]
        ],
    )


@dataclass(frozen=True)
class OwnCase:
    """A case an attorney holds: reserved, or represented once the engagement is signed."""

    case: uuid.UUID
    reference: str
    person: str
    status: Badge


@dataclass(frozen=True)
class Source:
    """A source of the library."""

    id: uuid.UUID
    title: str
    publisher: str
    published_date: date | None


@dataclass(frozen=True)
class AttorneyHome:
    """What an attorney is asked, what they hold, and what is new in the library."""

    name: str
    offers: list[OpenOffer]
    cases: list[OwnCase]
    sources: list[Source]


def attorney_home(user: User) -> AttorneyHome:
    """Return the attorney's home page."""
    return AttorneyHome(
        name=user.name,
        offers=open_offers(user),
        cases=_own_cases(user),
        sources=[
            Source(source.pk, source.title, source.publisher, source.published_date)
            for source in library(user)[:5]
        ],
    )


def _own_cases(user: User) -> list[OwnCase]:
    """Return someone's live assignments with the names of the people."""
    assignments = list(assignments_of(user))
    people = people_of([assignment.case for assignment in assignments], purpose="home")
    return [
        OwnCase(
            assignment.case_id,
            assignment.case.reference,
            people[assignment.case_id],
            Badge(_("Represented"), GOOD) if assignment.engaged_on else Badge(_("Reserved"), WARN),
        )
        for assignment in assignments
    ]
