"""What a caseworker begins the day with: what to do now, the week, requests, offers, names to decide."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format

from cases.access import visible_to
from cases.queries import asked_wishes
from conflicts.models import HitKind
from conflicts.queries import open_hits, waiting_checks
from foundation.accounts.models import Office, User
from referrals.models import Offer, OfferStatus
from workspace.home.todo import Todo, todo_of
from workspace.home.week import WeekDay, week_of
from workspace.listing import case_address, people_of
from workspace.simulator.queries import Changed, changed_rules
from workspace.when import When
from workspace.work.queries import due

SHOWN = 8


@dataclass(frozen=True)
class Request:
    """What somebody with the receipt asked for, and nobody has decided with the person yet."""

    address: str
    person: str
    words: str
    since: date


@dataclass(frozen=True)
class OfferOut:
    """An offer that an attorney has not answered, and when it runs out."""

    address: str
    reference: str
    to: str
    when: When
    at: str


@dataclass(frozen=True)
class NamesWaiting:
    """How many names wait for a person's decision, of each kind."""

    conflicts: int
    twice: int
    checks: int

    @property
    def any(self) -> bool:
        return bool(self.conflicts or self.twice or self.checks)


@dataclass(frozen=True)
class CaseworkerHome:
    """What a caseworker begins the day with."""

    name: str
    changed: list[Changed]
    todo: list[Todo]
    week: list[WeekDay]
    requests: list[Request]
    offers: list[OfferOut]
    names: NamesWaiting


def caseworker_home(user: User, office: Office, *, at: datetime) -> CaseworkerHome:
    """Return the caseworker's home page, what comes first on top."""
    today = office.today(at)
    return CaseworkerHome(
        name=user.name,
        changed=changed_rules(user),
        todo=todo_of(user, today=today, at=at),
        week=week_of(user, office, today=today),
        requests=_requests(user, office),
        offers=_offers(user, office, today=today, at=at),
        names=NamesWaiting(
            open_hits(user).count(),
            open_hits(user, HitKind.DUPLICATE).count(),
            waiting_checks(user).count(),
        ),
    )


def _requests(user: User, office: Office) -> list[Request]:
    wishes = list(asked_wishes(user)[:SHOWN])
    asking = visible_to(user).filter(intake__in=[wish.intake_id for wish in wishes])
    cases = {case.intake_id: case for case in asking.select_related("applicant")}
    people = people_of(cases.values(), purpose="home")
    return [
        Request(
            address=f"{case_address(cases[wish.intake_id].pk)}#wishes",
            person=people[cases[wish.intake_id].pk],
            words=str(wish.get_kind_display()),
            since=office.today(wish.asked_at),
        )
        for wish in wishes
    ]


def _offers(user: User, office: Office, *, today: date, at: datetime) -> list[OfferOut]:
    """Return the offers that are out, the one that runs out first on top."""
    cases = visible_to(user).order_by().values("pk")
    offers = Offer.objects.filter(status=OfferStatus.OPEN, expires_at__gt=at, referral__case__in=cases)
    return [
        OfferOut(
            address=reverse("workspace:referral", args=[offer.referral.case_id]),
            reference=offer.referral.case.reference,
            to=offer.user.name,
            when=due(office.today(offer.expires_at), today),
            at=date_format(offer.expires_at.astimezone(ZoneInfo(office.time_zone)), "TIME_FORMAT"),
        )
        for offer in offers.select_related("referral__case", "user").order_by("expires_at")[:SHOWN]
    ]
