"""What a request brings, held until it is whole: a little in memory, more of it sealed on disk.

The key is only in memory: if the process dies, what is left can never be opened, and `sweep_incoming` removes
it.
"""

import io
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.files import stream

IN_MEMORY = 256 * 1024  # bytes; a page's answers are a hundredth of it


class Body:
    """A body as it arrives. `cut` is the code of why it was not taken in to its end, or ""."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.size, self.cut = folder, 0, ""
        self.held, self.path, self.is_lent = bytearray(), folder, False
        self.key: AESGCM | None = None
        self.writer: stream.Writer | None = None

    def add(self, piece: bytes) -> None:
        """Take in one more piece; OSError where the disk has no room for it."""
        self.size += len(piece)
        if self.writer is None and self.size > IN_MEMORY:
            self._begin_file()
        if self.writer:
            self.writer.write(piece)
        else:
            self.held += piece

    def _begin_file(self) -> None:
        place = uuid4().hex
        self.path, self.key = self.folder / place, AESGCM(AESGCM.generate_key(256))
        self.writer = stream.Writer(self.path, key=self.key, place=place.encode())
        self.writer.write(bytes(self.held))
        self.held.clear()

    def whole(self) -> io.BufferedReader:
        """Return what came, to be read from its beginning, once."""
        if self.writer:
            self.writer.finish()
        return io.BufferedReader(_Pieces(self), stream.CHUNK)

    def pieces(self) -> Iterator[bytes]:
        """Yield what came in plain."""
        if self.writer and self.key:
            yield from stream.read(self.path, key=self.key, place=self.path.name.encode())
        elif self.held:
            yield bytes(self.held)

    def lend(self, future: "Future[Any]") -> None:
        """Leave it to a thread, and leave nothing behind once that is done with it."""
        self.is_lent = True
        future.add_done_callback(lambda _done: self.close())

    def close(self) -> None:
        """Leave nothing behind."""
        self.held.clear()
        if self.writer:
            with suppress(OSError):  # on a full disk even to close it fails
                self.writer.abandon()
            self.writer.partial.unlink(missing_ok=True)
            self.path.unlink(missing_ok=True)


class _Pieces(io.RawIOBase):
    """The pieces of a body as Python reads a file."""

    def __init__(self, body: Body) -> None:
        self.coming, self.left = body.pieces(), memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self.left:
            self.left = memoryview(next(self.coming, b""))
        count = min(len(buffer), len(self.left))
        buffer[:count] = self.left[:count]
        self.left = self.left[count:]
        return count
