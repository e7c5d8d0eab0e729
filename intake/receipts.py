"""The receipt: eight digits that find an intake and sixteen that open it.

Digits work on every keyboard and in every script, can be read aloud, and look like a utility number.
"""

import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from foundation.refused import Refused
from intake.models import Intake, Status

TRIES_AN_HOUR = 5


class WrongReceipt(Refused):
    """The numbers do not fit, whichever of them is wrong: nobody learns whether a locator exists."""

    message = _("These numbers do not fit together. Please check both.")


class TooManyTries(Refused):
    status = 429
    message = _("Too many tries with this number. Please wait an hour, or call us.")


@dataclass(frozen=True)
class Receipt:
    """A receipt as shown once: `locator` 8 digits, `secret` 16 digits, in groups of four on paper."""

    locator: str
    secret: str


def digits(length: int) -> str:
    return "".join(secrets.choice("0123456789") for _n in range(length))


def new_receipt() -> Receipt:
    """Draw a receipt whose locator is not taken."""
    while True:
        locator = digits(8)
        if not Intake.objects.filter(locator=locator).exists():
            return Receipt(locator, digits(16))


def hash_secret(secret: str) -> str:
    """Return the Argon2id hash that is kept instead of the secret."""
    return make_password(secret, hasher="argon2")


# Checked against when no intake has the locator, so that both answers take the same work.
NOBODY = lazy(lambda: hash_secret(digits(16)), str)()


def open_by_receipt(locator: str, secret: str) -> Intake:
    """Return the submitted intake these numbers belong to; slowed per locator, not globally."""
    key = f"receipt-tries:{locator}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > TRIES_AN_HOUR:
        raise TooManyTries
    intake = Intake.objects.exclude(status=Status.DRAFT).filter(locator=locator).first()
    fits = check_password(secret, intake.secret_hash if intake else str(NOBODY))
    if not intake or not fits:
        raise WrongReceipt
    cache.delete(key)
    return intake
