"""What the deadline engine reads: the facts dates are counted from, checked where they come from outside."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from cases.data import deadline_rules
from foundation.calendar import PartialDate
from screening.rules import reading
from screening.rules.decisions import Decision, read_decision, read_decisions
from screening.rules.facts import STATUSES, Grant, day_or_yes, read_children, read_grant, words_or_one
from screening.rules.reading import BadFacts, Reader

# The dates a judge can move. The others are set by a statute or a regulation, or belong to another body.
JUDGE_MOVES = (
    *("evidence_individual_nondetained", "evidence_detained", "master_nondetained", "response_to_motion"),
    "i589_callup",
)


@dataclass(frozen=True)
class Stop:
    """A stop of the work-permit clock: its first day is stopped, its last is not; None: still open."""

    start: date
    end: date | None

    def as_input(self) -> dict[str, Any]:
        return {"from": self.start.isoformat(), "to": self.end.isoformat() if self.end else None}


@dataclass(frozen=True)
class JudgeDate:
    """A date a judge set in place of a rule's; `on_file`: the order itself is among the case's papers."""

    replaces: str
    date: date
    on_file: bool = False


class DeadlineFacts(NamedTuple):
    """What the dates are counted from; None is not known, and a date may be known in part.

    `decision` and `in_absentia_order` are older words for one entry of `decisions`. `i589_filed` is what the
    person says; only `i589_received`, and nothing sent back since, stops the year.
    """

    arrival: PartialDate | None = None
    i589_filed: bool = False
    uac: bool = False
    detained: bool = False
    in_proceedings: bool = False
    individual_hearing: PartialDate | None = None
    master_hearing: PartialDate | None = None
    detained_hearing: PartialDate | None = None
    asylum_interview: PartialDate | None = None
    checkin: PartialDate | None = None
    held: bool = False
    judge_dates: tuple[JudgeDate, ...] = ()
    i589_callup: PartialDate | None = None
    motion_filed_by_dhs: PartialDate | None = None
    decision: Decision | None = None
    decisions: tuple[Decision, ...] = ()
    briefing_schedule: PartialDate | None = None
    in_absentia_order: PartialDate | None = None
    fear_review_requested: PartialDate | None = None
    fear_determination: PartialDate | None = None
    rf_referral: PartialDate | None = None
    i589_received: PartialDate | None = None
    i589_returned: PartialDate | bool = False
    ead_stops: tuple[Stop, ...] = ()
    ead_expires: PartialDate | None = None
    annual_fee_notice: PartialDate | None = None
    aaf_court: PartialDate | None = None
    moved: PartialDate | None = None
    granted: Grant | None = None
    i485_received: PartialDate | None = None
    birth_date: PartialDate | None = None
    children: tuple[PartialDate, ...] = ()
    sij: bool = False
    status: tuple[str, ...] = ()
    status_end: PartialDate | None = None
    noid: PartialDate | None = None
    notice_due: PartialDate | None = None

    @classmethod
    def from_dict(cls, item: Any) -> "DeadlineFacts":
        """Read facts from JSON; null is not known. BadFacts names the key that cannot be read."""
        known = reading.object_of("facts", item, READERS)
        return cls(**{key: READERS[key](key, value) for key, value in known.items() if value is not None})

    @property
    def all_decisions(self) -> tuple[Decision, ...]:
        """Return the decisions of every fact that tells one."""
        found = (*self.decisions, self.decision) if self.decision else self.decisions
        if self.in_absentia_order:
            found = (*found, Decision(self.in_absentia_order, "absentia"))
        return found


def _decision(key: str, value: Any) -> Decision:
    return read_decision(key, value, needed=("date", "by"))


def _stops(key: str, value: Any) -> tuple[Stop, ...]:
    return tuple(_stop(f"{key}[{n}]", item) for n, item in enumerate(reading.list_of(key, value)))


def _stop(key: str, value: Any) -> Stop:
    found = reading.object_with(key, value, ("from", "to"), ("from",))
    start, end = reading.exact_date(f"{key}.from", found["from"]), found.get("to")
    stop = Stop(start, None if end is None else reading.exact_date(f"{key}.to", end))
    if stop.end and stop.end < stop.start:
        raise BadFacts(f"{key}.to is before {key}.from")
    return stop


def _judge_dates(key: str, value: Any) -> tuple[JudgeDate, ...]:
    return tuple(_judge_date(f"{key}[{n}]", item) for n, item in enumerate(reading.list_of(key, value)))


def _judge_date(key: str, value: Any) -> JudgeDate:
    found = reading.object_with(key, value, ("replaces", "date", "on_file"), ("replaces", "date"))
    replaces = reading.word_of(deadline_rules(), f"{key}.replaces", found["replaces"])
    if replaces not in JUDGE_MOVES:
        raise BadFacts(f"{key}.replaces: {why_no_judge_moves(replaces)}")
    on_file = reading.flag(f"{key}.on_file", found.get("on_file") or False)
    return JudgeDate(replaces, reading.exact_date(f"{key}.date", found["date"]), on_file)


def why_no_judge_moves(key: str) -> str:
    """Say why a judge's date cannot take the place of this one."""
    return (
        f"no judge can move {key}, which is set by {deadline_rules()[key].citation}; a judge can move only"
        f" {', '.join(JUDGE_MOVES)}"
    )


# What is yes or no of a case.
FLAGS = ("i589_filed", "uac", "detained", "in_proceedings", "sij", "held")
DAYS = (
    *("arrival", "individual_hearing", "master_hearing", "detained_hearing", "asylum_interview", "checkin"),
    *("i589_callup", "motion_filed_by_dhs", "briefing_schedule", "in_absentia_order", "notice_due", "noid"),
    *("fear_review_requested", "fear_determination", "rf_referral", "i589_received", "i485_received"),
    *("ead_expires", "annual_fee_notice", "aaf_court", "moved", "birth_date", "status_end"),
)
READERS: dict[str, Reader] = {
    **dict.fromkeys(FLAGS, reading.flag),
    **dict.fromkeys(DAYS, reading.partial_date),
    "judge_dates": _judge_dates,
    "decision": _decision,
    "decisions": read_decisions,
    "i589_returned": day_or_yes,
    "children": read_children,
    "status": partial(words_or_one, STATUSES),
    "ead_stops": _stops,
    "granted": read_grant,
}
