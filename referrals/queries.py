"""Reads over referrals, offers and practitioners."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from cases.facts import Known, known_of, screening_facts_of
from cases.models import Case
from conflicts.models import Party, PartyRole
from conflicts.queries import names_of as parties_named
from foundation.accounts.models import Office, User
from foundation.vault.opening import open_one
from intake.models import Applicant
from intake.queries import NAME, full_name
from intake.told import HELD
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


def asked_now(case: Case) -> str:
    """Return who is asked now whether they take a case, "" for nobody."""
    asked = Offer.objects.filter(referral__case=case, status=OfferStatus.OPEN)
    one = asked.select_related("practitioner__user").first()
    return str(one.practitioner) if one else ""


def live_assignment(case: Case) -> Assignment | None:
    return assignments_to(case).filter(ended_at=None).first()


def assignments_to(case: Case) -> QuerySet[Assignment]:
    """Return who holds a case and who held it before, the newest end first."""
    beside = ("practitioner__user", "offer__offered_by", "office")
    return case.assignments.select_related(*beside).order_by("-ended_at")


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
