"""Read facts that came from outside: every value is checked, and a refusal names its key.

Shared with the deadline engine (cases/rules), which reads facts of the same kinds.
"""

import math
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from foundation.calendar import PartialDate

# Outside these years a date is a slip of the pen, and the calendar of holidays ends.
FIRST_YEAR, LAST_YEAR = 1900, 2199

Reader = Callable[[str, Any], Any]


class BadFacts(ValueError):
    """A fact has an unknown key or a value of the wrong shape; the message names the key."""


def object_of(key: str, value: Any, known: Collection[str]) -> dict[str, Any]:
    """Return a JSON object whose keys are all known."""
    if not isinstance(value, dict):
        raise BadFacts(f"{key} must be an object")
    unknown = [name for name in value if name not in known]
    if unknown:
        raise BadFacts(f"{key}: unknown key: {', '.join(sorted(map(str, unknown)))}")
    return value


def object_with(key: str, value: Any, known: Collection[str], needed: Collection[str]) -> dict[str, Any]:
    """Return a JSON object whose keys are all known, and of which some must be there."""
    found = object_of(key, value, known)
    for name in needed:
        if found.get(name) is None:
            raise BadFacts(f"{key}.{name} is needed")
    return found


def dated_item(item: Any) -> tuple[Any, date]:
    """Return the facts (still to be read) and the day of {"facts", "as_of"}; other keys are left alone."""
    if not isinstance(item, dict):
        raise BadFacts("an item must be an object with facts and as_of")
    for key in ("facts", "as_of"):
        if key not in item:
            raise BadFacts(f"{key} is needed")
    return item["facts"], exact_date("as_of", item["as_of"])


def list_of(key: str, value: Any) -> list[Any]:
    """Return a JSON list."""
    if not isinstance(value, list):
        raise BadFacts(f"{key} must be a list")
    return value


def partial_date(key: str, value: Any) -> PartialDate:
    """Return a date of which the day, or the month and the day, may be left out."""
    if not isinstance(value, str):
        raise BadFacts(f"{key} is not a date: {value!r}")
    try:
        day = PartialDate.parse(value)
    except ValueError as error:
        raise BadFacts(f"{key} is not a date: {value!r}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadFacts(f"{key} must lie between {FIRST_YEAR} and {LAST_YEAR}: {value!r}")
    return day


def exact_date(key: str, value: Any) -> date:
    """Return a date whose day is known."""
    day = partial_date(key, value)
    if not day.is_exact:
        raise BadFacts(f"{key} must be a whole date, year-month-day: {value!r}")
    return day.first_day()


def nullable(reader: Reader, key: str, value: Any) -> Any:
    """Return what a reader reads, or None for null: not known."""
    return None if value is None else reader(key, value)


def flag(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadFacts(f"{key} must be true or false")
    return value


def whole(key: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadFacts(f"{key} must be a whole number")
    return value


def whole_or_more(key: str, value: Any) -> int:
    """Return a whole number of 0 or more."""
    if whole(key, value) < 0:
        raise BadFacts(f"{key} must not be negative")
    return int(value)


def years(key: str, value: Any) -> float:
    """Return an age in years: a number of 0 or more."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or value < 0:
        raise BadFacts(f"{key} must be a number of 0 or more")
    return float(value)


def anything(key: str, value: Any) -> Any:
    """Return the value as it is: the rule that uses it says what it makes of it."""
    return value


def word_of(allowed: Collection[str], key: str, value: Any) -> str:
    """Return one of a few words."""
    if not isinstance(value, str) or value not in allowed:
        raise BadFacts(f"{key} must be one of {', '.join(allowed)}: {value!r}")
    return value


def words_of(allowed: Collection[str], key: str, value: Any) -> tuple[str, ...]:
    """Return a list of a few words."""
    return tuple(word_of(allowed, key, item) for item in list_of(key, value))
