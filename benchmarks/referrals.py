"""Cascades under load: many processes work, answer and are killed; afterwards nothing may be wrong.

Each process has connections of its own and does what the worker and practitioners do: asks the next one,
carries deliveries, lets offers run out, says yes or no. The parent kills one at random again and again with
SIGKILL and starts another. Then what is left is worked off, and every row is looked at (`faults`).

The claim of the next referral is measured beside a bare claim on the same table (`measure_claims`).
"""

import os
import random
import signal
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db import connection, connections, transaction
from django.utils import timezone

from cases.models import Case
from conflicts.models import Standing
from foundation.accounts.models import Membership, Office, Role, User
from foundation.events.models import Delivery, Event
from foundation.events.relay import LINE as RELAY
from foundation.refused import Refused
from foundation.work.models import in_line
from intake.actions import start_intake
from intake.models import Applicant
from referrals import actions
from referrals.cascades import begin_cascade, wake_forgotten
from referrals.models import Assignment, Cascade, Offer, Practitioner, Queue, Referral
from referrals.work import CASCADES
from screening.models import Band, Outcome, Screening

ASKED = 0.5  # of a bare claim's pace
ENDS = {f"referrals.offer_{end}" for end in ("accepted", "declined", "expired", "rescinded")}
MINUTES = 480


@dataclass(frozen=True)
class Figure:
    """One run: how many referrals, processes and kills; what came of it; what is wrong (nothing)."""

    referrals: int
    connections: int
    killed: int
    seconds: float
    offers: int
    placed: int
    faults: int


@dataclass(frozen=True)
class Claims:
    """How many claims a second: of the cascades' line, and bare; `ratio` is asked to be half at least."""

    rows: int
    line: float
    bare: float
    ratio: float


def seeded(number: int) -> random.Random:
    """Return dice that fall the same way each time."""
    return random.Random(number)  # noqa: S311  chance of a measurement, no secret


# --- what is worked on ----------------------------------------------------------------------------


def make_people(office: Office, count: int, *, capacity: int, by: User, at: datetime) -> list[Practitioner]:
    """Make practitioners with verified credentials."""
    made = []
    for n in range(count):
        user = User.objects.create(email=f"load{n}@{office.slug}.example", name=f"Load {n}")
        Membership.objects.create(user=user, office=office, roles=[Role.ATTORNEY])
        said = {"bar_state": "NY", "bar_number": str(n), "capacity": capacity}
        made.append(
            Practitioner.objects.create(user=user, office=office, verified_by=by, verified_at=at, **said)
        )
    return made


def make_referral(office: Office, queue: Queue, *, by: User, at: datetime) -> Referral:
    """Make a case with clear names that waits in a queue, as rows alone."""
    intake = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=at)
    columns = intake.matter.columns
    person = Applicant.objects.create(
        **columns, language="en", created_at=at, given_names="Load", family_name="Case", birth_date="1990"
    )
    opened = {"band": Band.MEDIUM, "score": 0, "look_by": at.date(), "opened_at": at, "waits_since": at}
    case = Case.objects.create(
        **columns,
        intake=intake,
        applicant=person,
        reference=intake.pk.hex[:9],
        triaged_at=at,
        triaged_by=by,
        **opened,
    )
    Screening.objects.create(
        **columns,
        intake=intake,
        as_of=at.date(),
        ruleset="load",
        outcome=next(iter(Outcome)),
        band=Band.MEDIUM,
        score=0,
        created_at=at,
    )
    Standing.objects.update_or_create(
        matter_id=intake.matter_id, defaults={"office": office, "state": "clear", "changed_at": at}
    )
    return Referral.objects.create(**columns, case=case, queue=queue, referred_by=by, referred_at=at)


def make_cascades(office: Office, count: int, people: list[Practitioner], *, by: User, at: datetime) -> None:
    """Have so many referrals put to the people in turn, each in an order of its own."""
    queue, dice = Queue.objects.filter(office=office).earliest("pk"), seeded(1)
    for _ in range(count):
        referral = make_referral(office, queue, by=by, at=at)
        listed = dice.sample(people, len(people))
        begin_cascade(referral, practitioners=listed, minutes=MINUTES, by=by, at=at)


# --- the crowd ------------------------------------------------------------------------------------


def run(*, processes: int, seconds: float, kill_every: float) -> int:
    """Let so many processes work for a while, and kill one at random each time; return how often."""
    _let_go()
    dice, until = seeded(2), time.monotonic() + seconds
    crowd, killed = [_start(n) for n in range(processes)], 0
    while time.monotonic() < until:
        time.sleep(kill_every)
        victim = dice.randrange(len(crowd))
        os.kill(crowd[victim], signal.SIGKILL)
        os.waitpid(crowd[victim], 0)
        killed += 1
        crowd[victim] = _start(processes + killed)
    for pid in crowd:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return killed


def _let_go() -> None:
    """Close all connections, so that no process shares one with another."""
    for one in connections.all():
        one.close()
        if hasattr(one, "close_pool"):
            one.close_pool()


def _start(seed: int) -> int:
    """Start a process that works until it is killed, and return its id."""
    if pid := os.fork():
        return pid
    try:
        _work(seeded(seed))
    finally:
        os._exit(1)


def _work(dice: random.Random) -> None:
    deeds: list[Callable[[], Any]] = [
        lambda: CASCADES.work_off(limit=3),
        lambda: RELAY.work_off(limit=20),
        lambda: _answer(dice),
        lambda: _answer(dice),
        lambda: _run_out(dice),
        lambda: wake_forgotten(at=timezone.now()),
    ]
    while True:
        try:
            dice.choice(deeds)()
        except Refused:
            continue  # somebody was faster


def _one(dice: random.Random) -> Offer | None:
    open_ones = list(Offer.objects.filter(status="open").values_list("pk", flat=True)[:50])
    if not open_ones:
        time.sleep(0.01)
        return None
    rows = Offer.objects.select_related("user", "referral__case__office", "practitioner__office", "office")
    return rows.filter(pk=dice.choice(open_ones)).first()


def _answer(dice: random.Random) -> None:
    """Say yes or no to an open offer, as whoever it was put to."""
    offer, at = _one(dice), timezone.now()
    if offer is None:
        return
    if dice.random() < 0.5:
        actions.decline_offer(offer, reason="capacity", by=offer.user, at=at)
        return
    actions.show_names(offer, by=offer.user, at=at)
    actions.accept_offer(offer, no_conflict=True, by=offer.user, at=at)


def _run_out(dice: random.Random) -> None:
    """Let the time of an open offer be over, and end what is over."""
    if offer := _one(dice):
        Offer.objects.filter(pk=offer.pk, status="open").update(expires_at=timezone.now())
    actions.expire_offers(at=timezone.now())


def settle() -> None:
    """Work off what is left, as the workers would once their leases are over; then all stands still."""
    for _ in range(1000):
        at = timezone.now()
        Delivery.objects.filter(next_try_at__gt=at).update(next_try_at=at)
        Cascade.objects.filter(next_try_at__gt=at).update(next_try_at=at)
        moved = RELAY.work_off(limit=500) + CASCADES.work_off(limit=500)
        actions.expire_offers(at=at)
        if not (moved + wake_forgotten(at=at)):
            return


# --- what must hold -------------------------------------------------------------------------------


def faults() -> list[str]:
    """Return what is wrong: a case placed twice or with nobody, somebody too full, an offer ended twice."""
    return [*_placements(), *_loads(), *_ends(), *_left_alone()]


def _placements() -> list[str]:
    wrong = []
    for referral in Referral.objects.all():
        yes = referral.offers.filter(status="accepted").count()
        held = Assignment.objects.filter(case=referral.case_id, ended_at=None).count()
        expected = int(referral.status == "placed")
        if (yes, held) != (expected, expected):
            wrong.append(f"{referral} is {referral.status}: {yes} yes, {held} held")
    return wrong


def _loads() -> list[str]:
    held = Counter(Assignment.objects.filter(ended_at=None).values_list("practitioner", flat=True))
    rows = Practitioner.objects.filter(pk__in=held)
    return [f"practitioner {one.pk} over capacity" for one in rows if held[one.pk] > one.capacity]


def _ends() -> list[str]:
    ends = Counter(Event.objects.filter(name__in=ENDS).values_list("subject_id", flat=True))
    over = Offer.objects.exclude(status="open").values_list("pk", flat=True)
    expected = Counter(str(key) for key in over)
    return [f"offer {key}: {ends[key]} ends" for key in {*ends, *expected} if ends[key] != expected[key]]


def _left_alone() -> list[str]:
    """Return the referrals that are offered to nobody, or wait with a cascade that nobody wakes."""
    wrong = []
    for referral in Referral.objects.exclude(status="placed"):
        is_offered = referral.offers.filter(status="open").count()
        if is_offered != int(referral.status == "offered"):
            wrong.append(f"{referral} is {referral.status} with {is_offered} open offers")
        cascade = referral.cascades.filter(ended_at=None, next_try_at=None, stuck_at=None)
        if referral.status == "queued" and cascade.exists():
            wrong.append(f"{referral} waits for a cascade that sleeps")
    return wrong


def measure(
    *, referrals: int, processes: int, seconds: float, kill_every: float = 0.25
) -> tuple[Figure, list[str]]:
    """Run the crowd over what was made, settle, and say what is wrong."""
    began = time.monotonic()
    killed = run(processes=processes, seconds=seconds, kill_every=kill_every)
    settle()
    wrong = faults()
    placed = Referral.objects.filter(status="placed").count()
    took = round(time.monotonic() - began, 1)
    offers = Offer.objects.count()
    return Figure(referrals, processes, killed, took, offers, placed, len(wrong)), wrong


# --- the claim ------------------------------------------------------------------------------------

BARE = """
SELECT id FROM referrals_cascade WHERE next_try_at <= now() AND stuck_at IS NULL
 ORDER BY next_try_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
"""
MOVE = "UPDATE referrals_cascade SET next_try_at = next_try_at + interval '2 hours' WHERE id = %s"


def measure_claims(rows: int, *, rounds: int = 4) -> Claims:
    """Claim the rows of the line one by one, by turns as the worker does and bare; return both paces.

    Turn by turn on the same rows: what else the machine does, and what earlier claims left in the table,
    slows both alike. The pace is that of the claim in the middle.
    """
    ways: tuple[Callable[[], bool], ...] = (
        lambda: CASCADES.claim(at=timezone.now()) is not None,
        _claim_bare,
    )
    took: tuple[list[float], ...] = ([], [])
    for _ in range(rounds):
        past = timezone.now() - timedelta(minutes=1)
        Cascade.objects.filter(ended_at=None).update(**in_line(past))
        for turn in range(rows):
            began = time.perf_counter()
            if not ways[turn % 2]():
                break
            took[turn % 2].append(time.perf_counter() - began)
    line, bare = (1 / median(each) for each in took)
    return Claims(rows, round(line), round(bare), round(line / bare, 2))


@transaction.atomic
def _claim_bare() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        row = cursor.fetchone()
        if row:
            cursor.execute(MOVE, row)
    return row is not None
