"""Read the deadline rules' facts out of an intake's answers."""

from datetime import date

from cases.rules import DeadlineFacts, Decision
from intake.models import Intake
from screening.facts import facts_of
from screening.rules.one_year import is_asked


def deadline_facts_of(intake: Intake, *, on: date) -> DeadlineFacts:
    """Return what the dates are counted from, as the answers have it.

    Arrival counts only where the one-year rule is looked at: in the country, and afraid or not sure.
    """
    facts = facts_of(intake, on=on)
    return DeadlineFacts(
        arrival=facts.arrival if is_asked(facts) else None,
        i589_filed=facts.i589_filed,
        uac=facts.uac,
        detained=facts.custody == "ice",
        in_proceedings=facts.in_proceedings,
        individual_hearing=facts.individual_hearing,
        master_hearing=facts.master_hearing,
        decision=Decision(facts.denial_date, "judge") if facts.denial_date else None,
        notice_due=facts.notice_due,
    )
