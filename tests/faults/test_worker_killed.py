"""kill -9 of the worker in the middle of journey A loses nothing: the case is opened once."""

import threading
import time

import psycopg
import pytest
from playwright.sync_api import sync_playwright

from foundation.devstack.chromium import chromium
from tests.journeys.conftest import CHROMIUM, Visitor
from tests.journeys.form import cases_of, fill_in
from tests.running import running_stack, wait_until

OWED = (
    "select attempts, done_at from events_delivery where handler = 'cases.open-case' order by id desc limit 1"
)


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("faults", tmp_path_factory.mktemp("faults"), EVENTS_LEASE_SECONDS="2") as stack:
        yield stack


def hand_in(stack, family):
    """Fill in and send the form in a real browser; run in a thread of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM)
        page = browser.new_page()
        amina = Visitor(stack, page)
        amina.check = lambda: None  # accessibility is the journeys' matter
        fill_in(amina, family=family)
        amina.submit()
        assert page.url.endswith("/receipt/")


def in_thread(*args):
    failure = []

    def run():
        try:
            hand_in(*args)
        except BaseException as error:  # noqa: BLE001  carried over to the test's own thread
            failure.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]


def test_killed_before_it_heard_of_the_intake(stack):
    stack.app.kill_worker()
    in_thread(stack, "Killed-Before")
    assert len(cases_of(stack, "Killed-Before")) == 0
    stack.app.start_worker()
    wait_until(lambda: len(cases_of(stack, "Killed-Before")) == 1, 60)


def test_killed_in_the_middle_of_opening_the_case(stack):
    """A lock on the table holds the handler between its claim and its mark; there the worker dies."""
    with psycopg.connect(stack.database) as blocker:
        blocker.execute("lock table cases_case in exclusive mode")
        in_thread(stack, "Killed-Midway")
        wait_until(lambda: stack.ask(OWED)[0][0] >= 1)  # claimed
        time.sleep(1)  # inside the handler, waiting for the lock
        assert stack.ask(OWED)[0][1] is None
        stack.app.kill_worker()
        blocker.rollback()
    assert len(cases_of(stack, "Killed-Midway")) == 0
    stack.app.start_worker()
    wait_until(lambda: len(cases_of(stack, "Killed-Midway")) == 1, 60)
    time.sleep(3)  # longer than the lease: a second delivery would show now
    assert len(cases_of(stack, "Killed-Midway")) == 1
    assert stack.ask(OWED)[0][1] is not None
    told = "kind in ('case_opened', 'case_urgent') and channel = 'in_app'"
    rows = f"select count(*) from notifications_message where {told}"
    opened = stack.ask("select count(*) from events_event where name = 'cases.opened'")[0][0]
    assert stack.ask(rows)[0][0] == opened  # one message to the one caseworker for each case
