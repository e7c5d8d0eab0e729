"""The drill: servers and processes of its own, people at work, and one thing after another broken by chance.

python3 manage.py fault_drill [--minutes 10] [--events 5000] [--people 2] [--seed 1] [--pause 8]

It makes a demo office in a folder of its own and removes it. While people send forms with a paper, and staff
triage, refer, offer, answer and ask for names, it kills web, worker, names, beat, PostgreSQL and Valkey,
flushes the broker, and where libfaketime is installed moves the clock of our own processes an hour ahead and
back. The mail server refuses, hangs, answers "later", and closes after it took a mail; the text gateway is
late and says everything twice (twins.py). At the end it waits until nothing is due, and compares what people
were told with what is there. Ends with 1 where something was lost, done twice, or left over without standing
on the list of stuck work.
"""

import argparse
import math
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from foundation.devstack.app import AppProcesses, app_environment, free_port
from foundation.devstack.messages import compile_messages
from foundation.devstack.services import Postgres, Valkey, services
from foundation.devstack.up import prepare
from foundation.devstack.watching import parts_of

# Of whoever asks for the drill: it has servers, keys and files of its own.
THEIRS = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "CACHE_URL", "INTAKE_KEYS", "MEDIA_ROOT")


def main() -> int:
    parser = argparse.ArgumentParser(prog="fault_drill", description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, help="10 where no events are asked for")
    parser.add_argument(
        "--events", type=int, help="go on until the ledger has so many, or the minutes are over"
    )
    parser.add_argument("--people", type=int, default=2, help="who send forms at the same time")
    parser.add_argument("--pause", type=float, default=8, help="seconds between two faults")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="drill-"))
    folder.chmod(0o711)
    for name in THEIRS:
        os.environ.pop(name, None)
    os.environ.update(INTAKE_STATE=str(folder / "state"), INTAKE_ENV="development", EVENTS_LEASE_SECONDS="2")
    # Tries come soon after one another, so that a drill need not wait for hours.
    os.environ.update(EMAIL_TIMEOUT="2", MAIL_LEASE_SECONDS="5", SMS_GATEWAY="demo.drill.twins.SlowTwice")
    # Its few people send more than a crowd does within an hour: bursts have a test of their own.
    os.environ["FORMS_AN_HOUR"] = "100000"
    compile_messages()
    try:
        with services("drill") as servers:
            return on_a_stack(asked, folder, servers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def on_a_stack(asked: argparse.Namespace, folder: Path, servers: Sequence[Postgres | Valkey]) -> int:
    """Prepare the office, start the four processes, run the drill on them, and end them."""
    # Here: Django must not read its settings before they stand in the environment.
    import django

    environment = app_environment()
    if prepare(environment) is None:
        return 1
    os.environ["INTAKE_LOGIN"] = "worker"
    django.setup()
    # Only after setup.
    from demo.drill.deeds import by_day
    from demo.drill.faults import LIBFAKETIME, Breaker
    from demo.drill.twins import MailServer, share_secret

    mail = MailServer()
    environment["EMAIL_URL"] = f"smtp://127.0.0.1:{mail.start()}"
    share_secret()
    by_day()

    clock = folder / "clock"
    clock.write_text("+0")
    moved = {
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    faked = {"LD_PRELOAD": str(LIBFAKETIME[0]), **moved} if LIBFAKETIME else {}
    app = AppProcesses({**environment, **faked}, port=free_port(8900), logs=folder / "state" / "logs")
    try:
        app.start()
        app.wait_ready(120)
        by_kind = {one.kind: one for one in servers}
        chance = random.Random(asked.seed)  # noqa: S311  no secret
        return drill(asked, Breaker(app, by_kind, clock, chance, mail))
    finally:
        app.stop()


def drill(asked: argparse.Namespace, breaker: "Breaker") -> int:  # type: ignore[name-defined]  # noqa: F821
    """Let people work and things break, wait, and say what became of it."""
    # Here: see on_a_stack().
    from demo.drill.deeds import Done, Office, send_form
    from demo.drill.report import revoked_shows_nothing, say, say_all
    from demo.drill.twins import Hook

    done, stop, over = Done(), threading.Event(), threading.Event()
    parts = parts_of(breaker.servers, breaker.app.running, breaker.app.start)

    def look_after() -> None:
        while not over.wait(0.2):
            for part in parts:
                part.look(lambda _text: None, now=time.monotonic())

    def send_forms(first: int) -> None:
        number = first
        while not stop.is_set():
            send_form(breaker.app.url, number, asked.seed, done)
            number += asked.people

    people = [threading.Thread(target=send_forms, args=(first,)) for first in range(asked.people)]
    office = threading.Thread(target=Office(done, asked.seed).work, args=(stop,))
    watcher = threading.Thread(target=look_after, daemon=True)
    done.hook = Hook(breaker.app.url)
    others = [threading.Thread(target=work, args=(stop,)) for work in (done.hook.work, breaker.mail.swing)]
    try:
        for thread in (watcher, office, *others, *people):
            thread.start()
        break_things(asked, breaker)
        stop.set()
        for thread in (office, *others, *people):
            thread.join()
        say("everything runs again; waiting until nothing is due")
        sound = say_all(asked, breaker, done, shows_nothing=revoked_shows_nothing(breaker))
    finally:  # or what ends would be started again
        stop.set()
        over.set()
        watcher.join()
    return 0 if sound else 1


def break_things(asked: argparse.Namespace, breaker: "Breaker") -> None:  # type: ignore[name-defined]  # noqa: F821
    """Break every kind of thing once in an order drawn by chance, and so on until the time is over."""
    # Here: see on_a_stack().
    from demo.drill.report import say
    from demo.drill.verdict import count_events

    minutes = asked.minutes or (math.inf if asked.events else 10)
    until = time.monotonic() + minutes * 60
    names: list[str] = []
    while time.monotonic() < until and (not asked.events or count_events() < asked.events):
        if not names:
            names = sorted(breaker.kinds())
            breaker.chance.shuffle(names)
        time.sleep(asked.pause * breaker.chance.uniform(0.5, 1.5))
        fault = breaker.break_one(names.pop())
        say(f"{fault.at:6.1f} s  {fault.what:<32} serving again after {fault.seconds:5.1f} s")


if __name__ == "__main__":
    sys.exit(main())
