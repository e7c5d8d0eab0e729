"""Reads over referrals, offers and practitioners."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from cases.facts import Known, known_of, screening_facts_of
from cases.models import LIVE, Case, Track
from cases.words import DEADLINES
from conflicts.models import Party, PartyRole
from conflicts.queries import names_of as parties_named
from foundation.accounts.models import Office, User
from foundation.badges import Badge
from foundation.calendar import PartialDate
from foundation.countries import country_name
from foundation.vault.opening import open_many, open_one
from intake.models import Applicant
from intake.queries import NAME, full_name
from intake.told import HELD
from intake.words import spoken_words
from referrals import rules
from referrals.models import (
    CAME_BACK,
    Assignment,
    HandOver,
    HandOverStatus,
    Offer,
    OfferStatus,
    Practitioner,
    Referral,
    ReferralStatus,
    Trained,
)
from screening.models import Band
from screening.queries import latest_screening

# What a row of the panel is shown with.
BESIDE = ("user", "verified_by", "cover_verified_by", "office", "firm", "mentor__user")


def panel_of(office: Office) -> QuerySet[Practitioner]:
    """Return an office's practitioners by name, each with `live`, how many cases they hold."""
    return shown_with(Practitioner.objects.filter(office=office))


def shown_with(people: QuerySet[Practitioner]) -> QuerySet[Practitioner]:
    """Return practitioners by name, each with what a row of them shows."""
    live = Count("assignments", filter=Q(assignments__ended_at=None), distinct=True)
    noted = Trained.objects.filter(dropped_at=None).select_related("training").order_by("training__name")
    rows = people.select_related(*BESIDE).prefetch_related(Prefetch("trained", noted, to_attr="trainings"))
    return rows.annotate(live=live).order_by("user__name")


def need_of(case: Case, *, on: date) -> rules.Need:
    """Return what a case asks of a practitioner: in the person's own language, not that of the page."""
    return needs_of([case], on=on, purpose="matching")[case.pk]


def needs_of(cases: list[Case], *, on: date, purpose: str) -> dict[uuid.UUID, rules.Need]:
    """Return what each of these cases asks of a practitioner or a queue, {case id: need}."""
    known = known_of(cases, purpose=purpose)
    return {case.pk: need_from(case, known[case.pk], on=on) for case in cases}


def need_from(case: Case, known: Known, *, on: date) -> rules.Need:
    """Return what a case asks of a practitioner or a queue, by what is open of it already."""
    facts = screening_facts_of(known, on=on)
    return rules.Need(
        known.answers.get("spoken_language") or "",
        case.country,
        case.track,
        state=facts.court_state or facts.state or "",
        is_held=facts.custody in HELD,
        band=case.band,
        is_child=None if facts.age is None else facts.age < 18,
    )


# What an offer tells before the names: nothing that says who it is.
SHOWN_DATES = ("individual_hearing", "master_hearing", "oyd_operative", "notice_due", "rfe")
HIDDEN_CODES = {"CONFLICT_POSSIBLE", "NOTARIO"}


def summary_for(case: Case, *, on: date) -> dict[str, Any]:
    """Return the anonymous summary of a case as an offer keeps it: codes and dates, no words."""
    screening = latest_screening(case.intake)
    identity = open_one(case.applicant, "birth_date", purpose="offer summary")
    ahead = case.deadlines.filter(key__in=SHOWN_DATES, date__gte=on, status__in=LIVE)
    return {
        "track": case.track,
        "band": case.band,
        "language": need_of(case, on=on).language,
        "country": case.country,
        "adult": is_adult(identity.birth_date, on=on),
        "gates": screening.gates,
        "codes": [code for code in screening.codes if code not in HIDDEN_CODES],
        "dates": [{"key": d.key, "name": d.name, "date": str(d.date)} for d in ahead],
    }


@dataclass(frozen=True)
class DateAhead:
    """A date of the summary: its name in the reader's language, and the day."""

    label: str
    date: date


@dataclass(frozen=True)
class Summary:
    """What a practitioner learns before asking for names, in words."""

    track: Any
    band: Badge
    language: str
    country: str
    adult: bool | None
    codes: list[str]
    dates: list[DateAhead]


def summary_of(offer: Offer) -> Summary:
    """Open an offer's summary and put it into words."""
    kept = open_one(offer, "summary", purpose="offer").summary
    return Summary(
        track=Track(kept["track"]).label,
        band=Band(kept["band"]).badge,
        language=spoken_words(kept["language"]),
        country=kept["country"],
        adult=kept["adult"],
        codes=kept["codes"],
        dates=[DateAhead(_label(d), date.fromisoformat(d["date"])) for d in kept["dates"]],
    )


def is_adult(birth_date: str, *, on: date) -> bool | None:
    """Tell whether someone is 18 or over on a day, or None when the birth date is too vague."""
    if not birth_date:
        return None
    born = PartialDate.parse(birth_date)
    if on.year - born.year >= 19:
        return True
    return (on.year - born.year, on.month, on.day) >= (18, born.month or 12, born.day or 31)


CHECK = "conflict check of an offer"


@dataclass(frozen=True)
class Named:
    """Somebody who is named in an offered case, and as what: no more is for a conflict check."""

    name: str
    role: str


def names_of(offer: Offer) -> list[Named]:
    """Open everybody named in an offered case, the person and their other names first.

    The database gives the others to whoever asked for the names, while the offer is open (ADR 62).
    """
    applicant = Applicant.objects.get(matter_id=offer.matter_id)
    identity = open_one(applicant, *NAME, "other_names", purpose=CHECK)
    asked = "SELECT * FROM sec.named_in_offer(%s)"
    opened = parties_named(list(Party.objects.raw(asked, [offer.pk])), purpose=CHECK)
    person, other = str(PartyRole.APPLICANT.label), str(PartyRole.OTHER_NAME.label)
    own = [Named(full_name(identity), person)]
    own += [Named(name, other) for name in identity.other_names.splitlines() if name.strip()]
    known = {one.name.casefold() for one in own}
    others = sorted({(str(one.role), one.name) for one in opened.values()})
    rest = [
        Named(name, role)
        for role, name in others
        if role not in (person, other) or name.casefold() not in known
    ]
    return [*own, *rest]


def names_on_file(case: Case) -> list[str]:
    """Open every name of a matter, for comparing: of the person, of their family, of whomever they named."""
    identity = open_one(case.applicant, *NAME, "other_names", purpose="hand-over summary")
    parties = Party.objects.filter(matter_id=case.matter_id, user=None, removed_at=None)
    named = parties_named(list(parties), purpose="hand-over summary", shown=False)
    own = [full_name(identity), identity.other_names]
    return [name for name in (*own, *(one.name for one in named.values())) if name]


def way_to_receiver(hand_over_id: uuid.UUID, at: datetime) -> str:
    """Return where the link of a hand-over may be mailed now; "" once nothing is asked any more."""
    asked = HandOver.objects.filter(pk=hand_over_id, status=HandOverStatus.ASKED, expires_at__gt=at)
    one = asked.select_related("organization").first()
    return one.organization.email if one and one.organization else ""


@dataclass(frozen=True)
class OpenOffer:
    """An open offer as a list shows it: `words` and `next_date` say what may be said without a name."""

    id: uuid.UUID
    band: Badge
    expires_at: datetime
    words: str
    next_date: str


def open_offers(user: User) -> list[OpenOffer]:
    """Return the offers waiting for this practitioner's answer, the one that runs out first on top."""
    waiting = Offer.objects.filter(user=user, status=OfferStatus.OPEN, expires_at__gt=timezone.now())
    offers = list(waiting.order_by("expires_at"))
    opened = open_many(offers, "summary", purpose="offers")
    return [_open_offer(offer, opened[offer.pk].summary) for offer in offers]


def _open_offer(offer: Offer, kept: dict[str, Any]) -> OpenOffer:
    parts = (
        country_name(kept["country"]) if kept["country"] else "",
        spoken_words(kept["language"]) if kept["language"] else "",
        str(Track(kept["track"]).label),
    )
    first = min(kept["dates"], key=lambda one: str(one["date"]), default=None)
    words = f"{date_format(date.fromisoformat(first['date']))} · {_label(first)}" if first else ""
    said = " · ".join(part for part in parts if part)
    return OpenOffer(offer.pk, Band(kept["band"]).badge, offer.expires_at, said, words)


def _label(kept: dict[str, Any]) -> str:
    return str(DEADLINES.get(kept["key"], kept["name"]))


def assignments_of(user: User) -> QuerySet[Assignment]:
    """Return the person's live assignments, newest first."""
    return (
        Assignment.objects.filter(user=user, ended_at=None)
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


def answered_hand_overs(cases: QuerySet[Case]) -> list[HandOver]:
    """Return the hand-overs of cases that wait for a caseworker: a yes first, then what came back."""
    newest = HandOver.objects.filter(case__in=cases.filter(closed_at=None).order_by()).select_related("case")
    rows = newest.order_by("case", "-asked_at").distinct("case")
    waiting = [one for one in rows if one.status == HandOverStatus.ACCEPTED or _came_back(one)]
    return sorted(waiting, key=lambda one: one.status != HandOverStatus.ACCEPTED)


def _came_back(one: HandOver) -> bool:
    return one.status in CAME_BACK and one.seen_at is None


def ended_assignment(user: User, case_id: uuid.UUID) -> Assignment | None:
    """Return the newest assignment of a case that somebody held once and does not any more, or None."""
    ended = Assignment.objects.filter(user=user, case_id=case_id, ended_at__isnull=False)
    return ended.select_related("office", "offer__offered_by").order_by("-ended_at").first()


def waiting_referrals(user: User) -> QuerySet[Referral]:
    """Return the office's referrals nobody has been asked about yet, oldest first."""
    return (
        Referral.objects.filter(office=user.office, status=ReferralStatus.QUEUED)
        .select_related("case__applicant", "queue")
        .order_by("referred_at")
    )
