"""What stands before Django: it waits for slow senders in an event loop, and hands threads what is whole.

A thread, a connection to the database and a place in a lane (foundation/lanes.py) are taken once the last
byte came. Until then a request is a few kilobytes of memory, or sealed on disk. A lane that is full is
answered at once, in words, with when to try again. See ADR 44.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, TypeAlias

from django.conf import settings
from django.urls import Resolver404, resolve

from foundation.files.receiving import IN_MEMORY, MAX_BYTES, MAX_REQUEST, MAX_SECONDS, SEALED, incoming
from foundation.front.arriving import Arriving, Ended
from foundation.front.body import Body
from foundation.front.lines import Full, Line
from foundation.front.wsgi import Answered, Scope, call, environ_of
from foundation.lanes import PAGES, RECEIPTS, SIGN_IN, UPLOADS

Message = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
FIRST_PART = 64 * 1024  # bytes read of what is too large: enough to say so on the page it was sent from
ROOM = 1024 * 1024  # bytes that fields and boundaries may add to the files
SILENCE = 60  # seconds without a byte, as when a phone has no signal
PACE, LONGEST_PACE = 0.002, 0.25  # seconds that each refusal of a second waits longer than the one before
REFUSED, LANGUAGES = "refused", 64
LEFT: Answered = (408, [(b"connection", b"close"), (b"content-length", b"0")], b"")
FULL: Answered = (503, [(b"retry-after", b"15"), (b"content-length", b"5")], b"Full.")


def new_lines() -> dict[str, Line]:
    """Return the lines of one process. All their threads together need a connection each."""
    return {
        PAGES: Line(PAGES, threads=settings.WEB_THREADS, waiting=200),
        UPLOADS: Line(UPLOADS, threads=2, waiting=64),
        # Of each a hundred megabytes and a third of a second: whoever waits longer is better told at once.
        RECEIPTS: Line(RECEIPTS, threads=1, waiting=6),
        SIGN_IN: Line(SIGN_IN, threads=1, waiting=6),
        REFUSED: Line(REFUSED, threads=1, waiting=200),
    }


@dataclass(frozen=True)
class Place:
    """Where a request goes: its lane, and how many bytes its page takes."""

    lane: str
    most: int


class HungUp(Exception):
    """Nobody is there to be answered."""


class Front:
    """The ASGI application around Django's WSGI application."""

    def __init__(self, wsgi: Callable[..., Any]) -> None:
        self.wsgi, self.lines, self.arriving = wsgi, new_lines(), Arriving()
        self.refused = (0, 0)  # in which second how many
        self.full: dict[
            tuple[bytes, bytes], Answered
        ] = {}  # the page that says so, as each browser asks for it

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = Body(incoming())
        try:
            answered = await self.answered(scope, receive, body)
        except HungUp:
            answered = LEFT
        finally:
            if not body.is_lent:
                body.close()
        status, headers, content = answered
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def answered(self, scope: Scope, receive: Receive, body: Body) -> Answered:
        """Take the body in, and have a thread answer, or say at once that there is no room.

        Raises HungUp where nobody waits for the answer.
        """
        place = place_of(scope)
        try:
            self.lines[place.lane].check()
            if brings_a_body(scope):
                await self.take_in(scope, receive, body, place.most)
            if body.cut == "too_slow" and place.lane != UPLOADS:
                raise HungUp  # half a form is none; of half an upload the page says what arrived
            return await self.ask(scope, body, place.lane)
        except (Full, Ended, OSError):  # the last: no room on the disk
            return await self.refuse(scope)

    async def take_in(self, scope: Scope, receive: Receive, body: Body, most: int) -> None:
        """Wait for the body. What is more than `most`, or takes too long, is cut, and the page says so."""
        announced = length_of(scope) or 0
        if announced > most:
            body.cut, most = "too_big_together", FIRST_PART
        with self.arriving.sending(body):
            try:
                async with asyncio.timeout(MAX_SECONDS):
                    while await one_more(receive, body) and body.size <= most:
                        self.arriving.make_room()
            except TimeoutError:
                body.cut = "too_slow"
        if body.size > most:
            body.cut = "too_big_together"

    async def ask(self, scope: Scope, body: Body, lane: str, **more: Any) -> Answered:
        """Have a thread of a lane ask Django; Full where there is no room in it."""
        length = max(body.size, length_of(scope) or 0) if body.cut else body.size
        environ = {**environ_of(scope, body.whole(), length), "intake.body": body, **more}
        future: Future[Answered] = self.lines[lane].submit(partial(call, self.wsgi, environ))
        body.lend(future)
        return await asyncio.wrap_future(future)

    async def refuse(self, scope: Scope) -> Answered:
        """Say how full it is, with the page that was made for the first who was told in this language.

        Where even that takes too long, say it in a line.
        """
        await self.pace()
        speaks = (header(scope, b"accept-language"), language_cookie(scope))
        if speaks not in self.full:
            try:
                page = await self.ask(scope, Body(incoming()), REFUSED, **{"intake.full": True})
            except Full:
                return FULL
            if len(self.full) >= LANGUAGES:
                self.full.clear()
            self.full[speaks] = page
        return self.full[speaks]

    async def pace(self) -> None:
        """Let the many of one second wait a little, in no thread: who hammers, hammers less often."""
        second = int(time.monotonic())
        self.refused = (second, self.refused[1] + 1 if self.refused[0] == second else 1)
        await asyncio.sleep(min(LONGEST_PACE, self.refused[1] * PACE))


async def one_more(receive: Receive, body: Body) -> bool:
    """Take in one more piece and tell whether more comes; HungUp where they went away or fell silent."""
    try:
        async with asyncio.timeout(SILENCE):
            message = await receive()
    except TimeoutError:
        raise HungUp from None
    if message["type"] == "http.disconnect":
        raise HungUp
    body.add(message.get("body", b""))
    return bool(message.get("more_body"))


def place_of(scope: Scope) -> Place:
    """Return where a request goes, from what its view declares; what is only read goes with the pages."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + ROOM
    if scope["method"] != "POST":
        return Place(PAGES, most)
    receives, lane = declared(scope["path"])
    if receives and header(scope, b"content-type").startswith(b"multipart/form-data"):
        return Place(UPLOADS, {SEALED: MAX_REQUEST, IN_MEMORY: MAX_BYTES}[receives] + ROOM)
    return Place(lane, most)


@lru_cache(1000)
def declared(path: str) -> tuple[str, str]:
    """Return how the view at an address takes files, or "", and the lane of what is posted to it."""
    try:
        view = resolve(path).func
    except Resolver404:
        return "", PAGES
    return getattr(view, "receives", ""), getattr(view, "lane", PAGES)


def brings_a_body(scope: Scope) -> bool:
    return bool(length_of(scope)) or bool(header(scope, b"transfer-encoding"))


def length_of(scope: Scope) -> int | None:
    """Return how many bytes were announced; the server has checked that it is a number."""
    value = header(scope, b"content-length")
    return int(value) if value.isdigit() else None


def language_cookie(scope: Scope) -> bytes:
    """Return the language that was chosen in this browser, or b""."""
    name = settings.LANGUAGE_COOKIE_NAME.encode() + b"="
    cookies = (cookie.strip() for cookie in header(scope, b"cookie").split(b";"))
    return next((cookie.removeprefix(name) for cookie in cookies if cookie.startswith(name)), b"")


def header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")
