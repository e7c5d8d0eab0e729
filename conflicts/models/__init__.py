"""Parties, the checks that were asked, what they found, and how each matter stands.

A name and all that follows from it is sealed, each value under the key of its own matter: two equal names
are two different texts, of lengths that tell little. `conflicts` stands below the form and the cases, so
matters are named by their id, never by a key upward.
"""

from conflicts.models.a_numbers import ANumber
from conflicts.models.checks import CheckKind, CheckStatus, ConflictCheck
from conflicts.models.fences import RingFence
from conflicts.models.hits import ConflictHit, HitKind, HitStatus, pair_id
from conflicts.models.parties import GoneParty, Number, Party, PartyRole, list_matter
from conflicts.models.same_person import SamePerson
from conflicts.models.searches import NameSearch
from conflicts.models.standing import Standing, State

__all__ = [
    "ANumber",
    "CheckKind",
    "CheckStatus",
    "ConflictCheck",
    "ConflictHit",
    "GoneParty",
    "HitKind",
    "HitStatus",
    "NameSearch",
    "Number",
    "Party",
    "PartyRole",
    "RingFence",
    "SamePerson",
    "Standing",
    "State",
    "list_matter",
    "pair_id",
]
