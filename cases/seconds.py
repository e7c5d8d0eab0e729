"""Steps for which two people are needed: who can be the second, and what they decide (ADR 49).

A supervisor is the second where the office has one besides whoever asked; else any other caseworker. What
protects a person never waits: a ring-fence and a hold act at once, and a second looks at them after.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.access import is_caseworker_of, visible_to
from cases.ending import lock_case
from cases.models import Case, Decision, SecondLook
from conflicts.access import kept_off
from foundation.accounts.away import away_now
from foundation.accounts.models import Membership, Office, Role, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.vault.opening import open_one

Do = Callable[..., None]
_steps: dict[str, Do] = {}


class SecondPerson(Refused):
    message = _("Somebody else must look at this first.")


class SupervisorFirst(Refused):
    message = _("A supervisor looks at this. The page says who.")


class Decided(Refused):
    status = 409
    message = _("This was decided or taken back meanwhile.")


def done_by_two(step: str) -> Callable[[Do], Do]:
    """Say what is done once a second person agrees: `do(look, details, by=, at=)`; it may refuse."""

    def wrap(do: Do) -> Do:
        _steps[step] = do
        return do

    return wrap


# --- who can be the second -------------------------------------------------------------------------


def second_people(case: Case, *, asked_by: int) -> list[User]:
    """Return who can be the second person for a case: supervisors, or where there is none other caseworkers.

    Nobody who asked for it, who cannot sign in, or who is kept off the case; who is away only where everybody
    else is.
    """
    others = list(_caseworkers(case.office).exclude(user=asked_by).exclude(user__in=kept_off(case.matter_id)))
    away = away_now(case.office, on=case.office.today(timezone.now()))
    here = [one for one in others if one.user_id not in away] or others
    supervisors = [one.user for one in here if Role.SUPERVISOR in one.roles]
    return supervisors or [one.user for one in here]


def _caseworkers(office: Office) -> Any:
    members = Membership.objects.filter(
        office=office, roles__contains=[Role.CASEWORKER], user__is_active=True
    )
    return members.select_related("user").order_by("user__name")


def check_second(case: Case, *, asked_by: int, by: User) -> None:
    """Raise Forbidden, SecondPerson or SupervisorFirst for whoever cannot be the second person."""
    if not is_caseworker_of(by, case) or not visible_to(by).filter(pk=case.pk).exists():
        raise Forbidden
    if asked_by == by.pk:
        raise SecondPerson
    if by not in second_people(case, asked_by=asked_by):
        raise SupervisorFirst


# --- a step is asked for, or was taken -------------------------------------------------------------


@transaction.atomic
def ask_second(case: Case, step: str, *, details: dict[str, Any], by: User, at: datetime) -> SecondLook:
    """Leave a step to a second person; what was asked of the same kind before is taken back."""
    before = SecondLook.objects.filter(case=case, step=step, decided_at=None)
    before.update(decided_by=by, decided_at=at, decision=Decision.DROPPED)
    look = _write(case, step, details=details, by=by, at=at)
    record("cases.second_asked", case, by=by, at=at, data={"step": str(step), "look": str(look.pk)})
    return look


@transaction.atomic
def note_done(case: Case, step: str, *, details: dict[str, Any], by: User, at: datetime) -> SecondLook:
    """Note that something was done at once at which a second person is to look after."""
    look = _write(case, step, details=details, by=by, at=at)
    record("cases.look_asked", case, by=by, at=at, data={"step": str(step), "look": str(look.pk)})
    return look


def _write(case: Case, step: str, *, details: dict[str, Any], by: User, at: datetime) -> SecondLook:
    return SecondLook.objects.create(
        **case.matter.columns, case=case, step=step, details=details, asked_by=by, asked_at=at
    )


# --- the second decides ----------------------------------------------------------------------------


@transaction.atomic
def confirm_step(look: SecondLook, *, by: User, at: datetime) -> None:
    """Do what somebody else asked for, or say that one looked at what they did.

    Raises Forbidden, SecondPerson and SupervisorFirst for whoever cannot be the second; Decided where that
    is over; and what the step itself refuses: nothing is done then, and it goes on waiting.
    """
    case = look.case
    check_second(case, asked_by=look.asked_by_id, by=by)
    lock_case(case.pk)
    decision = Decision.DONE if look.waits else Decision.SEEN
    _decide(look, decision, by=by, at=at)
    if look.waits:
        case.refresh_from_db(fields=["status", "band", "closed_at", "legal_hold"])
        details = open_one(look, "details", purpose="second person").details
        _steps[look.step](look, details, by=by, at=at)


@transaction.atomic
def refuse_step(look: SecondLook, *, by: User, at: datetime) -> None:
    """Say that what somebody else asked for is not to be done.

    Raises Forbidden, SecondPerson and SupervisorFirst for whoever cannot be the second; Decided.
    """
    check_second(look.case, asked_by=look.asked_by_id, by=by)
    if not look.waits:
        raise Decided
    _decide(look, Decision.REFUSED, by=by, at=at)


@transaction.atomic
def drop_step(look: SecondLook, *, by: User, at: datetime) -> None:
    """Take back what one asked for. Raises Forbidden for whoever did not; Decided."""
    if look.asked_by_id != by.pk or not look.waits:
        raise Forbidden
    _decide(look, Decision.DROPPED, by=by, at=at)


def _decide(look: SecondLook, decision: Decision, *, by: User, at: datetime) -> None:
    open_still = SecondLook.objects.filter(pk=look.pk, decided_at=None)
    if not open_still.update(decided_by=by, decided_at=at, decision=decision):
        raise Decided
    data = {"step": look.step, "decision": str(decision), "asked_by": look.asked_by_id}
    record("cases.second_decided", look.case, by=by, at=at, data=data)


def let_go(case: Case, step: str, *, at: datetime) -> None:
    """Let go what waits of this kind for a case: nobody asks for it any more."""
    waits = SecondLook.objects.filter(case=case, step=step, decided_at=None)
    waits.update(decided_at=at, decision=Decision.DROPPED)


def open_looks(user: User) -> list[SecondLook]:
    """Return the steps of the cases someone sees that wait for them as the second person, the oldest first.

    And what was done at which they are to look.
    """
    cases = visible_to(user)
    looks = SecondLook.objects.filter(case__in=cases, decided_at=None).exclude(asked_by=user)
    listed = looks.select_related("case__office", "asked_by").order_by("asked_at")
    return [one for one in listed if user in second_people(one.case, asked_by=one.asked_by_id)]
