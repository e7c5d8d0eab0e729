"""Logs by allow-list: a canary goes into every kind of record and comes out of none but by mistake."""

import logging

import pytest
from django.conf import settings

from foundation.house import our_packages
from foundation.logs import AllowList

CANARY = "Amina Canary-Surname"


def line(name, message, *values, error=None, **extra):
    info = None
    if error:
        try:
            raise error
        except Exception:  # noqa: BLE001
            import sys

            info = sys.exc_info()
    record = logging.LogRecord(name, logging.ERROR, __file__, 7, message, values, info)
    vars(record).update(extra)
    return AllowList(our_packages()).format(record)


@pytest.mark.parametrize(
    "name", ["django.request", "django.db.backends", "celery.app.trace", "kombu", "root"]
)
def test_other_peoples_messages_are_left_out(name):
    written = line(name, f"Not Found: /return/?q={CANARY}", status_code=404)
    assert CANARY not in written
    assert name in written and "status=404" in written


@pytest.mark.parametrize("name", ["uvicorn.error", "foundation.events.relay"])
def test_an_error_says_its_kind_and_place_and_not_its_words(name):
    written = line(name, "Error handling request %s", "/x", error=ValueError(CANARY))
    assert CANARY not in written
    assert "error=ValueError" in written and "test_logs.py" in written


def test_our_own_words_and_codes_are_written():
    assert "handler=cases.open-case" in line(
        "foundation.events.relay", "failed handler=%s", "cases.open-case"
    )


@pytest.mark.parametrize("app", our_packages())
def test_every_app_of_ours_is_heard_as_the_settings_have_it(app):
    options = {key: value for key, value in settings.LOGGING["formatters"]["line"].items() if key != "()"}
    record = logging.LogRecord(f"{app}.worker", logging.ERROR, __file__, 7, "check=%s", ("pending",), None)
    assert "check=pending" in AllowList(**options).format(record)
