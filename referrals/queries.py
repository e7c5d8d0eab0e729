"""Reads over referrals, offers and practitioners."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Deadline
from foundation.accounts.models import User
from foundation.calendar import PartialDate
from intake.models import Applicant
from intake.words import language_name
from referrals import rules
from referrals.models import Assignment, Offer, OfferStatus, Practitioner, Referral, ReferralStatus
from screening.queries import latest_screening

WORDS: dict[str, Any] = {
    "LANGUAGE": _("speaks the language"),
    "COUNTRY": _("knows the country"),
    "TRACK": _("takes this track"),
    "NO_LANGUAGE": _("needs an interpreter"),
    "NO_COUNTRY": _("new to the country"),
    "NO_TRACK": _("does not usually take this track"),
    "FULL": _("has no room now"),
    "PAUSED": _("has paused offers"),
}


@dataclass(frozen=True)
class Choice:
    """A practitioner as shown to the caseworker who picks one."""

    practitioner: Practitioner
    available: bool
    reasons: list[Any]
    doubts: list[Any]


def practitioners_for(case: Case) -> list[Choice]:
    """Return the office's practitioners, best fit first, with the reasons in words."""
    live = Count("assignments", filter=Q(assignments__ended_at=None))
    rows = Practitioner.objects.filter(office=case.office, user__is_active=True)
    by_id = {row.pk: row for row in rows.select_related("user").annotate(live=live)}
    need = rules.Need(case.applicant.language, case.country, case.track)
    ranked = rules.rank(need, [_candidate(row) for row in by_id.values()])
    return [
        Choice(
            by_id[match.candidate_id],
            match.available,
            [WORDS[code] for code in match.reasons],
            [WORDS[code] for code in match.doubts],
        )
        for match in ranked
    ]


def _candidate(row: Any) -> rules.Candidate:
    return rules.Candidate(
        id=row.pk,
        languages=row.languages,
        countries=row.countries,
        tracks=row.tracks,
        capacity=row.capacity,
        open_cases=row.live,
        accepting=row.accepting,
    )


@dataclass(frozen=True)
class Summary:
    """What a practitioner learns before asking for names: nothing that tells who it is."""

    track: str
    band: str
    band_label: str
    language: str
    country: str
    adult: bool | None
    gates: dict[str, str]
    codes: list[str]
    dates: list[Deadline]


def summary_of(offer: Offer, *, on: date) -> Summary:
    """Return the anonymous summary of an offered case: no name, no birth date, no contact, no story."""
    case = offer.referral.case
    screening = latest_screening(case.intake)
    shown = ("individual_hearing", "master_hearing", "oyd_operative", "notice_due", "rfe")
    return Summary(
        track=case.get_track_display(),
        band=case.band,
        band_label=case.get_band_display(),
        language=language_name(case.applicant.language),
        country=case.country,
        adult=is_adult(case.applicant, on=on),
        gates=screening.gates,
        codes=[code for code in screening.codes if code not in {"CONFLICT_POSSIBLE", "NOTARIO"}],
        dates=[d for d in case.deadlines.all() if d.key in shown and d.date and d.date >= on],
    )


def is_adult(applicant: Applicant, *, on: date) -> bool | None:
    """Tell whether someone is 18 or over on a day, or None when the birth date is too vague."""
    if not applicant.birth_date:
        return None
    born = PartialDate.parse(applicant.birth_date)
    if on.year - born.year >= 19:
        return True
    return (on.year - born.year, on.month, on.day) >= (18, born.month or 12, born.day or 31)


def open_offers(user: User) -> QuerySet[Offer]:
    """Return the offers waiting for this practitioner's answer, the one that runs out first on top."""
    return (
        Offer.objects.filter(practitioner__user=user, status=OfferStatus.OPEN, expires_at__gt=timezone.now())
        .select_related("referral__case__applicant")
        .order_by("expires_at")
    )


def assignments_of(user: User) -> QuerySet[Assignment]:
    """Return the person's live assignments, newest first."""
    return (
        Assignment.objects.filter(practitioner__user=user, ended_at=None)
        .select_related("case__applicant")
        .order_by("-reserved_at")
    )


def live_referral(case: Case) -> Referral | None:
    """Return the case's referral that is queued, offered or placed."""
    return case.referrals.exclude(status=ReferralStatus.RETURNED).select_related("queue").first()


def open_offer(referral: Referral) -> Offer | None:
    return referral.offers.filter(status=OfferStatus.OPEN).select_related("practitioner__user").first()


def live_assignment(case: Case) -> Assignment | None:
    return case.assignments.filter(ended_at=None).select_related("practitioner__user", "offer").first()


def waiting_referrals(user: User) -> QuerySet[Referral]:
    """Return the office's referrals nobody has been asked about yet, oldest first."""
    return (
        Referral.objects.filter(office=user.office, status=ReferralStatus.QUEUED)
        .select_related("case__applicant", "queue")
        .order_by("referred_at")
    )
