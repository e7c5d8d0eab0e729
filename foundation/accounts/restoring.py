"""Somebody lost every second factor: two people who saw them let them choose a new one. What ADR 41 says."""

import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.factors import FACTORS, PURPOSE, Type, has_factor
from foundation.accounts.models import Office, Restoration, Role, User
from foundation.accounts.sessions import end_sessions_of
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.vault.box import seal_text

HOURS = 24  # for the second person to confirm, and then for the code to be used
UNTIL = (
    "until"  # in the data of recovery codes: seconds since the epoch, of the one code that lets somebody in
)
ONE_LEFT = 0b11_1111_1110  # of the ten codes that a seed makes, all but the first count as used
NUMBER = re.compile(r"[A-Za-z0-9-]{1,20}")


class Over(Refused):
    status = 409
    message = _(
        "This is over: it was confirmed or taken back, a day has passed, or it is not yours to confirm."
    )


class NoForm(Refused):
    message = _("The number of a form is up to twenty letters, digits and dashes.")


@transaction.atomic
def ask_to_restore(user: User, *, how: str, by: User, at: datetime) -> Restoration:
    """Say that somebody who lost every second factor stood before one; what was asked before ends.

    Nothing changes until a second person says the same. Raises Forbidden for whoever is no administrator of
    their office, and for oneself.
    """
    office = by.office
    if office is None or not by.has_role(Role.ADMINISTRATOR) or office != user.office:
        raise Forbidden
    if by.pk == user.pk:
        raise Forbidden(_("You cannot do this to your own account."))
    open_restorations(office, at=at).filter(user=user).update(ends_at=at)
    asked = Restoration.objects.create(
        office=office,
        user=user,
        asked_by=by,
        asked_at=at,
        asked_how=how,
        ends_at=at + timedelta(hours=HOURS),
    )
    record("accounts.restore_asked", asked, by=by, at=at, data={"user": user.pk, "how": how})
    return asked


def open_restorations(office: Office, *, at: datetime) -> Any:
    """Return what waits for a second person, newest first."""
    waiting = Restoration.objects.filter(office=office, confirmed_at=None, paper="", ends_at__gt=at)
    return waiting.select_related("user", "asked_by").order_by("-asked_at")


@transaction.atomic
def confirm_restore(asked: Restoration, *, how: str, by: User, at: datetime) -> str:
    """Say as the second person that it is them; return the code that lets them in once, within a day.

    Their factors end at once, and their sessions. The database checks that it is a second person
    (accounts/sql.py). Raises Over where it is not, or not any more; Forbidden for somebody without a second
    factor of their own.
    """
    if not has_factor(by):
        raise Forbidden
    codes = _one_code(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.restore_sign_in(%s, %s, %s)", [asked.pk, how, json.dumps(codes)])
        if not cursor.fetchone()[0]:
            raise Over
    record("accounts.restored", asked, by=by, at=at, data={"user": asked.user_id, "how": how})
    return _code_of(codes)


@transaction.atomic
def withdraw_restore(asked: Restoration, *, by: User, at: datetime) -> None:
    """Take back what was asked, before it is confirmed. Raises Over where it is too late."""
    if not Restoration.objects.filter(pk=asked.pk, confirmed_at=None, ends_at__gt=at).update(ends_at=at):
        raise Over
    record("accounts.restore_withdrawn", asked, by=by, at=at, data={"user": asked.user_id})


@transaction.atomic
def restore_by_paper(user: User, *, asked_by: User, how: str, paper: str, by: str, at: datetime) -> str:
    """Let somebody in on a form that a colleague and a witness signed, for an office of two; return the code.

    It is done on the server (manage.py restore_sign_in). Raises NoForm, and Forbidden for one's own account
    or for a colleague of another office.
    """
    if not NUMBER.fullmatch(paper):
        raise NoForm
    office = user.office
    if office is None or asked_by.pk == user.pk or asked_by.office != office:
        raise Forbidden
    asked = Restoration.objects.create(
        office=office,
        user=user,
        asked_by=asked_by,
        asked_at=at,
        asked_how=how,
        confirmed_at=at,
        paper=paper,
        ends_at=at + timedelta(hours=HOURS),
    )
    codes = _one_code(at)
    Authenticator.objects.filter(user_id=user.pk).delete()
    Authenticator.objects.create(user=user, type=Type.RECOVERY_CODES, data=codes)
    end_sessions_of(user.pk)
    record("accounts.restored", asked, by=by, at=at, data={"user": user.pk, "paper": paper})
    return _code_of(codes)


def _one_code(at: datetime) -> dict[str, Any]:
    """Return recovery codes of which one is left, good for a day."""
    until = at.timestamp() + HOURS * 3600
    return {"seed": seal_text(PURPOSE, RecoveryCodes.generate_seed()), "used_mask": ONE_LEFT, UNTIL: until}


def _code_of(codes: dict[str, Any]) -> str:
    """Return the code as it is read aloud."""
    code = RecoveryCodes(Authenticator(type=Type.RECOVERY_CODES, data=codes)).get_unused_codes()[0]
    return f"{code[:4]} {code[4:]}"


def is_outlived(factor: Authenticator) -> bool:
    """Tell whether this is a code that let somebody in for a day, and the day is over."""
    return UNTIL in factor.data and factor.data[UNTIL] < time.time()


def end_restored(user: User) -> None:
    """Forget the code that let somebody in, once they choose a factor of their own."""
    Authenticator.objects.filter(user_id=user.pk, type=Type.RECOVERY_CODES, data__has_key=UNTIL).delete()


# --- who has which ---------------------------------------------------------------------------------


@dataclass
class Held:
    """The second factors of one member, [(kind, when last used or None)], and the recovery codes left."""

    factors: list[tuple[str, datetime | None]] = field(default_factory=list)
    codes: int = 0

    @property
    def is_only_one(self) -> bool:
        """Whether one lost phone or key leaves nothing but recovery codes."""
        return len(self.factors) == 1


def factors_of_office() -> dict[int, Held]:
    """Return {user: their second factors} of the office of the administrator who asks."""
    held: dict[int, Held] = defaultdict(Held)
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, type, last_used_at, left_over FROM sec.office_factors()")
        for user_id, kind, used, left in cursor.fetchall():
            if kind in FACTORS:
                held[user_id].factors.append((kind, used))
            else:
                held[user_id].codes = left
    return held
