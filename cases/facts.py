"""Read the deadline rules' facts out of an intake's answers."""

from datetime import date

from cases.rules import DeadlineFacts
from intake.models import Intake
from screening.facts import facts_of


def deadline_facts_of(intake: Intake, *, on: date) -> DeadlineFacts:
    """Return what the dates are counted from, as the answers have it."""
    facts = facts_of(intake, on=on)
    return DeadlineFacts(
        arrival=None if facts.outside_us else facts.arrival,
        i589_filed=facts.i589_filed,
        uac=facts.uac,
        detained=facts.custody == "ice",
        afraid=facts.fear in ("yes", "unsure"),
        individual_hearing=facts.individual_hearing,
        master_hearing=facts.master_hearing,
        judge_denied=facts.denial_date,
        notice_due=facts.notice_due,
    )
