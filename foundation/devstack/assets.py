"""Style sheets, scripts and icons as production serves them: compressed, each beside its file."""

import gzip
import os
import tempfile
from pathlib import Path

from foundation.house import ROOT

STATIC = ROOT / "static"


def compress_static() -> None:
    """Write the .gz of every text that changed; WhiteNoise serves it to browsers that take it."""
    for path in STATIC.rglob("*.*"):
        if path.suffix in (".css", ".js", ".svg"):
            packed = path.with_name(f"{path.name}.gz")
            if not packed.exists() or packed.stat().st_mtime < path.stat().st_mtime:
                _write(packed, gzip.compress(path.read_bytes(), mtime=0))


def _write(path: Path, data: bytes) -> None:
    """Put a file in its place whole: another stack may start, or serve, at the same time."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.replace(file.name, path)
