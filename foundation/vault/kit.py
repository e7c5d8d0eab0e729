"""The key-recovery kit: the keys in one file that any two of its people open, and a proof that they do.

`manage.py recovery_kit FILE` makes it and prints a code for each person, once. To open it, on any machine
with this program and nothing else, no database and no settings:

    python -m foundation.vault.kit FILE [--to FOLDER]

Each pair of codes (120 random bits each) gives a key (HKDF) that wraps the kit's own; that one seals the keys
(AES-256-GCM). What is in the kit besides is no secret: when it was made, and the proof, a sentence sealed as
the office's values are, with its wrapped data key.
"""

import argparse
import base64
import getpass
import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.database.keyfolder import KEK
from foundation.vault import envelope
from foundation.vault.keys import KEY_BYTES, NONCE, Wrapped, unwrap_with

FORMAT = 1
CODE_BYTES = 15  # 24 letters and digits: six groups of four
MISREAD = str.maketrans("018", "OIB")  # base32 has none of these: what somebody reads in their place
PROOF = b"recovery kit proof"


class BadKit(ValueError):
    """The file or a code does not open it; the message says which and what to do, and holds no key."""


@dataclass(frozen=True)
class Proof:
    """A sealed sentence of the office's, with the data key that opens it as the database keeps it."""

    matter_id: UUID
    wrapped: Wrapped
    sealed: bytes


@dataclass(frozen=True)
class Opened:
    """What a kit holds: {name: content} of the key folder, and the sentence that was sealed."""

    keys: Mapping[str, bytes]
    proof: str


def make_kit(
    keys: Mapping[str, bytes], *, people: int, proof: Proof, office: str, at: datetime
) -> tuple[str, list[str]]:
    """Return the kit as text, and one code for each person."""
    codes = _new_codes(people)
    own = AESGCM.generate_key(256)
    kit = {
        "what": "asylum-intake recovery kit",
        "format": FORMAT,
        "office": office,
        "made_at": at.isoformat(timespec="seconds"),
        "checks": [_check(code) for code in codes],
        "pairs": {
            f"{one + 1}-{other + 1}": _seal(_pair_key(codes[one], codes[other]), own)
            for one, other in combinations(range(people), 2)
        },
        "keys": _seal(own, json.dumps({name: _text(value) for name, value in keys.items()}).encode()),
        "proof": {
            "matter": str(proof.matter_id),
            "epoch": proof.wrapped.epoch,
            "wrapped": _text(proof.wrapped.blob),
            "sealed": _text(proof.sealed),
        },
    }
    return json.dumps(kit, indent=1), codes


def open_kit(text: str, codes: Sequence[str]) -> Opened:
    """Open a kit with two of its codes, in any order, and open its proof. Raises BadKit."""
    kit = _read(text)
    typed = [_tidy(code) for code in codes]
    places = [_place_of(code, kit["checks"]) for code in typed]
    if len(set(places)) != 2:
        raise BadKit("It takes two different codes.")
    (one, first), (other, second) = sorted(zip(places, typed, strict=True))
    own = _unseal(_pair_key(first, second), kit["pairs"][f"{one + 1}-{other + 1}"])
    sealed = json.loads(_unseal(own, kit["keys"]))
    keys = {name: _blob(value) for name, value in sealed.items()}
    return Opened(keys, _prove(keys, kit["proof"]))


def seal_proof(words: str, *, key: AESGCM) -> bytes:
    """Seal the sentence that a kit must be able to open."""
    return envelope.seal(words.encode(), key=key, place=PROOF)


def _prove(keys: Mapping[str, bytes], proof: Mapping[str, Any]) -> str:
    epoch, matter_id = proof["epoch"], UUID(proof["matter"])
    secret = bytes.fromhex(keys[f"{KEK}{epoch}"].split()[0].decode())[:KEY_BYTES]
    data_key = unwrap_with(AESGCM(secret), Wrapped(epoch, _blob(proof["wrapped"])), matter_id=matter_id)
    return envelope.unseal(_blob(proof["sealed"]), key=AESGCM(data_key), place=PROOF).decode()


def _read(text: str) -> dict[str, Any]:
    try:
        kit: dict[str, Any] = json.loads(text)
        made_for = kit["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadKit("This is no recovery kit, or a part of it is missing.") from error
    if made_for != FORMAT:
        raise BadKit(f"This kit is of format {made_for}; this program opens {FORMAT}.")
    return kit


def _new_codes(people: int) -> list[str]:
    """Return codes that their checks tell apart."""
    codes: dict[str, str] = {}
    while len(codes) < people:
        code = base64.b32encode(os.urandom(CODE_BYTES)).decode()
        codes.setdefault(_check(code), code)
    return list(codes.values())


def spaced(code: str) -> str:
    """Return a code as it is written down, in groups of four."""
    return "-".join(re.findall("....", code))


def _tidy(code: str) -> str:
    return re.sub(r"[^A-Z2-7]", "", code.upper().translate(MISREAD))


def _check(code: str) -> str:
    """Return what tells a mistyped code from a right one: 16 bits of 120."""
    return hashlib.sha256(b"kit check|" + code.encode()).hexdigest()[:4]


def _place_of(code: str, checks: Sequence[str]) -> int:
    if _check(code) not in checks:
        raise BadKit("One of the codes is not of this kit, or was mistyped. Read it again, letter by letter.")
    return checks.index(_check(code))


def _pair_key(first: str, second: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"kit pair").derive(f"{first}|{second}".encode())


def _seal(key: bytes, plain: bytes) -> str:
    nonce = os.urandom(NONCE)
    return _text(nonce + AESGCM(key).encrypt(nonce, plain, b"kit"))


def _unseal(key: bytes, sealed: str) -> bytes:
    blob = _blob(sealed)
    try:
        return AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], b"kit")
    except InvalidTag as error:
        raise BadKit(
            "The kit does not open: the file was changed, or a code belongs to another one."
        ) from error


def _text(blob: bytes) -> str:
    return base64.b64encode(blob).decode()


def _blob(text: str) -> bytes:
    return base64.b64decode(text)


def write_keys(keys: Mapping[str, bytes], folder: Path) -> None:
    """Write the keys into a new folder that its owner alone may read. Raises BadKit where there is one."""
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise BadKit(f"{folder} is there already. Name a new folder: nothing is written over.") from error
    for name, content in keys.items():
        descriptor = os.open(folder / Path(name).name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask for two codes, and say what the kit opens."""
    parser = argparse.ArgumentParser(prog="python -m foundation.vault.kit")
    parser.add_argument("file", type=Path)
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="write the keys into this new folder")
    asked = parser.parse_args(arguments)
    read = getpass.getpass if sys.stdin.isatty() else lambda _words: sys.stdin.readline()
    try:
        opened = open_kit(asked.file.read_text(), [read("One code: "), read("The other code: ")])
        if asked.to:
            write_keys(opened.keys, asked.to)
    except (OSError, BadKit) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{opened.proof}\nHolds: {', '.join(sorted(opened.keys))}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
