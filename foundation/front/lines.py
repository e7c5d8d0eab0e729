"""Lines of requests, each with threads of its own: one that is full says so, and holds up no other."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from typing import Any


class Full(Exception):
    """As many wait in this line as may."""


class Line:
    """So many threads, and room for so many who wait for one."""

    def __init__(self, name: str, *, threads: int, waiting: int) -> None:
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.room, self.taken, self.lock = threads + waiting, 0, threading.Lock()

    def check(self) -> None:
        """Raise Full where nobody more may wait now, before anything is read."""
        if self.taken >= self.room:
            raise Full

    def submit(self, work: Callable[[], Any]) -> "Future[Any]":
        """Have a thread do the work, with nothing left over of the request before. Raises Full at once."""
        with self.lock:
            if self.taken >= self.room:
                raise Full
            self.taken += 1
        future = self.threads.submit(Context().run, work)
        future.add_done_callback(self._leave)
        return future

    def _leave(self, _future: "Future[Any]") -> None:
        with self.lock:
            self.taken -= 1
