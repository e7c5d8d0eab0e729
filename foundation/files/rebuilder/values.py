"""Numbers and words out of a PDF, where anything may stand."""

from decimal import Decimal
from typing import Any

from pikepdf import Array, String


def numbers(given: Any) -> list[float]:
    """Return an array's numbers; none where one of its values is no number."""
    values = list(given) if isinstance(given, Array | list) else []
    if not all(isinstance(value, int | float | Decimal) for value in values):
        return []
    return [float(value) for value in values]


def whole(given: Any, otherwise: int = 0) -> int:
    """Return a whole number, or `otherwise` where there is none."""
    found = numbers([given])
    return int(found[0]) if found else otherwise


def words(given: Any) -> str:
    """Return what a string says, "" where there is none."""
    return str(given) if isinstance(given, String) else ""


def plain(given: Any) -> bytes:
    """Return a string's bytes, none where there is none."""
    return bytes(given) if isinstance(given, String) else b""
