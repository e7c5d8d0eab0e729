"""What touches other people's safety asks once more, as its weight says; nothing that was sent is lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from foundation.accounts.waiting import SECONDS
from foundation.accounts.weights import WEIGHTS
from tests.accounts.test_sign_in import PASSWORD, code_now, sign_in
from tests.architecture.test_urls import ALL

PAGES = ["invite", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
WHOM = {"name": "Zeynep  \n", "email": "zeynep@test.example", "roles": ["caseworker"]}


def later(time_machine, minutes):
    time_machine.move_to(timezone.now() + timedelta(minutes=minutes))


def confirm_address(back):
    return f"{reverse('account_reauthenticate')}?next={back}"


def press(client, page):
    """Press the button of a page that shows what waits; return the answer."""
    form = html.fromstring(page.content).forms[-2]
    return client.post(form.action, list_of(form))


def list_of(form):
    fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields


def stay(client, time_machine, minutes):
    """Look at a page now and then, so that the session does not end."""
    for _ in range(minutes // 10):
        later(time_machine, 10)
        client.get(reverse("home"))


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_weight_has_its_reason_and_is_shorter_than_a_session(weight, settings):
    assert WEIGHTS[weight].why
    assert 0 < WEIGHTS[weight].minutes * 60 < settings.SESSION_COOKIE_AGE


def test_just_under_ten_minutes_signing_in_still_counts_for_accounts(client, olga, time_machine):
    client.force_login(olga)
    later(time_machine, 9.9)
    assert client.get(reverse("invite")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_after_ten_minutes_a_page_asks_first(client, olga, time_machine, name):
    client.force_login(olga)
    later(time_machine, 10)
    assert client.get(reverse(name)).url == confirm_address(reverse(name))


def test_who_confirms_returns_to_the_page_for_ten_more_minutes(client, olga, time_machine):
    client.force_login(olga)
    later(time_machine, 10.1)
    address = client.get(reverse("invite")).url
    assert client.get(address).status_code == 200
    assert client.post(address, {"code": "000001"}).status_code == 422
    assert client.get(reverse("invite")).status_code == 302
    assert client.post(address, {"code": code_now()}).url == reverse("invite")
    assert client.get(reverse("invite")).status_code == 200
    later(time_machine, 10.1)
    assert client.get(reverse("invite")).status_code == 302


def test_an_offer_asks_before_its_page_and_not_after_the_press(client, cast, offer, time_machine):
    page = reverse("referrals:offer-detail", args=[offer.pk])
    client.force_login(cast.ade)
    stay(client, time_machine, 50)
    assert client.get(page).status_code == 200
    stay(client, time_machine, 10)
    assert client.get(page).url == confirm_address(page)
    assert client.post(confirm_address(page), {"code": code_now()}).url == page
    client.post(reverse("referrals:offer-names", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.names_shown_at


def test_offering_a_case_does_not_ask_for_half_a_day(client, cast, triaged, time_machine):
    client.force_login(cast.cora)
    address = reverse("workspace:offer", args=[triaged.pk])
    stay(client, time_machine, 230)
    assert client.post(address, {"practitioner": cast.panel.pk}).status_code == 409  # it has no referral yet
    stay(client, time_machine, 10)
    assert client.post(address, {"practitioner": cast.panel.pk}).url == confirm_address(reverse("waiting"))


def asked_again(client, cast, time_machine):
    """Post an invitation after too long; return the page that comes after the code."""
    client.force_login(cast.ines)
    later(time_machine, 11)
    response = client.post(reverse("invite"), WHOM, headers={"referer": "http://testserver/people/"})
    assert response.url == confirm_address(reverse("waiting"))
    assert "one press sends it" in client.get(response.url).content.decode()
    return client.post(response.url, {"code": code_now()}, follow=True)


def invited(cast):
    return cast.office.invitations.count()


def test_what_was_posted_waits_and_is_sent_with_one_press(client, cast, time_machine):
    page = asked_again(client, cast, time_machine)
    assert page.redirect_chain == [(reverse("waiting"), 302)]
    assert invited(cast) == 0
    assert press(client, page).url == reverse("people")
    assert invited(cast) == 1


def test_what_waits_is_sent_once(client, cast, time_machine):
    page = asked_again(client, cast, time_machine)
    press(client, page)
    cast.office.invitations.all().delete()
    assert "not sent twice" in press(client, page).wsgi_request._messages._queued_messages[0].message
    assert client.get(reverse("waiting")).url == reverse("home")
    assert invited(cast) == 0


def test_what_waits_can_be_forgotten(client, cast, time_machine):
    page = asked_again(client, cast, time_machine)
    assert client.post(reverse("waiting")).url == "/people/"
    assert press(client, page).url == reverse("home")
    assert invited(cast) == 0


def test_what_waited_and_is_refused_comes_back_filled_in(client, cast, time_machine):
    client.force_login(cast.ines)
    later(time_machine, 11)
    sent = {"name": "A name to keep", "email": "no address", "roles": ["attorney"]}
    response = client.post(reverse("invite"), sent)
    page = client.post(response.url, {"code": code_now()}, follow=True)
    assert "A name to keep" in page.content.decode()
    refused = press(client, page)
    assert refused.status_code == 422
    assert 'value="A name to keep"' in refused.content.decode()


def test_what_waits_for_too_long_is_not_sent(client, cast, time_machine):
    page = asked_again(client, cast, time_machine)
    stay(client, time_machine, SECONDS // 60)
    press(client, page)
    assert invited(cast) == 0


def idle_session(client, cast, time_machine):
    """Sign Ines in, let her session end, and let her press a button with a text of hers."""
    assert sign_in(client, "ines@test.example").status_code == 302
    later(time_machine, 16)
    return client.post(reverse("invite"), {**WHOM, "name": "Zeynep from next door"})


def test_a_session_that_ended_loses_nothing(client, cast, time_machine):
    response = idle_session(client, cast, time_machine)
    assert response.url == f"{reverse('login')}?next={reverse('waiting')}"
    assert "What you sent waits here" in client.get(response.url).content.decode()
    typed = {"username": "ines@test.example", "password": PASSWORD, "next": reverse("waiting")}
    assert client.post(reverse("login"), typed).url == reverse("mfa_authenticate")
    page = client.post(reverse("mfa_authenticate"), {"code": code_now()}, follow=True)
    assert "Zeynep from next door" in page.content.decode()
    assert invited(cast) == 0
    press(client, page)
    assert cast.office.invitations.get().name == "Zeynep from next door"


def test_what_waits_for_one_person_is_not_shown_to_the_next_at_the_same_browser(client, cast, time_machine):
    idle_session(client, cast, time_machine)
    sign_in(client, "cora@test.example")
    response = client.get(reverse("waiting"))
    assert response.url == reverse("home")
    assert "Zeynep" not in client.get(response.url).content.decode()


def test_nothing_of_a_stranger_waits(client, cast):
    response = client.post(reverse("invite"), WHOM)
    assert response.url == f"{reverse('login')}?next={reverse('home')}"
    assert "staff" not in client.cookies
    client.cookies["device"] = "1:bm9uc2Vuc2U="
    assert "waiting" not in client.post(reverse("invite"), WHOM).url


def test_neither_passwords_nor_codes_wait(client, cast, time_machine):
    sign_in(client, "ines@test.example")
    later(time_machine, 16)
    secret = "three blue hedgehogs"
    client.post(reverse("account_change_password"), {"password": PASSWORD, "new": secret, "again": secret})
    client.post(reverse("login"), {"username": "ines@test.example", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    page = client.get(reverse("waiting")).content.decode()
    assert secret not in page
    assert PASSWORD not in page


def test_what_waits_lies_sealed(client, cast, time_machine, tamper):
    idle_session(client, cast, time_machine)
    from foundation.accounts.models import Session

    assert all("Zeynep" not in row.session_data for row in Session.objects.all())


def strict(user):
    """A browser in two tabs: it checks tokens as a real one's server would."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.get(reverse("invite"))
    return client


def test_a_form_from_before_signing_in_anew_in_another_tab_waits(cast):
    client = strict(cast.ines)
    sent = {**WHOM, "csrfmiddlewaretoken": "x" * 64}
    response = client.post(reverse("invite"), sent, headers={"origin": "http://testserver"})
    assert response.url == reverse("waiting")
    assert invited(cast) == 0
    page = client.get(response.url)
    assert press(client, page).url == reverse("people")
    assert invited(cast) == 1


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_form_of_another_site_does_not_wait(cast, origin):
    client = strict(cast.ines)
    sent = {**WHOM, "csrfmiddlewaretoken": "x" * 64}
    headers = {"origin": origin} if origin else {}
    assert client.post(reverse("invite"), sent, headers=headers).status_code == 403
    assert client.get(reverse("waiting")).url == reverse("home")


def test_every_step_up_names_a_weight_that_stands_in_the_table():
    weights = {getattr(one, "weight", None) for pattern in ALL.values() for one in wrapped(pattern.callback)}
    assert weights - {None} <= WEIGHTS.keys()
    assert {"accounts", "offers", "names", "files", "receipts"} <= weights


def wrapped(view):
    while view:
        yield view
        view = getattr(view, "__wrapped__", None)


def test_shutting_someone_out_asks_first(client, cast, time_machine):
    client.force_login(cast.ines)
    later(time_machine, 11)
    address = reverse("disable-person", args=[cast.ade.pk])
    assert client.post(address).url == confirm_address(reverse("waiting"))
    cast.ade.refresh_from_db()
    assert cast.ade.is_active


def test_someone_without_a_second_factor_confirms_with_the_password(client, newcomer, time_machine):
    client.force_login(newcomer)
    later(time_machine, 11)
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
