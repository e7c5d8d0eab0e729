"""What the home pages show: plain values, one dataclass for each role."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.law import is_law_reader
from cases.models import OPEN, Case, Status
from cases.queries import (
    counts_by_status,
    papers_to_look_at,
)
from evidence.queries.library import library
from foundation.accounts.giving_roles import live_assistances
from foundation.accounts.models import Office, User
from foundation.badges import GOOD, WARN, Badge
from foundation.events.checkpoints import newest_checkpoints
from foundation.events.queries import office_events
from intake.asked import tally_of
from intake.room import room_for
from referrals.access import coordinated_firm
from referrals.queries import assignments_of, open_offers
from workspace.bursts.queries import Used, used_of
from workspace.history.queries import Entry, entries
from workspace.listing import case_address, people_of
from workspace.readings.queries import Reader, readers_of
from workspace.rows import ANSWER_BY, BADGE, CODE, DAY, SOFT, STRONG, Column, Row

SHOWN = 8


@dataclass(frozen=True)
class Count:
    """How many open cases stand in one status, and where they are listed."""

    label: str
    address: str
    cases: int


@dataclass(frozen=True)
class PersonAndStatus(Row):
    """A case with its person and how it stands: one whose person must be told, or that is theirs to read."""

    person: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    status: Annotated[Badge, Column(BADGE, at_end=True)]


@dataclass(frozen=True)
class PapersAnswered(Row):
    """A case whose person answered about papers that were asked for."""

    reference: Annotated[str, Column(CODE)]
    papers: Annotated[str, Column(SOFT, at_end=True)]


def counts_of(user: User) -> list[Count]:
    """Return how many of the open cases someone sees stand in each status."""
    counts, queue = counts_by_status(user), reverse("workspace:queue")
    return [Count(str(status.label), f"{queue}?status={status}", counts[status]) for status in OPEN]


def _people_with_status(cases: list[Case]) -> list[PersonAndStatus]:
    people = people_of(cases, purpose="home")
    return [
        PersonAndStatus(
            address=case_address(case.pk),
            person=people[case.pk],
            reference=case.reference,
            status=Status(case.status).badge,
        )
        for case in cases
    ]


def _papers_answered(user: User) -> list[PapersAnswered]:
    """Return the first cases whose people answered about papers, the longest there on top."""
    cases = list(papers_to_look_at(user)[:SHOWN])
    papers = tally_of(case.intake_id for case in cases)
    return [
        PapersAnswered(case_address(case.pk), case.reference, papers[case.intake_id].words) for case in cases
    ]


@dataclass(frozen=True)
class Asked(Row):
    """An offer that waits for the attorney's answer."""

    band: Annotated[Badge, Column(BADGE)]
    words: Annotated[str, Column(STRONG)]
    answer_by: Annotated[datetime, Column(ANSWER_BY, at_end=True)]


@dataclass(frozen=True)
class OwnCase(Row):
    """A case an attorney holds: reserved, or represented once the engagement is signed."""

    person: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    status: Annotated[Badge, Column(BADGE, at_end=True)]


@dataclass(frozen=True)
class Source(Row):
    """A source of the library."""

    title: Annotated[str, Column(STRONG)]
    publisher: Annotated[str, Column(SOFT, at_end=True)]
    published_date: Annotated[date | None, Column(DAY, at_end=True)]


@dataclass(frozen=True)
class AttorneyHome:
    """What an attorney is asked, what they hold, and what is new in the library."""

    name: str
    offers: list[Asked]
    papers_answered: list[PapersAnswered]
    cases: list[OwnCase]
    sources: list[Source]
    checks_law: bool
    coordinates: bool


def attorney_home(user: User) -> AttorneyHome:
    """Return the attorney's home page."""
    return AttorneyHome(
        name=user.name,
        offers=[
            Asked(
                address=reverse("referrals:offer-detail", args=[offer.id]),
                band=offer.band,
                words=_("Read the summary"),
                answer_by=offer.expires_at,
            )
            for offer in open_offers(user)
        ],
        papers_answered=_papers_answered(user),
        cases=_own_cases(user),
        sources=[
            Source(
                address=reverse("evidence:document", args=[document.pk]),
                title=document.title,
                publisher=document.publisher,
                published_date=document.published_date,
            )
            for document in library(user)[:5]
        ],
        checks_law=is_law_reader(user),
        coordinates=coordinated_firm(user) is not None,
    )


def _own_cases(user: User) -> list[OwnCase]:
    """Return someone's live assignments with the names of the people."""
    assignments = list(assignments_of(user))
    people = people_of([assignment.case for assignment in assignments], purpose="home")
    return [
        OwnCase(
            address=case_address(assignment.case_id),
            person=people[assignment.case_id],
            reference=assignment.case.reference,
            status=Badge(_("Represented"), GOOD) if assignment.engaged_on else Badge(_("Reserved"), WARN),
        )
        for assignment in assignments
    ]


@dataclass(frozen=True)
class AssistantHome:
    """Whom an assistant works for, and what these attorneys hold."""

    name: str
    attorneys: list[tuple[str, date]]
    cases: list[PersonAndStatus]


def assistant_home(user: User) -> AssistantHome:
    """Return the assistant's home page."""
    office = user.office
    today = office.today(timezone.now()) if office else date.min
    works_for = [(one.attorney.name, one.ends_on) for one in live_assistances(on=today, assistant=user)]
    return AssistantHome(
        user.name,
        works_for,
        _people_with_status(list(visible_to(user).select_related("applicant").filter(closed_at=None))),
    )


@dataclass(frozen=True)
class LedgerState:
    """How far one kind of record is signed: how many rows, and when last."""

    words: str
    total: int
    at: datetime | None


@dataclass(frozen=True)
class SecurityHome:
    """What a security officer watches: who reads, how much comes in, whether the ledger is signed."""

    name: str
    readers: list[Reader]
    room: list[Used]
    ledger: list[LedgerState]
    events: list[Entry]


def security_home(user: User, office: Office, *, at: datetime) -> SecurityHome:
    """Return the security officer's home page; no matter is opened for it."""
    words = {"events": _("What happened"), "access": _("Who opened what")}
    signed = {one.kind: (one.total, one.at) for one in newest_checkpoints()}
    return SecurityHome(
        name=user.name,
        readers=readers_of(user, office, at=at),
        room=used_of(room_for(office.pk, at=at)),
        ledger=[LedgerState(label, *signed.get(kind, (0, None))) for kind, label in words.items()],
        events=entries(office_events(office.pk)[:30]),
    )
