"""What happens to an office and its people."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.accounts.calendar_models import end_addresses
from foundation.accounts.giving_roles import (
    NoRole,
    change_roles,
    check_administers,
    check_still_administers,
    end_assistances,
    lock_people,
)
from foundation.accounts.models import Invitation, Membership, Office, Role, User
from foundation.accounts.role import adding_up
from foundation.accounts.sessions import end_sessions_of
from foundation.database.principal import Principal, acting_as
from foundation.events.ledger import record
from foundation.refused import Refused
from foundation.vault.keys import make_matter_key

HandOver = dict[str, int]
FIRST_RUN = "system:first-run"  # who invites where nobody is there yet


class AlreadyHere(Refused):
    message = _("Someone with this e-mail works here already.")


@transaction.atomic
def open_office(*, slug: str, name: str, **details: Any) -> Office:
    """Make an office and its key, for what belongs to no person's matter."""
    office = Office.objects.create(slug=slug, name=name, **details)
    make_matter_key(office.matter_id, office_id=office.pk)
    return office


@transaction.atomic
def invite_person(
    office: Office, *, email: str, name: str, roles: Iterable[str], by: User, at: datetime
) -> Invitation:
    """Invite someone into the office; an earlier open invitation of theirs ends.

    Raises AlreadyHere for someone who works here; NoRole.
    """
    return _invite(office, email=email, name=name, roles=roles, by=by, at=at)


@transaction.atomic
def invite_first(office: Office, *, email: str, name: str, at: datetime) -> Invitation:
    """Invite the administrator of an office that nobody administers; a link from before ends.

    Raises AlreadyHere for someone who works here; NoRole never.
    """
    for earlier in open_invitations(office, at=at).filter(invited_by=None):
        withdraw_invitation(earlier, by=FIRST_RUN, at=at)
    return _invite(office, email=email, name=name, roles=[Role.ADMINISTRATOR], by=FIRST_RUN, at=at)


def _invite(
    office: Office, *, email: str, name: str, roles: Iterable[str], by: User | str, at: datetime
) -> Invitation:
    email, given = email.strip().lower(), adding_up(roles)
    if not given:
        raise NoRole
    if Membership.objects.filter(office=office, user__email=email).exists():
        raise AlreadyHere
    for earlier in open_invitations(office, at=at).filter(email=email):
        withdraw_invitation(earlier, by=by, at=at)
    pk = uuid.uuid4()
    invitation = Invitation.objects.create(
        pk=pk,
        office=office,
        email=email,
        name=name,
        roles=given,
        token_hash=hash_of(token_for(pk)),
        invited_by=by if isinstance(by, User) else None,
        invited_at=at,
        expires_at=at + timedelta(hours=settings.INVITATION_HOURS),
    )
    record("accounts.invited", invitation, by=by, at=at, data={"roles": given})
    return invitation


def open_invitations(office: Office, *, at: datetime) -> Any:
    """Return the office's invitations that can still be accepted, newest first."""
    return office.invitations.filter(accepted_at=None, expires_at__gt=at).order_by("-invited_at")


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User | str, at: datetime) -> None:
    """End an invitation before its time."""
    if Invitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=at).update(expires_at=at):
        record("accounts.invitation_withdrawn", invitation, by=by, at=at)


def token_for(invitation_id: uuid.UUID) -> str:
    """Return the secret in an invitation's link: whoever mails it works it out again, nobody keeps it."""
    return salted_hmac("accounts.invitation", str(invitation_id), algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str, *, at: datetime) -> Invitation | None:
    """Return the invitation that a link opens, or None if it is used, over or wrong."""
    invitations = Invitation.objects.select_related("office").filter(token_hash=hash_of(token))
    return invitations.filter(accepted_at=None, expires_at__gt=at).first()


@transaction.atomic
def accept_invitation(token: str, *, password: str, at: datetime) -> User | None:
    """Make the account of whoever holds the link; None if it is used, over or wrong.

    The database checks the link and writes the rows (accounts/sql.py): the sign-in pages may not.
    """
    values = [hash_of(token), make_password(password), get_language() or settings.LANGUAGE_CODE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.accept_invitation(%s, %s, %s)", values)
        made = cursor.fetchone()[0]
    if made is None:
        return None
    user = User.objects.get(pk=made)
    with acting_as(Principal("gate", f"user:{user.pk}", user_id=user.pk, office_id=user.office_id)):
        record("accounts.invitation_accepted", user, by=user, at=at)
    return user


@transaction.atomic
def disable_user(user: User, *, to: HandOver | None = None, by: User, at: datetime) -> None:
    """Shut someone out at once: no sign-in, no session; what they hold goes `to` whom it says.

    `to` is {kind of things: the colleague's id}; what is not in it goes to nobody in particular, and whoever
    listens sees to it that somebody is told (holdings.py).
    Raises Forbidden for oneself, for someone of another office and for whoever is no administrator;
    LastAdministrator where somebody shut out whoever acts meanwhile.
    """
    check_administers(by, user)
    lock_people(user.office)  # type: ignore[arg-type]
    check_still_administers(by)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        ended = end_sessions_of(user.pk)
        end_addresses(user, at=at)
        end_assistances(user, at=at)
        record("accounts.user_disabled", user, by=by, at=at, data={"sessions": ended, "to": to or {}})
    user.is_active = False


@transaction.atomic
def hand_over(user: User, *, to: HandOver, by: User, at: datetime) -> None:
    """Hand over what somebody holds who stays, as `disable_user` does.

    Raises Forbidden for oneself, for someone of another office and for whoever is no administrator.
    """
    check_administers(by, user)
    record("accounts.handed_over", user, by=by, at=at, data={"to": to})


@transaction.atomic
def enable_user(user: User, *, roles: Iterable[str] | None = None, by: User, at: datetime) -> None:
    """Let someone sign in again, in the roles they had or in those given. No case comes back by itself.

    Raises Forbidden for oneself, for someone of another office and for whoever is no administrator; NoRole;
    LastAdministrator; StillHolds.
    """
    check_administers(by, user)
    if roles is not None:
        change_roles(user, roles=roles, by=by, at=at)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record("accounts.user_enabled", user, by=by, at=at)
    user.is_active = True


@transaction.atomic
def change_password(user: User, *, password: str, at: datetime) -> None:
    """Give someone the password they chose. The caller ends their other sessions."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("accounts.password_changed", user, by=user, at=at)
