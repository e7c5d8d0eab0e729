"""What came in while very many forms did: the cases that are marked, and what was put aside."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from cases.models import Case
from cases.queries import of_a_burst
from foundation.accounts.models import User
from foundation.badges import Badge
from intake.bursts import Batch, batches
from intake.models import Intake
from intake.room import Room, room_for
from screening.models import Band
from workspace.listing import case_address, people_of

SHOWN = 80  # each is two fields of a form, and a form has 200


@dataclass(frozen=True)
class Marked:
    """A case whose form came in a burst; `may_be_urgent` as its person answered, or as the rules found.

    That one is not ticked beforehand.
    """

    form: uuid.UUID
    address: str
    reference: str
    person: str
    band: Badge
    sent_at: datetime | None
    may_be_urgent: bool


@dataclass(frozen=True)
class Used:
    """One bound: what it is of, how much is used, and how much there is; `is_short` from four fifths on."""

    what: str
    used: int
    most: int
    is_short: bool


@dataclass(frozen=True)
class BurstPage:
    """What is marked and in the lists (the newest of `total`), and what was put aside."""

    marked: list[Marked]
    total: int
    batches: list[Batch]
    room: list[Used]


def burst_page(user: User, *, at: datetime) -> BurstPage:
    """Return what came in bursts to someone's office, as they may see it."""
    office_id = user.office_id or 0
    cases = of_a_burst(user)
    shown = list(cases[:SHOWN])
    people = people_of(shown, purpose="bursts")
    room = room_for(office_id, at=at)
    return BurstPage(
        [_marked(case, people[case.pk]) for case in shown], cases.count(), batches(office_id), used_of(room)
    )


def used_of(room: Room) -> list[Used]:
    """Return how much of each bound strangers use."""
    short = room.shortages
    return [
        Used(_("Forms begun within the hour"), room.begun, settings.FORMS_AN_HOUR, "forms" in short),
        Used(_("Forms sent within the hour"), room.sent, settings.FORMS_AN_HOUR, "forms" in short),
        Used(_("Forms not sent yet"), room.unfinished, settings.FORMS_UNFINISHED, "unfinished" in short),
        Used(_("Megabytes of files"), room.held, settings.FORMS_MEGABYTES, "files" in short),
    ]


def _marked(case: Case, person: str) -> Marked:
    intake: Intake = case.intake
    return Marked(
        intake.pk,
        case_address(case.pk),
        case.reference,
        person,
        Band(case.band).badge,
        intake.submitted_at,
        intake.urgent or case.band == Band.CRITICAL,
    )
