"""The requests whose body is still on its way: bounded, and who is slowest makes room.

Nobody is turned away because others are slow: where too many are on their way, the one that sends least a
second ends; where they hold too much, the one that has held most for longest.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from foundation.front.body import Body

MOST, BYTES = 512, 2 * 1024**3  # of each process
SETTLING = 5  # seconds that everybody is given before they count as slow


class Ended(Exception):
    """This one was the slowest, and others needed its place."""


@dataclass(eq=False)
class Sender:
    """Somebody whose body is on its way, and the task that waits for it."""

    body: Body
    task: "asyncio.Task[Any]"
    since: float = field(default_factory=time.monotonic)
    is_ended: bool = False

    @property
    def seconds(self) -> float:
        return SETTLING + time.monotonic() - self.since

    @property
    def speed(self) -> float:
        return self.body.size / self.seconds

    @property
    def held_long(self) -> float:
        return self.body.size * self.seconds


class Arriving:
    """Who is sending now."""

    def __init__(self, *, most: int = MOST, most_bytes: int = BYTES) -> None:
        self.most, self.most_bytes = most, most_bytes
        self.senders: set[Sender] = set()

    @contextmanager
    def sending(self, body: Body) -> Iterator[None]:
        """Count this task's body among those on their way. Raises Ended where it has to make room."""
        task = cast("asyncio.Task[Any]", asyncio.current_task())
        sender = Sender(body, task)
        self.senders.add(sender)
        try:
            self.make_room()
            yield
        except asyncio.CancelledError:
            if sender.is_ended and task.uncancel() == 0:
                raise Ended from None
            raise
        finally:
            self.senders.discard(sender)

    def make_room(self) -> None:
        """End the slowest where too many are on their way, and the largest where they hold too much."""
        left = [sender for sender in self.senders if not sender.is_ended]
        if len(left) > self.most:
            self._end(min(left, key=lambda one: one.speed))
        elif sum(sender.body.size for sender in left) > self.most_bytes:
            self._end(max(left, key=lambda one: one.held_long))

    def _end(self, sender: Sender) -> None:
        sender.is_ended = True
        sender.task.cancel()
