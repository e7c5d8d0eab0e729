"""Hearings: written down with their hour, judge and court; their day goes into the facts of the case."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from cases.actions import write_facts
from cases.facts import learned_of
from cases.models import Case, CaseFacts
from casework.actions.holding import Settled, hold
from casework.models import Hearing, Held, Interpreter
from foundation.accounts.models import User
from foundation.events.ledger import record

IS_OVER = (Held.HELD, Held.PUT_OFF, Held.CANCELLED, Held.MISTAKE)  # the facts name this day no more


@transaction.atomic
def note_hearing(
    case: Case,
    *,
    kind: str,
    starts_at: datetime,
    court: str = "",
    judge: str = "",
    by_video: bool = False,
    interpreter: str = Interpreter.NOT_NEEDED,
    by: User,
    at: datetime,
) -> Hearing:
    """Write down a hearing; its day becomes a fact of the case, and its dates are counted again.

    Raises Forbidden; CaseOver; Stale where somebody writes facts at the same moment.
    """
    hold(case, by)
    hearing = Hearing.objects.create(
        **case.matter.columns,
        case=case,
        kind=kind,
        court=court,
        judge=judge,
        starts_at=starts_at,
        by_video=by_video,
        interpreter=interpreter,
        noted_by=by,
        noted_at=at,
    )
    _write(case, {kind: day_of(hearing), "in_proceedings": True}, by=by, at=at)
    record("casework.hearing_noted", case, by=by, at=at, data={"hearing": str(hearing.pk), "kind": str(kind)})
    return hearing


@transaction.atomic
def end_hearing(hearing: Hearing, *, outcome: str, outcome_note: str = "", by: User, at: datetime) -> None:
    """Write down what came of a hearing. One that is over is no day ahead any more; a missed one stays.

    Raises Forbidden; CaseOver; Settled; Stale where somebody writes facts at the same moment.
    """
    hold(hearing.case, by)
    fresh = Hearing.objects.select_for_update(of=("self",)).get(pk=hearing.pk)
    if fresh.outcome:
        raise Settled
    fresh.outcome, fresh.outcome_note, fresh.ended_by, fresh.ended_at = outcome, outcome_note, by, at
    fresh.save(update_fields=["outcome", "outcome_note", "ended_by", "ended_at"])
    if outcome in IS_OVER:
        learned = learned_of([hearing.case], purpose="hearing").get(hearing.case_id, {})
        if learned.get(hearing.kind) == day_of(hearing):
            _write(hearing.case, {hearing.kind: None}, by=by, at=at)
    data = {"hearing": str(hearing.pk), "outcome": str(outcome)}
    record("casework.hearing_ended", hearing.case, by=by, at=at, data=data)


def day_of(hearing: Hearing) -> str:
    """Return the day of a hearing where its office is, as the facts keep it."""
    return hearing.starts_at.astimezone(ZoneInfo(hearing.case.office.time_zone)).date().isoformat()


def _write(case: Case, changes: dict[str, Any], *, by: User, at: datetime) -> None:
    """Write facts beside those that are known."""
    newest = CaseFacts.objects.filter(case=case).order_by("-written_at").first()
    learned = learned_of([case], purpose="hearing").get(case.pk, {})
    write_facts(case, values={**learned, **changes}, seen=newest.pk if newest else None, by=by, at=at)
