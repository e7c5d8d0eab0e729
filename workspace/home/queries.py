"""What the home pages show: plain values, one dataclass for each role."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.models import Case, Status
from cases.queries import papers_to_look_at
from foundation.accounts.giving_roles import live_assistances
from foundation.accounts.models import Office, User
from foundation.badges import Badge
from foundation.events.checkpoints import newest_checkpoints
from foundation.events.queries import office_events
from intake.asked import tally_of
from intake.room import room_for
from workspace.bursts.queries import Used, used_of
from workspace.history.queries import Entry, entries
from workspace.listing import case_address, people_of
from workspace.readings.queries import Reader, readers_of
from workspace.rows import BADGE, CODE, SOFT, STRONG, Column, Row

SHOWN = 8


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


def papers_answered_of(user: User) -> list[PapersAnswered]:
    """Return the first cases whose people answered about papers, the longest there on top."""
    cases = list(papers_to_look_at(user)[:SHOWN])
    papers = tally_of(case.intake_id for case in cases)
    return [
        PapersAnswered(case_address(case.pk), case.reference, papers[case.intake_id].words) for case in cases
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
