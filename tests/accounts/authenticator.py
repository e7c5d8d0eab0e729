"""A passkey made in Python: what a browser and its authenticator would send for a question of ours."""

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "https://testserver"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """One key pair, for this site alone."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)

    def _client_data(self, kind: str, options: Any) -> CollectedClientData:
        return CollectedClientData.create(
            type=kind, challenge=options["publicKey"]["challenge"], origin=ORIGIN, cross_origin=False
        )

    def _credential(self, **response: bytes) -> str:
        named = websafe_encode(self.id)
        written = {name: websafe_encode(value) for name, value in response.items()}
        whole = {"id": named, "rawId": named, "type": "public-key", "response": written}
        return json.dumps({**whole, "clientExtensionResults": {}, "authenticatorAttachment": "platform"})

    def register(self, options: Any) -> str:
        """Return the credential a browser sends for a new passkey."""
        attested = AttestedCredentialData.create(
            Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(
            hashlib.sha256(b"testserver").digest(), PRESENT | AuthenticatorData.FLAG.AT, 0, bytes(attested)
        )
        return self._credential(
            clientDataJSON=bytes(self._client_data("webauthn.create", options)),
            attestationObject=bytes(AttestationObject.create("none", data, {})),
        )

    def answer(self, options: Any) -> str:
        """Return the credential a browser sends when the passkey is used."""
        client = self._client_data("webauthn.get", options)
        data = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), PRESENT, 1)
        signature = self.key.sign(bytes(data) + client.hash, ec.ECDSA(hashes.SHA256()))
        return self._credential(
            clientDataJSON=bytes(client), authenticatorData=bytes(data), signature=signature
        )
