"""kill -9 of the names worker loses no check and calls none clear: it is answered once, after the restart."""

import time

import pytest

from tests.running import running_stack, wait_until

ADD = """
import django; django.setup()
from django.utils import timezone
from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.vault.keys import opening_keys
with acting_as(system("test")), opening_keys(), each_statement_alone():
    from cases.models import Case
    from conflicts.actions import add_party
    from foundation.accounts.models import User
    from conflicts.models import ConflictHit
    hits = ConflictHit.objects.all()  # a matter with an open pair stays possible, whatever else is asked
    free = Case.objects.exclude(matter_id__in=hits.values("matter_id"))
    free = free.exclude(matter_id__in=hits.values("other_matter_id"))
    case = free.exclude(country="UA").first()  # not her own
    cora = User.objects.get(email="cora@demo.example")
    add_party(case.matter, role="feared", name={name!r}, by=cora, at=timezone.now())
"""
NEWEST = (
    "select id, status, asked_at, answered_at from conflicts_conflictcheck where kind = 'added'"
    " order by asked_at desc limit 1"
)
LEFT_TO_DO = (
    "select (select count(*) from conflicts_conflictcheck where status = 'pending')"
    " + (select count(*) from events_delivery where done_at is null and stuck_at is null)"
)
ANSWERED = "select count(*) from events_event where name = 'conflicts.answered' and subject_id = %s"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("names", tmp_path_factory.mktemp("names"), EVENTS_LEASE_SECONDS="2") as stack:
        # What the demo office left to do is done first: a name may be compared with those of a case that
        # opens only now, and the pair is then found by that case's own check.
        wait_until(lambda: stack.ask(LEFT_TO_DO)[0][0] == 0, 120)
        yield stack


def newest(stack):
    return stack.ask(NEWEST)[0]


def test_a_running_worker_answers_at_once(stack):
    stack.run(ADD.format(name="Grigori Zhukovsky"))
    wait_until(lambda: newest(stack)[1] != "pending")
    assert newest(stack)[1] == "clear"


def test_a_check_asked_while_it_is_down_waits_and_is_answered_once(stack):
    stack.app.kill_worker("names")
    stack.run(ADD.format(name="Olena Zrazok"))
    check, status, _asked, _answered = newest(stack)
    time.sleep(2)
    assert newest(stack)[1] == status == "pending"
    stack.app.start_worker("names")
    wait_until(lambda: newest(stack)[1] != "pending", 60)
    time.sleep(6)  # longer than a sweep: a second answer would show now
    assert newest(stack)[:2] == (check, "possible")
    assert stack.ask(ANSWERED, str(check))[0][0] == 1
    hits = "select count(*) from conflicts_conflicthit where check_asked_id = %s and kind = 'conflict'"
    assert stack.ask(hits, check)[0][0] == 1


def test_killed_in_the_middle_of_an_answer(stack):
    """A lock on the table of hits holds the answer between its look-up and its end; there the worker dies."""
    import psycopg

    with psycopg.connect(stack.database) as blocker:
        blocker.execute("lock table conflicts_conflicthit in exclusive mode")
        stack.run(ADD.format(name="Jean Exemple"))
        check = newest(stack)[0]
        time.sleep(1.5)
        assert newest(stack)[1] == "pending"
        stack.app.kill_worker("names")
        blocker.rollback()
    stack.app.start_worker("names")
    wait_until(lambda: newest(stack)[1] != "pending", 60)
    time.sleep(6)
    assert stack.ask(ANSWERED, str(check))[0][0] == 1


def test_a_message_lost_with_the_broker_is_made_up_for_by_the_sweep(stack):
    import redis

    stack.app.kill_worker("names")
    stack.run(ADD.format(name="Wilhelmina Oosterhuis"))
    socket, _, query = stack.app.env["CELERY_BROKER_URL"].split("://", 1)[1].partition("?")
    redis.Redis(unix_socket_path=socket, db=int(query.split("=")[1])).delete("names")
    stack.app.start_worker("names")
    wait_until(lambda: newest(stack)[1] == "clear", 60)
