"""The page of what is stuck: every kind on one page, for administrators, with nothing personal."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from foundation.work import tasks
from foundation.work.line import line_of, lines
from foundation.work.words import ERRORS, error_words, to_do_words
from tests.work.rows import MAKERS


@pytest.fixture
def stuck(cast, now):
    """One stuck row of each line."""
    for line in lines():
        MAKERS[line.key](cast, now)
        line.waiting().update(stuck_at=now, attempts=line.tries, error="TimeoutError")
    return {line.key: line.stuck(cast.office.pk)[0] for line in lines()}


def page_of(client):
    return client.get(reverse("workspace:stuck")).content.decode()


def test_every_kind_stands_on_it_in_words_and_without_anything_personal(client, cast, stuck):
    client.force_login(cast.ines)
    assert (
        f"{sum(line.stuck(cast.office.pk).count() for line in lines())}</span>"
        in client.get(reverse("home")).content.decode()
    )
    page = page_of(client)
    assert page.count("The other side did not answer.") >= len(stuck)
    for key, row in stuck.items():
        assert str(line_of(key).title) in page
        assert reverse("workspace:stuck-retry", args=[key, row.pk]) in page
    assert "Amina" not in page and "ade@test.example" not in page and "a.jpg" not in page


def test_a_press_puts_it_back_and_a_second_one_says_that_it_is_done(client, cast, stuck):
    client.force_login(cast.ines)
    for key, row in stuck.items():
        address = reverse("workspace:stuck-retry", args=[key, row.pk])
        assert "in a moment" in client.post(address, follow=True).content.decode()
        assert "does not wait" in client.post(address, follow=True).content.decode()
        row.refresh_from_db()
        assert (row.stuck_at, row.attempts) == (None, 0)


def test_giving_up_needs_a_reason(client, cast, stuck):
    client.force_login(cast.ines)
    for key, row in stuck.items():
        address = reverse("workspace:stuck-give-up", args=[key, row.pk])
        assert client.post(address).status_code == 422
        assert client.post(address, {"why": "Amina said so"}).status_code == 422
        row.refresh_from_db()
        assert row.stuck_at
        assert client.post(address, {"why": "not_needed"}).status_code == 302
        row.refresh_from_db()
        assert (row.stuck_at, row.next_try_at) == (None, None)
    assert "Nothing is stuck" in page_of(client)


def test_all_of_a_kind_are_tried_again_at_one_press(client, cast, stuck, now):
    MAKERS["mail"](cast, now)
    line_of("mail").waiting().update(stuck_at=now)
    line_of("mail").stuck(cast.office.pk).update(stuck_at=now)
    client.force_login(cast.ines)
    address = reverse("workspace:stuck-retry-all", args=["mail"])
    assert (address in page_of(client)) == (line_of("mail").stuck(cast.office.pk).count() > 1)
    client.post(address)
    assert not line_of("mail").stuck(cast.office.pk).exists()
    assert line_of("names").stuck(cast.office.pk).exists()


def test_another_office_and_other_roles_find_nothing(client, cast, stuck, now):
    from foundation.accounts.models import Membership, Role

    client.force_login(cast.cora)
    assert client.get(reverse("workspace:stuck")).status_code == 403
    Membership.objects.filter(user=cast.otto).update(roles=[Role.ADMINISTRATOR])
    client.force_login(cast.otto)
    assert "Nothing is stuck" in page_of(client)
    for key, row in stuck.items():
        assert client.post(reverse("workspace:stuck-retry", args=[key, row.pk])).status_code == 404
        row.refresh_from_db()
        assert row.stuck_at


@pytest.mark.parametrize("address", ["nothing/1", "mail/1", "deliveries/x", "mail/" + "9" * 60])
def test_what_is_not_there_is_not_found(client, cast, address):
    client.force_login(cast.ines)
    assert client.post(f"/stuck/{address}/retry/").status_code == 404


def test_an_unknown_error_has_words_too():
    assert error_words("SomethingNew") == "Something in the program failed."


# --- the sweep ------------------------------------------------------------------------------------


def test_the_sweep_wakes_the_lines_that_have_something_due(db, cast, monkeypatch):
    woken = []
    monkeypatch.setattr(tasks, "wake", woken.append)
    MAKERS["mail"](cast, timezone.now())  # not when the tests began: that may be late by now
    tasks.sweep()
    assert woken == ["mail"]


def test_a_line_the_code_no_longer_has_is_no_failure(db):
    tasks.work_off("nothing")


def test_what_is_stuck_names_its_case_and_what_to_do(client, case, cast, now):
    from notifications.actions import notify_applicant
    from notifications.models import Message

    notify_applicant(case.applicant_id, matter=case.matter, kind="news", language="en", at=now)
    waiting = Message.objects.filter(matter_id=case.matter_id, channel="email", next_try_at__isnull=False)
    waiting.update(stuck_at=now, error="SMTPServerDisconnected")
    client.force_login(cast.ines)
    page = client.get(reverse("workspace:stuck")).content.decode()
    assert case.get_absolute_url() in page and case.reference in page
    assert "See that the mail server or the gateway is up" in page


@pytest.mark.parametrize("code", [*ERRORS, "SomethingElse"])
def test_every_failure_says_what_to_do_in_each_language(code):
    for language in ("en", "ar"):
        with override(language):
            assert to_do_words(code) and error_words(code)
