"""Twilio: sends texts by its HTTP interface, reads what it says at our door, has it delete both.

It knows no key by which it would recognize a second copy: a text that it took and whose answer was lost comes
once more, as a mail does. Nothing that it answers is kept but its own name for the text.
"""

import base64
import hashlib
import hmac
import json
import re
import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpcore2
from django.conf import settings
from django.urls import reverse

from foundation.database.keyfolder import read_key
from notifications.channels.carrier import NoSuchAddress, Outgoing
from notifications.gateway import LONGEST, BadBody, BadSignature, Came

TOKEN = "sms-auth-token"  # noqa: S105  the name of a key, not a key
NAME = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
SERVICE = "MG"  # how the name of a messaging service begins, which chooses the number itself
# Codes with which it says that no later try can help: no number, no phone that takes texts, one that wants
# none. Any other is tried again and then waits for a person: they change (Twilio, changelog of 10 July 2024).
DEAD = frozenset({21211, 21610, 21614})
FINAL = {"delivered": "delivered", "undelivered": "lost", "failed": "lost"}
FATES = {"30004": "refused", "30005": "no_such", "30006": "landline", "21610": "refused"}


class GatewayRefused(Exception):
    """The gateway does not take what we send: its key, the account, or a sender is not right."""


class Twilio:
    """Sends through the account that the settings name, with the key of the key folder."""

    def send(self, outgoing: Outgoing) -> str:
        sender = settings.SMS_SENDER
        values = {
            "To": outgoing.to,
            "Body": outgoing.body,
            "MessagingServiceSid" if sender.startswith(SERVICE) else "From": sender,
            "StatusCallback": settings.SITE_URL + reverse("notifications:sms-hook"),
        }
        status, said = _ask("POST", "Messages.json", values)
        if status >= 300:
            raise NoSuchAddress if said.get("code") in DEAD else GatewayRefused
        return str(said.get("sid", ""))[:80]  # it was taken, whatever else its answer holds

    def forget(self, key: str) -> None:
        """Delete a text and its number there; one that is not finished is refused, and tried again."""
        status, _said = _ask("DELETE", f"Messages/{key}.json")
        if status >= 300 and status != 404:  # 404: it is gone already
            raise GatewayRefused


def _ask(method: str, path: str, values: Mapping[str, str] | None = None) -> tuple[int, dict[str, Any]]:
    """Ask the gateway once, and return status and answer.

    Raises TimeoutError, ConnectionError; GatewayRefused.
    """
    token, account = read_key(TOKEN), settings.SMS_ACCOUNT
    if token is None:
        raise GatewayRefused
    login = base64.b64encode(account.encode() + b":" + token).decode()
    kind = "application/x-www-form-urlencoded"
    try:
        with httpcore2.ConnectionPool(ssl_context=ssl.create_default_context()) as pool:
            answer = pool.request(
                method,
                f"{settings.SMS_URL}/2010-04-01/Accounts/{account}/{path}",
                headers={"Authorization": f"Basic {login}", "Content-Type": kind},
                content=urlencode(values or {}).encode(),
                extensions={
                    "timeout": dict.fromkeys(("connect", "read", "write"), float(settings.EMAIL_TIMEOUT))
                },
            )
    except httpcore2.TimeoutException as error:
        raise TimeoutError from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise ConnectionError from error
    if answer.status == 429 or answer.status >= 500:
        raise ConnectionError
    return answer.status, _object(answer.content)


def _object(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


class TwilioHook:
    """What Twilio says: a form, signed with the account's key over our address and all its fields.

    No time stands in the signature: a request played again is a copy for as long as its key is kept.
    """

    def read(self, body: bytes, headers: Mapping[str, str], url: str) -> list[Came]:
        """Return what came. Raises BadSignature; BadBody."""
        token = read_key(TOKEN)
        try:
            fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=100)
        except ValueError as error:
            raise BadSignature from error
        given = headers.get("X-Twilio-Signature", "").encode()
        if token is None or not hmac.compare_digest(signed(token, url, fields).encode(), given):
            raise BadSignature
        return [_came(dict(fields))]


def signed(token: bytes, url: str, fields: list[tuple[str, str]]) -> str:
    """Return the header by which a request is known as Twilio's: of the address, then each field by name."""
    told = url + "".join(name + value for name, value in sorted(set(fields)))
    made = hmac.new(token, told.encode("utf-8", "replace"), hashlib.sha1)
    return base64.b64encode(made.digest()).decode()


def _came(said: Mapping[str, str]) -> Came:
    """Read a text, or a report on one of ours. Raises BadBody."""
    name = said.get("MessageSid", "")
    if not NAME.fullmatch(name):
        raise BadBody
    if status := said.get("MessageStatus", ""):
        fate = FATES.get(said.get("ErrorCode", ""), FINAL[status]) if status in FINAL else status[:20]
        forget = name if status in FINAL else ""
        return Came(f"{name}:{status[:20]}", "report", about=name, fate=fate, forget=forget)
    if "From" not in said or "Body" not in said:
        raise BadBody
    left_out = said.get("NumMedia", "0") not in ("", "0")
    words, sender = said["Body"][:LONGEST], said["From"][:254]
    return Came(name, "text", sender=sender, words=words, left_out=left_out, forget=name)
