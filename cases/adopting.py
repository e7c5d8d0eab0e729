"""Make figures that somebody tried the office's own: from a day on, on record, and to be undone."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import RulesRun, RunKind
from cases.stamp import figures_of, stamps
from foundation.accounts.models import Office, OfficeChange, Role, User
from foundation.accounts.office_changes import change_office
from foundation.refused import Forbidden, Refused

# What stands in the office where a figure is the program's again.
EMPTY = {"service_area": [], "tps_only": ""}


class NotToAdopt(Refused):
    message = _("Only settings can be taken over, from a try that is done. Files change with the program.")


class FiguresMoved(Refused):
    status = 409
    message = _(
        "The figures changed since this was tried, so what it shows is no longer what would happen."
        " Try it again, then take it over."
    )


@transaction.atomic
def adopt_try(run: RulesRun, *, by: User, at: datetime, starts_on: date | None = None) -> OfficeChange | None:
    """Make what was tried the office's own figures, at once or from a day on; None where they are already.

    Open cases follow by themselves once it holds (cases/runs.py). Raises Forbidden for whoever is no
    administrator of the office; NotToAdopt; FiguresMoved where it was tried over other figures; DayGone;
    ChangedMeanwhile never.
    """
    if not by.has_role(Role.ADMINISTRATOR) or by.office_id != run.office_id:
        raise Forbidden
    if not may_adopt(run):
        raise NotToAdopt
    office = Office.objects.get(pk=run.office_id)
    if not is_fresh(run, office):
        raise FiguresMoved
    own: dict[str, Any] = {
        name: EMPTY.get(name) if value is None else value for name, value in run.settings.items()
    }
    return change_office(office, starts_on=starts_on, by=by, at=at, **own)


def may_adopt(run: RulesRun) -> bool:
    """Tell whether a run is a try of settings alone that came to its end."""
    return run.kind == RunKind.TRY and bool(run.settings) and not run.files and bool(run.finished_at)


def is_fresh(run: RulesRun, office: Office) -> bool:
    """Tell whether a try was made over the rules and figures that stand now."""
    return run.code == stamps().code and run.figures == figures_of(office.own_figures)
