"""How somebody may be reached, as what they answered says it."""

from collections.abc import Mapping
from typing import Any

from intake.words import BY_PHONE, WRITTEN
from notifications.actions import SafeWays
from notifications.hours import Terms


def safe_ways(answers: Mapping[str, Any]) -> SafeWays:
    """Return how the answers say to reach them; a number or address that no chosen way uses is left out."""
    ways = answers.get("channels", [])
    return SafeWays(
        ways=ways,
        phone=answers.get("phone", "") if BY_PHONE & set(ways) else "",
        email=answers.get("email", "") if "email" in ways else "",
        hours=answers.get("safe_times", ""),
        through=answers.get("through_name", ""),
        may_leave_message=answers.get("may_leave_message") == "yes",
        terms=_terms(answers).kept(),
    )


def _terms(answers: Mapping[str, Any]) -> Terms:
    """Return when we may write, and by which ways a message may say what it is about; unsaid is no."""
    written = [way for way in answers.get("channels", []) if way in WRITTEN]
    parts = tuple(answers.get("write_when") or ()) if written else ()
    return Terms(parts, tells=tuple(written) if answers.get("may_tell") == "yes" else ())
