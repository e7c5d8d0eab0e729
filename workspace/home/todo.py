"""What a caseworker does now, in order: everything that waits for them is one line and one press away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from cases.looking import short_words
from cases.models import Case, Status
from cases.queries import cases_of, failed_by_rules, most_urgent_first, papers_to_look_at, untold
from foundation.accounts.models import User
from foundation.badges import Badge
from intake.asked import tally_of
from intake.queries import urgent_drafts
from notifications.talk import first_unanswered, unplaced
from referrals.models import HandOverStatus
from referrals.queries import answered_hand_overs, waiting_referrals
from screening.models import Band
from workspace.home.seconds import ForSecond, for_second, to_look_at
from workspace.listing import case_address, people_of
from workspace.when import When
from workspace.work.queries import DayLine, day_of, due

SHOWN = 8


class Place(IntEnum):
    """What comes before what: who may be harmed today, what has an hour, who waits, the rest."""

    CRITICAL = 0
    FAILED = 1
    TODAY = 2
    ASKED = 3
    TELL = 4
    NEW = 5
    PAPERS = 6
    PLACE = 7
    LOOK = 8


@dataclass(frozen=True)
class Todo:
    """One thing to do: of whom, what, by when, and the words of the press that leads to it."""

    place: Place
    address: str
    what: str
    about: str
    act: str
    band: Badge | None = None
    when: When | None = None
    by: str = ""


def todo_of(user: User, *, today: date, at: datetime) -> list[Todo]:
    """Return what waits for somebody, in the order it is to be done."""
    found = [
        *_in_triage(user, today=today),
        *_failed(user),
        *_left_unfinished(user, at=at),
        *_today(user, at=at),
        *_seconds(user),
        *_wrote(user, at=at),
        *_lost(user, at=at),
        *_answered(user),
        *_to_tell(user),
        *_papers(user),
        *_to_offer(user),
    ]
    return sorted(found, key=lambda one: one.place)


def _in_triage(user: User, *, today: date) -> Iterator[Todo]:
    """Return the first cases in triage that are nobody's or theirs, with the names of the people."""
    cases = list(most_urgent_first(_own(user).filter(status=Status.IN_TRIAGE))[:SHOWN])
    people = people_of(cases, purpose="home")
    for case in cases:
        yield Todo(
            place=Place.CRITICAL if case.band == Band.CRITICAL else Place.NEW,
            address=case_address(case.pk),
            what=short_words(case.next_code) or _("Look at the case"),
            about=people[case.pk],
            act=_("Look at it"),
            band=Band(case.band).badge,
            when=due(case.look_by, today),
        )


def _failed(user: User) -> Iterator[Todo]:
    """Return the cases that no rule looks after: all of them, for each is read by hand until it is mended."""
    for case in failed_by_rules(user):
        what = _("The rules cannot be run over this case: read it by hand")
        yield Todo(Place.FAILED, case_address(case.pk), what, case.reference, _("Read"))


def _left_unfinished(user: User, *, at: datetime) -> Iterator[Todo]:
    """Return urgent forms that were left before they were sent."""
    for one in urgent_drafts(user.office_id or 0):
        address = reverse("workspace:unfinished", args=[one.pk])
        ago = _("last touched %(ago)s ago") % {"ago": timesince(one.saved_at, at)}
        yield Todo(Place.CRITICAL, address, _("Urgent form left unfinished"), ago, _("Look at it"))


def _today(user: User, *, at: datetime) -> Iterator[Todo]:
    """Return the appointments, tries and tasks that are due."""
    day = day_of(user, at=at)
    for line, act in (
        *((one, _("Prepare")) for one in day.meetings),
        *((one, _("Call")) for one in day.tries),
        *((one, _("Do it")) for one in day.tasks),
    ):
        yield _of_day(line, act)


def _of_day(line: DayLine, act: str) -> Todo:
    return Todo(Place.TODAY, line.address, line.words, line.reference, act, when=line.when, by=line.at)


def _seconds(user: User) -> Iterator[Todo]:
    """Return what waits for somebody as the second person, and what was done and they look at."""
    for one in for_second(user):
        yield _second(one, Place.ASKED, _("A colleague asks: %(step)s"), _("Decide"))
    for one in to_look_at(user):
        yield _second(one, Place.LOOK, _("Done by a colleague: %(step)s"), _("Look at it"))


def _second(one: ForSecond, place: Place, words: str, act: str) -> Todo:
    about = f"{one.reference} · {one.asked_by}"
    return Todo(place, one.address, words % {"step": one.step}, about, act)


def _wrote(user: User, *, at: datetime) -> Iterator[Todo]:
    """Return the first cases that are nobody's or theirs whose people wrote and wait, the longest on top."""
    waiting = _own(user).annotate(since=first_unanswered()).filter(since__isnull=False)
    for case in waiting.order_by("since")[:SHOWN]:
        about = f"{case.reference} · {_ago(case.since, at)}"
        yield Todo(Place.ASKED, _messages(case), _("The person wrote to us"), about, _("Answer"))


def _lost(user: User, *, at: datetime) -> Iterator[Todo]:
    """Return one line for all that came in from numbers and addresses that are on no case, or on several."""
    if first := unplaced(user.office_id or 0).first():
        what = _("Somebody wrote, and it is not known on whose case")
        yield Todo(Place.ASKED, reverse("workspace:unplaced"), what, _ago(first.came_at, at), _("Look at it"))


def _ago(moment: datetime, at: datetime) -> str:
    return _("%(ago)s ago") % {"ago": timesince(moment, at)}


def _own(user: User) -> QuerySet[Case]:
    return cases_of(user).filter(Q(caseworker=None) | Q(caseworker=user))


def _answered(user: User) -> Iterator[Todo]:
    for one in answered_hand_overs(cases_of(user)):
        what = str(HandOverStatus(one.status).label)
        about = f"{one.case.reference} · {one.receiver}"
        yield Todo(Place.ASKED, reverse("workspace:hand-over", args=[one.case_id]), what, about, _("Go on"))


def _to_tell(user: User) -> Iterator[Todo]:
    """Return the cases that ended and whose people nobody told yet, who waits longest on top."""
    cases = list(untold(user)[:SHOWN])
    people = people_of(cases, purpose="home")
    for case in cases:
        what = _("Ended, and the person does not know it yet")
        yield Todo(Place.TELL, _messages(case), what, people[case.pk], _("Tell them"))


def _messages(case: Case) -> str:
    return reverse("workspace:messages", args=[case.pk])


def _papers(user: User) -> Iterator[Todo]:
    """Return the first cases whose people answered about papers, the longest there on top."""
    cases = list(papers_to_look_at(user)[:SHOWN])
    papers = tally_of(case.intake_id for case in cases)
    for case in cases:
        about = f"{case.reference} · {papers[case.intake_id].words}"
        address = reverse("workspace:papers", args=[case.pk])
        yield Todo(Place.PAPERS, address, _("Look at the answers about papers"), about, _("Look at it"))


def _to_offer(user: User) -> Iterator[Todo]:
    for referral in waiting_referrals(user)[:SHOWN]:
        about = f"{referral.case.reference} · {referral.queue.name}"
        address = reverse("workspace:referral", args=[referral.case_id])
        band = Band(referral.case.band).badge
        yield Todo(Place.PLACE, address, _("Waits in a queue, not offered yet"), about, _("Offer"), band=band)
