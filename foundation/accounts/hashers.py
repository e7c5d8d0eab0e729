"""Argon2id, a few at a time: passwords and receipts alike take a turn (config/settings.py, PASSWORD_HASHERS).

A hash takes a hundred megabytes and a third of a second on purpose. So that a crowd cannot take the machine
with it, each process makes two at once in threads of their own, at a lower priority than the pages; a few
more wait, and whoever finds those places taken is told so at once.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from django.contrib.auth.hashers import Argon2PasswordHasher

from foundation.refused import Busy

AT_ONCE, WAITING = 2, 4
NICE = 19  # the last: a page that somebody waits for comes first
Made = TypeVar("Made")


class Turns:
    """So many at once, so many who wait, and Busy for the rest."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self.at_once, self.room = at_once, threading.BoundedSemaphore(at_once + waiting)
        self.begin()

    def begin(self) -> None:
        """Have threads of this process; a child of a fork has none of its parent's."""
        self.threads = ThreadPoolExecutor(self.at_once, "hashing", initializer=_step_back)

    def take(self, work: Callable[[], Made]) -> Made:
        """Do the work in turn and return what it makes. Raises Busy at once where all places are taken."""
        if not self.room.acquire(blocking=False):
            raise Busy
        try:
            return self.threads.submit(work).result()
        finally:
            self.room.release()


def _step_back() -> None:
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


turns = Turns()
os.register_at_fork(after_in_child=turns.begin)


class Argon2(Argon2PasswordHasher):
    """Django's Argon2id, in turn. Both methods raise Busy."""

    def encode(self, password: str, salt: str) -> str:
        return turns.take(partial(super().encode, password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        return turns.take(partial(super().verify, password, encoded))


class LightArgon2(Argon2):
    """A hundredth of the work; config/settings.py takes it where INTAKE_ENV is test and nowhere else."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1
