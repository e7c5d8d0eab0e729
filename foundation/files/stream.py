"""A file in authenticated chunks (STREAM, Hoang, Reyhanitabar, Rogaway and Vizár 2015).

header: "IF1", 7 random bytes | chunk 0 | chunk 1 | … each 64 KiB of plain text and a tag of 16 bytes

The nonce is the random bytes, the chunk's number and whether it is the last, so that chunks cannot be
swapped, dropped or cut off the end. The last one is padded to a full chunk: the size on disk says little.
"""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.vault.keys import VaultError

MAGIC, PREFIX, CHUNK, TAG = b"IF1", 7, 64 * 1024, 16
SEALED = CHUNK + TAG


def is_full(error: OSError) -> bool:
    """Tell whether something was not written because there is no room on the disk."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


class Writer:
    """A new file that is sealed piece by piece. Until `finish` nothing stands under its name."""

    def __init__(self, path: Path, *, key: AESGCM, place: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path, self.key, self.place = path, key, place
        self.partial = path.with_suffix(".part")
        self.held, self.number, self.prefix = b"", 0, os.urandom(PREFIX)
        self.out = self.partial.open("xb")
        self.out.write(MAGIC + self.prefix)

    def write(self, piece: bytes) -> None:
        self.held += piece
        while len(self.held) >= CHUNK:
            self._seal(self.held[:CHUNK], last=False)
            self.held = self.held[CHUNK:]

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self.out.write(self.key.encrypt(_nonce(self.prefix, self.number, last=last), plain, self.place))
        self.number += 1

    def finish(self) -> None:
        """Pad and seal the last chunk, and give the file its name."""
        self._seal((self.held + b"\x80").ljust(CHUNK, b"\0"), last=True)
        self.out.close()
        self.partial.replace(self.path)

    def abandon(self) -> None:
        """Leave nothing of a file that was not finished; harmless after `finish`."""
        with suppress(OSError):  # on a full disk even what is still to be written out fails
            self.out.close()
        self.partial.unlink(missing_ok=True)


def write(chunks: Iterable[bytes], path: Path, *, key: AESGCM, place: bytes) -> None:
    """Seal a stream into a new file; on any failure nothing of it is left."""
    writer = Writer(path, key=key, place=place)
    try:
        for chunk in chunks:
            writer.write(chunk)
        writer.finish()
    finally:
        writer.abandon()


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\1" if last else b"\0")


def read(path: Path, *, key: AESGCM, place: bytes) -> Iterator[bytes]:
    """Check the whole file, and only then yield it in plain; VaultError if any of it is not as written."""
    try:
        with path.open("rb") as sealed:
            for _chunk in _opened(sealed, key, place):
                pass
            sealed.seek(0)
            yield from _opened(sealed, key, place)
    except (InvalidTag, FileNotFoundError) as error:
        raise VaultError(f"The file at {place.decode()} cannot be opened.") from error


def _opened(sealed: BinaryIO, key: AESGCM, place: bytes) -> Iterator[bytes]:
    header = sealed.read(len(MAGIC) + PREFIX)
    if not header.startswith(MAGIC) or len(header) < len(MAGIC) + PREFIX:
        raise InvalidTag
    prefix, number, block = header[len(MAGIC) :], 0, sealed.read(SEALED)
    if not block:
        raise InvalidTag
    while block:
        following = sealed.read(SEALED)
        plain = key.decrypt(_nonce(prefix, number, last=not following), block, place)
        yield plain if following else _unpadded(plain)
        number, block = number + 1, following


def _unpadded(plain: bytes) -> bytes:
    end = plain.rstrip(b"\0")
    if not end.endswith(b"\x80"):
        raise InvalidTag
    return end[:-1]
