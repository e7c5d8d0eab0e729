"""The cases somebody is the caseworker of, and how they go to a colleague."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import WAITING, Case, SecondLook
from cases.queries import caseworkers_of
from conflicts.access import kept_off
from foundation.accounts.holdings import Holding, holding
from foundation.accounts.models import Membership, Role, User
from foundation.events.ledger import record
from notifications.actions import notify_user

CASES = "cases"


@holding
def cases_held(user: User) -> Holding:
    return Holding(
        CASES,
        Role.CASEWORKER,
        _("Open cases as caseworker"),
        _open_cases(user).count(),
        _("They go to the colleague below; where you choose nobody, every caseworker is told."),
        takers=Role.CASEWORKER,
        suggested=least_busy(user),
    )


@holding
def steps_asked(user: User) -> Holding:
    asked = SecondLook.objects.filter(asked_by=user, decided_at=None, step__in=WAITING)
    return Holding(
        "steps",
        "",  # they keep nobody from giving up a role
        _("Steps that wait for a second person"),
        asked.count(),
        _("They stay as they were asked: another person still decides."),
    )


def _open_cases(user: User) -> Any:
    return Case.objects.filter(caseworker=user, closed_at=None)


def least_busy(user: User) -> int | None:
    """Return the other caseworker of an office with the fewest open cases, or None."""
    if user.office is None:
        return None
    others = [one.pk for one in caseworkers_of(user.office) if one.pk != user.pk]
    held = Case.objects.filter(caseworker__in=others, closed_at=None).values_list("caseworker")
    counts = dict(held.annotate(n=Count("pk")).order_by())
    return min(others, key=lambda pk: (counts.get(pk, 0), pk), default=None)


@transaction.atomic
def hand_cases_over(user_id: int, *, to: int | None, by: str, at: datetime) -> int:
    """Give somebody's open cases to a colleague, or to nobody in particular; return how many.

    A colleague who is no caseworker there any more, or cannot sign in, counts as nobody, and so does one who
    is kept off a case: then every caseworker is told.
    """
    cases = list(Case.objects.select_for_update().filter(caseworker=user_id, closed_at=None))
    if not cases:
        return 0
    office = cases[0].office_id
    can = Membership.objects.filter(
        user=to, office=office, roles__contains=[Role.CASEWORKER], user__is_active=True
    ).exclude(user=user_id)
    taker = next((one.user for one in can.select_related("user")), None)
    takers = {case.pk: taker if taker and taker.pk not in _kept_off(case) else None for case in cases}
    for case in cases:
        Case.objects.filter(pk=case.pk).update(caseworker=(new := takers[case.pk]))
        record("cases.handed_over", case, by=by, at=at, data={"from": user_id, "to": new and new.pk})
    told = {taker} if taker and all(takers.values()) else set(caseworkers_of(cases[0].office))
    for one in sorted(told, key=lambda user: user.pk):
        notify_user(one, kind="cases_handed_over", link=reverse("workspace:queue"), at=at)
    return len(cases)


def _kept_off(case: Case) -> set[int]:
    return set(kept_off(case.matter_id).values_list("user", flat=True))
