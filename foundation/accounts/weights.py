"""How long it counts that somebody showed that it is them, by the weight of what they are about to do.

Long enough for a working session, so that the question is rare enough to be read; short where what is done
cannot be taken back, or gives away more than one case. Signing in counts as showing it.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Weight:
    """For how many minutes it counts, and why; the words name the act to who is asked."""

    minutes: int
    words: Any
    why: str


WEIGHTS = {
    "offers": Weight(
        240,
        _("Offering a case"),
        "Half a day at the queue. An offer names nobody and can be taken back; every one is on record.",
    ),
    "names": Weight(
        60,
        _("Showing the names of a case"),
        "An hour with one's offers. Each reading is on record and counted, and too many end it.",
    ),
    "files": Weight(
        60,
        _("Handing over an original file or a copy of the answers"),
        "An hour with one's papers. Each is on record with a reason; what was handed over is gone.",
    ),
    "receipts": Weight(
        15,
        _("Making new numbers for somebody's form"),
        "While one person stands or calls there. Whoever holds the numbers holds the form; the old ones end.",
    ),
    "accounts": Weight(
        10,
        _("Changing who can sign in, how, or what the office says of itself"),
        "Rare, and one act opens everything an account may open: a screen left open must not be enough.",
    ),
}
