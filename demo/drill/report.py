"""What the drill says: each fault as it happens, the figures at the end."""

import argparse
import os
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from cases.granting import revoke_access
from cases.models import CaseAccess
from demo.drill.deeds import Done
from demo.drill.faults import PROMISED, Breaker, Fault
from demo.drill.twins import texts_taken
from demo.drill.verdict import held, judge, wait_until_done
from demo.drill.visitor import Visitor
from demo.office import PASSWORD
from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.vault.keys import opening_keys

SETTLING = 180.0  # seconds that what is due may take after the last fault


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_all(asked: argparse.Namespace, breaker: Breaker, done: Done, *, shows_nothing: str) -> bool:
    """Wait until nothing is due, print the figures, and tell whether all is as it must be."""
    done.hook.finish()
    with acting_as(system("drill")), opening_keys(), each_statement_alone():
        wait_until_done(SETTLING)
        verdict, still_held = judge(done, breaker), held()
    load = os.getloadavg()[0]
    minutes = (time.monotonic() - breaker.began) / 60
    say(f"\nminutes {minutes:.1f}   seed {asked.seed}   on {timezone.localdate()}   load {load:.0f}")
    for line in figures(breaker, done):
        say(line)
    say(f"events in the ledger {verdict.events}")
    say(f"lost {len(verdict.lost)} {verdict.lost[:5]}   twice {len(verdict.doubled)} {verdict.doubled[:5]}")
    say(f"left over {verdict.left} {still_held}   stuck on the list {verdict.stuck}")
    say(f"a page opened before access was revoked: {shows_nothing}")
    never = [fault.what for fault in breaker.faults if fault.seconds < 0]
    for error in [*done.errors[:10], *(f"never served again: {what}" for what in never)]:
        say(f"  {error}")
    slow = [fault.what for fault in breaker.faults if fault.in_use > PROMISED and "web" not in fault.what]
    say(f"back in use later than {PROMISED:g} s after all ran, the web process apart: {len(slow)} {slow[:8]}")
    sound = verdict.is_sound and not never and not done.errors and shows_nothing == "shows nothing"
    say("SOUND" if sound else "NOT SOUND")
    return sound


def figures(breaker: Breaker, done: Done) -> Iterator[str]:
    """Yield what was done and what was broken, a line each."""
    yield f"faults {len(breaker.faults)}   pages that failed {done.failures}"
    yield f"forms {len(done.forms)} (not sure of {len(done.unsure)})   papers {len(done.papers)}"
    answered = f"accepted {done.accepted}   declined {done.declined}"
    yield f"offers {done.offers}   {answered}   names asked {done.names}"
    yield from messages(breaker, done)
    for what, faults in sorted(recovered(breaker.faults).items()):
        whole, use = ([getattr(one, name) for one in faults] for name in ("seconds", "in_use"))
        again = f"serving again after {statistics.median(whole):5.1f} s, at most {max(whole):5.1f} s"
        in_use = f"of which once all ran {statistics.median(use):5.1f} s, at most {max(use):5.1f} s"
        yield f"  {what:<32} {len(faults):3} times   {again}; {in_use}"


def messages(breaker: Breaker, done: Done) -> Iterator[str]:
    """Yield what the mail server and the gateway took, and what they said."""
    mail, hook, texts = breaker.mail, done.hook, texts_taken()
    copies = sum(count - 1 for count in mail.taken.values())
    yield f"mails {len(mail.taken)}   copies {copies}   taken and not answered {mail.died.total()}"
    yield f"  connections by mood {dict(sorted(mail.met.items()))}"
    copies, unsaid = (
        sum(map(len, texts.values())) - len(texts),
        sum(one.count(False) for one in texts.values()),
    )
    yield f"texts {len(texts)}   copies {copies}   taken and not answered {unsaid}"
    said = f"reports {len(hook.reported)}   texts of people {len(hook.said)}"
    yield f"  {said}   requests of the gateway {hook.calls}"


def recovered(faults: list[Fault]) -> dict[str, list[Fault]]:
    by_what = defaultdict(list)
    for fault in faults:
        if fault.seconds >= 0:
            by_what[fault.what].append(fault)
    return by_what


def revoked_shows_nothing(breaker: Breaker) -> str:
    """Have Ade open a case, take it from him, kill the web process, and have him look at the same page."""
    with acting_as(system("drill")), opening_keys(), each_statement_alone():
        grant = CaseAccess.objects.filter(
            user__email="ade@demo.example", scope="file", revoked_at=None
        ).first()
        if grant is None:
            return "nobody had a case"
        ade = Visitor(breaker.app.url)
        ade.open("/sign-in/")
        ade.send("/sign-in/", {"username": "ade@demo.example", "password": PASSWORD})
        ade.send(ade.path, {"code": settings.DEMO_CODE})
        page = f"/cases/{grant.case_id}/"
        if ade.open(page) != 200:
            return f"the page did not open for him ({ade.path})"
        name = re.search(r"<h1[^>]*>(.*?)</h1>", ade.words, re.DOTALL)
        for one in CaseAccess.objects.filter(case_id=grant.case_id, user_id=grant.user_id, revoked_at=None):
            revoke_access(one.case_id, user_id=one.user_id, reason=one.reason)
    breaker.break_one("web killed")
    status = ade.open(page)
    shown = bool(name and name[1].strip() and name[1].strip() in ade.words)
    return "shows nothing" if status in (403, 404) and not shown else f"answered {status}"
