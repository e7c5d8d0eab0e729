"""Which track a case is on, as far as what is known says: a proposal with its reason; a person confirms.

Whoever is in removal proceedings asks the immigration judge (defensive, 8 CFR 1208.2(b)); whoever is not
files with USCIS (affirmative, 8 CFR 208.2(a)). A child alone in proceedings files with USCIS all the same
(8 USC 1158(b)(3)(C)), and what detention leads to is not settled by being held: there a person decides.
"""

from typing import NamedTuple

from cases.rules.facts import DeadlineFacts

UNKNOWN, AFFIRMATIVE, DEFENSIVE = "unknown", "affirmative", "defensive"
HEARINGS = ("individual_hearing", "master_hearing", "detained_hearing")
OF_A_COURT = {"judge", "board", "absentia"}  # of Decision.by


class Track(NamedTuple):
    """A proposed track, and the code of what speaks for it, worded in cases/words.py."""

    track: str
    reason: str


def proposed_track(facts: DeadlineFacts, *, says_no_court: bool) -> Track:
    """Return the track that what is known points to; `unknown` where it points nowhere.

    `says_no_court`: the person answered that there is no court; silence says nothing.
    """
    signs = _signs_of_a_court(facts)
    if signs and facts.uac:
        return Track(UNKNOWN, "CHILD_ALONE_IN_COURT")
    if signs:
        return Track(DEFENSIVE, signs)
    if facts.detained or facts.fear_determination or facts.fear_review_requested:
        return Track(UNKNOWN, "HELD_OR_SCREENED")
    return Track(AFFIRMATIVE, "NO_COURT") if says_no_court else Track(UNKNOWN, "NOT_KNOWN")


def _signs_of_a_court(facts: DeadlineFacts) -> str:
    """Return the code of what shows that a court has the case, the plainest first; "" for nothing."""
    if any(getattr(facts, name) for name in HEARINGS):
        return "HEARING"
    if facts.in_proceedings:
        return "IN_COURT"
    return "ORDER" if any(made.by in OF_A_COURT for made in facts.all_decisions) else ""
