"""The tab of a case's files: its papers, and those that its person is asked for."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.access import keeps_papers
from cases.models import Case
from foundation.accounts.models import Role
from intake.queries import as_uuid
from workspace.desk import Desk
from workspace.head import Head, head_of
from workspace.papers.asked import AskedCard, asked_card
from workspace.papers.lines import PURPOSE, PaperLine, in_order, paper_lines


@dataclass(frozen=True)
class PapersPage:
    """The papers of a case for one reader: `aside` are those somebody put aside.

    `manages` stands for a caseworker, who may ask for a file just as it was sent.
    """

    head: Head
    lines: list[PaperLine]
    aside: list[PaperLine]
    asked: AskedCard
    can_keep: bool
    manages: bool

    @property
    def is_being_read(self) -> bool:
        return any(line.is_waiting for line in self.lines)

    @property
    def choices(self) -> list[tuple[uuid.UUID, str]]:
        """Return what a paper can be a translation of."""
        return [(line.id, line.label or _("A file")) for line in self.lines if not line.is_gone]


def papers_page(desk: Desk, *, order: str = "") -> PapersPage:
    """Open the papers of a case for one reader."""
    case, user, today = desk.case, desk.user, desk.today
    lines, can_keep = in_order(paper_lines(case), order), keeps_papers(user)
    return PapersPage(
        head=head_of(case, desk.person),
        lines=[line for line in lines if not line.put_aside_at],
        aside=[line for line in lines if line.put_aside_at],
        asked=asked_card(case, lines, can_keep=can_keep, today=today, purpose=PURPOSE),
        can_keep=can_keep,
        manages=user.has_role(Role.CASEWORKER),
    )


def paper_of(case: Case, pk: uuid.UUID | None) -> PaperLine | None:
    """Open one file of a case, or return None where there is none of that id."""
    return next((line for line in paper_lines(case) if line.id == pk), None) if pk else None


def beside(case: Case, asked: str) -> PaperLine | None:
    """Open the file that is to be read beside a page, by the id in its address; None for one that is none."""
    return paper_of(case, as_uuid(asked))
