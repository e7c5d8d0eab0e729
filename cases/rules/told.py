"""The dates of a case in the application: those people were told, beside those the engine counts."""

from datetime import date

from cases.rules.engine import DueDate, deadlines, in_order, status_of
from cases.rules.facts import DeadlineFacts
from cases.rules.triggers import PARTIAL
from foundation.calendar import PartialDate

# key: (name, where it is written, what to do). They are facts, not rules, so no row of data counts them.
TOLD = {
    "individual_hearing": ("Individual hearing", "hearing notice", "Check the hearing notice."),
    "master_hearing": ("Master hearing", "hearing notice", "Check the hearing notice."),
    "notice_due": ("A letter must be answered", "the letter itself", "Ask to see the letter."),
}


def case_dates(facts: DeadlineFacts, *, on: date) -> list[DueDate]:
    """Return the dates told and the dates counted, sorted.

    `rfe` is left out: until someone has seen the letter, the letter's own date stands for it.
    """
    told = [_told(key, getattr(facts, key), on=on) for key in TOLD if getattr(facts, key)]
    return in_order([*told, *(due for due in deadlines(facts, on=on) if due.key != "rfe")])


def _told(key: str, day: PartialDate, *, on: date) -> DueDate:
    name, written, advice = TOLD[key]
    return DueDate(
        key=key,
        name=name,
        date=day.first_day(),
        unmoved_date=day.first_day(),
        rule="",
        citation=written,
        confidence="as told",
        status=status_of(day.first_day(), on=on),
        inputs={key: day.isoformat()},
        note=advice if day.is_exact else f"{PARTIAL} {advice}",
    )
