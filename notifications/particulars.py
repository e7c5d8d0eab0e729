"""What a message may say beyond "You have a message", to whoever said that it may: a day, an hour, a place.

An app above says it of its kind at the moment of sending; nothing of it is kept with the message.
"""

import uuid
from collections.abc import Callable
from datetime import datetime

# (what it is about, at) -> one line in the active language, "" where it is over.
Particulars = Callable[[uuid.UUID, datetime], str]
_particulars: dict[str, Particulars] = {}


def add_particulars(kind: str, line: Particulars) -> None:
    """Let an app above say in one line what messages of a kind are about, in the active language."""
    _particulars[kind] = line


def particulars_of(kind: str) -> Particulars | None:
    """Return what says the line of a kind, or None where it says no more than its words."""
    return _particulars.get(kind)
