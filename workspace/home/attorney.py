"""What an attorney begins the day with: offers, what they hold by its next date, their places."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from cases.law import is_law_reader
from cases.models import LIVE, Case, Deadline
from cases.words import DEADLINES
from casework.models import Hearing, HearingKind
from evidence.queries.claims import gaps_of
from evidence.queries.library import library
from foundation.accounts.models import User
from foundation.badges import GOOD, WARN, Badge
from intake.data import courts
from notifications.talk import first_unanswered
from referrals.access import coordinated_firm
from referrals.models import Assignment, HowEnded, Practitioner
from referrals.queries import assignments_of
from referrals.summary_queries import open_offers
from workspace.home.queries import PapersAnswered, papers_answered_of
from workspace.home.todo import Place, Todo
from workspace.hours.queries import hours_of_person
from workspace.listing import case_address, people_of
from workspace.rows import ANSWER_BY, BADGE, CODE, DAY, SOFT, STRONG, Column, Row
from workspace.work.queries import moment_words, tasks_before


@dataclass(frozen=True)
class Asked(Row):
    """An offer that waits for an answer: country, language and kind of case, the next date."""

    band: Annotated[Badge, Column(BADGE)]
    words: Annotated[str, Column(STRONG)]
    about: Annotated[str, Column(SOFT)]
    next_date: Annotated[str, Column(SOFT)]
    answer_by: Annotated[datetime, Column(ANSWER_BY, at_end=True)]


@dataclass(frozen=True)
class OwnCase(Row):
    """A case an attorney holds, with its next date: reserved, or represented once it is signed."""

    person: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    next_date: Annotated[str, Column(SOFT)]
    status: Annotated[Badge, Column(BADGE, at_end=True)]


@dataclass(frozen=True)
class Source(Row):
    """A source of the library."""

    title: Annotated[str, Column(STRONG)]
    publisher: Annotated[str, Column(SOFT, at_end=True)]
    published_date: Annotated[date | None, Column(DAY, at_end=True)]


@dataclass(frozen=True)
class Places:
    """How many cases somebody holds of how many they take, and whether they take new ones now."""

    held: int
    all: int
    takes: bool


@dataclass(frozen=True)
class Outcome:
    """How many of somebody's cases ended in one way; never which."""

    words: str
    cases: int


@dataclass(frozen=True)
class AttorneyHome:
    """What an attorney is asked, what waits for them, what they hold. `places`: of the panel.

    `hours`: how long they worked this year as they logged it.
    """

    name: str
    offers: list[Asked]
    todo: list[Todo]
    outcomes: list[Outcome]
    papers_answered: list[PapersAnswered]
    cases: list[OwnCase]
    places: Places | None
    sources: list[Source]
    checks_law: bool
    coordinates: bool
    hours: str


def attorney_home(user: User, *, at: datetime) -> AttorneyHome:
    """Return the attorney's home page."""
    held = [one.case for one in assignments_of(user).select_related("case__office")]
    cases = _own_cases(user, at=at)
    return AttorneyHome(
        name=user.name,
        todo=_todo(user, held, at=at),
        outcomes=_outcomes(user),
        offers=[
            Asked(
                address=reverse("referrals:offer-detail", args=[offer.id]),
                band=offer.band,
                words=_("Read the summary"),
                about=offer.words,
                next_date=offer.next_date,
                answer_by=offer.expires_at,
            )
            for offer in open_offers(user)
        ],
        papers_answered=papers_answered_of(user),
        cases=cases,
        places=_places(user, held=len(cases)),
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
        hours=hours_of_person(user, at=at),
    )


SOON = timedelta(days=14)


def _todo(user: User, held: list[Case], *, at: datetime) -> list[Todo]:
    """Return what waits for an attorney in what they hold: people who wrote, tasks, what has no source."""
    found = [*_wrote(held, at=at), *_tasks(user, held, at=at), *_gaps(held)]
    return sorted(found, key=lambda one: one.place)


def _wrote(held: list[Case], *, at: datetime) -> Iterator[Todo]:
    waiting = Case.objects.filter(pk__in=[one.pk for one in held]).annotate(since=first_unanswered())
    for case in waiting.filter(since__isnull=False).order_by("since"):
        about = f"{case.reference} · " + _("%(ago)s ago") % {"ago": timesince(case.since, at)}
        address = reverse("workspace:messages", args=[case.pk])
        yield Todo(Place.ASKED, address, _("The person wrote to us"), about, _("Read"))


def _tasks(user: User, held: list[Case], *, at: datetime) -> Iterator[Todo]:
    today = user.office.today(at) if user.office else at.date()
    for line in tasks_before(user, held, today=today, until=today + SOON):
        yield Todo(Place.TODAY, line.address, line.words, line.reference, _("Do it"), when=line.when)


def _gaps(held: list[Case]) -> Iterator[Todo]:
    open_points = gaps_of(held)
    for case in held:
        if n := open_points.get(case.pk):
            what = _("Assertions without a source: %(n)s") % {"n": n}
            address = reverse("evidence:matrix", args=[case.pk])
            yield Todo(Place.PAPERS, address, what, case.reference, _("Find one"))


def _outcomes(user: User) -> list[Outcome]:
    """Return how what somebody held ended: numbers alone, since they see these cases no more."""
    ended = Assignment.objects.filter(user=user, ended_at__isnull=False).order_by()
    rows = dict(ended.values_list("ended_how").annotate(n=Count("pk")))
    return [Outcome(str(how.label), rows[how]) for how in HowEnded if how in rows]


def _places(user: User, *, held: int) -> Places | None:
    one = Practitioner.objects.filter(user=user).first()
    return Places(held, one.capacity, one.accepting) if one else None


def _own_cases(user: User, *, at: datetime) -> list[OwnCase]:
    """Return someone's live assignments with the people's names, the next date first."""
    held = list(assignments_of(user).select_related("case__office"))
    cases = [one.case for one in held]
    people, dates = people_of(cases, purpose="home"), next_dates(cases, at=at)
    in_order = sorted(held, key=lambda one: dates[one.case_id][0] if one.case_id in dates else NEVER)
    return [
        OwnCase(
            address=case_address(one.case_id),
            person=people[one.case_id],
            reference=one.case.reference,
            next_date=dates[one.case_id][1] if one.case_id in dates else _("no date known"),
            status=Badge(_("Represented"), GOOD) if one.engaged_on else Badge(_("Reserved"), WARN),
        )
        for one in in_order
    ]


NEVER = date.max


def next_dates(cases: list[Case], *, at: datetime) -> dict[uuid.UUID, tuple[date, str]]:
    """Return the next date of each case: {case id: (day, words)}. A hearing has its hour and court."""
    offices = {case.pk: case.office for case in cases}
    names = {court.code: str(court.label) for court in courts()}
    found: dict[uuid.UUID, tuple[date, str]] = {}
    ahead = Deadline.objects.filter(case__in=cases, status__in=LIVE, date__isnull=False)
    for one in ahead.order_by("-date"):
        if one.date and one.date >= offices[one.case_id].today(at):
            label = str(DEADLINES.get(one.key, one.name))
            found[one.case_id] = (one.date, f"{date_format(one.date)} · {label}")
    hearings = Hearing.objects.filter(case__in=cases, outcome="", starts_at__gte=at)
    for hearing in hearings.order_by("-starts_at"):
        office = offices[hearing.case_id]
        day, earlier = office.today(hearing.starts_at), found.get(hearing.case_id)
        if earlier is None or day <= earlier[0]:
            kind, court = str(HearingKind(hearing.kind).label), names.get(hearing.court, "")
            parts = (moment_words(hearing.starts_at, office.time_zone), kind, court)
            found[hearing.case_id] = (day, " · ".join(part for part in parts if part))
    return found
