"""Lanes: what is slow on purpose, or large, waits in a line of its own, so that no page waits behind it.

A lane has threads of its own and room for a few who wait. Who finds it full is told so at once
(foundation/front). A view says in which lane what is posted to it goes; what is only read goes with the
pages.
"""

from collections.abc import Callable
from typing import Any

PAGES, UPLOADS, RECEIPTS, SIGN_IN = "pages", "uploads", "receipts", "sign-in"
View = Callable[..., Any]


def in_lane(name: str) -> Callable[[View], View]:
    """Mark a view: what is posted to it goes in this lane. Put it outermost."""

    def mark(view: View) -> View:
        view.lane = name  # type: ignore[attr-defined]
        return view

    return mark
