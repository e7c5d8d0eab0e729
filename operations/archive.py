"""One part of a backup: a stream sealed as the age format has it, read again after it was written.

What passes is hashed on both sides of the seal. Nothing of it lies anywhere in plain. The age program opens
a part too: `age -d -i IDENTITY data.dump.age`.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any, BinaryIO

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

PIECE = 1 << 20
SUFFIX = ".age"


class BadArchive(RuntimeError):
    """A part cannot be written, is not what was written, or does not open; the message says which."""


@dataclass(frozen=True)
class Part:
    """A sealed part as it lies there, and the size and hash of what is in it."""

    name: str
    size: int
    sha256: str
    plain_size: int
    plain_sha256: str


class Counted:
    """A stream that is measured while it passes, on its way in or out."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.size, self.hash = stream, 0, hashlib.sha256()

    def _note(self, piece: bytes) -> None:
        self.size += len(piece)
        self.hash.update(piece)

    def read(self, size: int = -1) -> bytes:
        piece: bytes = self.stream.read(size)
        self._note(piece)
        return piece

    def write(self, piece: bytes) -> int:
        self.stream.write(piece)
        self._note(piece)
        return len(piece)

    def flush(self) -> None:
        self.stream.flush()


def recipients_of(words: str) -> list[Any]:
    """Read the public halves ("age1…", more than one separated by spaces). Raises BadArchive."""
    try:
        found = [x25519.Recipient.from_str(word) for word in words.split()]
    except RecipientError as error:
        raise BadArchive("A recipient is none: it begins with age1 (manage.py backup_keys).") from error
    if not found:
        raise BadArchive("Nobody is named who could open the backup: manage.py backup_keys makes the keys.")
    return found


def identity_in(path: Path) -> list[Any]:
    """Read the private halves in a file as age writes it. Raises BadArchive."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, IdentityError) as error:
        raise BadArchive(f"{path} holds no key of a backup that can be read.") from error
    if not found:
        raise BadArchive(f"{path} holds no key of a backup.")
    return found


def seal(source: IO[bytes], path: Path, recipients: Sequence[Any]) -> Part:
    """Seal a stream into a new file and read it again. Raises BadArchive, and what the disk says."""
    part = path.with_name(path.name + ".part")
    plain = Counted(source)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        sealed = Counted(file)
        encrypt_io(plain, sealed, recipients)
        file.flush()
        os.fsync(file.fileno())
    if (size := part.stat().st_size) != sealed.size or hash_of(part) != sealed.hash.hexdigest():
        raise BadArchive(f"{part} is not what was written: {size} of {sealed.size} bytes.")
    part.replace(path)
    return Part(path.name, sealed.size, sealed.hash.hexdigest(), plain.size, plain.hash.hexdigest())


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, read from the disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_into(path: Path, target: Any, identities: Sequence[Any], *, expected: Part | None = None) -> None:
    """Open a part into a stream. Raises BadArchive where it is not whole, or another key's."""
    plain = Counted(target)
    try:
        with path.open("rb") as file:
            decrypt_io(file, plain, identities)
    except (OSError, DecryptError) as error:
        raise BadArchive(f"{path.name} does not open: another key's, cut off, or changed.") from error
    if expected and (plain.size, plain.hash.hexdigest()) != (expected.plain_size, expected.plain_sha256):
        raise BadArchive(f"{path.name} holds something else than the backup's list says.")


@contextmanager
def piped(write: Callable[[BinaryIO], None]) -> Iterator[IO[bytes]]:
    """Yield what a function writes, while it writes it; raises what it raised."""
    into, out = os.pipe()
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(out, "wb") as target:
                write(target)
        except BaseException as error:  # noqa: BLE001  said to whoever reads, below
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    with os.fdopen(into, "rb") as source:
        yield source
    thread.join()
    if failed:
        raise failed[0]
