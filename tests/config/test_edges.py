"""What every answer carries, and what a broken request gets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from foundation.database.keyfolder import NEEDED, make_keys

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pages(client, cast, case):
    """Return one public, one staff and one missing page."""
    public = client.get("/")
    client.force_login(cast.cora)
    return [public, client.get(case.get_absolute_url()), client.get("/nowhere/")]


def test_headers_on_every_page(pages):
    for page in pages:
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
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "cache": "ok"}


def test_health_says_which_part_is_down(client, db, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://localhost:1/0",
        }
    }
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["database"] == "ok"
    assert response.json()["cache"] != "ok"


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


def start(env):
    code = "import django; from django.conf import settings; settings.DEBUG"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**env, "DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


def test_production_starts_with_its_own_values(production):
    assert start(production).returncode == 0


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


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("words", WEAK)
def test_production_refuses_a_missing_weak_or_open_key(production, tmp_path, name, words):
    WEAK[words](tmp_path / "keys" / name)
    result = start(production)
    assert result.returncode != 0
    assert name in result.stderr and words in result.stderr
