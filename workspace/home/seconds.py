"""Steps that wait for somebody as the second person, or that a colleague did and they look at."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.closing import closings_for
from cases.models import Closing, SecondLook
from cases.seconds import open_looks
from foundation.accounts.models import User
from workspace.listing import case_address
from workspace.rows import CODE, DAY, SOFT, STRONG, Column, Row


@dataclass(frozen=True)
class ForSecond(Row):
    """A step that waits for this person as the second, or was done and they look after."""

    step: Annotated[str, Column(STRONG)]
    reference: Annotated[str, Column(CODE)]
    asked_by: Annotated[str, Column(SOFT, at_end=True)]
    since: Annotated[date, Column(DAY, at_end=True)]


def for_second(user: User) -> list[ForSecond]:
    """Return the steps that wait for someone as the second person, closings among them, the oldest first."""
    asked: list[tuple[datetime, str, Closing | SecondLook]]
    asked = [(one.asked_at, str(_("Close the case")), one) for one in closings_for(user, at=timezone.now())]
    asked += [(one.asked_at, str(one.get_step_display()), one) for one in open_looks(user) if one.waits]
    return [_for_second(words, one) for _at, words, one in sorted(asked, key=lambda each: each[0])]


def to_look_at(user: User) -> list[ForSecond]:
    """Return what was done at once and someone is to look at as the second person."""
    return [_for_second(str(one.get_step_display()), one) for one in open_looks(user) if not one.waits]


def _for_second(words: str, one: Closing | SecondLook) -> ForSecond:
    case = one.case
    since = case.office.today(one.asked_at)
    return ForSecond(case_address(case.pk), words, case.reference, one.asked_by.name, since)
