"""What staff and the holding attorney ask the person for: papers, and questions after the form was sent."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db import models, transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from cases.access import is_caseworker_of, may_keep_papers
from cases.ending import CaseOver, before_end
from cases.models import Case
from cases.papers import sort_files
from foundation.accounts.models import User
from foundation.refused import Forbidden, Refused
from intake import asked, questions
from intake.checklist import listed
from intake.models import AskedPaper, PaperAnswer, Question, WhyAgain


class PaperOutcome(models.TextChoices):
    """What became of a paper that is asked for: as staff look at it, or as the person told them."""

    ACCEPT = "accept", _("It is in")
    AGAIN = "again", _("Ask once more")
    NOT_NEEDED = "not_needed", _("It is not needed any more")
    GIVE_UP = "give_up", _("It cannot be had")
    SAID_BRING = "said_bring", _("They told us: they will bring it")
    SAID_NONE = "said_none", _("They told us: they do not have it")
    SAID_CANNOT = "said_cannot", _("They told us: they cannot get it")


SAID = {
    PaperOutcome.SAID_BRING: PaperAnswer.BRING,
    PaperOutcome.SAID_NONE: PaperAnswer.NONE,
    PaperOutcome.SAID_CANNOT: PaperAnswer.CANNOT,
}
DONE = {
    PaperOutcome.ACCEPT: asked.accept_paper,
    PaperOutcome.NOT_NEEDED: asked.drop_paper,
    PaperOutcome.GIVE_UP: asked.give_paper_up,
}


@transaction.atomic
def ask_for_papers(
    case: Case,
    *,
    codes: Collection[str],
    words: str = "",
    is_safe: bool = False,
    due_on: date | None = None,
    by: User,
    at: datetime,
) -> list[AskedPaper]:
    """Ask the person of a case for papers, as `intake.asked.ask_for` says.

    Raises Forbidden for whoever may not keep papers here, CaseOver, NothingToAsk.
    """
    _check(case, by)
    return asked.ask_for(case.intake, codes=codes, words=words, is_safe=is_safe, due_on=due_on, by=by, at=at)


@transaction.atomic
def settle_paper(
    case: Case, *, asked_id: uuid.UUID, outcome: str, why: str = "", by: User, at: datetime
) -> None:
    """Note what became of a paper that is asked for.

    Raises Forbidden, CaseOver; Refused where it is asked for once more and nobody says why; NotAllowed and
    Stale where it ended meanwhile.
    """
    _check(case, by)
    paper = get_object_or_404(AskedPaper.objects.select_related("intake"), pk=asked_id, intake=case.intake)
    known = PaperOutcome(outcome)
    if known in SAID:
        asked.answer_paper(paper, answer=SAID[known], by=by, at=at)
    elif known in DONE:
        DONE[known](paper, by=by, at=at)
        if known == PaperOutcome.ACCEPT:
            came = paper.files.values_list("upload_id", flat=True)
            sort_files(case, came, kind=listed(paper.code).kind, by=by, at=at)
    elif why in WhyAgain.values:
        asked.ask_again(paper, why=why, by=by, at=at)
    else:
        raise Refused(_("Say why it is asked for once more."))


def _check(case: Case, by: User) -> None:
    if not may_keep_papers(by, case):
        raise Forbidden
    if not case.is_open:
        raise CaseOver


@transaction.atomic
def ask_person(case: Case, *, words: str, is_safe: bool = False, by: User, at: datetime) -> Question:
    """Ask the person of a case a question. Raises Forbidden; CaseOver; NoWords; NotSafe."""
    _check_talks(case, by)
    return questions.ask_question(case.intake, words=words, is_safe=is_safe, by=by, at=at)


@transaction.atomic
def note_answer(case: Case, *, question_id: uuid.UUID, answer: str, how: str, by: User, at: datetime) -> None:
    """Write down what the person answered to a question. Raises Forbidden; CaseOver; NoWords; Settled."""
    _check_talks(case, by)
    questions.answer_question(_question(case, question_id), answer=answer, how=how, by=by, at=at)


@transaction.atomic
def drop_question(case: Case, *, question_id: uuid.UUID, by: User, at: datetime) -> None:
    """Note that a question need not be answered any more. Raises Forbidden; CaseOver; Settled."""
    _check_talks(case, by)
    questions.drop_question(_question(case, question_id), by=by, at=at)


def _check_talks(case: Case, by: User) -> None:
    if not is_caseworker_of(by, case):
        raise Forbidden
    if not case.is_open:
        raise CaseOver


def _question(case: Case, pk: uuid.UUID) -> Question:
    return get_object_or_404(Question.objects.select_related("posting"), pk=pk, intake=case.intake)


@before_end
def take_back_asked(case: Case, *, by: User, at: datetime, ends_representation: bool) -> None:
    """Ask for nothing any more of somebody whose case ends. Raises Settled."""
    asked.drop_all(case.intake, by=by, at=at)
    questions.drop_questions(case.intake, by=by, at=at)
