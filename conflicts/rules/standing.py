"""How the names of a matter stand: one rule over its pairs and its checks, and what a check answers."""

from collections.abc import Collection
from dataclasses import dataclass

CLEAR, PENDING, UNREAD, POSSIBLE, CONFIRMED = "clear", "pending", "unread", "possible", "confirmed"
# A person has something to look at: nobody is offered the matter, and an offer that is out is taken back.
UNCLEAR = frozenset({UNREAD, POSSIBLE, CONFIRMED})


@dataclass(frozen=True, slots=True)
class Asked:
    """One check of a matter: `early` before the answers were sent, `unread` where a name was not compared."""

    early: bool
    status: str
    unread: bool


def standing_of(pairs: Collection[str], checks: Collection[Asked]) -> str:
    """Return how a matter stands: clear, pending, unread, possible or confirmed. Only an answer clears it.

    `pairs` are the statuses of its conflicts. What was asked before the answers were sent is asked again
    then, with more to go by: from then on only later checks count.
    """
    if "confirmed" in pairs or any(check.unread and check.status == "decided_conflict" for check in checks):
        return CONFIRMED
    if "open" in pairs:
        return POSSIBLE
    counting = [check for check in checks if not check.early] or checks
    if not counting or any(check.status == "pending" for check in counting):
        return PENDING
    if any(check.unread and check.status == "possible" for check in counting):
        return UNREAD
    return CLEAR


def answer_of(pairs: Collection[str], *, unread: bool) -> str:
    """Return the status of a check once it is answered; what was decided before is said again."""
    if "confirmed" in pairs:
        return "decided_conflict"
    if "open" in pairs or unread:
        return "possible"
    return "decided_clear" if "clear" in pairs else "clear"


def follows(pairs: Collection[str], *, unread: bool) -> str | None:
    """Return what a check that waits for a person becomes by itself, or None while something is to decide."""
    if "open" in pairs:
        return None
    if "confirmed" in pairs:
        return "decided_conflict"
    return None if unread else "decided_clear"
