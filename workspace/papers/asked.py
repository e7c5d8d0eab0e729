"""The papers a case's person is asked for as its pages show them, and what is missing of the usual list."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from cases.models import Case
from foundation.badges import Badge
from intake.asked import LIVE, Tally, tally_of, words_of
from intake.checklist import ListedPaper, checklist, usual_papers
from intake.models import AskedPaper, AskedStatus, PaperAnswer, WhyAgain
from workspace.papers.forms import words_for_staff
from workspace.papers.lines import PaperLine


@dataclass(frozen=True)
class AskedLine:
    """One paper that is asked for, opened. `answer` is what the person said, `said` that in words; "" before.

    `is_late`: the day by which it was wanted has gone by. `files` are the labels of what came for it.
    """

    id: uuid.UUID
    label: str
    status: Badge
    answer: str
    said: str
    answered_on: dt.date | None
    again: str
    due_on: dt.date | None
    is_late: bool
    on_page: bool
    is_live: bool
    to_look_at: bool
    asked_by: str
    asked_on: dt.date
    files: list[tuple[uuid.UUID, str, bool]]


@dataclass(frozen=True)
class AskedCard:
    """The papers a case's person is asked for, and what is missing of the usual list of its track.

    `lines` are those to look at, then those that are open; `ended` the others. `may_ask` is for this reader.
    `speaks_first`: the receipt is a helper's, so its page shows nothing until staff spoke with the person.
    """

    lines: list[AskedLine]
    ended: list[AskedLine]
    tally: Tally
    missing: list[str]
    may_ask: bool
    speaks_first: bool


def asked_of(case: Case) -> list[AskedPaper]:
    """Return every paper that a case's person was asked for: one read for a page, however often it asks."""
    rows = AskedPaper.objects.select_related("asked_by").prefetch_related("files").order_by("number")
    prefetch_related_objects([case.intake], Prefetch("asked_papers", queryset=rows))
    return list(case.intake.asked_papers.all())


def asked_card(
    case: Case, files: list[PaperLine], *, can_keep: bool, today: dt.date, purpose: str
) -> AskedCard:
    """Open what a case's person is asked for; `files` are all papers of the case."""
    rows = asked_of(case)
    words = words_of(rows, purpose=purpose)
    there = {line.id: line for line in files}
    lines = [_asked_line(row, words[row.pk], there, case=case, today=today) for row in rows]
    missing = missing_papers(case, rows, files) if case.is_open else []
    live = sorted((line for line in lines if line.is_live), key=lambda line: not line.to_look_at)
    return AskedCard(
        lines=live,
        ended=[line for line in lines if not line.is_live],
        tally=tally_of([case.intake_id]).get(case.intake_id, Tally()) if rows else Tally(),
        missing=[words_for_staff(paper) for paper in missing],
        may_ask=case.is_open and can_keep,
        speaks_first=not case.intake.may_wish,
    )


def _asked_line(
    row: AskedPaper, label: str, there: dict[uuid.UUID, PaperLine], *, case: Case, today: dt.date
) -> AskedLine:
    status = AskedStatus(row.status)
    came = [there[one.upload_id] for one in row.files.all() if one.upload_id in there]
    return AskedLine(
        id=row.pk,
        label=label,
        status=status.badge,
        answer=row.answer if status == AskedStatus.ANSWERED else "",
        said=str(PaperAnswer(row.answer).label) if row.answer and status == AskedStatus.ANSWERED else "",
        answered_on=case.office.today(row.answered_at) if row.answered_at else None,
        again=str(WhyAgain(row.again).label) if row.again and status == AskedStatus.ASKED else "",
        due_on=row.due_on,
        is_late=status == AskedStatus.ASKED and row.due_on is not None and row.due_on < today,
        on_page=row.on_page,
        is_live=status in LIVE,
        to_look_at=status == AskedStatus.ANSWERED,
        asked_by=row.asked_by.name,
        asked_on=case.office.today(row.asked_at),
        files=[(line.id, line.label, line.is_ready and not line.is_gone) for line in came],
    )


def missing_papers(case: Case, rows: list[AskedPaper], files: list[PaperLine]) -> list[ListedPaper]:
    """Return what of the usual list of a case's track was never asked for and of whose kind nothing is in.

    A kind that several lines of the list share (`other`) says nothing of any of them.
    """
    asked = {row.code for row in rows}
    usual = usual_papers(case.track)
    alone = {kind for kind, n in Counter(paper.kind for paper in usual).items() if n == 1}
    there = {line.kind for line in files if line.counts} & alone
    return [paper for paper in usual if paper.code not in asked and paper.kind not in there]


def papers_to_ask(case: Case) -> list[ListedPaper]:
    """Return what of the checklist is not asked for now, the usual list of the case's track first."""
    live = AskedPaper.objects.filter(intake_id=case.intake_id, status__in=LIVE)
    asked = set(live.values_list("code", flat=True))
    papers = [paper for paper in checklist().values() if paper.code not in asked]
    return sorted(papers, key=lambda paper: case.track not in paper.usual)
