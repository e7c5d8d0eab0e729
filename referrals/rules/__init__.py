"""Who suits a case and why, which queue takes it, how long somebody has, what they read of it. Pure."""

from referrals.rules.clock import Hours, add_minutes, minutes_between
from referrals.rules.coarsening import FEWEST, Shown, Window, coarsened
from referrals.rules.queues import Need, QueueFit, QueueTakes, queue_fit
from referrals.rules.ranking import Candidate, EarlierNo, Match, match, rank

__all__ = [
    "FEWEST",
    "Candidate",
    "EarlierNo",
    "Hours",
    "Match",
    "Need",
    "QueueFit",
    "QueueTakes",
    "Shown",
    "Window",
    "add_minutes",
    "coarsened",
    "match",
    "minutes_between",
    "queue_fit",
    "rank",
]
