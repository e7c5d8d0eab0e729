"""Reads over parties, checks, pairs, and how matters stand."""

from conflicts.queries.checks import (
    STATE,
    LookedFor,
    checks_of,
    is_late,
    looked_for,
    pending_count,
    waiting_checks,
    worker_state,
)
from conflicts.queries.hits import (
    AlignedPart,
    Explained,
    conflicts_of,
    current,
    decision_of,
    explained,
    open_hits,
    own_list_hits,
    parts_of,
)
from conflicts.queries.parties import NameOf, a_number_of, names_of, our_people, own_list
from conflicts.queries.same_person import pointers_of, put_away
from conflicts.queries.standing import (
    beside_list,
    offer_standing,
    own_unread,
    standing,
    standing_until_done,
    standings,
)
from conflicts.rules.standing import CLEAR, CONFIRMED, PENDING, POSSIBLE, UNCLEAR, UNREAD

__all__ = [
    "CLEAR",
    "CONFIRMED",
    "PENDING",
    "POSSIBLE",
    "STATE",
    "UNCLEAR",
    "UNREAD",
    "AlignedPart",
    "Explained",
    "LookedFor",
    "NameOf",
    "a_number_of",
    "beside_list",
    "checks_of",
    "conflicts_of",
    "current",
    "decision_of",
    "explained",
    "is_late",
    "looked_for",
    "names_of",
    "offer_standing",
    "open_hits",
    "our_people",
    "own_list",
    "own_list_hits",
    "own_unread",
    "parts_of",
    "pending_count",
    "pointers_of",
    "put_away",
    "standing",
    "standing_until_done",
    "standings",
    "waiting_checks",
    "worker_state",
]
