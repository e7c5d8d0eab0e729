"""What goes into the sandbox and comes out: one JSON head and some files behind it."""

import json
import struct
from collections.abc import Sequence
from typing import Any

LENGTH = struct.Struct("<Q")


def packed(head: dict[str, Any], files: Sequence[bytes] = ()) -> bytes:
    """Return a head and files as one: each with its length before it."""
    parts = [json.dumps(head, ensure_ascii=False).encode(), *files]
    return b"".join(piece for part in parts for piece in (LENGTH.pack(len(part)), part))


def unpacked(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return what `packed` put together. Raises ValueError for anything else."""
    view, parts = memoryview(content), []
    while view:
        if len(view) < LENGTH.size:
            raise ValueError("no parcel")
        (length,) = LENGTH.unpack_from(view)
        if len(view) < LENGTH.size + length:
            raise ValueError("no parcel")
        parts.append(bytes(view[LENGTH.size :][:length]))
        view = view[LENGTH.size + length :]
    if not parts:
        raise ValueError("no parcel")
    head = json.loads(parts[0])
    if not isinstance(head, dict):
        raise ValueError("no parcel")
    return head, parts[1:]
