"""Who suits a case and why, which queue takes it, how long somebody has to answer. Pure."""

from referrals.rules.clock import Hours, add_minutes, minutes_between
from referrals.rules.queues import Need, QueueFit, QueueTakes, queue_fit
from referrals.rules.ranking import Candidate, EarlierNo, Match, match, rank

__all__ = [
    "Candidate",
    "EarlierNo",
    "Hours",
    "Match",
    "Need",
    "QueueFit",
    "QueueTakes",
    "add_minutes",
    "match",
    "minutes_between",
    "queue_fit",
    "rank",
]
