import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.actions import submit_intake
from intake.receipts import Receipt, TooManyTries, WrongReceipt, open_by_receipt


@pytest.fixture
def receipt(make_draft, now):
    draft = make_draft()
    return draft, submit_intake(draft, at=now)


def test_the_secret_is_kept_only_as_an_argon2id_hash(receipt):
    draft, numbers = receipt
    assert re.fullmatch(r"\d{8}", numbers.locator)
    assert re.fullmatch(r"\d{16}", numbers.secret)
    assert draft.secret_hash.startswith("argon2$argon2id$")
    assert numbers.secret not in draft.secret_hash


def test_both_numbers_open_it(receipt):
    draft, numbers = receipt
    assert open_by_receipt(numbers.locator, numbers.secret).matter_id == draft.matter_id


def test_wrong_and_unknown_get_the_same_answer(receipt, client):
    _, numbers = receipt
    pages = [
        client.post(reverse("intake:return"), {"locator": locator, "secret": "0" * 16})
        for locator in (numbers.locator, "00000000")
    ]
    bodies = [
        re.sub(r'value="[^"]*"|name="csrfmiddlewaretoken"', "", page.content.decode()) for page in pages
    ]
    assert pages[0].status_code == pages[1].status_code == 422
    assert bodies[0] == bodies[1]


def test_guessing_is_slowed_for_that_locator_only(receipt):
    _, numbers = receipt
    for _ in range(5):
        with pytest.raises(WrongReceipt):
            open_by_receipt(numbers.locator, "0" * 16)
    with pytest.raises(TooManyTries):
        open_by_receipt(numbers.locator, numbers.secret)
    with pytest.raises(WrongReceipt):
        open_by_receipt("12345678", "0" * 16)


def test_the_return_page_shows_nothing_that_was_told(receipt, client):
    _, numbers = receipt
    typed = {"locator": f"{numbers.locator[:4]} {numbers.locator[4:]}", "secret": numbers.secret}
    page = client.post(reverse("intake:return"), typed, follow=True)
    assert page.status_code == 200
    assert page.request["PATH_INFO"] == reverse("intake:mine")
    for never in ("Amina", "Canary-Surname", "amina@test.example", "asylum"):
        assert never not in page.content.decode()


@pytest.mark.parametrize("typed", ["", "1234", "abcdefgh", "1" * 1000, "1234567８x"])
def test_numbers_of_the_wrong_shape_are_refused_before_any_hashing(client, office, typed):
    page = client.post(reverse("intake:return"), {"locator": typed, "secret": typed})
    assert page.status_code == 422


def test_a_withdrawn_or_draft_intake_is_found_by_no_empty_locator(make_draft):
    make_draft()
    with pytest.raises(WrongReceipt):
        open_by_receipt("", "")


def counted(monkeypatch):
    """Count the hashings."""
    from intake import receipts

    seen, check = {"calls": 0}, receipts.check_password

    def watched(*args):
        seen["calls"] += 1
        return check(*args)

    monkeypatch.setattr(receipts, "check_password", watched)
    return seen


def test_a_megabyte_of_digits_is_refused_before_any_hashing(client, office, monkeypatch):
    seen = counted(monkeypatch)
    for values in (
        {"locator": "12345678", "secret": "1" * 1_000_000},
        {"locator": "1" * 1_000_000, "secret": "1" * 16},
    ):
        assert client.post(reverse("intake:return"), values).status_code == 422
    assert seen["calls"] == 0


def test_an_unknown_locator_costs_the_same_work(receipt, monkeypatch):
    seen = counted(monkeypatch)
    for locator in (receipt[1].locator, "00000000"):
        with pytest.raises(WrongReceipt):
            open_by_receipt(locator, "0" * 16)
    assert seen["calls"] == 2


def test_what_an_unknown_locator_is_checked_against_is_made_once(receipt, monkeypatch):
    from intake import receipts

    receipts.nobody()
    monkeypatch.setattr(receipts, "make_password", None)
    with pytest.raises(WrongReceipt):
        open_by_receipt("00000000", "0" * 16)


def test_where_all_places_for_hashing_are_taken_the_page_says_so_and_when_to_come_back(receipt, client):
    from foundation.accounts.hashers import turns

    _, numbers = receipt
    typed = {"locator": numbers.locator, "secret": numbers.secret}
    with every_place_taken(turns):
        page = client.post(reverse("intake:return"), typed)
    assert page.status_code == 503 and int(page["Retry-After"]) > 0
    assert "Please go back and try again in a minute" in page.content.decode()
    assert client.post(reverse("intake:return"), typed).status_code == 302


@contextmanager
def every_place_taken(turns):
    taken = 0
    while turns.room.acquire(blocking=False):
        taken += 1
    try:
        yield
    finally:
        for _ in range(taken):
            turns.room.release()


def test_a_stolen_hash_cannot_be_guessed_at_without_the_pepper(receipt):
    from django.contrib.auth.hashers import check_password

    draft, numbers = receipt
    assert not check_password(numbers.secret, draft.secret_hash)


def typed(numbers, secret="0" * 16, **more):
    return {"locator": numbers.locator, "secret": secret, **more}


def guessed(client, numbers, times=5):
    """Guess so often that this number must wait; return the page that says so."""
    for _ in range(times):
        assert client.post(reverse("intake:return"), typed(numbers)).status_code == 422
    return client.post(reverse("intake:return"), typed(numbers))


def turn_of(page):
    return page.context["turn"]


def test_a_number_that_must_wait_says_how_long_and_what_to_do_and_keeps_what_was_typed(receipt, client):
    _, numbers = receipt
    page = guessed(client, numbers)
    text = page.content.decode()
    assert page.status_code == 429 and page["Retry-After"] == "5"
    assert "try again in 5 seconds" in text and "call us" in text and "(212) 555-0100" in text
    assert numbers.locator in text and 'name="turn"' in text


def test_the_wait_grows_with_the_wrong_tries_up_to_eighty_seconds(receipt, client, time_machine):
    _, numbers = receipt
    page, waits = guessed(client, numbers), []
    for _ in range(6):
        wait = int(page["Retry-After"])
        waits.append(wait)
        time_machine.move_to(timezone.now() + timedelta(seconds=wait + 1))
        again = client.post(reverse("intake:return"), typed(numbers, turn=turn_of(page)))
        assert again.status_code == 422
        page = client.post(reverse("intake:return"), typed(numbers))
    assert waits == [5, 10, 20, 40, 80, 80]


def test_asking_while_it_waits_makes_it_no_longer(receipt, client):
    _, numbers = receipt
    guessed(client, numbers)
    waits = {client.post(reverse("intake:return"), typed(numbers))["Retry-After"] for _ in range(20)}
    assert waits == {"5"}


def test_whoever_waited_gets_in_though_a_stranger_never_stops(receipt, client, time_machine):
    _, numbers = receipt
    stranger = Client()
    guessed(stranger, numbers)
    told = client.post(reverse("intake:return"), typed(numbers, numbers.secret))
    assert told.status_code == 429
    for _ in range(30):
        stranger.post(reverse("intake:return"), typed(numbers))
    time_machine.move_to(timezone.now() + timedelta(seconds=int(told["Retry-After"]) + 1))
    for _ in range(30):
        stranger.post(reverse("intake:return"), typed(numbers))
    inside = client.post(reverse("intake:return"), typed(numbers, numbers.secret, turn=turn_of(told)))
    assert inside.status_code == 302


@pytest.mark.parametrize("kind", ["too early", "of another number", "used", "made up", "an hour old"])
def test_a_turn_that_is_none_opens_nothing(receipt, client, time_machine, kind):
    _, numbers = receipt
    told = guessed(client, numbers)
    turn, later = turn_of(told), 6
    if kind == "too early":
        later = 3
    elif kind == "of another number":
        turn = turn_of(guessed(client, Receipt("00000000", "1" * 16)))
    elif kind == "made up":
        turn = f"{numbers.locator} 0 abc"
    elif kind == "an hour old":
        later = 3610
    time_machine.move_to(timezone.now() + timedelta(seconds=later))
    if kind == "used":
        assert client.post(reverse("intake:return"), typed(numbers, turn=turn)).status_code == 422
    answer = client.post(reverse("intake:return"), typed(numbers, numbers.secret, turn=turn))
    assert answer.status_code == 429


def test_a_device_on_which_the_form_is_open_does_not_wait(started, client):
    from intake.actions import give_receipt
    from intake.models import Intake

    draft = Intake.objects.get()
    numbers = give_receipt(draft, how="in_person", by="system:test", at=timezone.now())
    assert guessed(Client(), numbers).status_code == 429
    assert client.post(reverse("intake:return"), typed(numbers, numbers.secret)).status_code == 302


def test_who_comes_back_hears_of_wrong_tries(receipt, client, time_machine):
    _, numbers = receipt
    told = guessed(Client(), numbers)
    time_machine.move_to(timezone.now() + timedelta(seconds=6))
    sent = typed(numbers, numbers.secret, turn=turn_of(told))
    page = client.post(reverse("intake:return"), sent, follow=True).content.decode()
    assert "with wrong numbers 5 times" in page
    again = Client().post(reverse("intake:return"), typed(numbers, numbers.secret), follow=True)
    assert "with wrong numbers" not in again.content.decode()


def test_the_return_page_says_how_to_get_lost_numbers_back(client, office):
    text = client.get(reverse("intake:return")).content.decode()
    assert "I lost my numbers" in text and "come to our office" in text and "(212) 555-0100" in text
