"""The next step of the work on a case. Each app above says what its part of the work asks for next."""

import uuid
from collections.abc import Callable, Iterable
from datetime import date

from cases.models import Case
from cases.rules.next import NextThing

Steps = Callable[[list[Case], date], dict[uuid.UUID, NextThing]]
_known: list[Steps] = []


def add_steps(steps: Steps) -> Steps:
    """Let an app above tell the next step of open, triaged cases as of a day: {case id: step}."""
    if steps not in _known:
        _known.append(steps)
    return steps


def steps_of(cases: Iterable[Case], *, on: date) -> dict[uuid.UUID, NextThing]:
    """Return the next step of the work on cases: {case id: step}, only of open ones that were triaged.

    Before triage the step is to look at the case, by the day that `look_by` says (cases/looking.py).
    """
    triaged = [case for case in cases if case.triaged_at and case.is_open]
    told: dict[uuid.UUID, NextThing] = {}
    for steps in _known if triaged else ():
        told.update(steps(triaged, on))
    return told
