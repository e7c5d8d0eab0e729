"""What was asked of the person later, as the tab of what they told shows it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foundation.vault.opening import open_many, open_one
from intake.models import AnsweredHow, Question
from notifications.inbound_models import Reply
from workspace.desk import Desk

PURPOSE = "case page"


@dataclass(frozen=True)
class AskedLater:
    """One question, opened. `on_page`: it stands on the return page now."""

    id: uuid.UUID
    words: str
    asked_by: str
    asked_on: date
    asked_at: datetime
    on_page: bool
    answer: str
    how: str
    answered_on: date | None


@dataclass(frozen=True)
class QuestionsCard:
    """The questions that wait for an answer, and those that have one; what was dropped is in the history."""

    open: list[AskedLater]
    answered: list[AskedLater]
    may_ask: bool


def questions_card(desk: Desk) -> QuestionsCard:
    rows: list[Question] = []
    if desk.has_questions:
        asked = Question.objects.filter(intake=desk.case.intake_id, dropped_at=None)
        rows = list(asked.select_related("asked_by", "posting").order_by("asked_at"))
    opened = open_many(rows, "words", "answer", purpose=PURPOSE)
    lines = [_line(row, opened[row.pk], desk) for row in rows]
    return QuestionsCard(
        open=[line for line in lines if not line.answered_on],
        answered=[line for line in lines if line.answered_on],
        may_ask=desk.case.is_open and desk.is_caseworker,
    )


def _line(row: Question, opened: Any, desk: Desk) -> AskedLater:
    today_of = desk.case.office.today
    return AskedLater(
        id=row.pk,
        words=opened.words,
        asked_by=row.asked_by.name,
        asked_on=today_of(row.asked_at),
        asked_at=row.asked_at,
        on_page=row.posting is not None and row.posting.settled_at is None,
        answer=opened.answer or "",
        how=str(AnsweredHow(row.how).label) if row.how else "",
        answered_on=today_of(row.answered_at) if row.answered_at else None,
    )


def answer_begins(desk: Desk, question: AskedLater) -> dict[str, Any]:
    """Return what a form for an answer begins with: what the person wrote last since it was asked."""
    begun: dict[str, Any] = {"question_id": question.id}
    since = Reply.objects.filter(matter_id=desk.case.matter_id, came_at__gte=question.asked_at)
    newest = since.order_by("-came_at").first() if desk.has_talk else None
    if newest is None:
        return begun
    words = open_one(newest, "words", purpose=PURPOSE).words
    return begun | {"answer": words, "how": AnsweredHow.RECEIPT}
