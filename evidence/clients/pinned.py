"""One connection to one address that was checked, and no longer than there is time for all of it.

httpcore2 asks its network backend for a connection to a name; this one leads to the address, whatever the
name. The name stays what TLS is told and what the certificate must bear.
"""

import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore2

Connector = Callable[[tuple[str, int], float], httpcore2.NetworkStream]


class Late(Exception):
    """The time for all of it is over."""


def connect(place: tuple[str, int], timeout: float) -> httpcore2.NetworkStream:
    """Return a connection to an address and port."""
    return httpcore2.SyncBackend().connect_tcp(*place, timeout=timeout)


@dataclass(frozen=True)
class Pinned(httpcore2.NetworkBackend):
    """Leads to one address. Each wait ends after `patience` seconds, and all at `until` (time.monotonic)."""

    address: str
    connector: Connector
    patience: float
    until: float

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        return Timed(self.connector((self.address, port), self.left()), self)

    def left(self) -> float:
        """Return how many seconds may be waited now. Raises Late when all are over."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise Late
        return min(self.patience, left)


@dataclass(frozen=True)
class Timed(httpcore2.NetworkStream):
    """A connection each of whose waits is cut to the time that is left: a site cannot drip for ever."""

    line: httpcore2.NetworkStream
    clock: Pinned

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.line.read(max_bytes, self.clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.line.write(buffer, self.clock.left())

    def close(self) -> None:
        self.line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return Timed(self.line.start_tls(ssl_context, server_hostname, self.clock.left()), self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.line.get_extra_info(info)
