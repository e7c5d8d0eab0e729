"""What stands before Django: slow senders hold nothing, what is cut is said, a crowd is told."""

import asyncio
import threading
import time
from pathlib import Path

import pytest
from django.core.wsgi import get_wsgi_application

from foundation.files import receiving
from foundation.front import app as front_app
from foundation.front.app import Front
from foundation.front.arriving import Arriving
from foundation.front.body import IN_MEMORY, Body
from foundation.front.lines import Full, Line
from foundation.front.wsgi import environ_of
from foundation.lanes import PAGES, RECEIPTS
from tests.files import corpus
from tests.files.test_receiving import BOUNDARY, END, SEEN, here, part, word
from tests.files.test_receiving import media as media_of_receiving  # noqa: F401  a fixture used below

PIECE = 60_000


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    front_app.declared.cache_clear()
    yield tmp_path
    front_app.declared.cache_clear()


def scope(method="GET", path="/", **headers):
    named = [(name.replace("_", "-").encode(), str(value).encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("localhost", 80),
        "headers": [(b"host", b"localhost"), *named],
    }


def pieces_of(body, *, then="end"):
    """Return how a body comes in, piece by piece: to its end, "gone" before it, or "silence"."""
    left = [body[start : start + PIECE] for start in range(0, len(body), PIECE)] or [b""]

    async def receive():
        if left:
            piece = left.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(left) or then != "end"}
        if then == "gone":
            return {"type": "http.disconnect"}
        return await asyncio.sleep(3600)

    return receive


def ask(front, asked, body=b"", **more):
    """Send one request and return (status, headers, content)."""
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(front(asked, pieces_of(body, **more), send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def echo(environ, start_response):
    start_response("200 OK", [("Set-Cookie", " a=b")])
    return [environ["REQUEST_METHOD"].encode(), b" ", environ["wsgi.input"].read(), repr_of(environ)]


def repr_of(environ):
    return f" {environ.get('CONTENT_LENGTH')}".encode()


def left_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


# --- what is whole --------------------------------------------------------------------------------


def test_a_small_body_touches_no_disk(folder):
    answer = ask(Front(echo), scope("POST", "/nowhere/", content_length=5), b"a=b&c")
    assert answer == (200, {b"set-cookie": b"a=b"}, b"POST a=b&c 5")
    assert not (folder / "media").exists()


def test_a_large_body_lies_sealed_until_its_end_and_goes_with_the_request(folder):
    body, seen = corpus.CANARY * 30_000, []
    assert len(body) > IN_MEMORY

    def look(environ, start_response):
        seen.extend(path.read_bytes() for path in left_in(folder))
        start_response("200 OK", [])
        return [environ["wsgi.input"].read()]

    assert ask(Front(look), scope("POST", "/nowhere/", content_length=len(body)), body)[2] == body
    assert len(seen) == 1 and len(seen[0]) >= len(body) and corpus.CANARY not in seen[0]
    assert left_in(folder) == []


def test_who_hangs_up_leaves_nothing_and_is_asked_of_nobody(folder):
    asked = []
    status, *_ = ask(
        Front(asked.append), scope("POST", "/x/", content_length=10**6), b"x" * 900_000, then="gone"
    )
    assert status == 408 and asked == [] and left_in(folder) == []


def test_who_falls_silent_is_let_go(folder, monkeypatch):
    monkeypatch.setattr(front_app, "SILENCE", 0.05)
    asked = []
    status, *_ = ask(Front(asked.append), scope("POST", "/x/", content_length=99), b"half", then="silence")
    assert status == 408 and asked == []


def test_half_a_form_that_came_too_slowly_is_not_taken_for_a_form(folder, monkeypatch):
    monkeypatch.setattr(front_app, "MAX_SECONDS", 0.05)
    asked = []
    status, *_ = ask(Front(asked.append), scope("POST", "/x/", content_length=99), b"half", then="silence")
    assert status == 408 and asked == []


def test_a_full_disk_is_said_in_words(folder, db, monkeypatch):
    def full(*args, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Body, "_begin_file", full)
    asked = scope("POST", "/return/", content_length=900_000)
    status, headers, content = ask(Front(get_wsgi_application()), asked, b"x" * 900_000)
    assert status == 503 and int(headers[b"retry-after"]) > 0 and b"try again" in content


# --- files ----------------------------------------------------------------------------------------


def multipart(length):
    kind = f"multipart/form-data; boundary={BOUNDARY.decode()}"
    return {"content_type": kind, "content_length": length}


@pytest.fixture
def front(folder, db, monkeypatch):
    """Django behind the front, with a page that takes files and asks for no token."""
    django = get_wsgi_application()

    def without_token(environ, start_response):
        return django({**environ, "test.folder": str(folder)}, start_response)

    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware._check_token", lambda *args: None)
    SEEN.clear()
    return Front(without_token)


@here
def test_files_arrive_whole_behind_the_front(front, folder):
    photo = corpus.photo() + b"\0" * 400_000
    body = word() + part(b"a.jpg", photo) + part(b"b.pdf", corpus.letter()) + END
    status, _headers, content = ask(front, scope("POST", "/drop/", **multipart(len(body))), body)
    assert (status, content) == (200, b"sealed")
    assert [(label, what) for label, what, _whole in SEEN] == [("a.jpg", "jpeg"), ("b.pdf", "pdf")]
    assert SEEN[0][2] == photo and left_in(folder) == []


@here
def test_of_an_upload_that_crawls_what_is_whole_stays_and_the_rest_is_named(front, folder, monkeypatch):
    monkeypatch.setattr(front_app, "MAX_SECONDS", 2)
    body = part(b"a.jpg", corpus.photo()) + part(b"b.jpg", corpus.photo() + b"\0" * 400_000)
    asked = scope("POST", "/drop/", **multipart(5_000_000))
    assert ask(front, asked, body, then="silence")[0] == 200
    assert [(label, what) for label, what, _whole in SEEN] == [("a.jpg", "jpeg"), ("b.jpg", "too_slow")]
    assert left_in(folder) == []


@here
def test_an_upload_without_a_length_is_cut_where_it_is_too_much(front, folder, monkeypatch):
    monkeypatch.setattr(front_app, "MAX_REQUEST", 600_000)
    monkeypatch.setattr(front_app, "ROOM", 0)
    body = part(b"a.jpg", corpus.photo()) + part(b"b.jpg", corpus.photo() + b"\0" * 900_000)
    asked = scope("POST", "/drop/", transfer_encoding="chunked", content_type=multipart(0)["content_type"])
    assert ask(front, asked, body)[0] == 200
    assert [what for _label, what, _whole in SEEN] == ["jpeg", "too_big_together"]
    assert left_in(folder) == []


@here
def test_of_what_announces_too_much_only_the_beginning_is_read(front, folder):
    body = word() + part(b"a.jpg", corpus.photo() + b"\0" * 900_000)
    asked = scope("POST", "/drop/", **multipart(receiving.MAX_REQUEST * 2))
    assert ask(front, asked, body, then="silence")[0] == 200
    assert [what for _label, what, _whole in SEEN] == ["too_big_together"]
    assert left_in(folder) == []


# --- a crowd --------------------------------------------------------------------------------------


def test_a_full_lane_is_told_at_once_in_words_and_holds_up_no_page(folder, db):
    front = Front(get_wsgi_application())
    front.lines[RECEIPTS].taken = front.lines[RECEIPTS].room
    asked = scope("POST", "/return/", content_length=10**6, accept_language="ar")
    began = time.monotonic()
    status, headers, content = ask(front, asked, b"never read", then="silence")
    assert time.monotonic() - began < 10
    assert status == 503 and int(headers[b"retry-after"]) > 0
    assert b'lang="ar"' in content and b"csrf" not in headers.get(b"set-cookie", b"")
    assert b"default-src" in headers[b"content-security-policy"]
    assert ask(front, scope("GET", "/health/ready"))[0] == 200


def test_the_page_that_says_so_is_made_once_for_each_language(folder):
    calls = []

    def page(environ, start_response):
        calls.append(environ["HTTP_ACCEPT_LANGUAGE"])
        start_response("503 Service Unavailable", [])
        return [b"full"]

    front = Front(page)
    front.lines[PAGES].taken = front.lines[PAGES].room
    for language in ("en", "ar", "en", "ar"):
        assert ask(front, scope("POST", "/x/", accept_language=language))[2] == b"full"
    assert calls == ["en", "ar"]


def test_a_line_serves_again_once_somebody_left():
    line, go = Line("test", threads=1, waiting=1), threading.Event()
    first, second = line.submit(lambda: go.wait(30)), line.submit(lambda: "second")
    with pytest.raises(Full):
        line.submit(lambda: "third")
    with pytest.raises(Full):
        line.check()
    go.set()
    assert first.result(30) and second.result(30) == "second"
    deadline = time.monotonic() + 10
    while line.taken and time.monotonic() < deadline:
        time.sleep(0.01)
    assert line.submit(lambda: "third").result(30) == "third"


def arrive(arriving, sizes):
    """Let senders of these sizes come one after the other; return which were ended, by their place."""
    ended = []

    async def one(place, size):
        body = Body(Path("/nowhere"))
        body.size = size
        try:
            with arriving.sending(body):
                await asyncio.sleep(0.2)
        except front_app.Ended:
            ended.append(place)

    async def together():
        await asyncio.gather(*(one(place, size) for place, size in enumerate(sizes)))

    asyncio.run(together())
    return ended


def test_where_too_many_send_the_slowest_makes_room():
    assert arrive(Arriving(most=3), [100, 5, 100, 100]) == [1]
    assert arrive(Arriving(most=3), [100, 5, 100]) == []


def test_where_they_hold_too_much_the_largest_makes_room():
    assert arrive(Arriving(most_bytes=1000), [400, 500, 200]) == [1]


def test_a_request_that_is_called_off_is_not_taken_for_one_that_made_room():
    arriving = Arriving()

    async def called_off():
        with arriving.sending(Body(Path("/nowhere"))):
            await asyncio.sleep(30)

    async def main():
        task = asyncio.create_task(called_off())
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert not arriving.senders


# --- headers --------------------------------------------------------------------------------------


def test_headers_keep_apart_what_a_proxy_says_and_what_anyone_may_write():
    asked = scope()
    asked["raw_path"] = b"/caf%C3%A9/"
    asked["headers"] += [
        (b"x_forwarded_proto", b"https"),
        (b"x-forwarded-proto", b"http"),
        (b"x-forwarded-proto", b"https"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"content-length", b"999"),
    ]
    environ = environ_of(asked, None, 7)
    assert environ["HTTP_X_FORWARDED_PROTO"] == "http,https"  # which is not "https"
    assert environ["HTTP_COOKIE"] == "a=1; b=2" and environ["CONTENT_LENGTH"] == "7"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/café/"


def test_nothing_of_one_request_is_left_for_the_next_on_its_thread(folder):
    from django.utils import translation

    found = []

    def speak(environ, start_response):
        found.append(translation.get_language())
        translation.activate("ar")
        start_response("200 OK", [])
        return []

    front = Front(speak)
    for _ in range(8):
        ask(front, scope("POST", "/x/"))
    assert len(found) == 8 and "ar" not in found
