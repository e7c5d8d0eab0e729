"""The next step of the work on a case. Each app above says what its part of the work asks for next."""

import uuid
from collections.abc import Callable, Iterable
from datetime import date

from cases.models import Case
from cases.rules.next import REACH, TELL, NextThing
from intake.models import Wish, WishStatus

Steps = Callable[[list[Case], date], dict[uuid.UUID, NextThing]]
_known: list[Steps] = []


def add_steps(steps: Steps) -> Steps:
    """Let an app above tell the next step of open cases as of a day: {case id: step}."""
    if steps not in _known:
        _known.append(steps)
    return steps


def steps_of(cases: Iterable[Case], *, on: date) -> dict[uuid.UUID, NextThing]:
    """Return the next step of the work on cases: {case id: step}.

    Before triage, while no app knows another, the step is to look at the case, by the day that `look_by` says
    (cases/looking.py). Before all others comes whoever has to be reached another way. Of a case that is over
    one is left: to tell its person, who cannot see it before.
    """
    cases = list(cases)
    live = [case for case in cases if case.is_open]
    told: dict[uuid.UUID, NextThing] = {}
    for steps in _known if live else ():
        told.update(steps(live, on))
    told |= {pk: NextThing(REACH, on) for pk in to_reach(live)}
    return told | {case.pk: NextThing(TELL, on) for case in cases if case.must_be_told}


def to_reach(cases: Iterable[Case]) -> set[uuid.UUID]:
    """Return the cases whose person said that the old way is not safe, until staff decided: their ids."""
    by_intake = {case.intake_id: case.pk for case in cases}
    unsafe = Wish.objects.filter(intake__in=by_intake, kind=Wish.Kind.UNSAFE, status=WishStatus.OPEN)
    return {by_intake[pk] for pk in unsafe.values_list("intake", flat=True)}
