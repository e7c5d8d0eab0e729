"""How long the first page takes while others hold the site: slow uploads, half-sent headers, wrong receipts.

python -m benchmarks.crowd http://localhost:8000 [--each 64] [--seconds 10]

Straight at the web process of a site that runs (`manage.py up`), on this machine. First quiet, then beside
as many of each as asked for: uploads that send a piece of a file every second, headers that never end, and
people who type a wrong receipt, get their answer and type the next at once. The first page is asked for
twenty times a second, each time on a new connection. Prints p50 and p95 of both, what the crowd was answered,
and how busy the machine was before. Ends with 1 where the p95 beside the crowd is over twice the quiet one
and over 100 ms.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from typing import Any, cast
from urllib.parse import urlsplit

LIMIT, TIMES = 0.100, 2  # seconds; and how many times the quiet p95, whichever is more
PATIENCE = 15  # seconds after which a visitor of the first page goes away
PAUSE = 0.05  # seconds between two visits of the first page
RECEIPT, UPLOAD = "/return/", "/form/58/"  # the page for papers keeps its number (ADR 26)
PIECE = b"x" * 4096


@dataclass
class Site:
    """Where the site is, and what the crowd was answered, by kind and status."""

    host: str
    port: int
    answers: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            yield reader, writer
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def ask(self, head: str, body: bytes = b"") -> tuple[int, str]:
        """Send one request on a connection of its own; return status and the whole answer."""
        async with self.connected() as (reader, writer):
            writer.write(f"{head}\r\nHost: {self.host}:{self.port}\r\nConnection: close\r\n".encode())
            writer.write(
                b"\r\n" + body if not body else f"Content-Length: {len(body)}\r\n\r\n".encode() + body
            )
            answer = (await reader.read()).decode(errors="replace")
            return int(answer.split(" ", 2)[1]), answer


# --- the crowd ------------------------------------------------------------------------------------


async def half_a_header(site: Site) -> None:
    """Begin a request and send one header after another, for ever."""
    while True:
        async with site.connected() as (reader, writer):
            writer.write(f"GET / HTTP/1.1\r\nHost: {site.host}\r\n".encode())
            while not reader.at_eof():
                writer.write(b"X-Slow: yes\r\n")
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(1024), 1)
        site.answers["header closed"] += 1


async def slow_upload(site: Site) -> None:
    """Announce twenty megabytes and send a piece of them each second."""
    start = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    while True:
        async with site.connected() as (reader, writer):
            head = f"POST {UPLOAD} HTTP/1.1\r\nHost: {site.host}\r\nContent-Length: 20000000\r\n"
            writer.write(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode() + start)
            answer = b""
            while not reader.at_eof() and not answer:
                writer.write(PIECE)
                with contextlib.suppress(TimeoutError):
                    answer = await asyncio.wait_for(reader.read(1024), 1)
        site.answers[f"upload {answer[9:12].decode() or 'closed'}"] += 1


async def wrong_receipts(site: Site) -> None:
    """Type one wrong receipt after the other, as fast as the answers come."""
    _status, page = await site.ask(f"GET {RECEIPT} HTTP/1.1")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    cookie = re.search(r"set-cookie: \s*(csrftoken=[^;]+)", page, re.IGNORECASE)
    if not token or not cookie:
        site.answers["no receipt page"] += 1
        return
    while True:
        locator, secret = random.randrange(10**8), random.randrange(10**16)  # noqa: S311  no secret of anybody's
        typed = f"csrfmiddlewaretoken={token[1]}&locator={locator:08}&secret={secret:016}"
        head = f"POST {RECEIPT} HTTP/1.1\r\nCookie: {cookie[1]}"
        began = time.monotonic()
        status, answer = await site.ask(
            f"{head}\r\nContent-Type: application/x-www-form-urlencoded", typed.encode()
        )
        site.answers[f"receipt {status}"] += 1
        if status == 503:
            site.waits.append(time.monotonic() - began)
            site.answers["… with Retry-After"] += "retry-after:" in answer.lower()


async def kept_on(work: Coroutine[Any, Any, None], site: Site) -> None:
    """Note what ends a member of the crowd, so that a crowd that went home is not taken for a calm site."""
    try:
        await work
    except (OSError, ValueError, IndexError) as error:
        site.answers[f"ended: {type(error).__name__}"] += 1


# --- the measure ----------------------------------------------------------------------------------


async def visits(site: Site, seconds: float) -> list[float]:
    """Open the first page twenty times a second; return what each visit took, in seconds."""
    until, took = time.monotonic() + seconds, []
    status: object
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            status, _page = await asyncio.wait_for(site.ask("GET / HTTP/1.1"), PATIENCE)
        except (OSError, IndexError) as error:  # nobody answered, or hung up without a word
            status = type(error).__name__
        if status != 200:
            site.answers[f"first page {status}"] += 1
        took.append(time.monotonic() - began)
        await asyncio.sleep(PAUSE)
    return took


async def crowd(site: Site, each: int, over: Event) -> None:
    kinds = (slow_upload, half_a_header, wrong_receipts)
    members = [asyncio.create_task(kept_on(kind(site), site)) for kind in kinds for _n in range(each)]
    while not over.is_set():
        await asyncio.sleep(0.2)
    for one in members:
        one.cancel()
    await asyncio.gather(*members, return_exceptions=True)


def run_crowd(site: Site, each: int, over: Event, told: "Queue[Site]") -> None:
    """Be the crowd, in a process of its own: whoever visits does not wait for it as well."""
    asyncio.run(crowd(site, each, over))
    told.put(site)


def measure(site: Site, *, each: int, seconds: float) -> tuple[list[float], list[float], Site]:
    """Return what the visits took, quiet and beside the crowd, and what the crowd was answered."""
    asyncio.run(visits(site, 1))
    quiet = asyncio.run(visits(site, seconds))
    over, told = multiprocessing.Event(), cast("Queue[Site]", multiprocessing.Queue())
    beside_us = multiprocessing.Process(target=run_crowd, args=(Site(site.host, site.port), each, over, told))
    beside_us.start()
    time.sleep(2)
    beside = asyncio.run(visits(site, seconds))
    over.set()
    answered: Site = told.get()
    beside_us.join()
    answered.answers += site.answers
    return quiet, beside, answered


def p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]


def said(name: str, took: list[float]) -> str:
    middle, worst = statistics.median(took), max(took)
    return (
        f"{name:<17} p50 {middle:7.3f} s   p95 {p95(took):7.3f} s   worst {worst:7.3f} s   {len(took)} visits"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site")
    parser.add_argument("--each", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=10)
    asked = parser.parse_args()
    where = urlsplit(asked.site)
    site, load = Site(where.hostname or "localhost", where.port or 80), os.getloadavg()[0]
    quiet, beside, site = measure(site, each=asked.each, seconds=asked.seconds)
    most = max(LIMIT, TIMES * p95(quiet))
    lines = [
        f"load of the machine before: {load:.1f}",
        said("quiet", quiet),
        said(f"beside 3 x {asked.each}", beside),
        "the crowd: " + ", ".join(f"{what}: {count}" for what, count in sorted(site.answers.items())),
    ]
    if site.waits:
        lines.append(
            f"told that it is full: p50 {statistics.median(site.waits):.3f} s, worst {max(site.waits):.3f} s"
        )
    went_home = [what for what in site.answers if what.startswith(("ended", "no ", "first"))]
    held = p95(beside) <= most and not went_home
    sys.stdout.write(
        "\n".join([*lines, f"{'holds' if held else 'DOES NOT HOLD'}: at most {most:.3f} s"]) + "\n"
    )
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
