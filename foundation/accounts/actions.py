"""What happens to an office and its people."""

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Invitation, Membership, Office, Role, User
from foundation.accounts.sessions import end_sessions_of
from foundation.database.principal import Principal, acting_as
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.vault.keys import make_matter_key

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
def invite_person(office: Office, *, email: str, name: str, role: str, by: User, at: datetime) -> Invitation:
    """Invite someone into the office; an earlier open invitation of theirs ends.

    Raises AlreadyHere for someone who works here.
    """
    return _invite(office, email=email, name=name, role=role, by=by, at=at)


@transaction.atomic
def invite_first(office: Office, *, email: str, name: str, at: datetime) -> Invitation:
    """Invite the administrator of an office that nobody administers; a link from before ends.

    Raises AlreadyHere for someone who works here.
    """
    for earlier in open_invitations(office, at=at).filter(invited_by=None):
        withdraw_invitation(earlier, by=FIRST_RUN, at=at)
    return _invite(office, email=email, name=name, role=Role.ADMINISTRATOR, by=FIRST_RUN, at=at)


def _invite(office: Office, *, email: str, name: str, role: str, by: User | str, at: datetime) -> Invitation:
    email = email.strip().lower()
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
        role=role,
        token_hash=hash_of(token_for(pk)),
        invited_by=by if isinstance(by, User) else None,
        invited_at=at,
        expires_at=at + timedelta(hours=settings.INVITATION_HOURS),
    )
    record("accounts.invited", invitation, by=by, at=at, data={"role": role})
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
def disable_user(user: User, *, by: User, at: datetime) -> None:
    """Shut someone out at once: no sign-in, no session, and whoever listens takes the rest back.

    Raises Forbidden for oneself and for someone of another office.
    """
    _check_may_manage(user, by)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        ended = end_sessions_of(user.pk)
        record("accounts.user_disabled", user, by=by, at=at, data={"sessions": ended})
    user.is_active = False


@transaction.atomic
def enable_user(user: User, *, by: User, at: datetime) -> None:
    """Let someone sign in again. Access to cases does not come back by itself.

    Raises Forbidden for oneself and for someone of another office.
    """
    _check_may_manage(user, by)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record("accounts.user_enabled", user, by=by, at=at)
    user.is_active = True


def _check_may_manage(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise Forbidden(_("You cannot do this to your own account."))
    if user.office_id != by.office_id:
        raise Forbidden


@transaction.atomic
def change_password(user: User, *, password: str, at: datetime) -> None:
    """Give someone the password they chose. The caller ends their other sessions."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("accounts.password_changed", user, by=user, at=at)
