"""Run the rules over every open case: with figures somebody tries, and once by itself after rules changed."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from cases.models import Case, RulesMove, RulesRun, RunKind
from cases.queries import caseworkers_of
from cases.rescreening import differing, or_mark, rescreen_case
from cases.stamp import figures_of, stamps
from cases.trying import Pair, summary_of, try_change
from foundation.accounts.models import Office, OfficeChange, Role, User
from foundation.accounts.office import OWN_FIGURES
from foundation.events.ledger import record
from foundation.refused import Forbidden
from foundation.work.models import DONE
from foundation.work.nudging import wake
from notifications.actions import notify_user
from screening.data import tables
from screening.models import Why
from screening.queries import latest_screenings
from screening.simulation import Change, changed_tables

RULES_RUNS = "rules"  # the line of runs: work.py
BY_RULES = "system:rules"
BATCH = 200
TRIES_KEPT = timedelta(days=30)
STAFF = (Role.CASEWORKER, Role.ADMINISTRATOR)


@transaction.atomic
def start_try(*, settings: dict[str, Any], files: dict[str, str], by: User, at: datetime) -> RulesRun:
    """Put other figures in line to be tried over every open case of someone's office.

    `settings` are of the rule set, `files` {name: text} of its data files, both checked by the form. Raises
    Forbidden to anyone but caseworkers and administrators.
    """
    if by.office is None or not by.has_role(*STAFF):
        raise Forbidden
    run = _start(by.office, RunKind.TRY, at=at, asked_by=by, settings=settings, files=files)
    record("cases.rules_tried", run, by=by, at=at)
    return run


@transaction.atomic
def note_changed_rules(*, at: datetime) -> int:
    """Put a run in line for each office that has not seen these rules, or its own figures; return how many.

    An office's first run finds everything as it was kept.
    """
    here = stamps()
    newest = RulesRun.objects.filter(office=OuterRef("pk"), kind=RunKind.CHANGE).order_by("-asked_at")
    known = Office.objects.annotate(
        code=Coalesce(Subquery(newest.values("code")[:1]), Value("")),
        figures=Coalesce(Subquery(newest.values("figures")[:1]), Value("")),
    )
    behind = [
        office
        for office in known
        if (office.code, office.figures) != (here.code, figures_of(office.own_figures))
    ]
    for office in behind:
        _start(office, RunKind.CHANGE, at=at)
    return len(behind)


def _start(office: Office, kind: RunKind, *, at: datetime, **values: Any) -> RulesRun:
    here = stamps()
    run = RulesRun.objects.create(
        office=office,
        kind=kind,
        asked_at=at,
        on=office.today(at),
        code=here.code,
        figures=figures_of(office.own_figures),
        ruleset=tables().ruleset,
        there_are=_open_cases(office.pk).count(),
        next_try_at=at,
        **values,
    )
    wake(RULES_RUNS)
    return run


def _open_cases(office_id: int) -> QuerySet[Case]:
    return Case.objects.filter(office=office_id, closed_at=None)


@transaction.atomic
def waiting_offices() -> set[int]:
    """Return the offices whose cases a change of the rules still has to go through: by id."""
    waiting = RulesRun.objects.filter(kind=RunKind.CHANGE, next_try_at__isnull=False)
    return set(waiting.values_list("office", flat=True))


# --- the worker's side ----------------------------------------------------------------------------


def run_through(run: RulesRun) -> None:
    """Go through all open cases from where the run stands; what is done stays done if the worker dies."""
    step = partial(_try_batch, _change_of(run)) if run.kind == RunKind.TRY else _change_batch
    while True:
        with transaction.atomic():
            run = RulesRun.objects.select_related("office").get(pk=run.pk)
            cases = _next(run)
        if not cases:
            return
        step(run, cases)


def _change_of(run: RulesRun) -> Change:
    """Return the figures a run tries, read once for all its cases."""
    files = {name: text.encode() for name, text in run.files.items()}
    return Change(changed_tables(files), run.settings, own=run.office.own_figures)


def _next(run: RulesRun) -> list[Case]:
    """Return the next cases of a run, in the order of their keys."""
    cases = _open_cases(run.office_id).select_related("office", "intake").order_by("pk")
    return list((cases.filter(pk__gt=run.last) if run.last else cases)[:BATCH])


@transaction.atomic
def _try_batch(change: Change, run: RulesRun, cases: list[Case]) -> None:
    """Compare some cases, and keep which would come out differently."""
    pairs = list(try_change(cases, change, on=run.on))
    RulesMove.objects.bulk_create(
        [
            _move(run, pair.case, summary_of(pair.now), summary_of(pair.then))
            for pair in pairs
            if pair.is_different
        ],
        ignore_conflicts=True,
    )
    _go_on(run, cases, counts=_added(run.counts, pairs))


def _change_batch(run: RulesRun, cases: list[Case]) -> None:
    """Screen again what comes out differently, each case in a transaction of its own, and list it."""
    why, now = why_of(run), timezone.now()
    for case in differing([case.pk for case in cases], at=now):
        or_mark(case, partial(_follow, run, case, why=why), by=BY_RULES, at=now)
    _note_overtaken(run, cases)
    _go_on(run, cases, counts={})


@transaction.atomic
def _follow(run: RulesRun, case: Case, *, why: Why) -> None:
    before = latest_screenings([case.intake_id])[case.intake_id]
    changed = rescreen_case(case, by=BY_RULES, at=timezone.now(), why=why)
    if changed.screening or changed.dates:
        move = _move(run, case, summary_of(before), summary_of(changed.screening or before))
        move.dates = len(changed.dates)
        RulesMove.objects.bulk_create([move], ignore_conflicts=True)


@transaction.atomic
def _note_overtaken(run: RulesRun, cases: list[Case]) -> None:
    """List the cases that something else screened first, with the new figures: they moved as well."""
    since = _figures_since(run)
    intakes = {case.intake_id: case for case in cases}
    before, after = latest_screenings(intakes, before=since), latest_screenings(intakes)
    moves = [
        _move(run, intakes[intake], summary_of(before[intake]), summary_of(screening))
        for intake, screening in after.items()
        if intake in before and summary_of(before[intake]) != summary_of(screening)
    ]
    RulesMove.objects.bulk_create(moves, ignore_conflicts=True)  # what the run itself moved is listed already


def _figures_since(run: RulesRun) -> datetime:
    """Return since when an office screens with a run's figures: from a moment before the run."""
    applied = OfficeChange.objects.filter(
        office=run.office_id, applied_at__lte=run.asked_at, fields__has_any_keys=OWN_FIGURES
    )
    earlier = _run_before(run)
    if earlier:
        applied = applied.filter(applied_at__gt=earlier.asked_at)
    first: datetime | None = applied.aggregate(Min("applied_at"))["applied_at__min"]
    return first or run.asked_at


@transaction.atomic
def why_of(run: RulesRun) -> Why:
    """Return what changed since the run before: the code of the rules, or their figures alone."""
    last = _run_before(run)
    return Why.FIGURES if last and last.code == run.code else Why.RULES


def _run_before(run: RulesRun) -> RulesRun | None:
    earlier = RulesRun.objects.filter(office=run.office_id, kind=RunKind.CHANGE, asked_at__lt=run.asked_at)
    return earlier.order_by("-asked_at").first()


def _move(run: RulesRun, case: Case, before: dict[str, Any], after: dict[str, Any]) -> RulesMove:
    return RulesMove(**case.matter.columns, run=run, case=case, before=before, after=after)


def _added(counts: dict[str, Any], pairs: Iterable[Pair]) -> dict[str, Any]:
    """Add how cases come out, now and then, to what was counted so far."""
    added: dict[str, dict[str, list[int]]] = {}
    for name in ("outcome", "band"):
        now = Counter(getattr(pair.now, name) for pair in pairs)
        then = Counter(getattr(pair.then, name) for pair in pairs)
        before = counts.get(name, {})
        added[name] = {
            value: [before.get(value, [0, 0])[0] + now[value], before.get(value, [0, 0])[1] + then[value]]
            for value in {*before, *now, *then}
        }
    return added


@transaction.atomic
def _go_on(run: RulesRun, cases: list[Case], *, counts: dict[str, Any]) -> None:
    """Note how far the run has come; of two workers that went through the same cases the first counts."""
    rows = RulesRun.objects.filter(pk=run.pk).filter(Q(last=run.last) if run.last else Q(last=None))
    rows.update(last=cases[-1].pk, looked_at=F("looked_at") + len(cases), counts=counts)


def finish(run: RulesRun, _result: None) -> None:
    """Note that a run is through, and tell the caseworkers of cases that came out differently."""
    now = timezone.now()
    RulesRun.objects.filter(pk=run.pk).update(finished_at=now, **DONE)
    run.refresh_from_db()
    if run.kind == RunKind.TRY:
        return
    moved = run.moves.count()
    record("cases.rules_changed", run, by=BY_RULES, at=now, data={"moved": moved})
    for user in caseworkers_of(run.office) if moved else ():
        notify_user(user, kind="rules_changed", link=run.get_absolute_url(), at=now)


# --- a caseworker's side --------------------------------------------------------------------------


@transaction.atomic
def note_read(moves: QuerySet[RulesMove], *, by: User, at: datetime) -> int:
    """Note that someone has read how cases came out after a change; return how many were new to all.

    Raises Forbidden to anyone but caseworkers.
    """
    if not by.has_role(Role.CASEWORKER):
        raise Forbidden
    return moves.filter(read_at=None, run__kind=RunKind.CHANGE).update(read_by=by, read_at=at)


@transaction.atomic
def forget_old_tries(*, before: datetime) -> int:
    """Delete tries that nobody needs any more, with what would have moved; return how many."""
    old = RulesRun.objects.filter(kind=RunKind.TRY, asked_at__lt=before)
    deleted: tuple[int, dict[str, int]] = old.delete()
    return deleted[1].get("cases.RulesRun", 0)
