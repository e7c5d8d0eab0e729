"""Sessions that can be seen and ended; a password that can be changed."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import Session
from foundation.accounts.sessions import row_key

PASSWORD = "a-long-enough-password"
NEW = "seven green lanterns by the sea"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def is_in(client):
    return client.get(reverse("mfa_index")).status_code == 200


def change(client, **values):
    sent = {"password": PASSWORD, "new": NEW, "again": NEW, **values}
    return client.post(reverse("account_change_password"), sent)


def test_a_wrong_old_password_changes_nothing(client, cast):
    client.force_login(cast.ade)
    assert change(client, password="not-the-password-at-all").status_code == 422
    cast.ade.refresh_from_db()
    assert cast.ade.check_password(PASSWORD)


@pytest.mark.parametrize(
    "new",
    [
        "fourteen chars",  # one below the least
        "x" * 129,  # one above the most
        "ade@test.example",  # the person's own address
        "1q2w3e4r5t6y7u8i",  # long enough, and known to thieves
        "   ",
        "",
    ],
)
def test_a_password_that_is_easy_to_guess_or_too_long_is_refused(client, cast, new):
    client.force_login(cast.ade)
    assert change(client, new=new, again=new).status_code == 422
    cast.ade.refresh_from_db()
    assert cast.ade.check_password(PASSWORD)


@pytest.mark.parametrize(
    "new",
    [
        "fifteen letters",
        "all small letters here",
        "خمس عشرة كلمة سر",
        "x y" * 42 + "zz",
        " spaces at both ends ",
    ],
)
def test_any_characters_make_a_password_if_there_are_enough(client, cast, new):
    client.force_login(cast.ade)
    assert change(client, new=new, again=new).status_code == 302
    cast.ade.refresh_from_db()
    assert cast.ade.check_password(new)


def test_two_different_new_passwords_are_refused(client, cast):
    client.force_login(cast.ade)
    assert change(client, again="something else that is long").status_code == 422


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(cast):
    here, elsewhere, cora = signed_in(cast.ade), signed_in(cast.ade), signed_in(cast.cora)
    assert change(here).status_code == 302
    assert is_in(here) and is_in(cora)
    assert elsewhere.get(reverse("home")).url.startswith(reverse("login"))
    assert Session.objects.filter(user=cast.ade).count() == 1


def test_sessions_are_listed_and_this_one_is_marked(cast):
    here, _elsewhere, _cora = signed_in(cast.ade), signed_in(cast.ade), signed_in(cast.cora)
    context = here.get(reverse("mfa_index")).context
    assert len(context["sessions"]) == 2
    assert context["this_session"] == row_key(here.session.session_key)


def test_one_session_can_be_ended(cast):
    here, elsewhere, third = signed_in(cast.ade), signed_in(cast.ade), signed_in(cast.ade)
    here.post(reverse("end-session"), {"session": row_key(elsewhere.session.session_key)})
    assert [is_in(client) for client in (here, third)] == [True, True]
    assert elsewhere.get(reverse("home")).status_code == 302


def test_all_other_sessions_can_be_ended(cast):
    here, elsewhere, third = signed_in(cast.ade), signed_in(cast.ade), signed_in(cast.ade)
    here.post(reverse("end-session"))
    assert is_in(here)
    assert [client.get(reverse("home")).status_code for client in (elsewhere, third)] == [302, 302]


@pytest.mark.parametrize("wanted", ["x" * 5000, "' OR 1=1 --", "a\0b"])
def test_a_session_that_is_not_there_ends_nothing(cast, wanted):
    here, elsewhere = signed_in(cast.ade), signed_in(cast.ade)
    assert here.post(reverse("end-session"), {"session": wanted}).status_code == 302
    assert is_in(elsewhere)


def test_someone_elses_session_is_not_ended(cast):
    here, cora = signed_in(cast.ade), signed_in(cast.cora)
    here.post(reverse("end-session"), {"session": row_key(cora.session.session_key)})
    assert is_in(cora)
