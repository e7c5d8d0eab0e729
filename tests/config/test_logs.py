"""Logs by allow-list: a canary goes into every kind of record and comes out of none but by mistake."""

import json
import logging

import pytest
from django.conf import settings

from foundation.events.access import request_id
from foundation.house import our_packages
from foundation.logs import AllowList, Ordinary

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


def test_a_line_for_machines_is_one_object_with_time_process_and_place_and_no_canary():
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 7, f"Not here: {CANARY}", (), None)
    record.status_code = 500
    kept = json.loads(AllowList(our_packages(), "worker", as_json=True).format(record))
    assert CANARY not in json.dumps(kept)
    assert kept["status"] == 500 and kept["place"] == "test_logs.py:7"
    assert kept["process"].startswith("worker:") and kept["time"].endswith("+00:00")


def test_the_lines_of_one_request_bear_its_number():
    token = request_id.set("4b1f")
    try:
        assert " 4b1f " in line("foundation.work.line", "work failed")
    finally:
        request_id.reset(token)


def test_what_others_mean_is_said_in_our_words():
    words = line(
        "celery.worker.consumer.consumer", f"cannot connect to redis://{CANARY}", error=OSError(CANARY)
    )
    assert "the queue server is away" in words and CANARY not in words


@pytest.mark.parametrize(("status", "level"), [(404, "INFO"), (422, "INFO"), (499, "INFO"), (500, "ERROR")])
def test_an_ordinary_refusal_is_no_warning(status, level):
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 7, "x", (), None)
    record.status_code = status
    assert Ordinary().filter(record) and record.levelname == level
