"""Guessing at an account slows the guesser, and never its holder; nobody is locked out for a fixed time."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation import limits, slowing
from foundation.accounts.tries import wait_words
from foundation.limits import LIMITS
from foundation.vault.box import open_text, seal_text
from notifications.models import Message
from tests.accounts.authenticator import Passkey
from tests.accounts.test_sign_in import code_now, first_step, sign_in
from tests.accounts.test_step_up import confirm_address
from tests.support.relay import deliver_due

OTTO = "otto@test.example"
FREE = LIMITS["sign-in"].times


@pytest.fixture
def slow(monkeypatch):
    """Wait a hundred times as long, so that a slow machine is not taken for somebody who waited."""
    waits = tuple(100 * seconds for seconds in limits.WAITS)
    monkeypatch.setattr(limits, "WAITS", waits)
    for seconds in waits:
        monkeypatch.setitem(LIMITS, f"wait-{seconds}", limits.Limit(1, seconds))
    for name, growth in slowing.GROWTH.items():
        monkeypatch.setitem(slowing.GROWTH, name, replace(growth, longest=100 * growth.longest))


def guess(client, email=OTTO, times=FREE):
    """Guess at a password until it must wait; return the answer that says so."""
    for _ in range(times):
        assert first_step(client, email, "a guess of fifteen letters").status_code == 422
    return first_step(client, email, "a guess of fifteen letters")


def after(time_machine, seconds):
    time_machine.move_to(timezone.now() + timedelta(seconds=seconds))


@pytest.mark.parametrize("name", slowing.GROWTH)
def test_the_wait_doubles_up_to_the_longest(name):
    steps = [slowing.step_after(name, tries) for tries in range(40)]
    free, longest = LIMITS[name].times, slowing.GROWTH[name].longest
    assert steps[:free] == [0] * free
    assert steps[free : free + 3] == [5, 10, 20]
    assert all(other in (2 * one, longest) for one, other in pairwise(steps[free:]))
    assert steps[-1] == longest


def test_the_answer_comes_at_once_and_says_for_how_long(client, cast, slow):
    answer = guess(client)
    assert answer.status_code == 429
    assert 440 < int(answer["Retry-After"]) <= 500
    assert "Try again in 9 minutes." in answer.content.decode()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second."), (2, "2 seconds."), (119, "119 seconds."), (120, "2 minutes."), (121, "3 minutes.")],
)
def test_a_wait_is_said_in_seconds_and_from_two_minutes_in_whole_minutes(seconds, words):
    assert wait_words(seconds) == f"Try again in {words}"


def test_who_waited_gets_one_more_try_and_then_waits_longer(client, cast, time_machine, slow):
    guess(client)
    after(time_machine, 501)
    assert first_step(client, OTTO, "a guess of fifteen letters").status_code == 422
    assert int(first_step(client, OTTO, "a guess of fifteen letters")["Retry-After"]) > 900
    after(time_machine, 1001)
    assert first_step(client, OTTO).status_code == 302


def test_asking_while_it_waits_makes_it_no_longer(client, cast, slow):
    guess(client)
    for _ in range(5):
        assert int(first_step(client, OTTO, "a guess of fifteen letters")["Retry-After"]) <= 500


def test_a_stranger_does_not_keep_the_holder_out_of_a_browser_they_know(client, cast):
    assert sign_in(client, OTTO).status_code == 302
    client.post(reverse("logout"))
    stranger = Client()
    assert guess(stranger).status_code == 429
    assert first_step(stranger, OTTO).status_code == 429
    assert first_step(client, OTTO).status_code == 302


def test_a_browser_that_knows_another_account_has_no_tries_of_its_own(client, cast):
    sign_in(client, "cora@test.example")
    client.post(reverse("logout"))
    guess(Client())
    assert first_step(client, OTTO).status_code == 429


def test_a_known_browser_is_slowed_too(client, cast):
    sign_in(client, OTTO)
    client.post(reverse("logout"))
    assert guess(client).status_code == 429


@pytest.mark.parametrize("forged", ["1:abc", "", "x", json.dumps([1, "a"])])
def test_a_cookie_that_was_not_sealed_here_gives_nothing(client, cast, forged):
    guess(Client())
    client.cookies["device"] = forged
    assert first_step(client, OTTO).status_code == 429
    client.cookies["device"] = seal_text("another purpose", json.dumps([cast.otto.pk, "a"]))
    assert first_step(client, OTTO).status_code == 429


def test_the_cookie_of_a_device_opens_nothing_and_says_nothing(client, cast):
    sign_in(client, OTTO)
    cookie = client.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert OTTO not in cookie.value
    assert json.loads(open_text("known device", cookie.value))[0] == cast.otto.pk
    bare = Client()
    bare.cookies["device"] = cookie.value
    assert bare.get(reverse("home")).url.startswith(reverse("login"))
    assert first_step(bare, OTTO).url == reverse("mfa_authenticate")


def test_a_stranger_who_knows_the_password_does_not_shut_out_the_device_that_is_open(client, cast):
    client.force_login(cast.otto)
    stranger = Client()
    first_step(stranger, OTTO)
    for _ in range(FREE):
        assert stranger.post(reverse("mfa_authenticate"), {"code": "000001"}).status_code == 422
    assert stranger.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 429
    assert client.post(confirm_address("/home/"), {"code": code_now()}).status_code == 302


def test_wrong_codes_of_a_stranger_do_not_keep_a_passkey_out(client, newcomer):
    key = Passkey()
    client.force_login(newcomer)
    options = client.get(reverse("mfa_add_webauthn")).context["options"]
    client.post(reverse("mfa_add_webauthn"), {"credential": key.register(options)}, secure=True)
    stranger = Client()
    first_step(stranger, newcomer.email)
    for _ in range(FREE + 1):
        last = stranger.post(reverse("mfa_authenticate"), {"code": "000001"})
    assert last.status_code == 429
    elsewhere = Client()
    first_step(elsewhere, newcomer.email)
    options = elsewhere.get(reverse("mfa_authenticate")).context["options"]
    assert elsewhere.post(reverse("mfa_authenticate"), {"credential": key.answer(options)}).status_code == 302


def told(user):
    deliver_due()
    return Message.objects.filter(user=user, kind="tries_slowed", channel="in_app").count()


def test_the_holder_is_told_once_a_day_when_the_free_tries_are_used_up(client, cast, time_machine):
    for _ in range(FREE - 1):
        first_step(client, OTTO, "a guess of fifteen letters")
    assert told(cast.otto) == 0
    first_step(client, OTTO, "a guess of fifteen letters")
    assert told(cast.otto) == 1
    after(time_machine, 6)
    first_step(client, OTTO, "a guess of fifteen letters")
    assert told(cast.otto) == 1
    assert told(cast.cora) == 0


def test_guessing_at_nobody_tells_nobody(client, cast):
    assert guess(client, "nobody@test.example").status_code == 429
    deliver_due()
    assert not Message.objects.filter(kind="tries_slowed").exists()


def test_an_unknown_address_waits_as_a_known_one_does(client, cast):
    answers = [guess(Client(), email) for email in (OTTO, "nobody@test.example")]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert all("Try again in" in answer.content.decode() for answer in answers)


def test_no_request_is_held_and_no_network_address_is_kept(client, cast, monkeypatch):
    """Nothing sleeps, and what is counted stands under a keyed hash of account and way."""
    monkeypatch.setattr("time.sleep", None)
    first_step(client, OTTO, "a guess of fifteen letters")
    sources = [Path(slowing.__file__), Path(slowing.__file__).parent / "accounts/tries.py"]
    assert not any("REMOTE_ADDR" in path.read_text() for path in sources)
    assert cache.get("limit:sign-in:127.0.0.1") is None
