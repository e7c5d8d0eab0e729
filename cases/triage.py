"""What a person decides about a screening and its case: urgency, track, outcome; or that it is declined."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import rules
from cases.access import may_rescreen, may_triage
from cases.closing import is_urgent
from cases.ending import end_case, lock_open
from cases.looking import look_ahead
from cases.models import Case, Note, SecondLook, Status, Step
from cases.seconds import ask_second, done_by_two, let_go
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.refused import Forbidden, Refused
from screening.actions import review_screening
from screening.models import Band, Screening
from screening.queries import latest_screening


class ReasonNeeded(Refused):
    message = _("Say why you depart from the screening.")


class ScreenedSince(Refused):
    status = 409
    message = _("It was screened again since this was asked. Refuse it: whoever asked reads it anew.")


class HandOffNeeded(Refused):
    message = _("This is urgent: hand the person over to another organization instead of declining.")


@transaction.atomic
def take_case(case: Case, *, by: User) -> None:
    """Make someone the caseworker of a case that has none."""
    if Case.objects.filter(pk=case.pk, caseworker=None).update(caseworker=by):
        case.caseworker = by
        record("cases.taken", case, by=by)


@transaction.atomic
def triage_case(
    case: Case,
    *,
    screening: uuid.UUID,
    track: str,
    band: str,
    outcome: str,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Record a person's decision on urgency, track and outcome.

    A band below the machine's, or another outcome, needs a reason. Only a person lowers a band, and below
    critical only two: it stays critical until the second has looked. Raises Stale if `screening`, the one
    the person read, is no longer the newest, ReasonNeeded, and CaseOver. Raises Forbidden for whoever may
    not triage it.
    """
    if not may_triage(by, case):
        raise Forbidden
    read = _newest(case, read=screening)
    band = _decide(case, read, band=band, outcome=outcome, reason=reason, by=by, at=at)
    changes = {"track": track, "band": band, "triaged_at": at, "triaged_by": by}
    Case.objects.filter(pk=case.pk).update(**changes)
    for name, value in changes.items():
        setattr(case, name, value)
    take_case(case, by=by)
    look_ahead(case, at=at)
    record("cases.triaged", case, by=by, at=at, data={"track": track, "band": band, "outcome": outcome})


def _newest(case: Case, *, read: uuid.UUID) -> Screening:
    """Hold the case, so that it is not screened again meanwhile, and return the screening that was read."""
    lock_open(case.pk)
    newest = latest_screening(case.intake)
    if newest.pk != read:
        raise Stale
    return newest


def _decide(
    case: Case, screening: Screening, *, band: str, outcome: str, reason: str, by: User, at: datetime
) -> str:
    """Keep what a person made of a screening, and return the band that holds from now on.

    A lower band or another outcome needs a reason; one below critical waits for a second person.
    """
    lowered = rules.more_urgent(screening.band, band) or rules.more_urgent(case.band, band)
    if (lowered or outcome != screening.outcome) and not reason.strip():
        raise ReasonNeeded
    asked = {"band": band, "outcome": outcome, "reason": reason, "screening": str(screening.pk)}
    if case.band == Band.CRITICAL and band != Band.CRITICAL:
        ask_second(case, Step.LOWER, details=asked, by=by, at=at)
        band = Band.CRITICAL
    else:
        let_go(case, Step.LOWER, at=at)  # what was asked before: the newest look at it counts
    review_screening(screening, outcome=outcome, band=band, reason=reason, by=by, at=at)
    return band


@done_by_two(Step.LOWER)
def lower_band(look: SecondLook, details: dict[str, Any], *, by: User, at: datetime) -> None:
    """Lower the urgency as somebody else asked. Raises ScreenedSince where they read an older screening."""
    newest = latest_screening(look.case.intake)
    if str(newest.pk) != details["screening"]:
        raise ScreenedSince
    kept = {"outcome": details["outcome"], "band": details["band"], "reason": details["reason"]}
    review_screening(newest, **kept, by=by, at=at)
    _set_band(look.case, details["band"], by=by, at=at)


def _set_band(case: Case, band: str, *, by: User, at: datetime) -> None:
    if band != case.band:
        record("cases.band_set", case, by=by, at=at, data={"from": case.band, "to": band})
        Case.objects.filter(pk=case.pk).update(band=band)
        case.band = band


@transaction.atomic
def review_case(
    case: Case, *, screening: uuid.UUID, outcome: str, band: str, reason: str, by: User, at: datetime
) -> None:
    """Confirm a triaged case's newest screening or depart from it; set its urgency, down only with a reason.

    Below critical it comes only once a second person has looked. Raises Stale if `screening`, the one the
    person read, is no longer the newest, ReasonNeeded, and CaseOver. Raises Forbidden for whoever may not
    screen it.
    """
    if not may_rescreen(by, case):
        raise Forbidden
    newest = _newest(case, read=screening)
    band = _decide(case, newest, band=band, outcome=outcome, reason=reason, by=by, at=at)
    _set_band(case, band, by=by, at=at)


@transaction.atomic
def decline_case(case: Case, *, reason: str, by: User, at: datetime) -> None:
    """Decline a case in triage: a critical one is handed over instead, an urgent one waits for a second.

    Raises Forbidden for whoever may not triage it; ReasonNeeded without one; HandOffNeeded for a critical
    case, which is handed to somebody first; CaseOver once it is over.
    """
    if not may_triage(by, case):
        raise Forbidden
    if not reason.strip():
        raise ReasonNeeded(_("Say why the case is declined."))
    screening = latest_screening(case.intake)
    if "URGENT_REFERRAL" in screening.codes or case.band == Band.CRITICAL:
        raise HandOffNeeded
    if is_urgent(case, on=case.office.today(at)):
        lock_open(case.pk)
        ask_second(case, Step.DECLINE, details={"reason": reason}, by=by, at=at)
    else:
        _decline(case, reason, author=by, by=by, at=at)


@done_by_two(Step.DECLINE)
def decline_by_two(look: SecondLook, details: dict[str, Any], *, by: User, at: datetime) -> None:
    """Decline an urgent case as somebody asked. Raises HandOffNeeded where it became critical; CaseOver."""
    if look.case.band == Band.CRITICAL:
        raise HandOffNeeded
    _decline(look.case, details["reason"], author=look.asked_by, by=by, at=at)


def _decline(case: Case, reason: str, *, author: User, by: User, at: datetime) -> None:
    Note.objects.create(**case.matter.columns, case=case, author=author, text=reason, written_at=at)
    end_case(case, Status.DECLINED, event="cases.declined", by=by, at=at)
