"""What the worker's sweep does with deliveries, at once and in this process."""

from foundation.events.relay import LINE


def deliver_due(*, limit=200):
    """Carry up to `limit` due deliveries and return how many were claimed."""
    return LINE.work_off(limit=limit)
