"""Close a case with its reason, by two people where it is urgent; and open it again."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.access import holders_of, is_caseworker_of
from cases.ending import end_case, lock_open
from cases.looking import look_ahead
from cases.models import LIVE, Case, Closing, ClosingReason, Status
from cases.queries import cases_of, caseworkers_of
from cases.seconds import SecondPerson, SupervisorFirst, second_people
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from screening.models import Band

# A case with a live date within so many days is closed by two people.
NEAR = timedelta(days=30)
# What the rest of the file does not say by itself.
NEEDS_WORDS = (ClosingReason.OTHER,)
Tries = Callable[[Case], int]
_tries: list[Tries] = []


class AlreadyAsked(Refused):
    status = 409
    message = _("Somebody asked already for this case to be closed. It waits for a second person.")


class HeldByOthers(Refused):
    status = 409
    message = _(
        "Meanwhile somebody took the case, or gave it back. Look who holds it now; close it if that is still"
        " right."
    )


class NotAsked(Refused):
    status = 409
    message = _("Nobody asks any more for this case to be closed.")


class WordsNeeded(Refused):
    message = _("Say in the note why it is closed.")


class TriesNeeded(Refused):
    message = _(
        "Silence alone closes nothing: write down in the contact log what was tried, when and by which way."
    )


class BadEnd(Refused):
    message = _("This cannot have ended on a day that has not come.")


class NotClosed(Refused):
    status = 409
    message = _("This case is open.")


class TheirOwnWord(Refused):
    message = _("The person asked us to stop. It goes on only when they ask for help again, with a new form.")


def tries_are_counted_by(tries: Tries) -> Tries:
    """Let an app above count the tries since the person of a case was last reached."""
    if tries not in _tries:
        _tries.append(tries)
    return tries


@transaction.atomic
def ask_to_close(
    case: Case,
    *,
    reason: str,
    ended_on: date,
    note: str,
    papers_returned: bool,
    held_by: str | None = None,
    by: User,
    at: datetime,
) -> Closing:
    """Close a case, or where it is urgent, or its attorney asks, leave that to a second person.

    `held_by` is who held it on the page that was read (`code_of`). Raises HeldByOthers where that is
    not so any more; Forbidden for whoever neither works on the case nor holds it; AlreadyAsked; WordsNeeded;
    TriesNeeded where nobody can be reached and nobody tried; BadEnd; CaseOver once it is over; NotAsked
    never.
    """
    if not is_caseworker_of(by, case) and by not in holders_of(case):
        raise Forbidden
    lock_open(case.pk)
    case.refresh_from_db(fields=["band", "legal_hold"])
    if held_by is not None and held_by != code_of(holders_of(case)):
        raise HeldByOthers
    if asked_closing(case):
        raise AlreadyAsked
    if reason in NEEDS_WORDS and not note.strip():
        raise WordsNeeded
    if reason == ClosingReason.UNREACHABLE and not sum(tries(case) for tries in _tries):
        raise TriesNeeded
    if ended_on > case.office.today(at):
        raise BadEnd
    closing = Closing.objects.create(
        **case.matter.columns,
        case=case,
        reason=reason,
        ended_on=ended_on,
        note=note,
        papers_returned=papers_returned,
        needs_second=needs_second(case, by=by, on=case.office.today(at)),
        asked_by=by,
        asked_at=at,
    )
    if closing.needs_second:
        record("cases.closing_asked", case, by=by, at=at, data={"reason": str(reason)})
    else:
        _close(closing, by=by, at=at)
    return closing


@transaction.atomic
def confirm_closing(closing: Closing, *, by: User, at: datetime) -> None:
    """Close a case for which somebody else asked: any other caseworker, of an urgent one a supervisor first.

    Raises Forbidden; SecondPerson; SupervisorFirst; NotAsked; CaseOver.
    """
    if not is_caseworker_of(by, closing.case):
        raise Forbidden
    lock_open(closing.case_id)
    if closing.asked_by_id == by.pk:
        raise SecondPerson
    if by not in closers(closing, on=closing.case.office.today(at)):
        raise SupervisorFirst
    _close(closing, by=by, at=at)


@transaction.atomic
def drop_closing(closing: Closing, *, by: User, at: datetime) -> None:
    """Take back that a case is to be closed. Raises Forbidden for a stranger to it; NotAsked."""
    if not is_caseworker_of(by, closing.case) and closing.asked_by_id != by.pk:
        raise Forbidden
    _decide(closing, dropped_by=by, dropped_at=at)
    record("cases.closing_dropped", closing.case, by=by, at=at)


@transaction.atomic
def reopen_case(case: Case, *, why: str, by: User, at: datetime) -> None:
    """Open a case again: it is triaged anew. No access, offer or message comes back.

    Raises Forbidden for whoever is no caseworker of it; NotClosed; TheirOwnWord where its person withdrew.
    """
    if not is_caseworker_of(by, case):
        raise Forbidden
    if case.is_open:
        raise NotClosed
    case.intake.refresh_from_db(fields=["status"])
    if case.intake.status == "withdrawn":
        raise TheirOwnWord
    last = case.closings.filter(closed_at__isnull=False, reopened_at=None).order_by("-closed_at").first()
    if last:
        last.reopened_by, last.reopened_at, last.why_reopened = by, at, why
        last.save(update_fields=["reopened_by", "reopened_at", "why_reopened"])
    fresh: dict[str, Any] = {"closed_at": None, "told_at": None, "told_by": None, "told_how": ""}
    fresh |= {"triaged_at": None, "triaged_by": None, "caseworker": by}
    Case.LIFE.move(case, Status.IN_TRIAGE, by=by, event="cases.reopened", **fresh)
    look_ahead(case, at=at)


def code_of(holders: Iterable[User]) -> str:
    """Return who holds a case as a page may carry it: a yes or a return meanwhile makes it another."""
    return ",".join(str(pk) for pk in sorted(one.pk for one in holders))


def asked_closing(case: Case) -> Closing | None:
    """Return what somebody asked for and nobody has decided: that this case is closed."""
    return case.closings.filter(closed_at=None, dropped_at=None).select_related("asked_by", "case").first()


def closers(closing: Closing, *, on: date) -> list[User]:
    """Return who may close a case for which somebody asked: of an urgent one a supervisor first."""
    if is_urgent(closing.case, on=on):
        return second_people(closing.case, asked_by=closing.asked_by_id)
    return [one for one in caseworkers_of(closing.case.office) if one.pk != closing.asked_by_id]


def closings_for(user: User, *, at: datetime) -> list[Closing]:
    """Return what somebody else asks to close and waits for this person to look, the oldest first."""
    asked = Closing.objects.filter(case__in=cases_of(user), closed_at=None, dropped_at=None)
    listed = asked.select_related("case__office", "asked_by").order_by("asked_at")
    return [one for one in listed if user in closers(one, on=one.case.office.today(at))]


def needs_second(case: Case, *, by: User, on: date) -> bool:
    """Tell whether somebody else looks before a case is closed that this person asks to close."""
    return not is_caseworker_of(by, case) or is_urgent(case, on=on)


def is_urgent(case: Case, *, on: date) -> bool:
    """Tell whether two people close it: critical, under a hold, or with a date that may still be missed."""
    near = case.deadlines.filter(status__in=LIVE, date__gte=on, date__lte=on + NEAR)
    return case.band == Band.CRITICAL or case.legal_hold or near.exists()


def _decide(closing: Closing, **how: Any) -> None:
    """Note how a closing was decided, once. Raises NotAsked where it was already."""
    if not Closing.objects.filter(pk=closing.pk, closed_at=None, dropped_at=None).update(**how):
        raise NotAsked


def _close(closing: Closing, *, by: User, at: datetime) -> None:
    case = closing.case
    _decide(closing, closed_by=by, closed_at=at)
    case.refresh_from_db(fields=["status", "closed_at"])
    end_case(
        case,
        Status.CLOSED,
        event="cases.closed",
        by=by,
        at=at,
        ends_representation=True,
        data={"reason": str(closing.reason)},
    )
