"""Text recognition by tesseract, where it is installed; nothing leaves the machine."""

import re
import shutil

from foundation.files import sandbox

PATIENCE = 60  # seconds a page
BLANK = re.compile(r"\n{3,}")


def can_recognize() -> bool:
    """Tell whether this machine can read pictures of text."""
    return shutil.which("tesseract") is not None


def recognize(picture: bytes) -> str:
    """Return what stands on a picture (PGM); nothing where it fails or takes too long."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    result = sandbox.run_program([program, "stdin", "stdout", "-l", "eng"], picture, seconds=PATIENCE)
    return BLANK.sub("\n\n", result.content.decode("utf-8", "replace").replace("\f", "")).strip()
