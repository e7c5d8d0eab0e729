"""Who signed in, and who tried: an access record each, never what was typed."""

from django.dispatch import Signal

from foundation.accounts.models import User
from foundation.database.principal import SIGN_IN, Principal, acting_as, bound_principal
from foundation.events.access import record_access

sign_in_failed = Signal()  # for who counts them; says nothing of whose


def note_sign_in(action: str, *, user: User | None = None, purpose: str = "") -> None:
    """Record "signed-in", "sign-in-failed" or "second-factor-failed", with the account if there is one."""
    if action != "signed-in":
        sign_in_failed.send(sender=None)
    with acting_as(_whose(user)):
        record_access(action, subject=user, purpose=purpose)


def _whose(user: User | None) -> Principal:
    """Return the principal that names the account: the one bound, if it does already."""
    if user is None:
        return SIGN_IN
    bound = bound_principal()
    if bound and bound.user_id == user.pk:
        return bound
    return Principal("gate", f"user:{user.pk}", user_id=user.pk, office_id=user.office_id)
