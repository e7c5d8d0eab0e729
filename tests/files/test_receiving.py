"""Receiving: sealed from the first byte, cut where it is too much, and every file told why."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.test import Client, override_settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_protect

from config.middleware import site_of, view_of
from foundation.accounts.access import public
from foundation.files import receiving
from foundation.files.receiving import MAX_BYTES, read_first, received_files, receives_files
from tests.files import corpus

SEEN = []
BOUNDARY = b"--------canary"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "temporary")
    (tmp_path / "temporary").mkdir()
    SEEN.clear()
    return tmp_path


@receives_files
@public
@csrf_protect
def drop(request):
    files = received_files(request, "files")
    whole = [b"".join(one.chunks()) if one.kind else b"" for one in files]
    SEEN.extend(
        zip([one.label for one in files], [one.kind or one.reason for one in files], whole, strict=True)
    )
    on_disk = [path.read_bytes() for path in everything(Path(request.META["test.folder"]))]
    return HttpResponse("plain" if any(corpus.CANARY in content for content in on_disk) else "sealed")


@public
def plain(request):
    return HttpResponse(f"{len(request.FILES)} {request.POST.get('word', '')}")


urlpatterns = [path("drop/", drop), path("plain/", plain), path("", include("config.urls"))]
here = override_settings(ROOT_URLCONF=__name__)


def everything(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def part(name, content, field=b"files"):
    head = b'Content-Disposition: form-data; name="%b"; filename="%b"\r\nContent-Type: x/y' % (field, name)
    return b"--%b\r\n%b\r\n\r\n%b\r\n" % (BOUNDARY, head, content)


def word(value=b"x"):
    return b'--%b\r\nContent-Disposition: form-data; name="word"\r\n\r\n%b\r\n' % (BOUNDARY, value)


END = b"--%b--\r\n" % BOUNDARY


def request_of(body, media, address="/drop/", announced=None):
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": address,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY.decode()}",
            "CONTENT_LENGTH": str(len(body) if announced is None else announced),
            "wsgi.input": body if hasattr(body, "read") else io.BytesIO(body),
            "test.folder": str(media),
        }
    )


def send(body, media, **options):
    """Send a request through what stands before the transaction and to the view, and end it."""
    request = request_of(body, media, **options)
    request._dont_enforce_csrf_checks = True
    view = {"/drop/": drop, "/plain/": plain}[request.path_info]
    response = read_first(view)(request)
    request.close()
    return response


class Counting(io.RawIOBase):
    """A body that goes on for as long as it is read, and counts."""

    def __init__(self, start, piece=b"\0" * 65536):
        self.left, self.piece, self.read_so_far = start, piece, 0

    def read(self, size=-1):
        given, self.left = (self.left or self.piece)[:size], self.left[size:] if size > 0 else b""
        self.read_so_far += len(given)
        return given


@here
def test_several_files_at_once_are_taken_and_sealed(media):
    photo, letter = corpus.photo(), corpus.letter()  # a letter made anew has another id
    body = word() + part(b"a.jpg", photo) + part(b"b.pdf", letter) + END
    assert send(body, media).content == b"sealed"
    assert [(label, what) for label, what, _ in SEEN] == [("a.jpg", "jpeg"), ("b.pdf", "pdf")]
    assert SEEN[0][2] == photo and SEEN[1][2] == letter


@here
def test_nothing_is_left_when_the_request_ends(media):
    big = corpus.photo() + corpus.CANARY * 200_000
    assert send(part(b"a.jpg", big) + END, media).content == b"sealed"
    assert everything(media) == []


@here
def test_a_file_that_is_not_taken_leaves_the_others_be(media):
    body = part(b"a.exe", b"MZ") + part(b"b.pdf", corpus.letter()) + part(b"c.pdf", b"") + END
    send(body, media)
    assert [(label, what) for label, what, _ in SEEN] == [
        ("a.exe", "not_taken"),
        ("b.pdf", "pdf"),
        ("c.pdf", "empty"),
    ]


@here
@pytest.mark.parametrize(
    ("size", "what"), [(MAX_BYTES - 1, "jpeg"), (MAX_BYTES, "jpeg"), (MAX_BYTES + 1, "too_big")]
)
def test_a_file_has_25_megabytes(media, size, what):
    content = corpus.photo().ljust(size, b"\0")
    send(part(b"a.jpg", content) + part(b"b.pdf", corpus.letter()) + END, media)
    assert [found for _label, found, _ in SEEN] == [what, "pdf"]
    assert everything(media) == []


@here
def test_two_gigabytes_are_not_read(media):
    body = Counting(word() + part(b"a.jpg", corpus.photo())[:-2])
    send(body, media, announced=2 * 1024**3)
    assert [(label, what) for label, what, _ in SEEN] == [("a.jpg", "too_big_together")]
    assert body.read_so_far < 1_000_000
    assert everything(media) == []


@here
def test_a_length_that_lies_low_is_read_no_further(media):
    """26 MB are sent and 1 MB is announced: the rest belongs to nobody."""
    body = Counting(part(b"a.jpg", corpus.photo())[:-2])
    send(body, media, announced=1_000_000)
    assert body.read_so_far <= 1_000_000
    assert everything(media) == []


@here
def test_a_length_that_lies_high_stops_at_what_a_request_may_hold(media, monkeypatch):
    monkeypatch.setattr(receiving, "MAX_REQUEST", 3_000_000)
    body = Counting(part(b"a.jpg", corpus.photo())[:-2])
    send(body, media, announced=2_999_999)
    assert body.read_so_far <= 3_000_000
    assert everything(media) == []


@here
def test_without_a_length_nothing_is_read(media):
    """A chunked body announces none."""
    body = Counting(part(b"a.jpg", corpus.photo())[:-2])
    send(body, media, announced="")
    assert body.read_so_far == 0 and SEEN == []


@here
def test_a_connection_that_breaks_leaves_nothing(media):
    class Breaking(Counting):
        def read(self, size=-1):
            if self.read_so_far > 400_000:
                raise OSError("gone")
            return super().read(size)

    body = Breaking(part(b"a.jpg", corpus.photo())[:-2])
    assert send(body, media, announced=5_000_000).status_code == 400
    assert SEEN == [] and everything(media) == []


NAMES = [
    b"../../etc/x.jpg",
    b"..\\..\\x.jpg",
    "ann\u202efdp.jpg".encode(),
    b"x" * 300 + b".jpg",
    "صورة.jpg".encode(),
]


@here
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_reaches_no_disk(media, name):
    send(part(name, corpus.photo()) + END, media)
    assert [what for _label, what, _ in SEEN] == ["jpeg"]
    assert everything(media) == [] and not (media / "etc").exists()


@here
def test_a_name_that_breaks_its_line_is_no_header(media):
    response = send(part(b"a\r\nX-Evil: 1\r\n\r\n.jpg", corpus.photo()) + END, media)
    assert "X-Evil" not in response.headers
    assert everything(media) == []


@here
def test_a_page_that_takes_no_files_gets_none(media):
    body = Counting(word(b"kept") + part(b"a.jpg", corpus.photo())[:-2])
    assert send(body, media, address="/plain/", announced=100_000_000).content == b"0 kept"
    assert body.read_so_far < 1_000_000
    assert everything(media) == []


@here
@pytest.mark.parametrize(
    "body", [b"", b"\r\n", b"--", END, part(b"a.jpg", b"")[:60], word()[:20], b"\0" * 1000]
)
def test_a_body_that_is_none_is_no_error(media, body):
    with suppress(MultiPartParserError):  # Django answers it with a 400
        send(body, media)
    assert everything(media) == []


@here
@pytest.mark.usefixtures("db")
def test_the_whole_way_through_the_running_middleware(media):
    client = Client(enforce_csrf_checks=True, **{"test.folder": str(media)})
    photo = io.BytesIO(corpus.photo())
    photo.name = "a.jpg"
    assert client.post("/drop/", {"files": photo}).status_code == 403  # no token
    assert everything(media) == []
    client.cookies["csrftoken"] = "a" * 32
    photo.seek(0)
    response = client.post("/drop/", {"csrfmiddlewaretoken": "a" * 32, "files": photo})
    assert (response.status_code, response.content) == (200, b"sealed")
    assert [what for _label, what, _ in SEEN] == ["jpeg"]
    assert everything(media) == []


def test_a_body_is_read_before_the_transaction_opens(settings):
    order = settings.MIDDLEWARE
    assert order.index("foundation.files.receiving.read_first") < order.index("config.middleware.bound")
    assert site_of(view_of(request_of(b"", ".", address="/"))) == "public"


def test_no_handler_of_djangos_writes_to_disk(settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
