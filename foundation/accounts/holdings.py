"""What somebody holds in an office, said by the apps above, each of its own kind of things.

How it is handed over stands in the event that says so (`accounts.handed_over`, `accounts.user_disabled`):
each app listens and moves its own, so that nothing is forgotten where a worker is down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foundation.accounts.models import User


@dataclass(frozen=True)
class Holding:
    """Some things of one kind that somebody holds in one role; "": in none that they could not give up.

    `words` say what they are, `then` what becomes of them. `takers`: the role of whom they may go to, ""
    where they go to nobody by choice; `suggested`: whom of them, None for nobody in particular.
    """

    kind: str
    role: str
    words: Any
    count: int
    then: Any
    takers: str = ""
    suggested: int | None = None


Tell = Callable[[User], Holding]
_known: list[Tell] = []


def holding(tell: Tell) -> Tell:
    """Have an app above tell of one kind of things that somebody holds."""
    if tell not in _known:
        _known.append(tell)
    return tell


def held_by(user: User) -> list[Holding]:
    """Return what somebody holds, kind by kind; what there is none of is left out."""
    return [one for tell in _known if (one := tell(user)).count]


def held_in(user: User, role: str) -> list[Holding]:
    """Return what somebody holds in one role."""
    return [one for one in held_by(user) if one.role == role]
