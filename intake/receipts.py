"""The receipt: eight digits that find an intake and sixteen that open it.

Digits work on every keyboard and in every script, can be read aloud, and look like a utility number.
"""

import hashlib
import hmac
import secrets
import time
import uuid
from dataclasses import dataclass
from functools import cache
from math import ceil

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.utils.translation import gettext_lazy as _

from foundation import limits, slowing
from foundation.database.keyfolder import needed_key
from foundation.refused import Refused
from foundation.vault.box import open_text, seal_text
from foundation.vault.keys import VaultError

TURN, TURN_SECONDS = "receipt turn", 3600


class WrongReceipt(Refused):
    """The numbers do not fit, whichever of them is wrong: nobody learns whether a locator exists."""

    message = _("These numbers do not fit together. Please check both.")


class TooManyTries(Refused):
    """Too many tries with one number: this visitor waits so many `seconds`, then `turn` is theirs."""

    status = 429
    message = _("Too many tries with this number. Please wait, or call us.")

    def __init__(self, seconds: int, turn: str) -> None:
        super().__init__()
        self.seconds, self.turn = seconds, turn


@dataclass(frozen=True)
class Opened:
    """The matter that two numbers opened, and how often wrong ones were given since the last time."""

    matter_id: uuid.UUID
    wrong: int


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


def open_by_receipt(
    locator: str, secret: str, *, turn: str = "", open_here: uuid.UUID | None = None
) -> Opened:
    """Return the matter these numbers open; slowed per locator, not globally.

    Whoever waited has a `turn`, and a device on which the matter is open (`open_here`) needs none: however
    often a stranger tries, the holder gets in. A wrong secret and an unknown locator take the same work and
    get the same answer. Raises TooManyTries where it is not this visitor's turn; WrongReceipt where no intake
    has these numbers; Busy where too many come back at once.
    """
    known = found(locator)
    if not (known and known[0] == open_here):
        _wait_for_turn(locator, turn)
    wrong, unknown = limits.count("receipt", locator) - 1, nobody()
    fits = check_password(peppered(secret), known[1] if known else unknown)
    if not known or not fits:
        raise WrongReceipt
    limits.forget("receipt", locator)
    return Opened(known[0], wrong)


def _wait_for_turn(locator: str, turn: str) -> None:
    """Raise TooManyTries where the free tries are used up and this visitor has not waited.

    Each visitor waits for themselves, so that nobody can take the turn of another by trying all the time.
    """
    seconds = slowing.step_after("receipt", limits.used("receipt", locator))
    if seconds and not _has_turn(locator, turn):
        raise TooManyTries(seconds, _new_turn(locator, at=time.time() + seconds))


def _new_turn(locator: str, *, at: float) -> str:
    return seal_text(TURN, f"{locator} {ceil(at)} {secrets.token_hex(8)}")


def _has_turn(locator: str, turn: str) -> bool:
    """Tell whether somebody waited for this number, no longer than an hour ago; each turn counts once."""
    try:
        whose, at, number = open_text(TURN, turn).split(" ")
    except (VaultError, ValueError):
        return False
    ripe = 0 <= time.time() - int(at) < TURN_SECONDS
    return whose == locator and ripe and limits.allows("receipt-wait", number)
