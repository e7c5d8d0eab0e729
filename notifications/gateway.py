"""The door for what the other side of a channel says: signed, once, in any order.

A gateway reads a request into what came; one that it did not sign is refused before anything is read.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Protocol

from foundation.database.keyfolder import read_key

FRESH = 300  # seconds for which a signature holds; after that it is an old one played again
LONGEST = 20_000  # characters of one message that are kept
HOOK_KEY = "sms-hook-secret"


class BadSignature(Exception):
    """The request was not signed by the gateway, or long ago."""


class BadBody(Exception):
    """The gateway signed something that cannot be read."""


@dataclass(frozen=True)
class Came:
    """One thing that came: `kind` is text, email or report; `id` is what the other side calls it.

    A report is about the message with `about` as its key and says its `fate`. `forget` is the name by which
    the other side deletes what it keeps, once we have it; "" where it keeps nothing or is not done with it.
    """

    id: str
    kind: str
    sender: str = ""
    words: str = ""
    left_out: bool = False
    about: str = ""
    fate: str = ""
    forget: str = ""

    def __post_init__(self) -> None:
        """Take out what nothing here can keep: a text cut in the middle of a letter ends in half of one."""
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, str):
                kept = value.encode("utf-8", "replace").decode().replace("\x00", "")
                object.__setattr__(self, one.name, kept)

    def packed(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def unpacked(text: str) -> Came:
    return Came(**json.loads(text))


class Gateway(Protocol):
    """What reads the requests of one provider."""

    def read(self, body: bytes, headers: Mapping[str, str], url: str) -> list[Came]:
        """Return what came. Raises BadSignature; BadBody."""


def signature(secret: bytes, body: bytes, *, at: int) -> str:
    """Return the header by which a body is known as the gateway's, sent at a moment."""
    made = hmac.new(secret, f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={made}"


class SignedJson:
    """JSON signed with a shared key: the file twin's, and of any gateway that can be told to send it."""

    def read(self, body: bytes, headers: Mapping[str, str], url: str) -> list[Came]:
        """Return what came. Raises BadSignature; BadBody."""
        secret = read_key(HOOK_KEY)
        parts = dict(part.split("=", 1) for part in headers.get("X-Signature", "").split(",") if "=" in part)
        at = int(parts.get("t", "")) if parts.get("t", "").isdecimal() and len(parts["t"]) < 12 else 0
        if secret is None or abs(time.time() - at) > FRESH:
            raise BadSignature
        if not hmac.compare_digest(signature(secret, body, at=at).encode(), headers["X-Signature"].encode()):
            raise BadSignature
        try:
            return [_came(json.loads(body))]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadBody from error


def _came(said: Any) -> Came:
    """Read one thing out of JSON; KeyError and its kin for what is none."""
    kind, name = said["kind"], str(said["id"])[:200]
    if kind == "report":
        return Came(name, kind, about=str(said["about"])[:80], fate=str(said["fate"])[:20])
    if kind not in ("text", "email") or not name:
        raise ValueError(kind)
    words, sender = str(said["text"])[:LONGEST], str(said["from"])[:254]
    return Came(name, kind, sender=sender, words=words, left_out=bool(said.get("media")))
