"""Questions of staff after the form was sent: asked, answered, not needed any more.

On the return page a question stands as what is wanted of the person (posting.py); they answer as they write
to us. What of it is the answer says a person, who also writes down what was said in person. Who of the staff
may says the app above (cases/asking.py).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Refused
from intake.models import AnsweredHow, Intake, Posting, Question
from intake.posting import Settled, post, settle


class NoWords(Refused):
    message = _("Write it down first.")


@transaction.atomic
def ask_question(intake: Intake, *, words: str, is_safe: bool = False, by: User, at: datetime) -> Question:
    """Ask the person something. Marked as safe, it stands on the return page. Raises NoWords; NotSafe."""
    words = words.strip()
    if not words:
        raise NoWords
    own = {"kind": Posting.Kind.OWN, "words": words, "is_safe": True, "asks": True}
    posting = post(intake, **own, by=by, at=at) if is_safe else None  # type: ignore[arg-type]
    question = Question.objects.create(
        **intake.matter.columns, intake=intake, posting=posting, words=words, asked_by=by, asked_at=at
    )
    record("intake.question_asked", question, by=by, at=at, data={"on_page": int(is_safe)})
    return question


@transaction.atomic
def answer_question(question: Question, *, answer: str, how: str, by: User, at: datetime) -> None:
    """Write down what the person answered. Raises NoWords; Settled where a colleague was first."""
    if not answer.strip():
        raise NoWords
    held = _hold(question)
    held.answer, held.how = answer.strip(), AnsweredHow(how)
    held.answered_by, held.answered_at = by, at
    held.save(update_fields=["answer", "how", "answered_by", "answered_at"])
    _take_off(held, by=by, at=at)
    record("intake.question_answered", held, by=by, at=at, data={"how": str(how)})


@transaction.atomic
def drop_question(question: Question, *, by: User, at: datetime) -> None:
    """Note that a question need not be answered any more. Raises Settled where a colleague was first."""
    _take_off(_drop(question, by=by, at=at), by=by, at=at)


def _drop(question: Question, *, by: User, at: datetime) -> Question:
    held = _hold(question)
    held.dropped_by, held.dropped_at = by, at
    held.save(update_fields=["dropped_by", "dropped_at"])
    record("intake.question_dropped", held, by=by, at=at)
    return held


def drop_questions(intake: Intake, *, by: User, at: datetime) -> None:
    """Drop every open question: the case is over, and its return page says so.

    Raises Settled where somebody answers one just now.
    """
    for question in open_questions([intake.pk]):
        _drop(question, by=by, at=at)


def _hold(question: Question) -> Question:
    """Let nobody else end a question until this transaction ends. Raises Settled."""
    rows = Question.objects.select_for_update(of=("self",)).filter(answered_at=None, dropped_at=None)
    held = rows.filter(pk=question.pk).first()
    if held is None:
        raise Settled
    return held


def _take_off(question: Question, *, by: User, at: datetime) -> None:
    if question.posting and question.posting.settled_at is None:
        settle(question.posting, by=by, at=at)


def open_questions(intakes: Iterable[UUID]) -> Iterator[Question]:
    """Yield the questions of intakes that nobody answered or dropped."""
    rows: Any = Question.objects.filter(intake__in=list(intakes), answered_at=None, dropped_at=None)
    yield from rows.select_related("posting").order_by("asked_at")
