import time
from urllib.parse import urlencode

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from django.utils import timezone

from foundation.events.models import AccessRecord
from foundation.limits import LIMITS
from tests.conftest import SECRET

PASSWORD = "a-long-enough-password"
TRIES = LIMITS["sign-in"].times


def code_now(secret=SECRET):
    """Return the code of the moment; at the very end of one, the next."""
    now = time.time()
    if now % 30 > 28:
        time.sleep(2.1)
        now = time.time()
    return format_hotp_value(hotp_value(secret, int(now) // 30))


def first_step(client, email, password=PASSWORD):
    return client.post(reverse("login"), {"username": email, "password": password})


def sign_in(client, email, password=PASSWORD):
    """Sign in all the way, with the code of the moment."""
    response = first_step(client, email, password)
    if response.status_code == 302:
        response = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    return response


def actions():
    return list(AccessRecord.objects.order_by("seq").values_list("action", "actor", "purpose"))


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, cast):
    wrong = first_step(client, "ade@test.example", "not-the-password-at-all")
    unknown = first_step(client, "nobody@test.example")
    assert wrong.status_code == unknown.status_code == 422
    errors = [response.context["form"].non_field_errors() for response in (wrong, unknown)]
    assert errors[0] and errors[0] == errors[1]


def test_guessing_one_account_is_slowed_and_others_are_not(client, cast):
    for _ in range(TRIES):
        assert first_step(client, "otto@test.example", "guess").status_code == 422
    assert first_step(client, "otto@test.example").status_code == 429
    assert first_step(client, "OTTO@test.example").status_code == 429
    assert first_step(client, "cora@test.example").status_code == 302


def test_signing_in_forgives_earlier_tries(client, cast):
    for _ in range(TRIES - 1):
        first_step(client, "ade@test.example", "guess")
    assert first_step(client, "ade@test.example").status_code == 302
    assert first_step(client, "ade@test.example").status_code == 302


def test_a_password_of_a_megabyte_is_refused_before_it_is_hashed(client, cast):
    assert first_step(client, "ade@test.example", "x" * 1_000_000).status_code == 422


def test_a_right_password_alone_signs_nobody_in(client, cast):
    response = first_step(client, "otto@test.example")
    assert response.url == reverse("mfa_authenticate")
    assert client.get(reverse("home")).url.startswith(reverse("login"))


def test_the_second_step_is_not_there_without_the_first(client, cast):
    for method in (client.get, client.post):
        assert method(reverse("mfa_authenticate"), {"code": "246810"}).url == reverse("login")


def test_a_wrong_code_is_refused_counted_and_slowed(client, cast):
    first_step(client, "otto@test.example")
    for _ in range(LIMITS["second-factor"].times):
        assert client.post(reverse("mfa_authenticate"), {"code": "000001"}).status_code == 422
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 429


def test_a_code_signs_in_once_only(client, cast, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    first_step(client, "otto@test.example")
    code = code_now()
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("home")
    client.logout()
    first_step(client, "otto@test.example")
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 422


def test_a_code_may_be_typed_with_arabic_digits_and_spaces(client, cast):
    first_step(client, "otto@test.example")
    arabic = code_now().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert client.post(reverse("mfa_authenticate"), {"code": f"{arabic[:3]} {arabic[3:]}"}).status_code == 302


@pytest.mark.parametrize("credential", ["", "null", "[]", "1", "{}", "{broken", '{"id": "x", "rawId": 7}'])
def test_nonsense_for_a_passkey_is_refused(client, cast, credential):
    first_step(client, "otto@test.example")
    assert client.post(reverse("mfa_authenticate"), {"credential": credential}).status_code == 422


def test_the_printed_code_works_in_the_demo_office_alone(client, cast, settings):
    first_step(client, "otto@test.example")
    assert client.post(reverse("mfa_authenticate"), {"code": settings.DEMO_CODE}).status_code == 422
    first_step(client, "cora@test.example")
    assert client.post(reverse("mfa_authenticate"), {"code": settings.DEMO_CODE}).url == reverse("home")


def test_the_printed_code_never_works_in_production(client, cast, settings):
    settings.PRODUCTION = True
    first_step(client, "cora@test.example")
    assert client.post(reverse("mfa_authenticate"), {"code": settings.DEMO_CODE}).status_code == 422


def test_a_printed_code_in_production_is_a_failed_check(settings):
    from foundation.accounts.demo import no_demo_code_in_production

    assert no_demo_code_in_production() == []
    settings.PRODUCTION = True
    assert [error.id for error in no_demo_code_in_production()] == ["accounts.E001"]
    settings.DEMO_CODE = ""
    assert no_demo_code_in_production() == []


def test_sign_ins_and_failures_are_on_record_without_what_was_typed(client, cast):
    first_step(client, "nobody@test.example")
    first_step(client, "otto@test.example", "guess")
    first_step(client, "otto@test.example")
    client.post(reverse("mfa_authenticate"), {"code": "000001"})
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    whose = f"user:{cast.otto.pk}"
    assert actions() == [
        ("sign-in-failed", "anonymous", "password"),
        ("sign-in-failed", whose, "password"),
        ("second-factor-failed", whose, "code"),
        ("signed-in", whose, "totp"),
    ]
    assert set(AccessRecord.objects.values_list("office_id", flat=True)) == {None, cast.other.pk}


def test_someone_who_left_cannot_sign_in(client, cast):
    cast.ade.is_active = False
    cast.ade.save()
    assert first_step(client, "ade@test.example").status_code == 422


def test_someone_shut_out_between_the_two_steps_stays_out(client, cast):
    first_step(client, "otto@test.example")
    cast.otto.is_active = False
    cast.otto.save()
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).url == reverse("login")


def test_someone_without_an_office_sees_nothing(client, cast):
    cast.ade.membership.delete()
    client.force_login(cast.ade)
    assert client.get(reverse("home")).status_code == 403


NOWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "javascript:alert(1)",
    "abc",
    "/no/such/page/",
    "http://[::1",
    "a\0b",
    "\\",
]


@pytest.mark.parametrize("wanted", NOWHERE)
def test_a_next_address_that_is_no_page_of_ours_is_not_followed(client, cast, wanted):
    values = {"username": "cora@test.example", "password": PASSWORD, "next": wanted}
    client.post(f"{reverse('login')}?{urlencode({'next': wanted})}", values)
    response = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert response.url == reverse("home")


@pytest.mark.parametrize("wanted", NOWHERE)
def test_who_is_signed_in_is_led_home_from_an_address_that_is_no_page_of_ours(client, cast, wanted):
    client.force_login(cast.cora)
    for name in ("login", "mfa_authenticate"):
        assert client.get(reverse(name), {"next": wanted}).url == reverse("home")


def test_signing_in_leads_to_the_page_that_was_wanted(client, cast):
    values = {"username": "cora@test.example", "password": PASSWORD, "next": "/cases/"}
    client.post(reverse("login"), values)
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).url == "/cases/"


def test_the_language_is_kept_with_the_account(client, cast):
    client.force_login(cast.ade)
    client.post(reverse("set_my_language"), {"language": "ar", "next": "/home/"})
    cast.ade.refresh_from_db()
    assert cast.ade.language == "ar"
    assert 'dir="rtl"' in client.get(reverse("home")).content.decode()


def test_a_language_we_do_not_have_changes_nothing(client, cast):
    client.force_login(cast.ade)
    assert client.post(reverse("set_my_language"), {"language": "xx"}).status_code == 302
    cast.ade.refresh_from_db()
    assert cast.ade.language == "en"
