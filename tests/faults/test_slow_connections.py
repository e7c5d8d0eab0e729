"""A crowd that sends slowly or guesses receipts holds up no page, straight at the web process of a site.

`python -m benchmarks.crowd` measures how long a page takes beside it; here it must only answer.
"""

import asyncio
import time
from urllib.parse import urlsplit

import pytest

from benchmarks.crowd import Site, half_a_header, kept_on, slow_upload, wrong_receipts
from tests.files import corpus
from tests.running import running_stack

EACH, VISITS, PATIENCE = 64, 5, 20


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("crowd", tmp_path_factory.mktemp("crowd"), only=["web"]) as stack:
        yield stack


@pytest.fixture
def site(stack):
    where = urlsplit(stack.url)
    return Site(where.hostname, where.port)


async def beside(site, crowd, visit, *, each=EACH):
    """Let a crowd of each kind come, visit a few times, and send them home."""
    members = [asyncio.create_task(kept_on(kind(site), site)) for kind in crowd for _n in range(each)]
    await asyncio.sleep(1)
    try:
        return [await asyncio.wait_for(visit(), PATIENCE) for _n in range(VISITS)]
    finally:
        for one in members:
            one.cancel()
        await asyncio.gather(*members, return_exceptions=True)


def test_the_first_page_answers_beside_slow_uploads_half_sent_headers_and_wrong_receipts(site):
    answers = asyncio.run(
        beside(site, [slow_upload, half_a_header, wrong_receipts], lambda: site.ask("GET / HTTP/1.1"))
    )
    assert [status for status, _page in answers] == [200] * VISITS
    assert not [what for what in site.answers if what.startswith(("ended", "no "))], site.answers
    # Of so many guesses most are told at once, with when to come back, and some are served.
    assert site.answers["receipt 503"] == site.answers["… with Retry-After"] > 0


def test_somebody_else_s_upload_arrives_beside_slow_ones(site):
    """An upload without the token is refused for that: it was read and judged, not left to wait."""
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    body = part + corpus.photo() + b"\r\n--b--\r\n"
    head = "POST /form/58/ HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b"
    answers = asyncio.run(beside(site, [slow_upload], lambda: site.ask(head, body)))
    assert [status for status, _page in answers] == [403] * VISITS


def test_what_is_on_its_way_lies_nowhere_in_plain(stack, site):
    """The site's own folder holds it sealed; a temporary file is looked for as well."""
    head = f"POST /form/58/ HTTP/1.1\r\nHost: {site.host}\r\nContent-Length: 20000000\r\n"
    begun = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'

    async def half_of_it():
        async with site.connected() as (_reader, writer):
            writer.write(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode() + begun)
            writer.write(corpus.CANARY * 50_000)
            await writer.drain()
            return await found_on_disk(stack)

    sealed = asyncio.run(half_of_it())
    assert sealed and not any(corpus.CANARY in content for content in sealed)


async def found_on_disk(stack):
    """Return what is on its way on disk, once there is something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = [path.read_bytes() for path in (stack.folder / "media").rglob("incoming/*")]
        if any(len(content) > 500_000 for content in found):
            return found
        await asyncio.sleep(0.1)
    return []


def test_a_header_that_never_ends_is_ended(stack, site):
    """Too much of a header is cut at once; too slow a one after twenty seconds."""

    async def endless():
        async with site.connected() as (reader, writer):
            writer.write(b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 20_000)
            return await asyncio.wait_for(reader.read(), PATIENCE)

    try:
        answer = asyncio.run(endless())
    except ConnectionError:
        answer = b""
    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
