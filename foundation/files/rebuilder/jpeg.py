"""A JPEG's metadata cut out without touching its picture, for photos inside a PDF."""

# Start of image, frame and scan data stay; so do JFIF (APP0) and Adobe's colour note (APP14).
APP0, APP14, APP15, COMMENT, SCAN, END = 0xE0, 0xEE, 0xEF, 0xFE, 0xDA, 0xD9


def without_metadata(content: bytes) -> bytes:
    """Return a JPEG without Exif, XMP, place, comments; anything else stays as it is."""
    if content[:2] != b"\xff\xd8":
        return content
    kept, at = [content[:2]], 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, end = content[at + 1], at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == SCAN:
            last = content.rfind(b"\xff\xd9")
            kept.append(content[at : last + 2] if last > at else content[at:])
            break
        if marker in (APP0, APP14) or not (APP0 <= marker <= APP15 or marker == COMMENT):
            kept.append(content[at:end])
        at = end
    return b"".join(kept)
