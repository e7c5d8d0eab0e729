"""The receipt: eight digits that find an intake and sixteen that open it.

Digits work on every keyboard and in every script, can be read aloud, and look like a utility number.
"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from functools import cache
from math import ceil

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.utils.translation import gettext_lazy as _

from foundation import limits
from foundation.database.keyfolder import needed_key
from foundation.refused import Refused


class WrongReceipt(Refused):
    """The numbers do not fit, whichever of them is wrong: nobody learns whether a locator exists."""

    message = _("These numbers do not fit together. Please check both.")


class TooManyTries(Refused):
    """Too many tries with one number: `minutes` say for how long it waits."""

    status = 429
    message = _("Too many tries with this number. Please wait, or call us.")

    def __init__(self, minutes: int = 60) -> None:
        super().__init__()
        self.minutes = minutes


@dataclass(frozen=True)
class Receipt:
    """A receipt as shown once: `locator` 8 digits, `secret` 16 digits, in groups of four on paper."""

    locator: str
    secret: str


def grouped(digits: str) -> str:
    """Write digits in groups of four."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def digits(length: int) -> str:
    return "".join(secrets.choice("0123456789") for _n in range(length))


def new_receipt() -> Receipt:
    """Draw a receipt; whether its locator is taken, the table says when it is written."""
    return Receipt(digits(8), digits(16))


def found(locator: str) -> tuple[uuid.UUID, str] | None:
    """Return (matter, hash of the secret) of a locator, or None; the database answers nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT file_id, secret_hash FROM sec.find_receipt(%s)", [locator])
        row: tuple[uuid.UUID, str] | None = cursor.fetchone()
        return row


def hash_secret(secret: str) -> str:
    """Return the Argon2id hash that is kept instead of the secret.

    Raises Busy where too many come at once.
    """
    return make_password(peppered(secret), hasher="argon2")


def peppered(secret: str) -> str:
    """Mix in a key that is not in the database: a stolen table of hashes cannot even be guessed at."""
    pepper = bytes.fromhex(needed_key("receipt-pepper").decode())
    return hmac.new(pepper, secret.encode(), hashlib.sha256).hexdigest()


@cache
def nobody() -> str:
    """Return what is checked when no intake has the locator, so that both answers take the same work.

    Raises Busy where too many come at once.
    """
    return hash_secret(digits(16))


def open_by_receipt(locator: str, secret: str) -> uuid.UUID:
    """Return the matter these numbers open; slowed per locator, not globally.

    A wrong secret and an unknown locator take the same work and get the same answer. Raises TooManyTries
    beyond the limit; WrongReceipt where no intake has these numbers; Busy where too many come back at
    once.
    """
    if not limits.allows("receipt", locator):
        raise TooManyTries(max(1, ceil(limits.seconds_left("receipt", locator) / 60)))
    known, unknown = found(locator), nobody()
    fits = check_password(peppered(secret), known[1] if known else unknown)
    if not known or not fits:
        raise WrongReceipt
    limits.forget("receipt", locator)
    return known[0]
