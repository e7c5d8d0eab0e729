"""Enrolling second factors, and how their secrets lie in the database."""

import json
import re

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from foundation.vault.box import epoch_of, open_text, seal_text
from foundation.vault.keys import FileKeys, VaultError, use_source
from tests.accounts.test_sign_in import code_now, first_step
from tests.conftest import SECRET

BLUE = {"name": "blue", "credential": {"response": {"attestationObject": "YQ"}}}


def enroll_app(client):
    """Add the app whose secret the page shows, and return the secret."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'data-test="secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    return secret


def codes_shown(client):
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r'<li class="num">(\d{4} \d{4})</li>', page)


def raw():
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data::text FROM mfa_authenticator")
        return cursor.fetchall()


def test_a_wrong_first_code_adds_nothing(client, newcomer):
    client.force_login(newcomer)
    client.get(reverse("mfa_activate_totp"))
    assert client.post(reverse("mfa_activate_totp"), {"code": "000001"}).status_code == 422
    assert client.get(reverse("home")).url == reverse("enroll")


def test_an_app_is_added_and_opens_the_rest(client, newcomer):
    client.force_login(newcomer)
    enroll_app(client)
    assert client.get(reverse("home")).status_code == 200


def test_the_code_that_added_an_app_does_not_sign_in_as_well(client, newcomer, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    client.force_login(newcomer)
    secret = enroll_app(client)
    client.logout()
    first_step(client, newcomer.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).status_code == 422


def test_recovery_codes_are_shown_once(client, newcomer):
    client.force_login(newcomer)
    enroll_app(client)
    assert len(codes_shown(client)) == app_settings.RECOVERY_CODE_COUNT
    assert codes_shown(client) == []


def test_a_recovery_code_signs_in_once(client, newcomer):
    client.force_login(newcomer)
    enroll_app(client)
    code = codes_shown(client)[0]
    client.logout()
    first_step(client, newcomer.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("home")
    client.logout()
    first_step(client, newcomer.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 422


def test_new_recovery_codes_end_the_old_ones(client, newcomer):
    client.force_login(newcomer)
    enroll_app(client)
    old = codes_shown(client)
    assert client.post(reverse("mfa_generate_recovery_codes")).url == reverse("mfa_view_recovery_codes")
    assert not set(old) & set(codes_shown(client))


def test_the_only_second_factor_stays(client, olga):
    client.force_login(olga)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 409
    assert Authenticator.objects.filter(user=olga, type="totp").exists()


def test_someone_elses_passkey_is_not_found(client, cast, olga):
    theirs = Authenticator.objects.create(
        user=cast.otto,
        type="webauthn",
        data=BLUE,
    )
    client.force_login(olga)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.post(reverse(name, args=[theirs.pk])).status_code == 404


def test_one_of_two_factors_may_go(client, olga):
    key = Authenticator.objects.create(
        user=olga,
        type="webauthn",
        data=BLUE,
    )
    client.force_login(olga)
    assert client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "red"}).status_code == 302
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    key.refresh_from_db()
    assert key.data["name"] == "red"
    assert not Authenticator.objects.filter(user=olga, type="totp").exists()


def test_no_secret_lies_in_the_database_in_plain(client, newcomer):
    client.force_login(newcomer)
    secret = enroll_app(client)
    rows = raw()
    assert {kind for kind, _data in rows} == {"totp", "recovery_codes"}
    for _kind, data in rows:
        assert secret not in data and SECRET not in data
        assert not re.search(r'"[A-Z2-7]{16,}=*"', data)  # nothing in base32
        sealed = json.loads(data).get("secret") or json.loads(data)["seed"]
        assert epoch_of(sealed) == 1 and open_text("mfa", sealed)


def test_a_secret_sealed_for_one_purpose_opens_for_no_other():
    sealed = seal_text("mfa", "canary")
    assert "canary" not in sealed and open_text("mfa", sealed) == "canary"
    with pytest.raises(VaultError):
        open_text("mail", sealed)


@pytest.mark.parametrize("broken", ["", "canary", "1:", "1:####", "x:AAAA", "1:AAAA", "²:AAAA"])
def test_what_was_never_sealed_does_not_open(broken):
    with pytest.raises(VaultError):
        open_text("mfa", broken)


def test_a_changed_secret_does_not_open():
    sealed = seal_text("mfa", "canary")
    with pytest.raises(VaultError):
        open_text("mfa", sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:])


class NextEpoch(FileKeys):
    """A new key beside the old one."""

    def newest(self):
        return 2

    def key(self, epoch):
        return super().key(1)[::-1] if epoch == 2 else super().key(epoch)


@pytest.fixture
def rotated():
    def rotate():
        before.append(use_source(NextEpoch()))

    before = []
    yield rotate
    if before:
        use_source(before[0])


def test_secrets_of_an_older_key_open_and_are_sealed_again(client, olga, rotated):
    from foundation.accounts.factors import reseal_secrets

    rotated()
    first_step(client, olga.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 302
    everyone = Authenticator.objects.count()
    assert reseal_secrets(limit=2) == 2
    assert reseal_secrets() == everyone - 2
    assert reseal_secrets() == 0
    assert {epoch_of(factor.data["secret"]) for factor in Authenticator.objects.all()} == {2}
    assert open_text("mfa", Authenticator.objects.get(user=olga).data["secret"]) == SECRET
