"""`manage.py services` tells what is so: what `up` runs, in production who was heard of, never a password."""

import io
import json

import pytest
from django.core.management import call_command

from demo.management.commands.services import url_of, without_password
from operations.signs import tell


def services():
    """Return what it says, and with which code it ended."""
    out, code = io.StringIO(), 0
    try:
        call_command("services", "--json", stdout=out, stderr=io.StringIO())
    except SystemExit as ended:
        code = ended.code
    return json.loads(out.getvalue()), code


def test_in_production_it_names_the_site_and_who_is_silent(office, settings):
    settings.PRODUCTION, settings.SITE_URL = True, "https://forms.legal-aid.test"
    settings.CELERY_BROKER_URL = settings.CACHE_URL = "redis://:3f1c9a0b77d24e5f@valkey:6379/0"
    tell("worker")
    said, code = services()
    assert said["address"] == "https://forms.legal-aid.test" and "log_ins" not in said
    assert (said["processes"]["worker"], said["processes"]["beat"], code) == ("heard of", "silent", 1)
    assert said["broker"] == "redis://:…@valkey:6379/0" and "3f1c9a0b77d24e5f" not in json.dumps(said)


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ({"HOST": "postgres", "PORT": "5432"}, "postgres://worker@postgres:5432/intake"),
        ({"HOST": "/run/pg", "PORT": "5432"}, "postgres://worker@/intake?host=/run/pg&port=5432"),
        ({"HOST": "", "PORT": "", "OPTIONS": {"host": "/s"}}, "postgres://worker@/intake?host=/s&port=5432"),
    ],
)
def test_a_server_is_named_where_it_is(place, shown):
    assert url_of("worker", {"NAME": "intake", **place}) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("redis://valkey:6379/0", "redis://valkey:6379/0"),
        ("redis://office:secret-secret@valkey:6379/0", "redis://office:…@valkey:6379/0"),
        ("unix:///tmp/valkey.sock?db=1", "unix:///tmp/valkey.sock?db=1"),
    ],
)
def test_no_password_is_shown(address, shown):
    assert without_password(address) == shown
