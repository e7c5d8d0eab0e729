"""What a browser sends of a passkey, checked for its shape before anything else reads it.

W3C Web Authentication Level 3, section 5.1: a credential is an object with an id, a type, and the response of
the authenticator, its bytes written in base64url. Whatever else a browser adds is dropped.
"""

import json
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 32_768  # a registration with its attestation stays under a tenth of it
BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")
MADE = ("clientDataJSON", "attestationObject")  # of a new passkey
SHOWN = ("clientDataJSON", "authenticatorData", "signature")  # of one that is used


class NotACredential(ValueError):
    """This is not what a browser sends of a passkey."""


class CredentialField(forms.CharField):
    """A credential with the given parts in its response; its value is a dictionary of text alone."""

    widget = forms.HiddenInput
    default_error_messages = {
        "invalid": _("That did not work. Please try again with a new code or your passkey."),
    }

    def __init__(self, *, parts: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parts = parts

    def clean(self, value: Any) -> dict[str, Any]:
        text = super().clean(value)
        try:
            return credential_in(text, parts=self.parts)
        except NotACredential as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="incorrect_code") from error

    def bound_data(self, data: Any, initial: Any) -> str:
        """Never write back what was sent: a passkey answers each question once."""
        return ""


def credential_in(text: str, *, parts: tuple[str, ...]) -> dict[str, Any]:
    """Return the credential that a text holds; NotACredential where it holds anything else."""
    if len(text) > LONGEST:
        raise NotACredential
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError) as error:  # no JSON, too deep, a number of too many digits
        raise NotACredential from error
    response = _dictionary(_dictionary(sent).get("response"))
    if sent.get("type") != "public-key" or sent.get("id") != sent.get("rawId"):
        raise NotACredential
    named = {name: _bytes(sent.get(name)) for name in ("id", "rawId")}
    return {**named, "type": "public-key", "response": {name: _bytes(response.get(name)) for name in parts}}


def _dictionary(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotACredential
    return value


def _bytes(value: Any) -> str:
    """Return bytes written in base64url, as they were sent."""
    if not isinstance(value, str) or not BASE64URL.fullmatch(value):
        raise NotACredential
    return value
