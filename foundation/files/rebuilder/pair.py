"""An original and its copy on their way into the sandbox together."""

import struct

LENGTH = struct.Struct("<Q")


def packed(original: bytes, copy: bytes) -> bytes:
    """Return both as one: the original's length, the original, the copy."""
    return LENGTH.pack(len(original)) + original + copy


def unpacked(content: bytes) -> tuple[bytes, bytes]:
    """Return the original and the copy that `packed` put together."""
    (length,) = LENGTH.unpack_from(content)
    return content[LENGTH.size :][:length], content[LENGTH.size + length :]
