"""A JPEG's metadata cut out without touching its picture, for photos inside a PDF."""

# Start of image, frame and scan data stay; so do JFIF (APP0) and Adobe's colour note (APP14).
APP0, APP14, APP15, COMMENT, SCAN = 0xE0, 0xEE, 0xEF, 0xFE, b"\xff\xda"
ALONE = {0x01, *range(0xD0, 0xD9)}  # markers that are followed by no length


def is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8")


def without_metadata(content: bytes) -> bytes:
    """Return a JPEG without Exif, XMP, place, comments; anything else stays as it is."""
    if not is_jpeg(content):
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at : at + 2] != SCAN:
        marker = content[at + 1]
        if content[at] != 0xFF or marker == 0xFF:
            at += 1  # filling, or what is no part of it
            continue
        end = at + 2 + (0 if marker in ALONE else int.from_bytes(content[at + 2 : at + 4], "big"))
        if marker in (APP0, APP14) or not (APP0 <= marker <= APP15 or marker == COMMENT):
            kept.append(content[at:end])
        at = end
    # The scan, to its end: what hangs behind it is no picture.
    last = content.rfind(b"\xff\xd9")
    kept.append(content[at : last + 2] if last > at else content[at:])
    return b"".join(kept)
