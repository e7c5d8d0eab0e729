"""The page of a case's papers, and the card of them on the case page."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.access import may_keep_papers
from cases.models import Case
from foundation.accounts.models import Role, User
from intake.queries import as_uuid
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


def papers_page(case: Case, *, user: User, today: dt.date, order: str = "") -> PapersPage:
    """Open the papers of a case for one reader."""
    lines, can_keep = in_order(paper_lines(case), order), may_keep_papers(user, case)
    return PapersPage(
        head=head_of(case),
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


SHOWN = 6  # on the case page; all of them on a page of their own


@dataclass(frozen=True)
class PapersCard:
    """What the case page says of papers: the newest `lines`, how many there are in all, how many unsorted."""

    lines: list[PaperLine]
    all: int
    unsorted: int
    asked: AskedCard
    can_keep: bool


def papers_card(case: Case, *, user: User, today: dt.date, purpose: str) -> PapersCard:
    """Open what a case's page says of its papers."""
    every, can_keep = paper_lines(case, purpose=purpose), may_keep_papers(user, case)
    lines = [line for line in every if not line.put_aside_at]
    return PapersCard(
        lines=lines[:SHOWN],
        all=len(lines),
        unsorted=sum(1 for line in lines if line.counts and not line.kind),
        asked=asked_card(case, every, can_keep=can_keep, today=today, purpose=purpose),
        can_keep=can_keep,
    )
