"""Without a second factor nothing opens but the way to one, the language and the way out."""

import uuid

import pytest
from django.urls import reverse

from tests.architecture.test_urls import ALL

STAFF = {name for name, entry in ALL.items() if entry.callback.access.startswith("staff")}
OPEN = {
    *("enroll", "mfa_add_webauthn", "mfa_activate_totp", "set_my_language"),
    *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
}


def address(name):
    """Return an address of this name, of things that are not there."""
    converters = ALL[name].pattern.converters
    filled = {
        key: uuid.uuid4() if type(one).__name__ == "UUIDConverter" else 1 for key, one in converters.items()
    }
    return reverse(name, kwargs=filled)


def test_the_pages_open_without_a_second_factor_are_these_alone():
    assert {name for name in STAFF if not ALL[name].callback.enrolled} == OPEN


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_other_page_leads_to_enrollment(client, newcomer, method):
    client.force_login(newcomer)
    for name in sorted(STAFF - OPEN):
        response = getattr(client, method)(address(name))
        assert (response.status_code, response.url) == (302, reverse("enroll")), name


@pytest.mark.parametrize("name", ["enroll", "mfa_add_webauthn", "mfa_activate_totp"])
def test_the_way_to_a_second_factor_is_open(client, newcomer, name):
    client.force_login(newcomer)
    assert client.get(reverse(name)).status_code == 200


def test_the_way_out_and_the_language_are_open(client, newcomer):
    client.force_login(newcomer)
    assert client.post(reverse("set_my_language"), {"language": "ar"}).status_code == 302
    assert client.post(reverse("logout")).url == reverse("login")
    assert client.get(reverse("home")).url.startswith(reverse("login"))


def test_recovery_codes_alone_are_no_second_factor(client, newcomer):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(newcomer)
    client.force_login(newcomer)
    assert client.get(reverse("home")).url == reverse("enroll")


def test_the_password_alone_signs_a_newcomer_in_as_far_as_enrollment(client, newcomer):
    values = {"username": newcomer.email, "password": "a-long-enough-password"}
    assert client.post(reverse("login"), values).url == reverse("home")
    assert client.get(reverse("home")).url == reverse("enroll")


def test_in_production_the_demo_office_is_held_at_enrollment_too(client, cast, settings):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.filter(user=cast.ines).delete()
    client.force_login(cast.ines)
    assert client.get(reverse("home")).status_code == 200
    settings.PRODUCTION = True
    assert client.get(reverse("home")).url == reverse("enroll")
