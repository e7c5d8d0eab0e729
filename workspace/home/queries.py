"""What the three home pages show: plain values, one dataclass for each role."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.law import is_law_reader
from cases.looking import short_words
from cases.models import OPEN, Status
from cases.queries import (
    cases_of,
    cases_to_close,
    counts_by_status,
    failed_by_rules,
    most_urgent_first,
    papers_to_look_at,
    untold,
)
from evidence.queries.library import library
from foundation.accounts.models import User
from foundation.badges import GOOD, WARN, Badge
from intake.asked import tally_of
from intake.queries import urgent_drafts
from referrals.queries import assignments_of, open_offers, waiting_referrals
from screening.models import Band
from workspace.queue.queries import case_address, look_by_of, people_of
from workspace.rows import ANSWER_BY, BADGE, CODE, DAY, LOOK_BY, SOFT, STRONG, Column, LookBy, Row
from workspace.simulator.queries import Changed, changed_rules

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
class ToTell(Row):
    """A case that ended and whose person does not know it yet."""

    person: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    status: Annotated[Badge, Column(BADGE, at_end=True)]


@dataclass(frozen=True)
class RulesFailed(Row):
    """A case that the rules cannot be run over: its band and dates are those of that day."""

    reference: Annotated[str, Column(CODE)]
    since: Annotated[date | None, Column(DAY, at_end=True)]


@dataclass(frozen=True)
class ToClose(Row):
    """A case that somebody else asks to close."""

    reference: Annotated[str, Column(CODE)]
    band: Annotated[Badge, Column(BADGE, at_end=True)]


@dataclass(frozen=True)
class Answered(Row):
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
    to_close: list[ToClose]
    to_tell: list[ToTell]
    answered: list[Answered]
    urgent: list[Untriaged]
    waiting: list[Waiting]


def caseworker_home(user: User, *, today: date) -> CaseworkerHome:
    """Return the caseworker's home page, the most urgent first."""
    return CaseworkerHome(
        name=user.name,
        counts=counts_of(user),
        changed=changed_rules(user),
        rules_failed=_rules_failed(user),
        unfinished=[Unfinished(one.pk, one.saved_at) for one in urgent_drafts(user.office_id or 0)],
        to_close=[
            ToClose(case_address(case.pk), case.reference, Band(case.band).badge)
            for case in cases_to_close(user)
        ],
        to_tell=_to_tell(user),
        answered=_answered(user),
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


def counts_of(user: User) -> list[Count]:
    """Return how many of the open cases someone sees stand in each status."""
    counts, queue = counts_by_status(user), reverse("workspace:queue")
    return [Count(str(status.label), f"{queue}?status={status}", counts[status]) for status in OPEN]


def _untriaged(user: User, *, today: date) -> list[Untriaged]:
    """Return the first cases in triage, the most urgent on top, with the names of the people."""
    cases = list(most_urgent_first(cases_of(user).filter(status=Status.IN_TRIAGE), on=today)[:SHOWN])
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


def _to_tell(user: User) -> list[ToTell]:
    """Return the cases that ended and whose people nobody told yet, who waits longest on top."""
    cases = list(untold(user)[:SHOWN])
    people = people_of(cases, purpose="home")
    return [
        ToTell(
            address=case_address(case.pk),
            person=people[case.pk],
            reference=case.reference,
            status=Status(case.status).badge,
        )
        for case in cases
    ]


def _answered(user: User) -> list[Answered]:
    """Return the first cases whose people answered about papers, the longest there on top."""
    cases = list(papers_to_look_at(user)[:SHOWN])
    papers = tally_of(case.intake_id for case in cases)
    return [Answered(case_address(case.pk), case.reference, papers[case.intake_id].words) for case in cases]


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
    answered: list[Answered]
    cases: list[OwnCase]
    sources: list[Source]
    checks_law: bool


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
        answered=_answered(user),
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
