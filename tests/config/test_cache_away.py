"""Valkey is away: people sign in, come back and read cases, and the limits count on in PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import connections
from django.test import Client
from django.urls import reverse

from foundation import limits
from foundation.database.caches import Careful
from intake.actions import submit_intake

PASSWORD = "a-long-enough-password"
pytestmark = pytest.mark.usefixtures("cache_away")


def test_limits_count_each_use_and_end(db, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "receipt", limits.Limit(3, 3600))
    assert [limits.allows("receipt", "a") for _ in range(5)] == [True] * 3 + [False] * 2
    assert limits.allows("receipt", "b")
    assert 3590 <= limits.seconds_left("receipt", "a") <= 3600
    limits.forget("receipt", "a")
    assert limits.allows("receipt", "a") and limits.seconds_left("receipt", "c") == 0


def test_a_span_of_time_that_is_over_counts_no_more(db, monkeypatch, tamper):
    monkeypatch.setitem(limits.LIMITS, "receipt", limits.Limit(1, 3600))
    assert limits.allows("receipt", "a") and not limits.allows("receipt", "a")
    assert tamper("update database_count set ends_at = now() - interval '1 second'") == 2
    assert limits.allows("receipt", "a") and not limits.allows("receipt", "a")


def test_what_is_counted_stays_counted_where_the_request_is_taken_back(db, monkeypatch):
    from django.db import transaction

    monkeypatch.setitem(limits.LIMITS, "receipt", limits.Limit(1, 3600))
    with transaction.atomic():
        limits.allows("receipt", "a")
        transaction.set_rollback(True)
    assert not limits.allows("receipt", "a")


def test_a_crowd_is_counted_one_by_one(db):
    def use(_n):
        try:
            return limits.count("receipt", "a")
        finally:
            connections["audit"].close()

    with ThreadPoolExecutor(6) as pool:
        counts = list(pool.map(use, range(18)))
    assert max(counts) == 18 or sorted(counts) == list(range(1, 19))


def test_neither_an_address_nor_a_number_stands_in_the_table(db, tamper):
    limits.allows("sign-in", "cora@test.example")
    rows = "update database_count set value = value where position('{}' in entry) > 0"
    assert tamper(rows.format("cora")) == 0
    assert tamper(rows.format("limit:sign-in:")) == 2


@pytest.mark.parametrize("alias", ["default", "audit"])
def test_no_log_in_reaches_the_counts_but_through_the_functions(db, alias):
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError, match="permission denied"):
        with connections[alias].cursor() as cursor:
            cursor.execute("select * from database_count")


def test_staff_sign_in_and_read_a_case(client, cast, case):
    from tests.conftest import SECRET

    page = client.post(reverse("login"), {"username": "cora@test.example", "password": PASSWORD})
    assert page.status_code == 302
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    code = format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))
    page = client.post(page["Location"], {"code": code})
    assert page.status_code == 302
    for address in (reverse("home"), reverse("workspace:queue"), case.get_absolute_url()):
        assert client.get(address).status_code == 200
    assert client.get(reverse("home")).status_code == 200


def test_a_wrong_password_is_still_slowed(client, cast):
    answers = [
        client.post(reverse("login"), {"username": "cora@test.example", "password": "x" * 16}).status_code
        for _ in range(7)
    ]
    assert answers[0] == 422 and answers[-1] == 429


def test_somebody_comes_back_with_a_receipt_and_a_guesser_is_slowed(client, make_draft, now):
    numbers = submit_intake(make_draft(), at=now)
    typed = {"locator": numbers.locator, "secret": numbers.secret}
    assert client.post(reverse("intake:return"), typed).status_code == 302
    assert client.get(reverse("intake:mine")).status_code == 200
    stranger = Client()  # on her own device, where the form is open, nothing is slowed
    guesses = [stranger.post(reverse("intake:return"), {**typed, "secret": "0" * 16}) for _ in range(7)]
    assert guesses[-1].status_code == 429


def test_it_is_asked_again_three_seconds_later_and_not_before(db, monkeypatch):
    caches["default"].get("x")
    assert Careful.away_until > 0
    asked = []
    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.get", lambda *a, **k: asked.append(1))
    caches["default"].get("x")
    assert asked == []
    monkeypatch.setattr(Careful, "away_until", 0.0)
    caches["default"].get("x")
    assert asked == [1]
