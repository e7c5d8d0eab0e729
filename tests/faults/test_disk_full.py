"""A disk that is full: an upload is refused in words, nothing of it is left, and the next one arrives."""

import subprocess

import pytest
from django.core.wsgi import get_wsgi_application

from foundation.front.app import Front
from tests.files import corpus
from tests.files.test_receiving import END, SEEN, here, part
from tests.front.test_front import ask, left_in, multipart, scope

SIZE = 2 * 1024 * 1024


@pytest.fixture
def small_disk(settings, tmp_path):
    """A file system of two megabytes where files arrive; only who may mount one has it."""
    place = tmp_path / "media"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here: run as root on a machine that allows it")
    settings.MEDIA_ROOT = place
    SEEN.clear()
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # nothing may keep the test's folder


@here
def test_a_full_disk_is_said_and_leaves_nothing(small_disk, db, monkeypatch, tmp_path):
    django = get_wsgi_application()
    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware._check_token", lambda *args: None)
    front = Front(lambda environ, start: django({**environ, "test.folder": str(tmp_path)}, start))

    def send(content):
        body = part(b"a.jpg", content) + END
        return ask(front, scope("POST", "/drop/", **multipart(len(body))), body)

    status, headers, words = send(corpus.photo() + b"\0" * 2 * SIZE)
    assert status == 503 and int(headers[b"retry-after"]) > 0 and b"try again" in words
    assert left_in(small_disk) == [] and SEEN == []
    assert send(corpus.photo())[0] == 200
    assert [what for _label, what, _whole in SEEN] == ["jpeg"]
