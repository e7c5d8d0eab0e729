"""What stands on the board, and what becomes of it that somebody asks for it (ADR 73)."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases import actions as cases
from cases.codes import COURT, CUSTODY, LANGUAGE, MINOR, STATE, value_of
from cases.granting import call
from cases.models import LIVE, Case
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from intake.data import courts
from intake.told import HELD
from referrals import rules
from referrals.access import is_caseworker_of
from referrals.data import region_by_country
from referrals.models import HowInterestEnded, Interest, Listing, Referral, ReferralStatus
from referrals.summaries import approved_synopsis
from referrals.summary_queries import SHOWN_DATES

KEPT = (
    *("track", "band", "language", "region", "state", "custody", "is_child"),
    *("date_key", "date_from", "date_until", "hours", "brings"),
)
OVER = (ReferralStatus.PLACED, ReferralStatus.RETURNED)


class NotOnBoard(Refused):
    status = 409
    message = _("This is not on your board any more, or you asked for it already.")


class InterestOver(Refused):
    status = 409
    message = _("Nobody asks for this any more: it was taken back or answered meanwhile.")


@transaction.atomic
def say_interest(listing_id: uuid.UUID, *, by: User, at: datetime) -> None:
    """Ask for a case of one's board. Raises NotOnBoard where the database does not let them (any more)."""
    made = Interest(pk=uuid.uuid4(), office=by.office)
    if not call("sec.say_interest(%s, %s)", [listing_id, made.pk]):
        raise NotOnBoard
    record("referrals.interest_said", made, by=by, at=at)


@transaction.atomic
def withdraw_interest(listing_id: uuid.UUID, *, by: User, at: datetime) -> None:
    """Ask for it no more. Raises InterestOver where it had ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.withdraw_interest(%s)", [listing_id])
        row = cursor.fetchone()
    if row is None or row[0] is None:
        raise InterestOver
    record("referrals.interest_withdrawn", Interest(pk=row[0], office=by.office), by=by, at=at)


@transaction.atomic
def decline_interest(interest: Interest, *, why_not: str, by: User, at: datetime) -> None:
    """Tell somebody who asked for a case that it is not offered to them, and why.

    Raises Forbidden for whoever is no caseworker of the case; CaseOver; InterestOver.
    """
    if not is_caseworker_of(by, interest.referral.case):
        raise Forbidden
    cases.lock_open(interest.referral.case_id)
    ended = {"ended_how": HowInterestEnded.DECLINED, "why_not": why_not, "ended_by": by}
    if not _end(interest, event="referrals.interest_declined", by=by, at=at, **ended):
        raise InterestOver


def end_interests(referral: Referral, *, how: str, by: str, at: datetime, **whose: Any) -> int:
    """End that people ask for a referral that was offered to them, or left the board; return how many."""
    live = Interest.objects.filter(referral=referral, ended_at=None, **whose)
    listed = list(live.select_related("referral", "practitioner"))
    return sum(_end(one, event="referrals.interest_ended", by=by, at=at, ended_how=how) for one in listed)


def _end(one: Interest, *, event: str, by: User | str, at: datetime, **ended: Any) -> bool:
    """End one, once; False where somebody was faster."""
    if not Interest.objects.filter(pk=one.pk, ended_at=None).update(ended_at=at, **ended):
        return False
    data = {"case": str(one.referral.case_id), "user": one.practitioner.user_id, "how": ended["ended_how"]}
    record(event, one, by=by, at=at, data=data)
    return True


# --- what the board tells -------------------------------------------------------------------------


@transaction.atomic
def keep_listing(referral: Referral, *, at: datetime) -> None:
    """Keep what the board tells of a waiting referral as the plain codes of its case are now."""
    told = told_of(referral.case, on=referral.office.today(at))
    made, is_new = Listing.objects.get_or_create(
        referral=referral, defaults={**referral.matter.columns, "listed_at": at, **told}
    )
    if not is_new and any(getattr(made, name) != value for name, value in told.items()):
        Listing.objects.filter(pk=made.pk).update(**told)


def told_of(case: Case, *, on: date) -> dict[str, Any]:
    """Return what the board tells of a case. Nothing sealed is opened for it, and no word goes along.

    Always less exactly, whatever number of people is like them: everybody who browses reads it.
    """
    ahead = case.deadlines.filter(key__in=SHOWN_DATES, status__in=LIVE, date__gte=on).order_by("date")
    first = ahead.first()
    days = {first.key: rules.Window(first.date, first.date)} if first and first.date else {}
    exact = rules.Shown(case.country, "", "", _state(case.codes), days)
    shown = rules.coarsened(exact, met=0, regions=region_by_country())
    custody, approved = value_of(case.codes, CUSTODY), approved_synopsis(case)
    return {
        "track": case.track,
        "band": case.band,
        "language": value_of(case.codes, LANGUAGE),
        "region": shown.region,
        "state": shown.state,
        "custody": custody if custody in (*HELD, "no") else "",
        "is_child": _is_child(value_of(case.codes, MINOR)),
        **_date(shown.days),
        "hours": approved.hours if approved else "",
        "brings": list(approved.brings) if approved else [],
    }


def _state(codes: Iterable[str]) -> str:
    """Return the state of the court, or where the person is."""
    court = value_of(codes, COURT)
    return next((one.state for one in courts() if one.code == court), value_of(codes, STATE))


def _is_child(said: str) -> bool | None:
    return None if not said else said != "no"


def _date(days: Mapping[str, rules.Window]) -> dict[str, Any]:
    for key, window in days.items():
        return {"date_key": key, "date_from": window.first, "date_until": window.last}
    return {"date_key": "", "date_from": None, "date_until": None}


def list_forgotten(*, at: datetime) -> None:
    """Put on the board what waits and is not on it, as where an event was lost."""
    with transaction.atomic():
        for referral in _waiting().filter(listing=None):
            keep_listing(referral, at=at)


def _waiting() -> QuerySet[Referral]:
    waiting = Referral.objects.filter(status=ReferralStatus.QUEUED, case__closed_at=None)
    return waiting.select_related("case", "office")


def look_after_board(*, at: datetime) -> None:
    """Keep the board as cases are now, and end what was asked for of referrals that left it meanwhile."""
    with transaction.atomic():
        for referral in _waiting():
            keep_listing(referral, at=at)
        left = Referral.objects.filter(status__in=OVER, interests__ended_at=None, interests__isnull=False)
        for referral in left.distinct():
            end_interests(referral, how=HowInterestEnded.LEFT, by="system:board", at=at)
