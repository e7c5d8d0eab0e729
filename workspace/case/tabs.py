"""The other tabs of a case, each with what it alone shows: plain values, opened for one reader."""

from dataclasses import dataclass

from django.db.models import Q

from cases.models import Case
from foundation.accounts.models import Role
from foundation.events.models import Event
from letters.kinds import Kind
from workspace.case.closing import ClosingCard, closing_card
from workspace.case.evidence import PointCard, points_of
from workspace.case.family import FamilyLine, Tie, family_of, ties_of
from workspace.case.queries import Note, notes_of
from workspace.desk import Desk
from workspace.head import Head, head_of
from workspace.history.queries import Entry, entries, names_of
from workspace.intakes.queries import (
    Contact,
    FormOfPerson,
    SeenByPerson,
    ToldCard,
    contact_of,
    form_of_person,
    seen_by_person,
    told_of,
)
from workspace.letters.queries import LetterLine, fitting, language_of, letter_lines
from workspace.names.queries import NamesCard, Together, names_card, together_of
from workspace.questions.queries import QuestionsCard, questions_card
from workspace.readings.queries import Reading, last_readings, last_records
from workspace.talk.queries import NO_TALK, TalkCard, talk_card

WRITE = (Role.CASEWORKER, Role.ATTORNEY)
EVENTS = 200
# Whoever holds a matter for its person reads what happened to the case, not how names were compared.
FOR_ALL = (
    "cases.",
    "casework.",
    "letters.",
    "referrals.Assignment",
    "screening.Screening",
    "intake.AskedPaper",
)


@dataclass(frozen=True)
class ToldTab:
    """What the person told us, what they were asked later, and the form behind it."""

    head: Head
    told: ToldCard
    form: FormOfPerson
    later: QuestionsCard
    manages: bool
    may_copy: bool


def told_tab(desk: Desk) -> ToldTab:
    waits = desk.story_waits
    told = told_of(desk.case, user=desk.user, today=desk.today, story_waits=waits, saved=desk.saved)
    return ToldTab(
        head=head_of(desk.case, desk.person),
        told=told,
        form=form_of_person(desk.case, story_waits=waits),
        later=questions_card(desk),
        manages=desk.is_caseworker,
        may_copy=desk.user.has_role(*WRITE),
    )


@dataclass(frozen=True)
class PeopleTab:
    """Whose names are in a matter, its family, how the names stand, who is kept off, other requests.

    `ties` are the cases of family that no line of `family` shows.
    """

    head: Head
    names: NamesCard
    family: list[FamilyLine]
    ties: list[Tie]
    together: list[Together]
    manages: bool


def people_tab(desk: Desk) -> PeopleTab:
    ties = ties_of(desk)
    family = family_of(desk, ties)
    shown = {line.tie.id for line in family if line.tie}
    return PeopleTab(
        head=head_of(desk.case, desk.person),
        names=names_card(desk.case, standing=desk.names, has_looked=desk.has_looked),
        family=family,
        ties=[tie for tie in ties if tie.id not in shown],
        together=together_of(desk.case, desk.user) if desk.has_together else [],
        manages=desk.is_caseworker,
    )


@dataclass(frozen=True)
class EvidenceTab:
    """The points that a case has to prove, with what is cited for each."""

    head: Head
    points: list[PointCard]
    can_cite: bool
    sees_packets: bool


def evidence_tab(desk: Desk) -> EvidenceTab:
    return EvidenceTab(
        head_of(desk.case, desk.person),
        points_of(desk.case),
        can_cite=desk.user.has_role(Role.ATTORNEY),
        sees_packets=desk.user.has_role(Role.ATTORNEY, Role.ASSISTANT),
    )


@dataclass(frozen=True)
class MessagesTab:
    """The talk with the person, their return page (`seen`, for caseworkers), letters."""

    head: Head
    talk: TalkCard
    seen: SeenByPerson | None
    letters: list[LetterLine]
    letter_that_fits: Kind | None
    letter_language: str
    contact: Contact | None
    manages: bool
    may_set_terms: bool


def messages_tab(desk: Desk) -> MessagesTab:
    case = desk.case
    contact = contact_of(case)
    letters, may_write = letter_lines(case), desk.user.has_role(*WRITE)
    is_reserved = desk.placing.is_taken and not desk.placing.engaged_on
    return MessagesTab(
        head=head_of(case, desk.person),
        talk=talk_card(case) if desk.has_talk else NO_TALK,
        seen=seen_by_person(case) if desk.is_caseworker else None,
        letters=letters,
        letter_that_fits=fitting(case, is_reserved=is_reserved, lines=letters) if may_write else None,
        letter_language=language_of(case),
        contact=contact,
        manages=desk.is_caseworker,
        may_set_terms=desk.is_caseworker and contact is not None,
    )


@dataclass(frozen=True)
class HistoryTab:
    """What happened, how it ended before, every note, who looked (`readings`: None for whoever may not)."""

    head: Head
    entries: list[Entry]
    notes: list[Note]
    closing: ClosingCard
    access: list[tuple[str, str]]
    readings: list[Reading] | None


def history_tab(desk: Desk) -> HistoryTab:
    case = desk.case
    events = events_of(case, everything=desk.sees_names)
    records = last_records(case, user=desk.user)
    names = names_of([event.actor for event in events] + [one.actor for one in records or ()])
    return HistoryTab(
        head=head_of(case, desk.person),
        entries=entries(events, names),
        notes=notes_of(desk),
        closing=closing_card(desk),
        access=who_has_access(desk),
        readings=None if records is None else last_readings(case, records, names),
    )


def events_of(case: Case, *, everything: bool) -> list[Event]:
    """Return what happened in a matter, newest first; `everything` is for the office's own people."""
    events = Event.objects.filter(matter_id=case.matter_id)
    if not everything:
        events = events.exclude(
            subject_type="cases.FamilyLink"
        )  # whose family also came is not theirs to read
        shown = Q()
        for start in FOR_ALL:
            shown |= Q(subject_type__startswith=start)
        events = events.filter(shown)
    return list(events.order_by("-at", "-seq")[:EVENTS])


def who_has_access(desk: Desk) -> list[tuple[str, str]]:
    """Return who was let in and may read the case now, as (name, since when)."""
    if not desk.sees_names:
        return []
    live = (
        desk.case.access.filter(revoked_at=None, scope="matter").select_related("user").order_by("granted_at")
    )
    return [(one.user.name, desk.case.office.today(one.granted_at).isoformat()) for one in live]
