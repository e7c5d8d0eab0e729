"""What somebody does in an office: their roles, and for which attorneys an assistant works."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.accounts.holdings import held_in
from foundation.accounts.models import Assistance, Membership, Office, Role, User
from foundation.accounts.role import adding_up
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused


class NoRole(Refused):
    message = _("Choose what they do in the office: at least one role.")


class LastAdministrator(Refused):
    status = 409
    message = _("Nobody would be left to administer the office. Give somebody else this role first.")


class StillHolds(Refused):
    status = 409
    message = _("They still hold cases in this role. Hand them over first.")


class NotOfTheRole(Refused):
    message = _("Choose an assistant and an attorney of your office, both of whom may sign in.")


class OverAlready(Refused):
    message = _("The last day must be today or later.")


class WorksForThem(Refused):
    status = 409
    message = _("They work for this attorney already.")


@transaction.atomic
def change_roles(user: User, *, roles: Iterable[str], by: User, at: datetime) -> None:
    """Give somebody of the office these roles in place of those they have.

    Raises Forbidden for oneself, for somebody of another office, and for whoever is no administrator;
    NoRole; LastAdministrator; StillHolds where they hold something in a role that is taken away.
    """
    check_administers(by, user)
    lock_people(user.membership.office)  # type: ignore[union-attr]
    check_still_administers(by)
    membership = Membership.objects.select_related("office").get(user=user)
    before, after = membership.roles, adding_up(roles)
    if not after:
        raise NoRole
    if before == after:
        return
    gone = set(before) - set(after)
    if any(held_in(user, role) for role in gone):
        raise StillHolds
    Membership.objects.filter(pk=membership.pk).update(roles=after)
    end_assistances(user, gone, at=at)
    record("accounts.roles_changed", user, by=by, at=at, data={"from": before, "to": after})


def end_assistances(user: User, gone: Collection[str] = tuple(Role), *, at: datetime) -> None:
    """End for whom an assistant works, and who works for an attorney, of the roles that are gone."""
    live = Assistance.objects.filter(ended_at=None)
    if Role.ASSISTANT in gone:
        live.filter(assistant=user).update(ended_at=at)
    if Role.ATTORNEY in gone:
        live.filter(attorney=user).update(ended_at=at)


def check_administers(by: User, user: User) -> None:
    """Raise Forbidden unless this is an administrator of somebody else's office."""
    if user.pk == by.pk:
        raise Forbidden(_("You cannot do this to your own account."))
    if not by.has_role(Role.ADMINISTRATOR) or by.office_id is None or user.office_id != by.office_id:
        raise Forbidden


def lock_people(office: Office) -> None:
    """Let one at a time change who administers an office, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"people of {office.pk}"])


def check_still_administers(by: User) -> None:
    """Raise LastAdministrator where whoever acts has lost the role since they were asked: one must stay."""
    if not administrators(by.office_id).filter(user=by).exists():
        raise LastAdministrator


def administrators(office_id: int | None) -> QuerySet[Membership]:
    """Return who administers an office and may sign in."""
    return Membership.objects.filter(
        office_id=office_id or 0, roles__contains=[Role.ADMINISTRATOR], user__is_active=True
    )


# --- assistants ------------------------------------------------------------------------------------


@transaction.atomic
def begin_assistance(assistant: User, *, attorney: User, ends_on: date, by: User, at: datetime) -> Assistance:
    """Let an assistant read what an attorney holds, until a day, that day included.

    Raises Forbidden for whoever is no administrator of the office; NotOfTheRole; OverAlready; WorksForThem.
    """
    office = by.office
    if office is None or not by.has_role(Role.ADMINISTRATOR) or assistant.office_id != office.pk:
        raise Forbidden
    if not _has(assistant, Role.ASSISTANT, office) or not _has(attorney, Role.ATTORNEY, office):
        raise NotOfTheRole
    today = office.today(at)
    if ends_on < today:
        raise OverAlready
    pair = {"assistant": assistant, "attorney": attorney}
    Assistance.objects.filter(**pair, ended_at=None, ends_on__lt=today).update(ended_at=at)
    try:
        with transaction.atomic():
            made = Assistance.objects.create(office=office, **pair, begun_by=by, begun_at=at, ends_on=ends_on)
    except IntegrityError as error:
        raise WorksForThem from error
    record("accounts.assistance_begun", made, by=by, at=at, data=_of(made))
    return made


@transaction.atomic
def end_assistance(made: Assistance, *, by: User, at: datetime) -> None:
    """End it before its day. Raises Forbidden for whoever is no administrator of the office."""
    if not by.has_role(Role.ADMINISTRATOR) or by.office_id != made.office_id:
        raise Forbidden
    if Assistance.objects.filter(pk=made.pk, ended_at=None).update(ended_at=at):
        record("accounts.assistance_ended", made, by=by, at=at, data=_of(made))


def live_assistances(*, on: date, **which: object) -> QuerySet[Assistance]:
    """Return what lives on a day of these assistances."""
    live = Assistance.objects.filter(ended_at=None, ends_on__gte=on, **which)
    return live.select_related("assistant", "attorney").order_by("ends_on")


def attorneys_of(assistant: User, *, at: datetime) -> QuerySet[Assistance, Any]:
    """Return the ids of the attorneys somebody assists now."""
    today = assistant.office.today(at) if assistant.office else at.date()
    return live_assistances(on=today, assistant=assistant).order_by().values("attorney")


def _has(user: User, role: str, office: Office) -> bool:
    return Membership.objects.filter(
        user=user, office=office, roles__contains=[role], user__is_active=True
    ).exists()


def _of(made: Assistance) -> dict[str, object]:
    return {"assistant": made.assistant_id, "attorney": made.attorney_id, "until": str(made.ends_on)}
