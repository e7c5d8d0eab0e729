import pytest
from django.core.cache import cache
from django.urls import reverse

from foundation.accounts.views import TRIES, tries_key

PASSWORD = "a-long-enough-password"


@pytest.fixture(autouse=True)
def fresh_counts(cast):
    keys = [tries_key(user.email) for user in (cast.ade, cast.cora)] + [tries_key("nobody@test.example")]
    cache.delete_many(keys)
    yield
    cache.delete_many(keys)


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("login"), {"username": email, "password": password})


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, cast):
    wrong = sign_in(client, "ade@test.example", "not-the-password-at-all")
    unknown = sign_in(client, "nobody@test.example")
    assert wrong.status_code == unknown.status_code == 422
    errors = [response.context["form"].non_field_errors() for response in (wrong, unknown)]
    assert errors[0] and errors[0] == errors[1]


def test_guessing_one_account_is_slowed_and_others_are_not(client, cast):
    for _ in range(TRIES):
        assert sign_in(client, "ade@test.example", "guess").status_code == 422
    assert sign_in(client, "ade@test.example").status_code == 429
    assert sign_in(client, "ADE@test.example").status_code == 429
    assert sign_in(client, "cora@test.example").status_code == 302


def test_signing_in_forgives_earlier_tries(client, cast):
    for _ in range(TRIES - 1):
        sign_in(client, "ade@test.example", "guess")
    assert sign_in(client, "ade@test.example").status_code == 302
    client.logout()
    assert sign_in(client, "ade@test.example").status_code == 302


def test_someone_who_left_cannot_sign_in(client, cast):
    cast.ade.is_active = False
    cast.ade.save()
    assert sign_in(client, "ade@test.example").status_code == 422


def test_someone_without_an_office_sees_nothing(client, cast):
    cast.ade.membership.delete()
    client.force_login(cast.ade)
    assert client.get(reverse("home")).status_code == 403


def test_a_next_address_on_another_site_is_not_followed(client, cast):
    response = client.post(
        reverse("login") + "?next=https://evil.example/",
        {"username": "cora@test.example", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert response.url == reverse("home")


def test_the_language_is_kept_with_the_account(client, cast):
    client.force_login(cast.ade)
    client.post(reverse("set_language"), {"language": "ar", "next": "/home/"})
    cast.ade.refresh_from_db()
    assert cast.ade.language == "ar"
    assert 'dir="rtl"' in client.get(reverse("home")).content.decode()


def test_a_language_we_do_not_have_changes_nothing(client, cast):
    client.force_login(cast.ade)
    assert client.post(reverse("set_language"), {"language": "xx"}).status_code == 302
    cast.ade.refresh_from_db()
    assert cast.ade.language == "en"
