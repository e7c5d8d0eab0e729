"""Hashing takes turns: two at once, a few who wait, and the rest are told at once."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import check_password, make_password

from foundation.accounts.hashers import NICE, Turns
from foundation.refused import Busy


def test_whoever_finds_all_places_taken_is_told_at_once_and_the_others_are_served():
    turns, go, began = Turns(at_once=2, waiting=1), threading.Event(), threading.Semaphore(0)

    def slow():
        began.release()
        go.wait(30)
        return "made"

    with ThreadPoolExecutor(3) as pool:
        taken = [pool.submit(turns.take, slow) for _ in range(3)]
        began.acquire()
        began.acquire()
        while turns.room._value:
            pass
        with pytest.raises(Busy):
            turns.take(slow)
        assert not began.acquire(blocking=False)  # the third waits for its turn
        go.set()
        assert [one.result(30) for one in taken] == ["made"] * 3
    assert turns.take(lambda: "again") == "again"


def test_a_failure_gives_its_place_back():
    turns = Turns(at_once=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            turns.take(lambda: 1 / 0)
    assert turns.take(lambda: 1) == 1


def test_pages_come_before_hashing():
    turns = Turns()
    nice = turns.take(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
    assert nice == NICE > os.getpriority(os.PRIO_PROCESS, 0)


def test_every_password_and_receipt_takes_a_turn(monkeypatch):
    from foundation.accounts import hashers

    hashed, asked = make_password("x" * 16), []
    take = hashers.turns.take
    monkeypatch.setattr(hashers.turns, "take", lambda work: asked.append(1) or take(work))
    assert check_password("x" * 16, hashed) and not check_password("y" * 16, hashed)
    make_password("z" * 16, hasher="argon2")
    assert len(asked) == 3


def test_a_child_of_a_fork_hashes_too():
    hashed = make_password("x" * 16)  # the parent's threads are running now
    child = os.fork()
    if not child:
        os._exit(0 if check_password("x" * 16, hashed) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
