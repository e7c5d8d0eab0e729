"""What a page shows, as one hash: its drawing and all that draws in it, whatever number is stamped on it."""

import hashlib
from typing import Any

from pikepdf import Array, Dictionary, Stream

from foundation.files.rebuilder.documents import MAX_DEPTH

SKIPPED = {"/Length", "/Parent"}


class Digests:
    """Hashes of the objects of one file, each counted once."""

    def __init__(self) -> None:
        self.done: dict[tuple[int, int], bytes] = {}

    def of(self, thing: Any) -> str:
        return self._of(thing, 0).hex()

    def _of(self, thing: Any, depth: int) -> bytes:
        if not isinstance(thing, Stream | Dictionary | Array):
            plain = thing.unparse(resolved=True) if hasattr(thing, "unparse") else repr(thing).encode()
            return hashlib.sha256(plain).digest()
        key = thing.objgen if thing.is_indirect else None
        if key in self.done:
            return self.done[key]
        if key is not None:
            self.done[key] = b"itself"  # what leads back to itself
        made = self._whole(thing, depth)
        if key is not None:
            self.done[key] = made
        return made

    def _whole(self, thing: Any, depth: int) -> bytes:
        if depth > MAX_DEPTH:
            return b"deep"
        found = hashlib.sha256()
        if isinstance(thing, Array):
            for part in thing:
                found.update(self._of(part, depth + 1))
            return found.digest()
        for name, value in sorted(thing.items()):
            if name not in SKIPPED:
                found.update(name.encode())
                found.update(self._of(value, depth + 1))
        if isinstance(thing, Stream):
            found.update(thing.read_raw_bytes())
        return found.digest()
