"""Look after the parts of a running `up`: say which one died, and start it again."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from foundation.devstack.process import Process
from foundation.devstack.services import CannotStart

PATIENT_AFTER = 60.0  # seconds after which a part that ran counts as sound again
LONGEST = 15.0  # seconds between two tries with a part that dies at once


class Startable(Protocol):
    """What runs one server, and can start it again."""

    process: Process | None

    def start(self) -> None:
        """Start it and return once it serves. Raises CannotStart."""


@dataclass
class Part:
    """One part: how to look at it, how to start it, how often it died in a row, when it may try again."""

    name: str
    process: Callable[[], Process | None]
    start: Callable[[], None]
    deaths: int = 0
    began: float = field(default_factory=time.monotonic)
    next_try: float = 0.0

    def look(self, say: Callable[[str], None], *, now: float) -> None:
        """Start the part again if it died: at once, later each time where it dies soon after."""
        process = self.process()
        if process is not None and process.ended is None:
            return
        if not self.next_try:
            self.note_death(say, process, now)
        if now >= self.next_try:
            self.try_again(say, now)

    def note_death(self, say: Callable[[str], None], process: Process | None, now: float) -> None:
        self.deaths = self.deaths + 1 if now - self.began < PATIENT_AFTER else 1
        wait = min(LONGEST, 2.0 ** (self.deaths - 1) - 1)
        what = f"{self.name} ended with {process.ended}" if process else f"{self.name} did not start"
        when = f"in {wait:.0f} s" if wait else "now"
        say(f"{what}; starting it again {when}." + (f" Its log: {process.log}" if process else ""))
        self.next_try = now + wait

    def try_again(self, say: Callable[[str], None], now: float) -> None:
        self.began, self.next_try = now, 0.0
        try:
            self.start()
        except CannotStart as error:
            say(str(error))
        else:
            say(f"{self.name} runs again")


def parts_of(
    servers: Mapping[str, Startable], app: Mapping[str, Process], start: Callable[[str], None]
) -> list[Part]:
    """Return what to look after: the servers that were started here, then the application's processes."""
    theirs = [Part(name, partial(getattr, one, "process"), one.start) for name, one in servers.items()]
    return [*theirs, *(Part(name, partial(app.get, name), partial(start, name)) for name in app)]
