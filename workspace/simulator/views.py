"""Try a change of the screening rules over past intakes. Nothing is saved."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_bidi

from cases.access import visible_to
from cases.models import Case
from foundation.accounts.access import StaffRequest, staff
from foundation.accounts.models import Role, User
from foundation.files.receiving import receives_in_memory
from foundation.forms import posted
from screening.codes import WORDS
from screening.data import tables
from screening.forms import SimulatorForm
from screening.models import Band, Outcome
from screening.simulation import Simulation, Turned, simulate
from workspace.simulator.chart import bar_chart

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
    found = simulate(request.office.pk, form.cleaned_data["change"], on=today)
    return render(request, "workspace/simulator.html", {**context, **_result(found, user)})


def _result(found: Simulation, user: User) -> dict[str, Any]:
    rtl = get_language_bidi()
    outcomes = [(Outcome(name).label, now, then) for name, now, then in found.outcomes]
    bands = [(Band(name).label, now, then) for name, now, then in found.bands]
    return {
        "simulation": found,
        "rows": rows_of(found.turned[:SHOWN], user),
        "shown": min(len(found.turned), SHOWN),
        "charts": [
            {"id": "outcomes", "chart": bar_chart(outcomes, rtl=rtl), "rows": outcomes},
            {"id": "bands", "chart": bar_chart(bands, rtl=rtl), "rows": bands},
        ],
    }


def rows_of(turned: list[Turned], user: User) -> list[dict[str, Any]]:
    """Return the rows of the table: the case's reference, and what differs, in words."""
    cases = visible_to(user).filter(intake__in=[one.intake for one in turned])
    by_intake: dict[Any, Case] = {case.intake_id: case for case in cases}
    return [
        {
            "case": by_intake.get(one.intake),
            "outcomes": (Outcome(one.before.outcome).label, Outcome(one.after.outcome).label),
            "bands": (_band(one.before.band), _band(one.after.band)),
            "differs": one.differs,
            "gained": [(code, WORDS.get(code, code)) for code in one.differs.gained],
            "lost": [(code, WORDS.get(code, code)) for code in one.differs.lost],
        }
        for one in turned
    ]


def _band(band: str) -> tuple[str, Any]:
    return band, Band(band).label
