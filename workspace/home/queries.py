"""What the home pages show: plain values, one dataclass for each role."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.closing import closings_for
from cases.looking import short_words
from cases.models import OPEN, Case, Closing, SecondLook, Status
from cases.queries import (
    cases_of,
    counts_by_status,
    failed_by_rules,
    most_urgent_first,
    papers_to_look_at,
    untold,
)
from cases.seconds import open_looks
from foundation.accounts.giving_roles import live_assistances
from foundation.accounts.models import Office, User
from foundation.badges import Badge
from foundation.events.checkpoints import newest_checkpoints
from foundation.events.queries import office_events
from intake.asked import tally_of
from intake.queries import urgent_drafts
from intake.room import room_for
from referrals.models import HandOverStatus
from referrals.queries import answered_hand_overs, waiting_referrals
from screening.models import Band
from workspace.bursts.queries import Used, used_of
from workspace.history.queries import Entry, entries
from workspace.listing import case_address, look_by_of, people_of
from workspace.readings.queries import Reader, readers_of
from workspace.rows import BADGE, CODE, DAY, LOOK_BY, SOFT, STRONG, Column, LookBy, Row
from workspace.simulator.queries import Changed, changed_rules
from workspace.work.queries import Day, day_of

SHOWN = 8


@dataclass(frozen=True)
class Count:
    """How many open cases stand in one status, and where they are listed."""

    label: str
    address: str
    cases: int


@dataclass(frozen=True)
class Unfinished:
    """An urgent form that was left before it was sent."""

    id: uuid.UUID
    saved_at: datetime


@dataclass(frozen=True)
class PersonAndStatus(Row):
    """A case with its person and how it stands: one whose person must be told, or that is theirs to read."""

    person: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    status: Annotated[Badge, Column(BADGE, at_end=True)]


@dataclass(frozen=True)
class RulesFailed(Row):
    """A case that the rules cannot be run over: its band and dates are those of that day."""

    reference: Annotated[str, Column(CODE)]
    since: Annotated[date | None, Column(DAY, at_end=True)]


@dataclass(frozen=True)
class ForSecond(Row):
    """A step that waits for this person as the second, or was done and they look after."""

    step: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    asked_by: Annotated[str, Column(SOFT, at_end=True)]
    since: Annotated[date, Column(DAY, at_end=True)]


@dataclass(frozen=True)
class Answered(Row):
    """A case that another organization was asked about, and answered, or did not in time."""

    reference: Annotated[str, Column(CODE)]
    receiver: Annotated[str, Column(SOFT)]
    status: Annotated[Badge, Column(BADGE, at_end=True)]


@dataclass(frozen=True)
class PapersAnswered(Row):
    """A case whose person answered about papers that were asked for."""

    reference: Annotated[str, Column(CODE)]
    papers: Annotated[str, Column(SOFT, at_end=True)]


@dataclass(frozen=True)
class Untriaged(Row):
    """A case in triage."""

    band: Annotated[Badge, Column(BADGE)]
    person: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    next_short: Annotated[str, Column(SOFT)]
    look_by: Annotated[LookBy, Column(LOOK_BY, at_end=True)]


@dataclass(frozen=True)
class Waiting(Row):
    """A case in a queue that nobody was asked to take yet."""

    band: Annotated[Badge, Column(BADGE)]
    reference: Annotated[str, Column(CODE)]
    queue: Annotated[str, Column(SOFT, at_end=True)]


@dataclass(frozen=True)
class CaseworkerHome:
    """What a caseworker begins the day with."""

    name: str
    counts: list[Count]
    changed: list[Changed]
    rules_failed: list[RulesFailed]
    unfinished: list[Unfinished]
    for_second: list[ForSecond]
    to_look_at: list[ForSecond]
    to_tell: list[PersonAndStatus]
    papers_answered: list[PapersAnswered]
    answered: list[Answered]
    day: Day
    urgent: list[Untriaged]
    waiting: list[Waiting]


def caseworker_home(user: User, *, today: date, at: datetime) -> CaseworkerHome:
    """Return the caseworker's home page, the most urgent first."""
    return CaseworkerHome(
        name=user.name,
        counts=counts_of(user),
        changed=changed_rules(user),
        rules_failed=_rules_failed(user),
        unfinished=[Unfinished(one.pk, one.saved_at) for one in urgent_drafts(user.office_id or 0)],
        for_second=for_second(user),
        to_look_at=to_look_at(user),
        to_tell=_to_tell(user),
        answered=[
            Answered(
                address=reverse("workspace:hand-over", args=[one.case_id]),
                reference=one.case.reference,
                receiver=one.receiver,
                status=HandOverStatus(one.status).badge,
            )
            for one in answered_hand_overs(cases_of(user))
        ],
        papers_answered=papers_answered_of(user),
        day=day_of(user, at=at),
        urgent=_untriaged(user, today=today),
        waiting=[
            Waiting(
                address=case_address(referral.case_id),
                band=Band(referral.case.band).badge,
                reference=referral.case.reference,
                queue=referral.queue.name,
            )
            for referral in waiting_referrals(user)[:SHOWN]
        ],
    )


def for_second(user: User) -> list[ForSecond]:
    """Return the steps that wait for someone as the second person, closings among them, the oldest first."""
    asked: list[tuple[datetime, str, Closing | SecondLook]]
    asked = [(one.asked_at, str(_("Close the case")), one) for one in closings_for(user, at=timezone.now())]
    asked += [(one.asked_at, str(one.get_step_display()), one) for one in open_looks(user) if one.waits]
    return [_for_second(words, one) for _at, words, one in sorted(asked, key=lambda each: each[0])]


def to_look_at(user: User) -> list[ForSecond]:
    """Return what was done at once and someone is to look at as the second person."""
    return [_for_second(str(one.get_step_display()), one) for one in open_looks(user) if not one.waits]


def _for_second(words: str, one: Closing | SecondLook) -> ForSecond:
    case = one.case
    since = case.office.today(one.asked_at)
    return ForSecond(case_address(case.pk), words, case.reference, one.asked_by.name, since)


def counts_of(user: User) -> list[Count]:
    """Return how many of the open cases someone sees stand in each status."""
    counts, queue = counts_by_status(user), reverse("workspace:queue")
    return [Count(str(status.label), f"{queue}?status={status}", counts[status]) for status in OPEN]


def _untriaged(user: User, *, today: date) -> list[Untriaged]:
    """Return the first cases in triage, the most urgent on top, with the names of the people."""
    cases = list(most_urgent_first(cases_of(user).filter(status=Status.IN_TRIAGE))[:SHOWN])
    people = people_of(cases, purpose="home")
    return [
        Untriaged(
            address=case_address(case.pk),
            band=Band(case.band).badge,
            person=people[case.pk],
            reference=case.reference,
            next_short=short_words(case.next_code),
            look_by=look_by_of(case, today=today),
        )
        for case in cases
    ]


def _rules_failed(user: User) -> list[RulesFailed]:
    """Return the cases that no rule looks after: all of them, for each is read by hand until it is mended."""
    return [
        RulesFailed(case_address(case.pk), case.reference, case.rules_failed_on)
        for case in failed_by_rules(user).select_related("office")
    ]


def _to_tell(user: User) -> list[PersonAndStatus]:
    """Return the cases that ended and whose people nobody told yet, who waits longest on top."""
    return _people_with_status(list(untold(user)[:SHOWN]))


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
