"""A connection to the web process: nobody has for ever, or for as much as they like, to end a header.

uvicorn bounds how long it waits between two requests, and neither how long nor how much for a header. Here a
header has `SECONDS` and `BYTES`; where too many are on their way the oldest makes room, so that nobody new is
turned away.
"""

from asyncio import TimerHandle, Transport
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

SECONDS, BYTES, MOST = 20, 64 * 1024, 1000


class Connection(HttpToolsProtocol):
    """One connection. `waiting` are those of this process whose header is on its way, the oldest first."""

    waiting: ClassVar[dict["Connection", TimerHandle]] = {}
    read = 0  # bytes of the header that is on its way

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # Headers and content are two writes: without this the second waits 40 ms for the first to arrive.
        transport.get_extra_info("socket").setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        self.begin_waiting()

    def begin_waiting(self) -> None:
        if len(self.waiting) >= MOST:
            next(iter(self.waiting)).give_up()
        self.read, self.waiting[self] = 0, self.loop.call_later(SECONDS, self.give_up)

    def end_waiting(self) -> None:
        if timer := self.waiting.pop(self, None):
            timer.cancel()

    def give_up(self) -> None:
        self.end_waiting()
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        between = self.cycle is not None and self.cycle.response_complete and not self.pipeline
        if between and self not in self.waiting:
            self.begin_waiting()
        self.read += len(data)
        super().data_received(data)
        if self in self.waiting and self.read > BYTES:
            self.give_up()

    def on_headers_complete(self) -> None:
        self.end_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self.end_waiting()
        super().connection_lost(exc)
