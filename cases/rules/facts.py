"""What the deadline engine reads: the facts dates are counted from, checked where they come from outside."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.data import deadline_rules
from foundation.calendar import PartialDate
from screening.rules import reading
from screening.rules.reading import BadFacts, Reader


@dataclass(frozen=True)
class Decision:
    """A decision by a judge, an asylum office or the BIA; `asylum_merits` None: not known."""

    date: PartialDate
    by: str
    asylum_merits: bool | None = None

    def as_input(self) -> dict[str, Any]:
        return {"date": self.date.isoformat(), "by": self.by, "asylum_merits": self.asylum_merits}


@dataclass(frozen=True)
class Stop:
    """A stop of the work-permit clock: its first day is stopped, its last is not; None: still open."""

    start: date
    end: date | None

    def as_input(self) -> dict[str, Any]:
        return {"from": self.start.isoformat(), "to": self.end.isoformat() if self.end else None}


@dataclass(frozen=True)
class Grant:
    """A grant of asylum, or an admission as a refugee."""

    date: date
    kind: str


@dataclass(frozen=True)
class JudgeDate:
    """A date a judge set in place of a rule's."""

    replaces: str
    date: date


@dataclass(frozen=True)
class DeadlineFacts:
    """What the dates are counted from; None is not known. Partial dates count from their first day."""

    arrival: PartialDate | None = None
    i589_filed: bool = False
    uac: bool = False
    detained: bool = False
    in_proceedings: bool = False
    individual_hearing: PartialDate | None = None
    master_hearing: PartialDate | None = None
    detained_hearing: PartialDate | None = None
    judge_dates: tuple[JudgeDate, ...] = ()
    motion_filed_by_dhs: date | None = None
    decision: Decision | None = None
    briefing_schedule: date | None = None
    in_absentia_order: date | None = None
    fear_review_requested: date | None = None
    i589_received: date | None = None
    ead_stops: tuple[Stop, ...] = ()
    ead_expires: date | None = None
    annual_fee_notice: date | None = None
    moved: date | None = None
    granted: Grant | None = None
    birth_date: date | None = None
    sij: bool = False
    notice_due: PartialDate | None = None

    @classmethod
    def from_dict(cls, item: Any) -> "DeadlineFacts":
        """Read facts from JSON; null is not known. BadFacts names the key that cannot be read."""
        known = reading.object_of("facts", item, READERS)
        return cls(**{key: READERS[key](key, value) for key, value in known.items() if value is not None})


def _needed(key: str, value: Any, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Any]:
    """Return an object with these keys, of which some must be there."""
    found = reading.object_of(key, value, known)
    for name in needed:
        if found.get(name) is None:
            raise BadFacts(f"{key}.{name} is needed")
    return found


def _decision(key: str, value: Any) -> Decision:
    found = _needed(key, value, ("date", "by", "asylum_merits"), ("date", "by"))
    merits = found.get("asylum_merits")
    return Decision(
        date=reading.partial_date(f"{key}.date", found["date"]),
        by=reading.word_of(("judge", "asylum_office", "bia"), f"{key}.by", found["by"]),
        asylum_merits=None if merits is None else reading.flag(f"{key}.asylum_merits", merits),
    )


def _granted(key: str, value: Any) -> Grant:
    found = _needed(key, value, ("date", "kind"), ("date", "kind"))
    kind = reading.word_of(("asylum", "refugee"), f"{key}.kind", found["kind"])
    return Grant(reading.exact_date(f"{key}.date", found["date"]), kind)


def _stops(key: str, value: Any) -> tuple[Stop, ...]:
    return tuple(_stop(f"{key}[{n}]", item) for n, item in enumerate(reading.list_of(key, value)))


def _stop(key: str, value: Any) -> Stop:
    found = _needed(key, value, ("from", "to"), ("from",))
    start, end = reading.exact_date(f"{key}.from", found["from"]), found.get("to")
    stop = Stop(start, None if end is None else reading.exact_date(f"{key}.to", end))
    if stop.end and stop.end < stop.start:
        raise BadFacts(f"{key}.to is before {key}.from")
    return stop


def _judge_dates(key: str, value: Any) -> tuple[JudgeDate, ...]:
    return tuple(_judge_date(f"{key}[{n}]", item) for n, item in enumerate(reading.list_of(key, value)))


def _judge_date(key: str, value: Any) -> JudgeDate:
    found = _needed(key, value, ("replaces", "date"), ("replaces", "date"))
    replaces = reading.word_of(deadline_rules(), f"{key}.replaces", found["replaces"])
    return JudgeDate(replaces, reading.exact_date(f"{key}.date", found["date"]))


# What is yes or no of a case.
FLAGS = ("i589_filed", "uac", "detained", "in_proceedings", "sij")
READERS: dict[str, Reader] = {
    **dict.fromkeys(FLAGS, reading.flag),
    **dict.fromkeys(("arrival", "individual_hearing", "master_hearing"), reading.partial_date),
    **dict.fromkeys(("detained_hearing", "notice_due"), reading.partial_date),
    **dict.fromkeys(("motion_filed_by_dhs", "briefing_schedule", "in_absentia_order"), reading.exact_date),
    **dict.fromkeys(("fear_review_requested", "i589_received", "ead_expires"), reading.exact_date),
    **dict.fromkeys(("annual_fee_notice", "moved", "birth_date"), reading.exact_date),
    "judge_dates": _judge_dates,
    "decision": _decision,
    "ead_stops": _stops,
    "granted": _granted,
}
