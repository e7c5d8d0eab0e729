"""A passkey counts after its ceremony alone, whatever a browser sends in its place."""

import json
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.credentials import LONGEST, MADE, NotACredential, credential_in
from foundation.accounts.factors import has_factor
from foundation.events.models import Event
from tests.accounts.authenticator import Passkey
from tests.accounts.test_sign_in import first_step

ADD = "mfa_add_webauthn"
WHOLE = {"id": "YQ", "rawId": "YQ", "type": "public-key"}
PARTS = {"clientDataJSON": "YQ", "attestationObject": "YQ", "authenticatorData": "YQ", "signature": "YQ"}


def odd(**changes):
    return json.dumps({**WHOLE, "response": PARTS, **changes})


NONSENSE = {
    "nothing": "",
    "false": "false",
    "naught": "0",
    "null": "null",
    "true": "true",
    "a number": "1",
    "an empty text": '""',
    "a list": "[]",
    "an object": "{}",
    "broken": "{broken",
    "deep": "[" * 5000,
    "deep and closed": "[" * 5000 + "]" * 5000,
    "deep inside": '{"response":' * 3000 + "{}" + "}" * 3000,
    "lone surrogate": odd(id="\ud800", rawId="\ud800"),
    "lone surrogate in a part": odd(response={**PARTS, "clientDataJSON": "\udfff"}),
    "huge number": odd(id=int("9" * 4000)),
    "number of too many digits": '{"id": ' + "9" * 9000 + "}",
    "not finite": '{"id": Infinity, "rawId": NaN, "response": -Infinity}',
    "no text": odd(id=7, rawId=7),
    "another type": odd(type="password"),
    "two ids": odd(rawId="Yg"),
    "no response": json.dumps(WHOLE),
    "response is a list": odd(response=[PARTS]),
    "response is empty": odd(response={}),
    "bytes of no CBOR": odd(),
    "too long": odd(id="A" * LONGEST, rawId="A" * LONGEST),
    "null character": odd(id="a\0", rawId="a\0"),
}
FEW = pytest.mark.parametrize(
    "name", ["false", "naught", "deep", "lone surrogate", "huge number", "bytes of no CBOR", "too long"]
)


def options_of(client, name=ADD):
    return client.get(reverse(name)).context["options"]


def test_what_is_no_passkey_is_not_added(client, newcomer):
    client.force_login(newcomer)
    options_of(client)
    for name, sent in NONSENSE.items():
        response = client.post(reverse(ADD), {"name": "blue", "credential": sent})
        assert (name, response.status_code) == (name, 422)
    assert not Authenticator.objects.filter(user=newcomer).exists()
    assert not has_factor(newcomer)
    assert client.get(reverse("home")).url == reverse("enroll")


@FEW
def test_what_is_no_passkey_signs_nobody_in(client, olga, name):
    first_step(client, olga.email)
    assert client.post(reverse("mfa_authenticate"), {"credential": NONSENSE[name]}).status_code == 422
    assert "_auth_user_id" not in client.session


@FEW
def test_what_is_no_passkey_confirms_nothing(client, olga, name, time_machine):
    client.force_login(olga)
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    again = reverse("account_reauthenticate")
    assert client.post(again, {"credential": NONSENSE[name], "next": "/people/invite/"}).status_code == 422
    assert client.get(reverse("invite")).url.startswith(again)


def test_a_refusal_says_what_to_do_and_repeats_nothing(client, newcomer):
    client.force_login(newcomer)
    options_of(client)
    page = client.post(reverse(ADD), {"credential": odd(id="c2VjcmV0", rawId="c2VjcmV0")}).content.decode()
    assert "That did not work. Please try again" in page
    assert "c2VjcmV0" not in page


def test_a_passkey_is_added_and_signs_in_and_confirms(client, newcomer, time_machine):
    key = Passkey()
    client.force_login(newcomer)
    added = client.post(
        reverse(ADD), {"name": "blue", "credential": key.register(options_of(client))}, secure=True
    )
    assert added.url == reverse("mfa_view_recovery_codes")
    client.logout()
    first_step(client, newcomer.email)
    answer = key.answer(options_of(client, "mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": answer}).url == reverse("home")
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    answer = key.answer(options_of(client, "account_reauthenticate"))
    address = reverse("account_reauthenticate") + "?next=/people/invite/"
    assert client.post(address, {"credential": answer}).url == "/people/invite/"
    assert client.get(reverse("invite")).status_code == 200


def test_an_answer_to_an_earlier_question_adds_nothing(client, newcomer):
    client.force_login(newcomer)
    earlier = options_of(client)
    options_of(client)
    assert client.post(reverse(ADD), {"credential": Passkey().register(earlier)}).status_code == 422
    assert not has_factor(newcomer)


def test_another_passkey_signs_nobody_in(client, newcomer):
    client.force_login(newcomer)
    client.post(reverse(ADD), {"credential": Passkey().register(options_of(client))})
    client.logout()
    first_step(client, newcomer.email)
    answer = Passkey().answer(options_of(client, "mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": answer}).status_code == 422


def test_only_what_is_needed_of_a_credential_is_kept(client, newcomer):
    client.force_login(newcomer)
    sent = {**json.loads(Passkey().register(options_of(client))), "more": "x"}
    client.post(reverse(ADD), {"credential": json.dumps(sent)})
    kept = Authenticator.objects.get(user=newcomer, type="webauthn").data["credential"]
    assert set(kept) == {"id", "rawId", "type", "response"}
    assert set(kept["response"]) == set(MADE)


def test_a_credential_that_is_too_long_is_not_even_parsed():
    with pytest.raises(NotACredential):
        credential_in("{" + " " * LONGEST + "}", parts=MADE)


@pytest.mark.parametrize("credential", [False, 0, None, "x", [], {}, {"response": {}}, {"response": 1}])
def test_the_database_keeps_no_passkey_without_a_key(olga, credential):
    with pytest.raises(DatabaseError), transaction.atomic():
        Authenticator.objects.create(user=olga, type="webauthn", data={"name": "x", "credential": credential})


LEFT = {"type": "recovery_codes", "data": {"seed": "x", "used_mask": 0}}


def test_a_passkey_that_no_ceremony_made_goes_with_what_it_opened(newcomer, cast, client, tamper):
    client.force_login(newcomer)
    tamper("alter table mfa_authenticator drop constraint a_passkey_holds_a_key")
    for user in (newcomer, cast.otto):
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "x", "credential": 0})
        Authenticator.objects.create(user=user, **LEFT)
    migration = import_module("foundation.accounts.migrations.0005_passkeys_that_are_none")
    migration.remove(apps, SimpleNamespace(connection=connection))
    assert not Authenticator.objects.filter(user=newcomer).exists()
    assert not newcomer.sessions.exists()
    kept = Authenticator.objects.filter(user=cast.otto).values_list("type", flat=True)
    assert set(kept) == {"totp", "recovery_codes"}
    removed = Event.objects.filter(name="accounts.factor_removed", actor="system:migrate")
    assert sorted((e.subject_id == str(newcomer.pk), e.data["type"]) for e in removed) == [
        (False, "webauthn"),
        (True, "recovery_codes"),
        (True, "webauthn"),
    ]


def test_a_passkey_that_a_ceremony_made_stays(client, newcomer):
    client.force_login(newcomer)
    client.post(reverse(ADD), {"credential": Passkey().register(options_of(client))})
    migration = import_module("foundation.accounts.migrations.0005_passkeys_that_are_none")
    migration.remove(apps, SimpleNamespace(connection=connection))
    assert has_factor(newcomer)
