"""Run the rules again over an open case: the band may rise by itself, its dates move with their reasons."""

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from cases.access import may_rescreen
from cases.codes import Basis, columns_of, kept_columns
from cases.dates import NewChange, kept_dates, plan_for, set_dates
from cases.facts import deadline_facts_of, known_of, screening_facts_of
from cases.looking import as_kept, asking_person, kept_outlooks, look_ahead, outlook_of, settled_of
from cases.models import Case
from cases.rules import Asked, risen
from cases.rules.next import NextThing
from cases.steps import steps_of
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden
from foundation.vault.keys import opening_keys
from screening.actions import differs, rescreen_intake
from screening.models import Screening, Why
from screening.queries import latest_review, latest_screenings, stood
from screening.rules import assess, config_of

log = logging.getLogger(__name__)
BATCH = 200


@dataclass(frozen=True)
class Rescreened:
    """What screening a case again came to: a new screening if something differs, the dates that changed."""

    screening: Screening | None = None
    dates: tuple[NewChange, ...] = ()


@transaction.atomic
def rescreen_case(case: Case, *, by: Any, at: datetime, why: str = Why.NIGHTLY) -> Rescreened:
    """Screen an open case again and recount its dates; return what changed.

    The band rises by itself where the rules ask for more than a person decided against; it never falls.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("office", "intake", "caseworker")
    case = locked.get(pk=case.pk)
    if not case.is_open:
        return Rescreened()
    today = case.office.today(at)
    known = known_of([case], purpose="rescreen")[case.pk]
    facts = screening_facts_of(known, on=today)
    screening = rescreen_intake(case.intake, facts=facts, on=today, by=by, at=at, why=why)
    if screening:
        _follow(case, screening, on=today, by=by, at=at)
    dates = set_dates(case, known=known, on=today, by=by, at=at)
    look_ahead(case, known=known, at=at)
    if case.rules_failed_at:
        Case.objects.filter(pk=case.pk).update(rules_failed_at=None)
    return Rescreened(screening, tuple(dates))


def or_mark(case: Case, work: Callable[[], object], *, by: str, at: datetime) -> bool:
    """Do the work of a run over many cases for one of them; tell whether that went well.

    A case that the rules cannot be run over is marked for staff, and the next one need not wait for it. The
    mark goes with the next screening that works.
    """
    try:
        with transaction.atomic():
            work()
    except Exception as error:  # noqa: BLE001  whatever it was, a person has to look
        log.warning("rescreen failed case=%s error=%s", case.pk, type(error).__name__)
        mark_failed(case, by=by, at=at)
        return False
    return True


@transaction.atomic
def mark_failed(case: Case, *, by: str, at: datetime) -> None:
    """Note since when the rules cannot be run over an open case; the history says so once."""
    unmarked = Case.objects.filter(pk=case.pk, closed_at=None, rules_failed_at=None)
    if unmarked.update(rules_failed_at=at):
        record("cases.rules_failed", case, by=by, at=at)


def screen_again(case: Case, *, by: User, at: datetime) -> Rescreened:
    """Screen a case again because a caseworker asks for it.

    Raises Forbidden for whoever may not screen it.
    """
    if not may_rescreen(by, case):
        raise Forbidden
    return rescreen_case(case, by=by, at=at, why=Why.ASKED)


def _follow(case: Case, screening: Screening, *, on: date, by: Any, at: datetime) -> None:
    """Let a case follow its newest screening: its score, and its band where that is to rise."""
    band = risen(case.band, now=asked_by(screening), decided=_decided(case))
    changes: dict[str, Any] = {"score": screening.score}
    if band != case.band:
        changes["band"] = band
    Case.objects.filter(pk=case.pk).update(**changes)
    if band != case.band:
        data = {"from": case.band, "to": band, "screening": str(screening.pk), "why": screening.why}
        record("cases.band_raised", case, by=by, at=at, data=data)
    case.band = band


def asked_by(screening: Screening) -> Asked:
    return Asked(screening.band, screening.floors)


def _decided(case: Case) -> Asked | None:
    """Return what the rules asked for when a person last decided about this case, or None."""
    review = latest_review(case.intake)
    return asked_by(review.screening) if review else None


def rescreen_open_cases(
    *, at: datetime, by: str = "system:rescreen", but: Collection[int] = frozenset()
) -> int:
    """Screen every open case of every office again, but for some; return how many came out differently.

    A batch is read and compared at once; only a case that differs gets a transaction, a lock and a
    reading of its own. One that fails is marked for staff and keeps nobody else waiting.
    """
    count = 0
    open_cases = Case.objects.filter(closed_at=None).exclude(office__in=but).order_by("pk")
    with transaction.atomic():
        ids = list(open_cases.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        with opening_keys():
            for case in differing(ids[start : start + BATCH], at=at):
                count += or_mark(case, partial(rescreen_case, case, by=by, at=at), by=by, at=at)
    return count


def differing(ids: list[Any], *, at: datetime) -> list[Case]:
    """Return the cases of a batch that would come out differently, or failed; all if one cannot be opened."""
    with transaction.atomic():
        cases = list(Case.objects.filter(pk__in=ids, closed_at=None).select_related("office", "intake"))
    try:
        with transaction.atomic():
            return list(_compare(cases, at=at))
    except Exception as error:  # noqa: BLE001  then each is tried alone
        log.warning("rescreen batch read alone error=%s", type(error).__name__)
        return cases


def _compare(cases: list[Case], *, at: datetime) -> Iterator[Case]:
    known = known_of(cases, purpose="rescreen")
    latest = latest_screenings(case.intake_id for case in cases)
    before = stood(latest.values(), purpose="rescreen")
    dates = kept_dates(cases, purpose="rescreen")
    ahead, settled = kept_outlooks(cases, purpose="rescreen"), settled_of(cases)
    days = {case.pk: case.office.today(at) for case in cases}
    steps, asking = _steps(cases, days), asking_person(cases)
    for case in cases:
        today = days[case.pk]
        read = screening_facts_of(known[case.pk], on=today)
        result = assess(read, on=today, config=config_of(case.office.own_figures))
        facts = deadline_facts_of(known[case.pk], on=today)
        plan = plan_for(dates[case.pk], facts, orders=known[case.pk].orders, on=today)
        done = settled.get(case.pk, ())
        outlook = outlook_of(case, result.findings, plan.due, done, on=today, step=steps.get(case.pk))
        live = tuple(due for which, due in plan.due.items() if which not in done)
        basis = Basis(known[case.pk], read, result, live, outlook.first, case.pk in asking)
        moved = plan.changed or plan.changes or as_kept(outlook) != ahead[case.pk]
        moved = moved or columns_of(case, basis, on=today) != kept_columns(case)
        if moved or case.rules_failed_at or differs(result, before[latest[case.intake_id].pk]):
            yield case


def _steps(cases: list[Case], days: dict[Any, date]) -> dict[Any, NextThing]:
    """Return the next step of the work of cases, each as of the day it is at its office."""
    steps: dict[Any, NextThing] = {}
    for day in set(days.values()):
        steps.update(steps_of([case for case in cases if days[case.pk] == day], on=day))
    return steps
