"""Whom we write to without an account and without a matter: a receiver of a hand-over, by a link that ends.

An app above says of its kind of message where one goes now, and which link it carries; neither is kept.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Outsider:
    """`way(about, at)` returns the address at the moment of sending, "" where nothing may go any more.

    `link(about)` returns the whole address that the message carries.
    """

    way: Callable[[uuid.UUID, datetime], str]
    link: Callable[[uuid.UUID], str]


_outsiders: dict[str, Outsider] = {}


def add_outsider(kind: str, outsider: Outsider) -> None:
    """Let an app above say where messages of a kind go."""
    _outsiders[kind] = outsider


def outsider_of(kind: str) -> Outsider:
    """Return who gets messages of a kind; KeyError where no app says so."""
    return _outsiders[kind]
