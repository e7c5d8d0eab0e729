"""The codes of dates and circumstances. They raise no gate and refuse nobody; they tell staff what to see."""

from collections.abc import Iterable, Iterator
from typing import Any

from screening.rules.facts import Finding
from screening.rules.run import Mark, Run


def flags_of(run: Run, marks: Iterable[Mark]) -> Iterator[Finding]:
    """Yield every code that holds on a day, each once: where several dates give it, the most urgent one's."""
    yield from _standing(run)
    yield from _refused(run)
    for mark in _once(marks):
        yield run.found(mark.code, **mark.inputs)


def _once(marks: Iterable[Mark]) -> Iterable[Mark]:
    """Return one mark for each code in their order: of several that with the most points."""
    kept: dict[str, Mark] = {}
    for mark in marks:
        if mark.code and mark.points > kept.setdefault(mark.code, mark).points:
            kept[mark.code] = mark
    return kept.values()


def is_petitioning_from_abroad(run: Run) -> bool:
    """Tell whether someone outside the country asks for the family petition (I-730), which reaches abroad."""
    return run.facts.outside_us and "i730" in run.facts.other_protection


def _standing(run: Run) -> Iterator[Finding]:
    """What stands outside the gates: presence in the country and conflicts of interest."""
    facts = run.facts
    if facts.outside_us and not is_petitioning_from_abroad(run):
        yield run.found("OUTSIDE_US", outside_us=True)
    if facts.conflict == "confirmed":
        yield run.found("CONFLICT", conflict="confirmed")
    if facts.conflict == "possible":
        yield run.found("CONFLICT_POSSIBLE", conflict="possible")


def _refused(run: Run) -> Iterator[Finding]:
    """A day that has happened cannot lie ahead: it is refused, and its fact counts as not known."""
    for name in run.seen.refused:
        used: dict[str, Any] = {name: _told(run, name)}
        yield run.found(f"{name.upper()}_FUTURE", **used)


def _told(run: Run, name: str) -> Any:
    """Return what was told of a fact as findings keep it."""
    value = getattr(run.facts, name)
    if name == "decisions":
        return [one.as_input() for one in value]
    if name == "children":
        return [born.isoformat() for born in value]
    return value.as_input() if name == "granted" else value.isoformat()
