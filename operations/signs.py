"""Signs of life in the shared cache: which process was heard of, what the edge refused in this hour."""

import os
import time
from pathlib import Path
from typing import Any

from django.core.cache import cache

HEARD_SECONDS, EDGE_SECONDS = 120, 3600
FIGURES = "operations:figures"  # what the worker's last look found: tasks.py


def tell(process: str) -> None:
    """Say that a process is there: to all, and in a file of its own to whoever looks after this one alone."""
    if path := os.environ.get("INTAKE_ALIVE"):
        Path(path).touch()
    cache.set(f"operations:heard:{process}", time.time(), HEARD_SECONDS)


def is_heard(process: str) -> bool:
    return cache.get(f"operations:heard:{process}") is not None


def note_edge(code: str) -> None:
    """Note that a request was refused for how it came: "host", "proxy" or "origin". Nothing of it is kept."""
    cache.set(f"operations:edge:{code}", 1, EDGE_SECONDS)


def edge_notes() -> list[str]:
    return [code for code in ("host", "proxy", "origin") if cache.get(f"operations:edge:{code}")]


def keep_figures(figures: dict[str, Any]) -> None:
    cache.set(FIGURES, figures, HEARD_SECONDS)


def kept_figures() -> dict[str, Any]:
    """Return what the worker's last look found, or nothing where it is silent."""
    return cache.get(FIGURES) or {}
