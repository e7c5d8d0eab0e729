"""What the pages of tries and of changed rules show: without names, and only of cases the reader may see."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import Count, Q, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.access import visible_to
from cases.models import RulesMove, RulesRun, RunKind, RunState
from foundation.accounts.models import Office, Role, User
from foundation.accounts.office import OWN_FIGURES
from foundation.accounts.office_words import FIELDS, TPS_ONLY
from foundation.badges import Badge
from screening.codes import WORDS
from screening.data import tables
from screening.forms import SimulatorForm
from screening.models import Band, Outcome
from workspace.rows import BADGE, SOFT, STRONG, Column, Row

SHOWN = 200
NEWEST = 10


@dataclass(frozen=True)
class Bar:
    """How many cases come out one way, now and with the change; `most` is the longest bar of all."""

    label: str
    now: int
    then: int
    most: int


@dataclass(frozen=True)
class Comparison:
    """All ways something can come out, side by side."""

    title: str
    kind: str
    bars: list[Bar]


def bars(choices: type[TextChoices], counts: Mapping[str, Iterable[int]]) -> list[Bar]:
    """Return the bars of {choice: (now, then)} in the order of the choices, all on one scale."""
    known = {name: tuple(counts[name]) for name in choices.values if name in counts}
    most = max((max(pair) for pair in known.values()), default=0) or 1
    return [Bar(str(choices(name).label), now, then, most) for name, (now, then) in known.items()]


@dataclass(frozen=True)
class MoveRow:
    """A case that comes out differently; `then` is None where that part stays. No name is shown.

    `dates` counts its dates that moved. `read_by` is who has read it, "" while nobody has.
    """

    id: uuid.UUID
    case: uuid.UUID
    reference: str
    outcome: str
    outcome_then: str | None
    band: Badge
    band_then: Badge | None
    gained: list[tuple[str, Any]]
    lost: list[tuple[str, Any]]
    dates: int
    read_by: str


@dataclass(frozen=True)
class RunPage:
    """One run: how far it is, what it found; `unread` counts the rows that a caseworker may note as read."""

    id: uuid.UUID
    is_try: bool
    state: Badge
    is_running: bool
    is_done: bool
    on: date
    asked_at: datetime
    asked_by: str
    there_are: int
    looked_at: int
    moved: int
    shown: int
    rows: list[MoveRow]
    comparisons: list[Comparison]
    changed: list[tuple[str, str]]
    unread: int


def run_page(run: RulesRun, user: User) -> RunPage:
    """Return a run as one reader sees it."""
    moves = visible_moves(run, user)
    rows = [
        _row(move) for move in moves.select_related("case", "read_by").order_by("case__reference")[:SHOWN]
    ]
    is_try = run.kind == RunKind.TRY
    notes_read = user.has_role(Role.CASEWORKER) and not is_try
    return RunPage(
        id=run.pk,
        is_try=is_try,
        state=run.state.badge,
        is_running=run.state == RunState.RUNNING,
        is_done=run.state == RunState.DONE,
        on=run.on,
        asked_at=run.asked_at,
        asked_by=run.asked_by.name if run.asked_by else "",
        there_are=max(run.there_are, run.looked_at),
        looked_at=run.looked_at,
        moved=run.moves.count(),
        shown=len(rows),
        rows=rows,
        comparisons=_comparisons(run) if is_try else [],
        changed=_changed(run),
        unread=moves.filter(read_at=None).count() if notes_read else 0,
    )


def visible_moves(run: RulesRun, user: User) -> Any:
    """Return what moved of the cases this reader may see."""
    return run.moves.filter(case__in=visible_to(user))


def _changed(run: RulesRun) -> list[tuple[str, str]]:
    """Return what was tried, in the words of its form; a file has no value."""
    fields = SimulatorForm.base_fields
    settings = [(str(fields[name].label), _value(value)) for name, value in run.settings.items()]
    return [*settings, *((name, "") for name in run.files)]


def _value(value: Any) -> str:
    if value is None:
        return _("as the program has it")
    return " ".join(value) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class FigureShown:
    """A figure of the rules as the office works with it; `program` is the program's where it is its own."""

    label: Any
    value: str
    program: str


def figures_shown(office: Office) -> list[FigureShown]:
    """Return the figures that an office may set itself, as they stand today."""
    own, program = office.own_figures, tables().settings
    return [
        FigureShown(
            FIELDS[name],
            _figure(name, own.get(name, program.get(name))),
            _figure(name, program.get(name)) if name in own else "",
        )
        for name in OWN_FIGURES
    ]


def _figure(name: str, value: Any) -> str:
    if value is None:
        return _("none")
    if name == "tps_only":
        return str(TPS_ONLY[value])
    words = {"auto_pct": "{} %", "max_pct": "{} %", "asset_cap": "${:,}"}
    return words[name].format(value) if name in words else " ".join(value)


def _comparisons(run: RulesRun) -> list[Comparison]:
    outcomes, bands = run.counts.get("outcome", {}), run.counts.get("band", {})
    return [
        Comparison(_("By outcome"), _("Outcome"), bars(Outcome, outcomes)),
        Comparison(_("By urgency"), _("Urgency"), bars(Band, bands)),
    ]


def _row(move: RulesMove) -> MoveRow:
    before, after = move.before, move.after
    outcomes = [str(Outcome(part["outcome"]).label) for part in (before, after)]
    bands = [Band(part["band"]).badge for part in (before, after)]
    gained = [code for code in after["codes"] if code not in before["codes"]]
    lost = [code for code in before["codes"] if code not in after["codes"]]
    return MoveRow(
        id=move.pk,
        case=move.case_id,
        reference=move.case.reference,
        outcome=outcomes[0],
        outcome_then=outcomes[1] if outcomes[0] != outcomes[1] else None,
        band=bands[0],
        band_then=bands[1] if bands[0] != bands[1] else None,
        gained=[(code, WORDS.get(code, code)) for code in gained],
        lost=[(code, WORDS.get(code, code)) for code in lost],
        dates=move.dates,
        read_by=move.read_by.name if move.read_by else "",
    )


@dataclass(frozen=True)
class RunRow(Row):
    """A run in the list of those before."""

    day: Annotated[str, Column(STRONG)]
    what: Annotated[str, Column(SOFT)]
    state: Annotated[Badge, Column(BADGE, at_end=True)]


def newest_runs(user: User) -> list[RunRow]:
    """Return the office's newest runs with something to read, newest first."""
    runs = RulesRun.objects.filter(office=user.office).annotate(moved=Count("moves"))
    worth_reading = runs.filter(Q(kind=RunKind.TRY) | Q(moved__gt=0)).select_related("asked_by")
    return [_run_row(run) for run in worth_reading.order_by("-asked_at")[:NEWEST]]


def _run_row(run: Any) -> RunRow:
    found = ngettext("%(n)d case differs", "%(n)d cases differ", run.moved) % {"n": run.moved}
    who = run.asked_by.name if run.asked_by else str(gettext_lazy("The rules changed"))
    return RunRow(
        address=run.get_absolute_url(),
        day=run.on.isoformat(),
        what=f"{who} · {found}",
        state=run.state.badge,
    )


@dataclass(frozen=True)
class Changed:
    """After the rules changed: how many cases came out differently and were read by nobody, and where."""

    address: str
    unread: int


def changed_rules(user: User) -> list[Changed]:
    """Return, newest first, each change of the rules whose cases a caseworker still has to read."""
    unread = RulesMove.objects.filter(run__kind=RunKind.CHANGE, read_at=None, case__in=visible_to(user))
    counts = unread.values("run").annotate(n=Count("pk")).order_by()
    by_run = dict(counts.values_list("run", "n"))
    runs = RulesRun.objects.filter(pk__in=by_run, finished_at__isnull=False).order_by("-asked_at")
    return [Changed(run.get_absolute_url(), by_run[run.pk]) for run in runs]
