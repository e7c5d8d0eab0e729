"""Files as they came, on disk under their hash. They are published; which case cites one is not kept here."""

import hashlib
import os
from pathlib import Path

from django.conf import settings


def path_of(sha256: str) -> Path:
    """Return where a file with this hash lies."""
    return Path(settings.MEDIA_ROOT) / "evidence" / sha256[:2] / sha256


def keep(raw: bytes) -> str:
    """Write a file once and return its hash; a run that breaks off leaves no half of it."""
    sha256 = hashlib.sha256(raw).hexdigest()
    path = path_of(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(f".{os.getpid()}.part")
        try:
            partial.write_bytes(raw)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    return sha256


def forget(sha256: str) -> None:
    """Delete a file; one that is not there is no matter."""
    path_of(sha256).unlink(missing_ok=True)
