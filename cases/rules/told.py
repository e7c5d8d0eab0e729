"""The dates of a case in the application: those people were told, beside those the engine counts."""

from datetime import date

from cases.rules.engine import DueDate, counted, in_order, with_status
from cases.rules.facts import DeadlineFacts
from cases.rules.trigger import PARTIAL
from foundation.calendar import PartialDate
from screening.rules.seen import Seen
from screening.rules.spans import span_of

EVENT = "event"
# key: (kind, name, where it is written, what to do). They are facts, so no row of data counts them.
TOLD = {
    "individual_hearing": (EVENT, "Individual hearing", "hearing notice", "Check the hearing notice."),
    "master_hearing": (EVENT, "Master hearing", "hearing notice", "Check the hearing notice."),
    "asylum_interview": (EVENT, "Asylum interview", "interview notice", "Check the interview notice."),
    "checkin": (EVENT, "Check-in with immigration", "the order to report", "Ask to see the order to report."),
    "notice_due": ("last_day", "A letter must be answered", "the letter itself", "Ask to see the letter."),
}


def case_dates(facts: DeadlineFacts, *, on: date, seen: Seen | None = None) -> list[DueDate]:
    """Return the dates told and the dates counted, the nearest live one first.

    `seen` are the same facts as the screening saw them, where it has.

    `rfe` is left out: until someone has seen the letter, the letter's own date stands for it.
    """
    told = [_told(key, day, on=on) for key in TOLD if (day := getattr(facts, key))]
    return in_order([*told, *(due for due in counted(facts, on=on, seen=seen) if due.key != "rfe")], on=on)


def _told(key: str, day: PartialDate, *, on: date) -> DueDate:
    kind, name, written, advice = TOLD[key]
    span = span_of(day)
    due = DueDate(
        key=key,
        name=name,
        date=span.first,
        unmoved_date=span.first,
        rule="",
        citation=written,
        confidence="as told",
        inputs={key: day.isoformat()},
        notes=(advice,) if day.is_exact else (PARTIAL, advice),
        latest=span.last,
        kind=kind,
        span_days=span.days,
    )
    return with_status(due, on=on)
