"""An office's referrals over simulated time, by the rules the program places them with. Pure.

Referrals arrive, practitioners are asked one after the other and answer as their habits say, and what was
taken ends after a while. Who is asked comes from the ranking; how long each has, from their working time.
What the program cannot know is an assumption and stands in `World`: habits, and how soon a caseworker acts.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from statistics import median, pstdev

from referrals.rules.clock import Hours, add_minutes, minutes_between
from referrals.rules.queues import Need
from referrals.rules.ranking import Candidate, EarlierNo, rank

CASCADE, BY_HAND = "cascade", "by hand"
ASKED_IN_TURN = 8  # how many a caseworker lists in one cascade
HOUR = 60
DAY = 24 * HOUR
MOST = 9  # of ten: the p90


@dataclass(frozen=True)
class Habit:
    """How somebody answers: how often not at all, how often yes, and after how many working minutes."""

    silent: float
    yes: float
    minutes: float


@dataclass(frozen=True)
class Person:
    """A practitioner of the simulation: what the ranking knows of them, when they work, how they answer."""

    candidate: Candidate
    hours: Hours
    habit: Habit


@dataclass(frozen=True)
class Arrival:
    """A referral that comes from triage: when, what it asks for, how many working minutes each has."""

    at: datetime
    need: Need
    minutes: int


@dataclass(frozen=True)
class World:
    """What is simulated. `acts_within`: working minutes in which a caseworker comes back to a referral.

    `holds`: after how many days a case that was taken ends. `wrong_language`: what is left of somebody's yes
    where they need an interpreter.
    """

    arrivals: Sequence[Arrival]
    people: Sequence[Person]
    office: Hours
    until: datetime
    seed: int = 1
    acts_within: int = 16 * HOUR
    holds: int = 150
    wrong_language: float = 0.6


@dataclass(frozen=True)
class Outcome:
    """What came of it. `half` and `most`: days from triage to a yes, for half and for nine of ten.

    Who still waited when the time was over counts in neither, but in `waiting`. `busiest` and `spread`: the
    share of their own places that the busiest took, and how far these shares lie apart.
    """

    way: str
    referrals: int
    placed: int
    waiting: int
    asked: int
    half: float | None
    most: float | None
    busiest: float
    spread: float


@dataclass
class _Referral:
    """One referral under way: who is still to be asked in turn, who answered what, when it was taken."""

    number: int
    arrival: Arrival
    listed: list[int] = field(default_factory=list)
    noes: dict[int, EarlierNo] = field(default_factory=dict)
    asked: int = 0
    taken_at: datetime | None = None


def simulate(world: World, way: str) -> Outcome:
    """Return what comes of the referrals of a world where they are placed in one way."""
    return _Run(world, way).outcome()


class _Run:
    """One run: a line of moments, each with what happens then."""

    def __init__(self, world: World, way: str) -> None:
        self.world, self.way = world, way
        self.people = {one.candidate.id: one for one in world.people}
        self.held = {key: one.candidate.open_cases for key, one in self.people.items()}
        self.waits = dict.fromkeys(self.people, 0)
        self.took = dict.fromkeys(self.people, 0)
        self.referrals = [_Referral(number, one) for number, one in enumerate(world.arrivals)]
        self.line: list[tuple[datetime, int, str, int, int]] = []
        self.count = 0
        for one in self.referrals:
            self._later(self._first_look(one), "begin", one.number)
        if self.referrals:
            self._end_what_is_held(self.referrals[0].arrival.at)

    def outcome(self) -> Outcome:
        while self.line and self.line[0][0] <= self.world.until:
            at, _count, what, number, who = heapq.heappop(self.line)
            getattr(self, f"_{what}")(self.referrals[number], who, at)
        days = sorted(_days(one) for one in self.referrals if one.taken_at)
        shares = [self.took[key] / max(one.candidate.capacity, 1) for key, one in self.people.items()]
        return Outcome(
            way=self.way,
            referrals=len(self.referrals),
            placed=len(days),
            waiting=len(self.referrals) - len(days),
            asked=sum(one.asked for one in self.referrals),
            half=round(median(days), 1) if days else None,
            most=round(days[min(len(days) * MOST // 10, len(days) - 1)], 1) if days else None,
            busiest=round(max(shares, default=0.0), 2),
            spread=round(pstdev(shares), 2) if shares else 0.0,
        )

    def _end_what_is_held(self, begins: datetime) -> None:
        """Let what somebody holds already end one after the other, as far apart as cases do."""
        for key, held in self.held.items():
            dice = Random(repr((self.world.seed, "held", key)))  # noqa: S311  a simulation, no secret
            for _ in range(held):
                days = dice.uniform(0, self.world.holds)
                self._later(begins + timedelta(days=days), "end", 0, key)

    def _later(self, at: datetime, what: str, number: int, who: int = 0) -> None:
        self.count += 1
        heapq.heappush(self.line, (at, self.count, what, number, who))

    def _dice(self, one: _Referral, *more: object) -> Random:
        """Return dice that fall the same for one person and one referral, whichever way it is placed."""
        return Random(repr((self.world.seed, one.number, *more)))  # noqa: S311  a simulation, no secret

    # --- the office -------------------------------------------------------------------------------

    def _first_look(self, one: _Referral) -> datetime:
        return add_minutes(one.arrival.at, 0, self.world.office)

    def _caseworker_acts(self, one: _Referral, at: datetime) -> datetime:
        """Return when a caseworker comes back to a referral that nobody is asked about."""
        minutes = self._dice(one, "caseworker", one.asked).uniform(0, self.world.acts_within)
        return add_minutes(at, round(minutes), self.world.office)

    def _begin(self, one: _Referral, _who: int, at: datetime) -> None:
        """Have a caseworker choose: several to be asked in turn, or the first of the ranking alone."""
        candidates = [self._now(key, one) for key in self.people]
        fitting = [m.candidate_id for m in rank(one.arrival.need, candidates) if m.available]
        one.listed = fitting[: ASKED_IN_TURN if self.way == CASCADE else 1]
        self._next(one, at)

    def _next(self, one: _Referral, at: datetime) -> None:
        """Ask the next who may be asked, or leave it to a caseworker."""
        while one.listed:
            who = one.listed.pop(0)
            if rank(one.arrival.need, [self._now(who, one)])[0].available:
                self._ask(one, who, at)
                return
        self._later(self._caseworker_acts(one, at + timedelta(minutes=1)), "begin", one.number)

    def _now(self, key: int, one: _Referral) -> Candidate:
        held, waits, no = self.held[key], self.waits[key], one.noes.get(key)
        return replace(self.people[key].candidate, open_cases=held, asked=waits, no=no)

    # --- the practitioners ------------------------------------------------------------------------

    def _ask(self, one: _Referral, who: int, at: datetime) -> None:
        person, one.asked = self.people[who], one.asked + 1
        self.waits[who] += 1
        ends = add_minutes(at, one.arrival.minutes, person.hours)
        dice = self._dice(one, who, one.asked if who in one.noes else 0)
        after = dice.expovariate(1 / max(person.habit.minutes, 1.0))
        if dice.random() < person.habit.silent or after >= one.arrival.minutes:
            self._later(ends, "silence", one.number, who)
            return
        chance = person.habit.yes
        if one.arrival.need.language and one.arrival.need.language not in person.candidate.languages:
            chance *= self.world.wrong_language
        says = "yes" if dice.random() < chance else "no"
        self._later(add_minutes(at, round(after), person.hours), says, one.number, who)

    def _yes(self, one: _Referral, who: int, at: datetime) -> None:
        self.waits[who] -= 1
        if self.held[who] >= self.people[who].candidate.capacity:
            self._refused(one, who, "capacity", at)  # filled meanwhile: looked at again when they accept
            return
        self.held[who] += 1
        self.took[who] += 1
        one.taken_at = at
        days = self._dice(one, "holds").uniform(0.5, 1.5) * self.world.holds
        self._later(at + timedelta(days=days), "end", one.number, who)

    def _end(self, _one: _Referral, who: int, _at: datetime) -> None:
        self.held[who] -= 1

    def _no(self, one: _Referral, who: int, at: datetime) -> None:
        self.waits[who] -= 1
        self._refused(one, who, "fit", at)

    def _silence(self, one: _Referral, who: int, at: datetime) -> None:
        self.waits[who] -= 1
        self._refused(one, who, "silent", at)

    def _refused(self, one: _Referral, who: int, why: str, at: datetime) -> None:
        one.noes[who] = EarlierNo(why, at.date())
        if self.way == CASCADE:
            self._next(one, at)
        else:
            self._later(self._caseworker_acts(one, at), "begin", one.number)


def _days(one: _Referral) -> float:
    return (one.taken_at - one.arrival.at).total_seconds() / 86400 if one.taken_at else 0.0


def habit_of(answers: Sequence[tuple[str, datetime, datetime]], hours: Hours) -> Habit:
    """Return how a panel answers, from (end, asked at, decided at) of its offers; few tell nothing."""
    if len(answers) < FEW:
        return USUAL
    said = [minutes_between(asked, decided, hours) for end, asked, decided in answers if end != "expired"]
    silent = 1 - len(said) / len(answers)
    yes = sum(end == "accepted" for end, _asked, _decided in answers) / max(len(said), 1)
    return Habit(round(silent, 2), round(yes, 2), float(max(median(said), 1)) if said else USUAL.minutes)


FEW = 10
USUAL = Habit(silent=0.25, yes=0.45, minutes=6 * HOUR)


def differing(people: Sequence[Person], seed: int) -> Iterator[Person]:
    """Yield people with habits that differ around their own, as those of a panel do; the same each time."""
    for one in people:
        dice = Random(repr((seed, one.candidate.id)))  # noqa: S311  a simulation, no secret
        own = one.habit
        silent = min(own.silent * dice.uniform(0.3, 1.9), 0.9)
        yes = min(own.yes * dice.uniform(0.6, 1.4), 0.95)
        yield replace(one, habit=Habit(silent, yes, own.minutes * dice.uniform(0.4, 1.9)))
