"""Short secrets that belong to no matter, such as the seed of a one-time code: sealed text for a text column.

"epoch:base64", under a key derived (HKDF) from that epoch's key-encryption key and a purpose, so that a
text sealed for one purpose does not open for another.
"""

import base64
import re

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.vault import envelope
from foundation.vault.keys import KEY_BYTES, VaultError, key_of, newest_epoch

EPOCH = re.compile(r"([1-9][0-9]{0,5}):", re.ASCII)


def seal_text(purpose: str, text: str) -> str:
    """Seal a text under the newest key."""
    epoch = newest_epoch()
    sealed = envelope.seal(text.encode(), key=_cipher(purpose, epoch), place=_place(purpose, epoch))
    return f"{epoch}:{base64.b64encode(sealed).decode()}"


def open_text(purpose: str, sealed: str) -> str:
    """Open a sealed text, of this or an older epoch; VaultError if it was changed or is something else.

    RetiredKey, one of these, where the key of its epoch is gone.
    """
    epoch = epoch_of(sealed)
    try:
        blob = base64.b64decode(sealed.partition(":")[2], validate=True)
    except ValueError as error:
        raise VaultError(f"Not a sealed text for {purpose}.") from error
    return envelope.unseal(blob, key=_cipher(purpose, epoch), place=_place(purpose, epoch)).decode()


def epoch_of(sealed: str) -> int:
    """Return the epoch a text is sealed under."""
    found = EPOCH.match(sealed)
    if not found:
        raise VaultError("Not a sealed text.")
    return int(found[1])


def is_newest(sealed: str) -> bool:
    """Tell whether a text is sealed under the newest key, and need not be sealed again."""
    return epoch_of(sealed) == newest_epoch()


def _cipher(purpose: str, epoch: int) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=b"box|" + purpose.encode()).derive(key_of(epoch)))


def _place(purpose: str, epoch: int) -> bytes:
    return f"box|{purpose}|{epoch}".encode()
