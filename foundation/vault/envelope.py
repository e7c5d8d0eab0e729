"""One sealed value: version, nonce, AES-256-GCM over the padded text, bound to where it belongs.

version (1 byte) | nonce (12 bytes) | ciphertext and tag

The associated data name the matter, the column and the row, so that a value moved anywhere else does not
open. Padding to 32 bytes (ISO/IEC 7816-4) hides how long a name is.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.vault.keys import NONCE, VaultError

VERSION = b"\x01"
BLOCK = 32


def seal(plain: bytes, *, key: AESGCM, place: bytes) -> bytes:
    """Seal bytes for one place."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + key.encrypt(nonce, pad(plain), VERSION + place)


def unseal(sealed: bytes, *, key: AESGCM, place: bytes) -> bytes:
    """Open a sealed value; VaultError if it was changed, cut, or moved from another place."""
    if sealed[:1] != VERSION or len(sealed) < 1 + NONCE + 16:
        raise VaultError(f"Not a sealed value at {place.decode()}.")
    nonce, body = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        return unpad(key.decrypt(nonce, body, VERSION + place))
    except (InvalidTag, ValueError) as error:
        raise VaultError(f"The value at {place.decode()} cannot be opened.") from error


def pad(plain: bytes) -> bytes:
    """Add 0x80 and zeros up to the next multiple of 32 bytes."""
    return plain + b"\x80" + b"\0" * (-(len(plain) + 1) % BLOCK)


def unpad(padded: bytes) -> bytes:
    """Remove the padding; ValueError if there is none."""
    end = padded.rstrip(b"\0")
    if not end.endswith(b"\x80"):
        raise ValueError("no padding")
    return end[:-1]
