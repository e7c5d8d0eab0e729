"""What touches other people's safety asks once more, five minutes after signing in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.accounts.test_sign_in import code_now

PAGES = ["invite", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


def later(time_machine, minutes):
    time_machine.move_to(timezone.now() + timedelta(minutes=minutes))


def confirm_address(back):
    return f"{reverse('account_reauthenticate')}?next={back}"


def test_just_under_five_minutes_signing_in_still_counts(client, olga, time_machine):
    client.force_login(olga)
    later(time_machine, 4.9)
    assert client.get(reverse("invite")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_after_five_minutes_a_page_asks_first(client, olga, time_machine, name):
    client.force_login(olga)
    later(time_machine, 5)
    assert client.get(reverse(name)).url == confirm_address(reverse(name))


def test_who_confirms_returns_to_the_page_for_five_more_minutes(client, olga, time_machine):
    client.force_login(olga)
    later(time_machine, 5.1)
    address = client.get(reverse("invite")).url
    assert client.get(address).status_code == 200
    assert client.post(address, {"code": "000001"}).status_code == 422
    assert client.get(reverse("invite")).status_code == 302
    assert client.post(address, {"code": code_now()}).url == reverse("invite")
    assert client.get(reverse("invite")).status_code == 200
    later(time_machine, 5.1)
    assert client.get(reverse("invite")).status_code == 302


def test_a_form_is_not_sent_twice_but_said_to_be_pressed_again(client, cast, offer, time_machine):
    page = reverse("referrals:offer-detail", args=[offer.pk])
    client.force_login(cast.ade)
    later(time_machine, 6)
    response = client.post(reverse("referrals:offer-names", args=[offer.pk]))
    assert response.url == confirm_address(page)
    offer.refresh_from_db()
    assert offer.names_shown_at is None
    response = client.post(response.url, {"code": code_now()}, follow=True)
    assert response.redirect_chain[0][0] == page
    assert "press the button again" in response.content.decode()
    client.post(reverse("referrals:offer-names", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.names_shown_at


def test_a_page_that_was_only_opened_is_not_said_to_be_pressed_again(client, olga, time_machine):
    client.force_login(olga)
    later(time_machine, 6)
    client.post(reverse("invite"), {})
    address = client.get(reverse("invite")).url
    response = client.post(address, {"code": code_now()}, follow=True)
    assert "press the button again" not in response.content.decode()


def test_offering_a_case_asks_first(client, cast, triaged, time_machine):
    client.force_login(cast.cora)
    later(time_machine, 6)
    response = client.post(reverse("workspace:offer", args=[triaged.pk]), {"practitioner": cast.panel.pk})
    assert response.url == confirm_address(triaged.get_absolute_url())


def test_shutting_someone_out_asks_first(client, cast, time_machine):
    client.force_login(cast.ines)
    later(time_machine, 6)
    address = reverse("disable-person", args=[cast.ade.pk])
    assert client.post(address).url == confirm_address(address)
    cast.ade.refresh_from_db()
    assert cast.ade.is_active


def test_someone_without_a_second_factor_confirms_with_the_password(client, newcomer, time_machine):
    client.force_login(newcomer)
    later(time_machine, 6)
    address = client.get(reverse("mfa_add_webauthn")).url
    assert client.post(address, {"password": "not-the-password-at-all"}).status_code == 422
    assert client.post(address, {"password": "a-long-enough-password"}).url == reverse("mfa_add_webauthn")
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_confirming_leads_to_no_other_site(client, olga):
    client.force_login(olga)
    response = client.post(confirm_address("https://evil.example/"), {"code": code_now()})
    assert response.url == reverse("home")


def test_codes_are_counted_at_confirming_too(client, olga):
    client.force_login(olga)
    for _ in range(5):
        client.post(confirm_address("/home/"), {"code": "000001"})
    assert client.post(confirm_address("/home/"), {"code": code_now()}).status_code == 429
