"""What every answer carries, and what a broken request gets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import include, path, reverse

from config.middleware import HEADERS
from foundation.database.keyfolder import NEEDED, check_keys, make_keys

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pages(client, cast, case):
    """Return one public, one staff and one missing page."""
    public = client.get("/")
    client.force_login(cast.cora)
    return [public, client.get(case.get_absolute_url()), client.get("/nowhere/")]


def boom(request):
    raise ValueError("Amina Canary-Surname")


boom.access = "public"
urlpatterns = [path("boom/", boom), path("", include("config.urls"))]
handler404, handler403 = "config.errors.not_found", "config.errors.forbidden"
handler400, handler500 = "config.errors.bad_request", "config.errors.broken"


@override_settings(ROOT_URLCONF=__name__)
def test_a_broken_page_says_nothing_of_the_inside_and_has_every_header(client, office, caplog):
    client.raise_request_exception = False
    page = client.get("/boom/")
    assert page.status_code == 500
    assert "Canary" not in page.content.decode() and "Traceback" not in page.content.decode()
    assert set(HEADERS) <= set(page.headers) and "Content-Security-Policy" in page.headers


@pytest.mark.parametrize(
    "address", ["/static/css/app.css", "/static/nothing.css", "/nowhere/", "/health/ready", "/%2e%2e/"]
)
def test_static_files_and_what_is_missing_have_every_header(client, office, address):
    page = client.get(address)
    assert set(HEADERS) <= set(page.headers)
    assert "Content-Security-Policy" in page.headers and page["X-Content-Type-Options"] == "nosniff"
    assert ("no-store" in page["Cache-Control"]) == (page.status_code == 404 or address == "/health/ready")


def test_headers_on_every_page(pages):
    for page in pages:
        assert page["Permissions-Policy"].count("=()") > 10
        assert page["Cross-Origin-Opener-Policy"] == page["Cross-Origin-Resource-Policy"] == "same-origin"
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["X-Frame-Options"] == "DENY"
        assert page["Referrer-Policy"] == "same-origin"
        assert page["Cache-Control"] == "no-store"
        assert "noindex" in page["X-Robots-Tag"]


def test_pages_hold_no_inline_script_or_style(pages):
    for page in pages:
        html = page.content.decode()
        assert "<style" not in html and " style=" not in html and " onclick=" not in html
        assert "<script>" not in html


def test_titles_and_addresses_carry_no_names(pages):
    title = pages[1].content.decode().split("<title>")[1].split("</title>")[0]
    assert "Amina" not in title and "Canary" not in title


@pytest.mark.parametrize("path", ["/nowhere/", "/cases/not-an-id/", "/form/nowhere/", "/library/0/", "/%00/"])
def test_what_is_not_there_is_a_plain_404(client, cast, path):
    client.force_login(cast.cora)
    response = client.get(path)
    assert response.status_code in (302, 404)
    assert "Traceback" not in response.content.decode()


def test_a_wrong_method_is_405(client, cast):
    assert client.post("/").status_code == 405
    assert client.get(reverse("leave")).status_code == 405


def test_a_missing_csrf_token_is_a_clear_403(client, cast):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post(reverse("intake:start"), {"consent": "yes"})
    assert response.status_code == 403
    assert "open too long" in response.content.decode() or "again" in response.content.decode()


def test_health_names_its_parts(client, db):
    response = client.get("/health/ready")
    assert response.status_code == 200
    said = response.json()
    assert said.pop("storage") in ("ok", "low", "full")  # of whoever's disk this runs on
    assert said == {
        **dict.fromkeys(("database", "broker", "static", "migrations", "clock", "edge"), "ok"),
        **dict.fromkeys(("worker", "beat", "names"), "silent"),
        "office": "missing",
    }


def test_health_says_that_the_cache_is_away_and_serves_on(client, db, cache_away):
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["broker"]) == (200, "away")
    assert client.get("/health/live").json() == {"live": "ok"}


def test_health_says_that_the_database_is_away_and_lives_on(client, database_away):
    response = client.get("/health/ready")
    assert response.status_code == 503 and response.json()["database"] == "away"
    assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize("address", ["/", "/nowhere/"])
def test_a_server_that_ends_as_the_transaction_begins_is_said_too(client, office, address, monkeypatch):
    """The connection is there, and the first thing said on it is who asks: that fails as a stop does."""
    from foundation.database.backend.base import DatabaseWrapper

    client.raise_request_exception = False
    tell = DatabaseWrapper.tell

    def cut(self, settings):
        self.connection.close()
        tell(self, settings)

    monkeypatch.setattr(DatabaseWrapper, "tell", cut)
    page = client.get(address)
    assert page.status_code == 503 and "cannot be reached right now" in page.content.decode()


@pytest.mark.parametrize("address", ["/", "/return/", "/sign-in/", "/home/", "/nowhere/"])
def test_without_the_database_a_page_says_so_in_words(client, database_away, address):
    client.raise_request_exception = False
    page = client.get(address, HTTP_ACCEPT_LANGUAGE="en")
    text = page.content.decode()
    assert page.status_code == 503 and int(page["Retry-After"]) > 0
    assert "cannot be reached right now" in text and "Traceback" not in text
    assert set(HEADERS) <= set(page.headers)


def test_a_database_lost_in_the_middle_of_a_page_is_said_too(client, office):
    """The server ends the connection between two questions of one request, as one that stops does."""
    from django.db import connection

    client.raise_request_exception = False
    with connection.execute_wrapper(cut_at("intake_intake")):
        page = client.post("/return/", {"locator": "12345678", "secret": "1" * 16})
    assert page.status_code == 503 and "cannot be reached right now" in page.content.decode()


def cut_at(table):
    def cut(execute, sql, params, many, context):
        if "find_receipt" in sql:
            context["connection"].connection.close()
        return execute(sql, params, many, context)

    return cut


@pytest.fixture
def production(tmp_path):
    """The least a production process needs to start, its keys in a folder of their own."""
    make_keys(tmp_path / "keys")
    return {
        "PATH": os.environ["PATH"],
        "INTAKE_ENV": "production",
        "INTAKE_KEYS": str(tmp_path / "keys"),
        "DATABASE_URL": "postgres:///x",
        "REDIS_URL": "redis://localhost/0",
    }


START = "import django; from django.conf import settings; settings.DEBUG"


def start(env, code=START):
    """Start a process with just these values."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**env, "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_production_starts_with_its_own_values(production):
    assert start(production).returncode == 0


@pytest.mark.parametrize("name", ["production", "development"])
def test_outside_tests_a_password_is_hashed_at_full_cost(production, name):
    code = "import django; django.setup(); from django.contrib.auth.hashers import make_password"
    result = start({**production, "INTAKE_ENV": name}, f"{code}; print(make_password('x'))")
    assert "$m=102400,t=2,p=8$" in result.stdout, result.stderr


@pytest.mark.parametrize("missing", ["INTAKE_KEYS", "DATABASE_URL", "REDIS_URL"])
def test_production_refuses_to_start_without_its_own_values(production, missing):
    production.pop(missing)
    result = start(production)
    assert result.returncode != 0
    assert missing in result.stderr


def forget(path):
    path.unlink()


WEAK = {
    "is missing": forget,
    "must be at least": lambda path: path.write_text("secret"),
    "must be at least 32 random bytes": lambda path: path.write_text("x" * 64),
    "is not random": lambda path: path.write_text("ab" * 32),
    "can be read by others": lambda path: path.chmod(0o644),
}


@pytest.mark.parametrize("words", WEAK)
def test_production_refuses_each_missing_weak_or_open_key(production, tmp_path, words):
    for name in NEEDED:
        WEAK[words](tmp_path / "keys" / name)
    result = start(production)
    assert result.returncode != 0
    said = [line for line in result.stderr.splitlines() if "not fit for use" in line]
    assert said and said[-1].count(words) == len(NEEDED)
    assert all(name in said[-1] for name in NEEDED)


@pytest.mark.parametrize("name", NEEDED)
def test_production_refuses_one_weak_key_among_good_ones(tmp_path, monkeypatch, name):
    make_keys(tmp_path / "keys")
    monkeypatch.setenv("INTAKE_KEYS", str(tmp_path / "keys"))
    assert check_keys() == []
    WEAK["is not random"](tmp_path / "keys" / name)
    (problem,) = check_keys()
    assert name in problem


def test_a_session_goes_on_over_a_change_of_djangos_secret(client, cast, settings):
    client.force_login(cast.cora)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 64
    assert client.get(reverse("home")).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []  # taken away: whoever came by meanwhile stays signed in
    assert client.get(reverse("home")).status_code == 200
