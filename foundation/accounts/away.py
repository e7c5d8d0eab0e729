"""When somebody is away, and who covers: they say it, or an administrator or a supervisor for them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.accounts.giving_roles import lock_people
from foundation.accounts.models import Away, Membership, Office, Role, User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class BackBefore(Refused):
    message = _("The last day must be the first or later, and not be over.")


class AwayThen(Refused):
    status = 409
    message = _("Some of these days were said already. End what stands there first.")


class NotACover(Refused):
    message = _("Choose a colleague with the same role who may sign in and is not away then.")


@transaction.atomic
def say_away(
    user: User, *, starts_on: date, ends_on: date, cover: User | None, by: User, at: datetime
) -> Away:
    """Say that somebody is away from one day to another, both included, and who covers; None: nobody does.

    Raises Forbidden for whoever may not say it; BackBefore; AwayThen; NotACover.
    """
    office = user.office
    if office is None or not may_say_for(by, user):
        raise Forbidden
    if ends_on < starts_on or ends_on < office.today(at):
        raise BackBefore
    lock_people(office)
    if away_between(user, starts_on, ends_on).exists():
        raise AwayThen
    if cover and not can_cover(cover, user, starts_on, ends_on):
        raise NotACover
    made = Away.objects.create(
        office=office, user=user, starts_on=starts_on, ends_on=ends_on, cover=cover, said_by=by, said_at=at
    )
    record("accounts.away_said", made, by=by, at=at, data=_of(made))
    return made


@transaction.atomic
def end_away(away: Away, *, by: User, at: datetime) -> None:
    """Say that it is over, or will not be. Raises Forbidden for whoever may not say it."""
    if not may_say_for(by, away.user):
        raise Forbidden
    if Away.objects.filter(pk=away.pk, ended_at=None).update(ended_at=at):
        record("accounts.away_ended", away, by=by, at=at, data=_of(away))


def may_say_for(by: User, user: User) -> bool:
    """Tell whether somebody may say when one is away: of themselves, or as supervisor or administrator."""
    leads = by.has_role(Role.SUPERVISOR, Role.ADMINISTRATOR) and by.office_id == user.office_id
    return by.is_active and (by.pk == user.pk or leads)


def can_cover(cover: User, user: User, starts_on: date, ends_on: date) -> bool:
    """Tell whether a colleague can cover: one role in common, may sign in, not away on one of these days."""
    colleague = Membership.objects.filter(user=cover, office=user.office, user__is_active=True).first()
    shares = colleague is not None and not set(colleague.roles).isdisjoint(user.roles)
    return shares and cover.pk != user.pk and not away_between(cover, starts_on, ends_on).exists()


def away_between(user: User, starts_on: date, ends_on: date) -> QuerySet[Away]:
    """Return when somebody is away on any day between two."""
    return Away.objects.filter(user=user, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on)


def away_now(office: Office | None, *, on: date) -> dict[int, Away]:
    """Return {user: their being away} of everybody of an office who is away on a day."""
    rows = Away.objects.filter(office=office, ended_at=None, starts_on__lte=on, ends_on__gte=on)
    return {row.user_id: row for row in rows.select_related("cover")}


def coming_of(user: User, *, on: date) -> QuerySet[Away]:
    """Return when somebody is away on a day or later, the next first."""
    rows = Away.objects.filter(user=user, ended_at=None, ends_on__gte=on)
    return rows.select_related("user", "cover").order_by("starts_on")


def cover_of(user: User, *, at: datetime | None = None) -> User | None:
    """Return who covers for somebody now and may sign in, or None where they are here or nobody does."""
    office = user.office
    away = away_now(office, on=office.today(at or timezone.now())).get(user.pk) if office else None
    return away.cover if away and away.cover and away.cover.is_active else None


def _of(away: Away) -> dict[str, object]:
    days = {"from": str(away.starts_on), "to": str(away.ends_on)}
    return {"user": away.user_id, "cover": away.cover_id, **days}
