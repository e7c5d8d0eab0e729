"""What follows when an answer was replaced."""

from foundation.events.ledger import on
from foundation.events.models import Event
from intake.answering import IDENTITY, follow_answers
from intake.models import Intake
from intake.questionnaire.earlier import page_of


@on("intake.answer_replaced", key="intake.follow-answers")
def follow_answer(event: Event) -> None:
    """Carry a name, a birth date or a citizenship that was changed to the person's own row."""
    if page_of(event.data["page"]) in IDENTITY:
        intake = Intake.objects.select_related("office").filter(pk=event.subject_id).first()
        if intake:  # it may have been erased since
            follow_answers(intake)
