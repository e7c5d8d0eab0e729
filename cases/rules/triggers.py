"""How the day a row of deadlines.csv starts with is found in the facts, and whether its conditions hold."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from operator import attrgetter

from cases.data import Rule
from cases.rules.facts import Stop
from cases.rules.known import Known
from cases.rules.orders import absences, appealable, dhs_orders, final_orders
from cases.rules.trigger import LEAP_DAY, PARTIAL, Trigger, from_day
from foundation.calendar import PartialDate
from screening.rules.hearings import gone_events
from screening.rules.one_year import COUNTING_STARTS
from screening.rules.people import children_near_21
from screening.rules.seen import ADULT, GROWN
from screening.rules.spans import Span, birthdays, happened, years_after

BEFORE_1997 = "Arrivals before 1 April 1997 count from that day."
SAID_SENT = "The form is said to be sent: without a receipt the year runs as if nothing were."
WAS_RETURNED = "The form was sent back: the year runs. A refiling soon after may be excused."
CHILD_ALONE = (
    "May be exempt while a child alone: a lawyer decides. The J.O.P. settlement ended on 27 May 2026: treat"
    " the 18th birthday as a last day."
)
CHILD = (
    "Whoever is, or was, under 18 in that year may have an exception; the text says an unaccompanied minor"
    " (8 CFR 208.4(a)(5)(ii)): a lawyer looks."
)
ASK_DETERMINATION = "The seven days run from the determination, not from the request: ask for its date."
Start = Callable[[Known], Iterable[Trigger]]


def _on(name: str, known: Known) -> Iterator[Trigger]:
    """Yield a fact that is a date."""
    day: PartialDate | None = getattr(known.facts, name)
    if day is not None:
        yield from_day(day, {name: day.isoformat()})


def _happened(name: str, known: Known) -> Iterator[Trigger]:
    """Yield a fact that can only have happened: its days are cut at today."""
    day: PartialDate | None = getattr(known.facts, name)
    span = happened(day, on=known.on) if day else None
    if day and span:
        yield Trigger(span, {name: day.isoformat()}, () if day.is_exact else (PARTIAL,))


def _arrival(known: Known) -> Iterator[Trigger]:
    """Arrival, for the one-year rule (INA 208(a)(2)(B)): the days for which no receipt stops the year."""
    running, arrival = known.filing.running, known.facts.arrival
    if running is None or arrival is None:
        return
    span = Span(max(running.first, COUNTING_STARTS), max(running.last, COUNTING_STARTS))
    notes = () if arrival.is_exact else (PARTIAL,)
    if span.first != running.first:
        notes = (*notes, BEFORE_1997)
    yield Trigger(span, {"arrival": arrival.isoformat()}, (*notes, *_about_the_year(known)))


def _about_the_year(known: Known) -> Iterator[str]:
    if known.filing.is_returned:
        yield WAS_RETURNED
    elif known.facts.i589_filed and known.filing.received is None:
        yield SAID_SENT
    if known.facts.uac:
        yield CHILD_ALONE
    elif known.may_be_child:
        yield CHILD
    yield from _coming_of_age(known)


def _coming_of_age(known: Known) -> Iterator[str]:
    """Say when someone turns 18 and 21: what that changes is for a lawyer."""
    born = known.seen.born
    if born is not None:
        ages = (f"{age} on {years_after(born.first, age)}" for age in (ADULT, GROWN))
        yield f"Turns {' and '.join(ages)}: a lawyer checks what that changes."


def _detained_hearing(known: Known) -> Iterator[Trigger]:
    """In detention the court sets the date: there is none of its own."""
    name = "detained_hearing"
    if known.facts.detained_hearing is None and known.facts.detained:
        name = "individual_hearing"
    for hearing in _on(name, known):
        yield Trigger(None, hearing.inputs, hearing.notes)


def _interview_gone(known: Known) -> Iterator[Trigger]:
    """An interview that has gone by without a word of whether it was held (8 CFR 208.10)."""
    if "asylum_interview" in gone_events(known.facts, known.seen):
        yield from _on("asylum_interview", known)


def _credible_fear(known: Known) -> Iterator[Trigger]:
    """The determination starts the judge's days; a request alone says that there was one."""
    found = list(_happened("fear_determination", known))
    yield from found
    asked = known.facts.fear_review_requested
    if asked is not None and not found:
        inputs = {"fear_review_requested": asked.isoformat()}
        yield Trigger(None, inputs, (ASK_DETERMINATION,))


def _clock(known: Known) -> Iterator[Trigger]:
    """The work-permit clock runs from receipt of a complete I-589 and stands during stops (8 CFR 208.7)."""
    stops: tuple[Stop, ...] = known.facts.ead_stops
    for trigger in _happened("i589_received", known):
        more = {"ead_stops": [stop.as_input() for stop in stops]} if stops else {}
        yield Trigger(trigger.span, trigger.inputs | more, trigger.notes, stops)


def _granted(kinds: Collection[str], known: Known) -> Iterator[Trigger]:
    """Yield a grant of one of these kinds."""
    grant, span = known.facts.granted, known.seen.granted
    if grant and span and grant.kind in kinds:
        notes = () if grant.date.is_exact else (PARTIAL,)
        is_leap_day = (grant.date.month, grant.date.day) == (2, 29)
        notes = (*notes, LEAP_DAY) if is_leap_day else notes
        yield Trigger(span, {"granted": grant.as_input()}, notes)


def _refugee(known: Known) -> Iterator[Trigger]:
    if known.seen.adjusting is None:
        yield from _granted(("refugee",), known)


def _turns(age: int, known: Known) -> Iterator[Trigger]:
    """Yield a birthday, and beside it the wish for the juvenile petition, due before the 21st."""
    born, told = known.seen.born, known.facts.birth_date
    if born and told:
        inputs = {"birth_date": told.isoformat(), **({"sij": True} if known.facts.sij else {})}
        notes = () if told.is_exact else (PARTIAL,)
        yield Trigger(birthdays(born, age), inputs, (*notes, *_coming_of_age(known)))


def _children(known: Known) -> Iterator[Trigger]:
    """Yield the 21st birthday of each child of the family that may lie within a year; twins share one."""
    for born in dict.fromkeys(known.facts.children):
        span = happened(born, on=known.on)
        for turns in children_near_21((span,) if span else (), on=known.on):
            inputs = {"children": [{"birth_date": born.isoformat()}]}
            notes = () if born.is_exact else (PARTIAL,)
            yield Trigger(turns, inputs, notes, subject=f"child:{born.isoformat()}")


def _status_end(known: Known) -> Iterator[Trigger]:
    """Yield the end of a status that may excuse a late filing (8 CFR 208.4(a)(5)(iv))."""
    span, end = known.status_days, known.facts.status_end
    if span and end:
        inputs = {"status": sorted(known.facts.status), "status_end": end.isoformat()}
        yield Trigger(span, inputs, () if end.is_exact else (PARTIAL,))


STARTS: Mapping[str, Start] = {
    **{
        name: partial(_on, name)
        for name in (
            "individual_hearing",
            "master_hearing",
            "asylum_interview",
            "i589_callup",
            "motion_filed_by_dhs",
            "briefing_schedule",
            "rf_referral",
            "ead_expires",
            "annual_fee_notice",
            "aaf_court",
            "moved",
            "noid",
            "notice_due",
        )
    },
    "arrival": _arrival,
    "hearing_in_detention": _detained_hearing,
    "interview_gone": _interview_gone,
    "judge_decision": appealable,
    "bia_decision": partial(final_orders, ("board",)),
    "order_to_reconsider": partial(final_orders, ("judge", "board")),
    "order_to_reopen": partial(final_orders, ("judge", "board", "absentia")),
    "dhs_order": dhs_orders,
    "in_absentia_order": absences,
    "fear_determination": _credible_fear,
    "i589_received": _clock,
    "grant": partial(_granted, ("asylum", "refugee")),
    "asylum_grant": partial(_granted, ("asylum",)),
    "refugee_admission": _refugee,
    "turns_18": partial(_turns, ADULT),
    "turns_21": partial(_turns, GROWN),
    "child_turns_21": _children,
    "status_end": _status_end,
}
# Days counted from these tell somebody's birthday.
BIRTHDAYS = {"turns_18", "turns_21", "child_turns_21"}


def _is_on_the_merits(_known: Known, trigger: Trigger) -> bool:
    """The printed rule's ten days do not reach a decision on the merits of asylum (8 CFR 1003.38(b)).

    Where nobody said whether it was one, the shorter time is shown.
    """
    return bool(trigger.order and trigger.order.decision.asylum_merits)


def _holds(get: Callable[[Known], object], known: Known, _trigger: Trigger) -> bool:
    return bool(get(known))


CONDITIONS: Mapping[str, Callable[[Known, Trigger], bool]] = {
    **{
        flag: partial(_holds, attrgetter(f"facts.{flag}"))
        for flag in ("uac", "detained", "in_proceedings", "sij")
    },
    "i589_filed": partial(_holds, attrgetter("filing.is_filed")),
    "asylum_merits": _is_on_the_merits,
}


# The facts without which nothing starts a row; where it is not named here, the one called like its start.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "hearing_in_detention": ("detained_hearing", "individual_hearing"),
    "interview_gone": ("asylum_interview",),
    **dict.fromkeys(
        ("judge_decision", "bia_decision", "order_to_reconsider", "order_to_reopen"),
        ("decisions", "decision", "in_absentia_order"),
    ),
    **dict.fromkeys(("dhs_order", "in_absentia_order"), ("decisions", "decision", "in_absentia_order")),
    "fear_determination": ("fear_determination", "fear_review_requested"),
    **dict.fromkeys(("grant", "asylum_grant", "refugee_admission"), ("granted",)),
    **dict.fromkeys(("turns_18", "turns_21"), ("birth_date",)),
    "child_turns_21": ("children",),
}


# {fact: the starts that read it}
STARTED_BY: Mapping[str, Collection[str]] = {
    fact: {start for start in STARTS if fact in NEEDS.get(start, (start,))}
    for each in STARTS
    for fact in NEEDS.get(each, (each,))
}


def starts_known(known: Known) -> set[str]:
    """Return the starts of which some fact is known."""
    return {start for name in known.told for start in STARTED_BY.get(name, ())}


def triggers_of(rule: Rule, found: Iterable[Trigger], known: Known) -> Iterator[Trigger]:
    """Yield what a row starts with of what its start came to: nothing where a condition does not hold.

    A row counted from orders, or from children, has one trigger for each.
    """
    for trigger in found:
        if all(CONDITIONS[each.name](known, trigger) is each.holds for each in rule.only_if):
            yield trigger
