"""Blind indexes: find an A-number, a phone or an e-mail that is kept sealed, by equality alone.

HMAC-SHA256, sixteen bytes, with a key of its own and a label for each column. Never for names: a table of
name hashes shows a thief which names are common, and so which they are.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable

from foundation.database.keyfolder import needed_key


def a_number(text: str) -> str:
    """Return an A-number as nine digits: "A 12-345-678" and "012345678" are the same."""
    return _digits(text).zfill(9) if _digits(text) else ""


def phone(text: str) -> str:
    """Return a phone number's digits, its country code included where it was given."""
    return _digits(text)


def email(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _digits(text: str) -> str:
    """Return the decimal digits of any script as ASCII."""
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


NORMAL_FORMS: dict[str, Callable[[str], str]] = {"a_number": a_number, "phone": phone, "email": email}


def blind_index(kind: str, text: str) -> bytes | None:
    """Return the index of a value ("a_number", "phone" or "email"), or None for an empty one."""
    normal = NORMAL_FORMS[kind](text)
    if not normal:
        return None
    key = bytes.fromhex(needed_key("blind-index-key").decode())
    return hmac.new(key, f"{kind}|{normal}".encode(), hashlib.sha256).digest()[:16]
