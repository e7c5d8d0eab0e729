"""Try a change of the screening rules over past intakes. Nothing is saved."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import visible_to
from cases.models import Case
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role, User
from foundation.badges import Badge
from foundation.files.receiving import receives_in_memory
from foundation.forms import posted
from screening.codes import WORDS
from screening.data import tables
from screening.forms import SimulatorForm
from screening.models import Band, Outcome
from screening.simulation import Simulation, Turned, simulate

SHOWN = 200


@receives_in_memory
@staff(Role.ADMINISTRATOR, Role.CASEWORKER)
def simulator(request: StaffRequest) -> HttpResponse:
    """Show the form; with a change, show who would come out differently, without names."""
    user = request.user
    form = SimulatorForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form, "settings": tables().settings, "ruleset": tables().ruleset}
    if not form.is_bound:
        return render(request, "workspace/simulator.html", context)
    if not form.is_valid():
        return render(request, "workspace/simulator.html", context, status=422)
    today = request.office.today(timezone.now())
    simulation = simulate(request.office.pk, form.cleaned_data["change"], on=today)
    return render(request, "workspace/simulator.html", {**context, **_result(simulation, user)})


def _result(simulation: Simulation, user: User) -> dict[str, Any]:
    return {
        "simulation": simulation,
        "rows": rows_of(simulation.turned[:SHOWN], user),
        "shown": min(len(simulation.turned), SHOWN),
        "comparisons": [
            Comparison(_("By outcome"), _("Outcome"), bars(Outcome, simulation.outcomes)),
            Comparison(_("By urgency"), _("Urgency"), bars(Band, simulation.bands)),
        ],
    }


@dataclass(frozen=True)
class Bar:
    """How many intakes come out one way, now and with the change; `most` is the longest bar of all."""

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


def bars(choices: type[TextChoices], counts: Iterable[tuple[str, int, int]]) -> list[Bar]:
    """Return the bars of (choice, now, then), all on one scale."""
    bars_of = list(counts)
    most = max((max(now, then) for _name, now, then in bars_of), default=0) or 1
    return [Bar(str(choices(name).label), now, then, most) for name, now, then in bars_of]


@dataclass(frozen=True)
class TurnedRow:
    """An intake that comes out differently; `then` is None where that part stays. No name is shown.

    `case` and `reference` are empty where the reader may not see the case.
    """

    case: uuid.UUID | None
    reference: str
    outcome: str
    outcome_then: str | None
    band: Badge
    band_then: Badge | None
    gained: list[tuple[str, Any]]
    lost: list[tuple[str, Any]]


def rows_of(turned: list[Turned], user: User) -> list[TurnedRow]:
    """Return the rows of the table: the case's reference, and what differs, in words."""
    cases = visible_to(user).filter(intake__in=[changed.intake for changed in turned])
    by_intake = {case.intake_id: case for case in cases}
    return [_row(changed, by_intake.get(changed.intake)) for changed in turned]


def _row(turned: Turned, case: Case | None) -> TurnedRow:
    before, after, differs = turned.before, turned.after, turned.differs
    return TurnedRow(
        case=case.pk if case else None,
        reference=case.reference if case else "",
        outcome=str(Outcome(before.outcome).label),
        outcome_then=str(Outcome(after.outcome).label) if differs.outcome else None,
        band=Band(before.band).badge,
        band_then=Band(after.band).badge if differs.band else None,
        gained=[(code, WORDS.get(code, code)) for code in differs.gained],
        lost=[(code, WORDS.get(code, code)) for code in differs.lost],
    )
