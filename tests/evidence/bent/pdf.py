"""The reader as it stands behind its lock, bent by a file to try what it must not."""

from evidence.reading.pdf import warm
from foundation.files.rebuilder.probe import rebuild

__all__ = ["rebuild", "warm"]
