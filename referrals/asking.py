"""Before their yes somebody asks about an offer; a caseworker answers on it. Its clock waits for nobody."""

from datetime import datetime

from django.db import transaction

from cases import actions as cases
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from referrals.access import is_caseworker_of
from referrals.answering import hold_offer
from referrals.engagements import OfferOver
from referrals.models import Offer, OfferQuestion, OfferStatus
from referrals.refusals import AnsweredAlready, TooManyQuestions
from referrals.summaries import check_tells_nobody

MOST = 10  # questions about one offer


@transaction.atomic
def ask_about_offer(offer: Offer, *, question: str, by: User, at: datetime) -> OfferQuestion:
    """Ask the caseworker something before answering; the time to answer runs on.

    Raises Forbidden for anybody but the practitioner asked and a coordinator of their firm; OfferOver once
    the offer or the case is over; TooManyQuestions.
    """
    is_for = hold_offer(offer, by, at=at)
    if offer.questions.count() >= MOST:
        raise TooManyQuestions
    asked = OfferQuestion.objects.create(
        **offer.matter.columns, offer=offer, question=question.strip(), asked_by=by, asked_at=at
    )
    answered_for = {"for": offer.user_id} if is_for else {}
    data = {"case": str(offer.referral.case_id), "offer": str(offer.pk), **answered_for}
    record("referrals.question_asked", asked, by=by, at=at, data=data)
    return asked


@transaction.atomic
def answer_question(question: OfferQuestion, *, answer: str, by: User, at: datetime) -> None:
    """Answer what somebody asked about an offer; they read it before any name, so it may tell none.

    Raises Forbidden for whoever is no caseworker of the case; CaseOver once the case is over; OfferOver where
    the offer is; AnsweredAlready; TellsWho where the answer says who it is.
    """
    offer = question.offer
    case = offer.referral.case
    if not is_caseworker_of(by, case):
        raise Forbidden
    cases.lock_open(case.pk)
    offer.refresh_from_db(fields=["status", "expires_at"])
    if offer.status != OfferStatus.OPEN or offer.expires_at <= at:
        raise OfferOver
    check_tells_nobody(case, answer, at=at)
    question.refresh_from_db(fields=["answered_at"])
    if question.answered_at:
        raise AnsweredAlready
    question.answer, question.answered_by, question.answered_at = answer.strip(), by, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    data = {"case": str(case.pk), "offer": str(offer.pk)}
    record("referrals.question_answered", question, by=by, at=at, data=data)
