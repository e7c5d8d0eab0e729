"""How many examples a property tries: a few dozen in the quick run, all of them with `verify --full`."""

import os

QUICK = 150
WHOLE = bool(os.environ.get("VERIFY_FULL"))


def many(whole: int) -> int:
    """Return the number of examples to try of a property that is worth `whole` of them."""
    return whole if WHOLE else min(whole, QUICK)
