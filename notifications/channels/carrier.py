"""What every channel says of itself, and what carries a message out of the house."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from notifications.models import Channel


@dataclass(frozen=True)
class Outgoing:
    """One message as it leaves; `key` is the same for a second copy, so that it can be recognized.

    `alias`: it goes to somebody seeking help, under a sender that says nothing about us.
    """

    to: str
    subject: str
    body: str
    key: str
    alias: bool = False


class NoSuchAddress(Exception):
    """The other side says for good that this number or address takes nothing: trying again helps nobody."""


class Client(Protocol):
    """The other side of a channel, such as a mail server."""

    def send(self, outgoing: Outgoing) -> str | None:
        """Send, or raise (NoSuchAddress where no later try can help).

        Returns what the other side calls it, where it will say later what became of it.
        """


@runtime_checkable
class Forgetful(Protocol):
    """A client whose other side deletes what it has once we have it, or once it arrived."""

    def forget(self, key: str) -> None:
        """Have deleted what goes by this name there, or raise; what is gone already is no mistake."""


class NullClient:
    """Sends nothing and remembers what it was asked to send."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    def send(self, outgoing: Outgoing) -> None:
        self.sent.append(outgoing)


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """One channel: which of a person's ways allow it, which column of `Reach` is its address, its client.

    Where nothing leaves the house there is no client, and no way is needed; nor where an installation has
    nothing that carries it. `rings`: it makes a noise, so it has decent hours where nobody named any.
    """

    channel: Channel
    ways: frozenset[str] = frozenset()
    address: str = ""
    client: Client | None = None
    rings: bool = False
