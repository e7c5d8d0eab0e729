"""The overview of a case: what to do, whether it is safe to call, which days count; as plain values."""

from dataclasses import dataclass
from datetime import datetime

from directory.queries import Entry as OtherHelp
from foundation.accounts.models import Role
from foundation.vault.opening import open_many
from intake.asked import tally_of
from referrals.hand_over_queries import told_of as told_of_help
from screening.models import Screening
from screening.queries import latest_screening
from workspace.case.closing import ClosingCard, closing_card
from workspace.case.next_step import NextStep, next_step_of
from workspace.case.seconds import SecondLine, second_lines
from workspace.dates.queries import DateLine, date_lines
from workspace.desk import Desk
from workspace.head import Head, head_of
from workspace.intakes.queries import Contact, WishLine, contact_of, wishes_of
from workspace.names.queries import Together, together_of
from workspace.work.queries import CalendarCard, TasksCard, TriesCard, calendar_card, tasks_card, tries_card

PURPOSE = "case page"
NOTES_SHOWN = 5


@dataclass(frozen=True)
class Note:
    """A note a person wrote, opened."""

    text: str
    author: str
    written_at: datetime


@dataclass(frozen=True)
class Overview:
    """One case as one reader sees it at a glance; what they may not do is not offered.

    `manages` stands for what only a caseworker does. `waits_for_names`: what somebody said of the harm is not
    read before the names are clear.
    """

    head: Head
    manages: bool
    waits_for_names: bool
    together: list[Together]
    wishes: list[WishLine]
    next: NextStep
    seconds: list[SecondLine]
    closing: ClosingCard
    dates: list[DateLine]
    contact: Contact | None
    other_help: list[OtherHelp]
    notes: list[Note]
    papers: str
    tasks: TasksCard
    tries: TriesCard
    calendar: CalendarCard


def overview(desk: Desk) -> Overview:
    """Open a case for one reader."""
    case, user, manages = desk.case, desk.user, desk.is_caseworker
    works = case.is_open and user.has_role(Role.CASEWORKER, Role.ATTORNEY)
    step = next_step_of(desk, screening=_screening(desk) if manages and not case.triaged_at else None)
    return Overview(
        head=head_of(case, desk.person),
        manages=manages,
        waits_for_names=desk.story_waits,
        together=together_of(case, user) if desk.has_together else [],
        wishes=wishes_of(case, user) if desk.counts.wishes else [],
        next=step,
        seconds=second_lines(case, user) if desk.has_seconds else [],
        closing=closing_card(desk),
        dates=date_lines(case, today=desk.today),
        contact=contact_of(case),
        other_help=told_of_help(case) if manages and case.must_be_told else [],
        notes=notes_of(desk)[:NOTES_SHOWN],
        papers=papers.words if (papers := tally_of([case.intake_id]).get(case.intake_id)) else "",
        tasks=tasks_card(desk, may_work=works),
        tries=tries_card(desk, may_work=works),
        calendar=calendar_card(desk, may_work=works),
    )


def _screening(desk: Desk) -> Screening:
    return latest_screening(desk.case.intake)


def notes_of(desk: Desk) -> list[Note]:
    """Open a case's notes, newest first."""
    notes = list(desk.case.notes.select_related("author"))
    opened = open_many(notes, "text", purpose=PURPOSE)
    return [Note(opened[note.pk].text, note.author.name, note.written_at) for note in notes]
