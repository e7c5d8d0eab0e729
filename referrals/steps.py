"""What comes next on the way from triage to a signed engagement, or to another organization."""

import uuid
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Subquery

from cases.models import Case, Status
from cases.rules.next import ANSWER, ENGAGE, GIVE, NEXT_RECEIVER, OFFER, RECEIVER, REFER, NextThing
from referrals.models import (
    CAME_BACK,
    Assignment,
    HandOver,
    HandOverStatus,
    Offer,
    OfferStatus,
    Referral,
    ReferralStatus,
)


def placing_step(*, is_referred: bool, answer_by: date | None, is_taken: bool, on: date) -> NextThing:
    """Return the next step of a triaged case that nobody represents yet.

    What waits for us is due today; what waits for an attorney's answer is due when the offer runs out.
    """
    if is_taken:
        return NextThing(ENGAGE, on)
    if answer_by:
        return NextThing(ANSWER, answer_by)
    return NextThing(OFFER if is_referred else REFER, on)


def steps(cases: list[Case], on: date) -> dict[uuid.UUID, NextThing]:
    """Return the next step of each case that nobody represents yet: {case id: step}.

    What another organization answered comes before what waits here.
    """
    placing = [case for case in cases if case.triaged_at and case.status != Status.REPRESENTED]
    offices = {case.pk: case.office for case in placing}
    placed = {
        pk: placing_step(
            is_referred=is_referred,
            answer_by=offices[pk].today(until) if until else None,
            is_taken=is_taken,
            on=on,
        )
        for pk, is_referred, until, is_taken in _placements(placing)
    }
    return placed | handing_steps(cases, on)


def handing_steps(cases: list[Case], on: date) -> dict[uuid.UUID, NextThing]:
    """Return the next step of each case that another organization is asked about, by its newest hand-over."""
    by_id = {case.pk: case for case in cases if case.status != Status.REPRESENTED}
    newest = HandOver.objects.filter(case__in=by_id).order_by("case", "-asked_at").distinct("case")
    told = {}
    for one in newest.only("case", "status", "expires_at", "seen_at"):
        if step := handing_step(one, by_id[one.case_id], on=on):
            told[one.case_id] = step
    return told


def handing_step(one: HandOver, case: Case, *, on: date) -> NextThing | None:
    """Return what the newest hand-over of a case asks for, or None where it asks for nothing."""
    if one.status == HandOverStatus.ACCEPTED:
        return NextThing(GIVE, on)
    if one.status in CAME_BACK and one.seen_at is None:
        return NextThing(NEXT_RECEIVER, on)
    if one.status == HandOverStatus.ASKED and one.expires_at:
        return NextThing(RECEIVER, max(case.office.today(one.expires_at), on))
    return None


def _placements(cases: list[Case]) -> list[tuple[uuid.UUID, bool, datetime | None, bool]]:
    """Return (case id, is it in a queue, until when an offer is open, is it taken), in one statement."""
    of_case = {"case": OuterRef("pk")}
    live = Referral.objects.filter(**of_case).exclude(status=ReferralStatus.RETURNED)
    asked = Offer.objects.filter(referral__case=OuterRef("pk"), status=OfferStatus.OPEN)
    rows = Case.objects.filter(pk__in=[case.pk for case in cases]).annotate(
        is_referred=Exists(live),
        answer_by=Subquery(asked.values("expires_at")[:1]),
        is_taken=Exists(Assignment.objects.filter(**of_case, ended_at=None)),
    )
    return list(rows.values_list("pk", "is_referred", "answer_by", "is_taken")) if cases else []
