"""Everything the case page shows, gathered from the apps below, as plain values an API could send."""

from dataclasses import dataclass
from datetime import datetime

from cases.models import Case
from directory.queries import Entry as OtherHelp
from evidence.access import may_cite
from foundation.accounts.models import Role, User
from foundation.events.queries import history_of
from foundation.vault.opening import open_many, open_one
from intake.queries import NAME, full_name
from letters.kinds import Kind
from referrals.hand_over_queries import told_of as told_of_help
from screening.queries import latest_screening
from workspace.case.closing import ClosingCard, closing_card
from workspace.case.evidence import PointCard, points_of
from workspace.case.next_step import NextStep, next_step_of, placement_of
from workspace.case.seconds import SecondLine, second_lines
from workspace.dates.queries import DateLine, date_lines
from workspace.head import Head, head_of
from workspace.history.queries import Entry, entries
from workspace.intakes.queries import (
    Contact,
    FormOfPerson,
    SeenByPerson,
    ToldCard,
    WishLine,
    contact_of,
    form_of_person,
    seen_by_person,
    told_of,
    wishes_of,
)
from workspace.letters.queries import LetterLine, fitting, language_of, letter_lines
from workspace.names.queries import NamesCard, Together, names_card, together_of
from workspace.papers.asked import asked_of
from workspace.papers.queries import PapersCard, papers_card
from workspace.readings.queries import Reading, last_readings
from workspace.screenings.queries import ScreeningCard, screening_card

PURPOSE = "case page"


@dataclass(frozen=True)
class Note:
    """A note a person wrote, opened."""

    text: str
    author: str
    written_at: datetime


@dataclass(frozen=True)
class CasePage:
    """One case as one reader sees it, part by part; what they may not do is not offered.

    `manages` stands for what only a caseworker does; `names`, `seen` and `readings` are None for whoever does
    not see that card.
    """

    head: Head
    is_reserved: bool
    is_of_burst: bool
    is_aside: bool
    manages: bool
    can_cite: bool
    sees_packets: bool
    may_copy: bool
    together: list[Together]
    wishes: list[WishLine]
    next: NextStep
    seconds: list[SecondLine]
    closing: ClosingCard
    screening: ScreeningCard
    points: list[PointCard]
    told: ToldCard
    dates: list[DateLine]
    names: NamesCard | None
    contact: Contact | None
    papers: PapersCard
    letters: list[LetterLine]
    letter_that_fits: Kind | None
    letter_language: str
    form: FormOfPerson
    seen: SeenByPerson | None
    other_help: list[OtherHelp]
    notes: list[Note]
    readings: list[Reading] | None
    history: list[Entry]


def case_page(case: Case, *, user: User, at: datetime) -> CasePage:
    """Open a case for one reader."""
    today = case.office.today(at)
    screening = latest_screening(case.intake)
    placed = placement_of(case)
    names = names_card(case, user)
    story_waits = names is not None and not names.is_clear
    manages = user.has_role(Role.CASEWORKER)
    is_reserved = placed.assignment is not None and not placed.assignment.engaged_on
    letters, may_write = letter_lines(case), user.has_role(Role.CASEWORKER, Role.ATTORNEY)
    parts = filter(None, [placed.referral, placed.offer, placed.assignment, screening])
    return CasePage(
        head=head_of(case, full_name(open_one(case.applicant, *NAME, purpose=PURPOSE))),
        is_of_burst=case.intake.in_burst,
        is_aside=case.intake.put_aside_at is not None,
        is_reserved=is_reserved,
        manages=manages,
        can_cite=may_cite(user, case),
        sees_packets=user.has_role(Role.ATTORNEY, Role.ASSISTANT),
        may_copy=user.has_role(Role.CASEWORKER, Role.ATTORNEY),
        together=together_of(case, user) if names else [],
        wishes=wishes_of(case, user),
        next=next_step_of(case, user, today=today, placed=placed),
        seconds=second_lines(case, user),
        closing=closing_card(case, user),
        screening=screening_card(screening),
        points=points_of(case),
        told=told_of(case, user=user, today=today, story_waits=story_waits),
        dates=date_lines(case, today=today),
        names=names,
        contact=contact_of(case),
        papers=papers_card(case, user=user, today=today, purpose=PURPOSE),
        letters=letters,
        letter_that_fits=fitting(case, is_reserved=is_reserved, lines=letters) if may_write else None,
        letter_language=language_of(case),
        form=form_of_person(case, story_waits=story_waits),
        seen=seen_by_person(case) if manages else None,
        other_help=told_of_help(case) if manages and case.must_be_told else [],
        notes=notes_of(case),
        readings=last_readings(case, user=user),
        history=entries(history_of(case, *parts, *asked_of(case))),
    )


def notes_of(case: Case) -> list[Note]:
    """Open a case's notes, newest first."""
    notes = list(case.notes.select_related("author"))
    opened = open_many(notes, "text", purpose=PURPOSE)
    return [Note(opened[note.pk].text, note.author.name, note.written_at) for note in notes]
