"""What may be asked of the ledger in its address."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office
from foundation.events.registry import everyday, kinds
from foundation.filters import Filter, FilterForm

# What an event is about, by the first part of its name.
AREAS = {
    "accounts": _("People and the office"),
    "cases": _("Cases"),
    "casework": _("Tasks, calls, appointments"),
    "conflicts": _("Names"),
    "directory": _("Other help"),
    "evidence": _("Library"),
    "files": _("Files"),
    "intake": _("Forms"),
    "letters": _("Letters"),
    "notifications": _("Messages"),
    "operations": _("The installation"),
    "packets": _("Court packets"),
    "referrals": _("Referrals and offers"),
    "screening": _("Screening"),
    "vault": _("Keys and readings"),
}
DAYS = {"1": _("today"), "7": _("last 7 days"), "30": _("last 30 days"), "365": _("last 12 months")}


def _areas() -> Iterator[tuple[str, Any]]:
    known = {name.partition(".")[0] for name in kinds()}
    yield from ((code, words) for code, words in AREAS.items() if code in known)


def _people(office: Office) -> Iterator[tuple[str, Any]]:
    """Yield who may have done it: the people of the office, an applicant, a job of ours."""
    members = office.memberships.select_related("user").order_by("user__name")
    yield from ((f"user:{one.user_id}", one.user.name) for one in members)
    yield from (("applicant", _("the applicant")), ("system", _("the system")))


def _by(rows: QuerySet[Any], who: str) -> QuerySet[Any]:
    if who == "system":
        return rows.filter(actor__startswith="system")
    return rows.filter(actor=who) if who else rows


def _within(rows: QuerySet[Any], days: str, today: date) -> QuerySet[Any]:
    if not days:
        return rows
    first = today - timedelta(days=int(days) - 1)
    return rows.filter(at__gte=datetime.combine(first, datetime.min.time(), get_current_timezone()))


class LedgerForm(FilterForm):
    """The filters of the ledger; what comes all day long is left out where nobody asks for it."""

    area = Filter(
        label=_("About"),
        choices=_areas,
        narrow=lambda rows, area: rows.filter(name__startswith=f"{area}.") if area else rows,
    )
    who = Filter(label=_("Who"), of_office=_people, narrow=_by)
    days = Filter(label=_("When"), choices=list(DAYS.items()), narrow_on=_within)
    all = Filter(
        label=_("With what comes all day long"),
        choices=[("yes", _("Yes"))],
        narrow=lambda rows, chosen: rows if chosen else rows.exclude(name__in=everyday()),
    )
    at = forms.CharField(required=False, max_length=400)
