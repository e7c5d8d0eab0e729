"""What waits for a second person, and what was done at which one is to look, as the case page says it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from cases.access import is_caseworker_of
from cases.models import Case, SecondLook, Step
from cases.seconds import second_people
from foundation.accounts.models import User
from foundation.vault.opening import open_many
from screening.models import Band

PURPOSE = "second person"


@dataclass(frozen=True)
class SecondLine:
    """One step that waits, or that was taken and at which somebody is to look.

    `more` is the reason that was given, or whom it is about. `others` could be the second person; empty where
    the office has nobody.
    """

    id: uuid.UUID
    step: str
    more: str
    asked_by: str
    asked_at: dt.datetime
    waits: bool
    others: list[str]
    may_decide: bool
    may_drop: bool


def second_lines(case: Case, user: User) -> list[SecondLine]:
    """Open what waits for a second person of a case, for caseworkers; nothing for others."""
    if not is_caseworker_of(user, case):
        return []
    looks = list(case.second_looks.filter(decided_at=None).select_related("asked_by").order_by("asked_at"))
    opened = open_many(looks, "details", purpose=PURPOSE)
    return [_line(look, opened[look.pk].details, case, user) for look in looks]


def _line(look: SecondLook, details: dict[str, Any], case: Case, user: User) -> SecondLine:
    people = second_people(case, asked_by=look.asked_by_id)
    return SecondLine(
        id=look.pk,
        step=str(look.get_step_display()),
        more=_more(look, details),
        asked_by=look.asked_by.name,
        asked_at=look.asked_at,
        waits=look.waits,
        others=[one.name for one in people],
        may_decide=user in people,
        may_drop=look.waits and look.asked_by_id == user.pk,
    )


def _more(look: SecondLook, details: dict[str, Any]) -> str:
    """Return what a step says besides its name."""
    if look.step == Step.LOWER:
        return f"{Band(details['band']).label}. {details['reason']}"
    if look.step in (Step.FENCED, Step.UNFENCED):
        about = User.objects.filter(pk=details["user"]).first()
        return about.name if about else ""
    return str(details.get("reason", ""))
