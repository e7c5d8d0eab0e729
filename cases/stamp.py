"""Which rules and figures this code has: short hashes of their files, to notice that they changed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ("screening/data/*.csv", "screening/data/*.toml", "cases/data/*.csv")
CODE = ("screening/rules/*.py", "cases/rules/*.py", "foundation/calendar/*.py")


@dataclass(frozen=True)
class Stamps:
    """Sixteen hexadecimal digits for the code of the rules, and for the figures they count with."""

    code: str
    figures: str


@lru_cache(maxsize=1)
def stamps() -> Stamps:
    """Return the stamps of the rules this process runs with."""
    return Stamps(_hash(CODE), _hash(FIGURES))


def figures_of(own: Mapping[str, Any]) -> str:
    """Return the stamp of the figures an office works with: the program's, and over them its `own`."""
    here = stamps().figures
    if not own:
        return here
    return sha256(json.dumps([here, dict(own)], sort_keys=True).encode()).hexdigest()[:16]


def _hash(patterns: Iterable[str]) -> str:
    digest = sha256()
    for path in sorted(path for pattern in patterns for path in ROOT.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
