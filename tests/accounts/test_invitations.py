"""Nobody has an account who was not invited; a link works once, for three days."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.actions import accept_invitation, invite_person, token_for
from foundation.accounts.models import Invitation, Membership, User
from foundation.database.principal import SIGN_IN, acting_as
from foundation.events.models import Event
from notifications.channels.carrier import NullClient
from notifications.models import Message
from notifications.work import line
from tests.support.relay import deliver_due

NEW = "seven green lanterns by the sea"
WHOM = {"name": "Zeynep", "email": "zeynep@test.example", "roles": ["caseworker"]}


@pytest.fixture
def invitation(olga):
    return invite_person(olga.office, **WHOM, by=olga, at=timezone.now())


def link_to(invitation):
    return reverse("follow-invitation", args=[token_for(invitation.pk)])


def follow(client, invitation):
    response = client.get(link_to(invitation))
    assert response.url == reverse("invitation")
    return client.get(response.url)


def accept(client, password=NEW):
    return client.post(reverse("invitation"), {"new": password, "again": password})


def move_end(invitation, **by):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() + timedelta(**by))


def test_a_wrong_link_a_used_one_and_an_old_one_get_the_same_page(client, invitation):
    pages = [client.get(reverse("follow-invitation", args=["0" * 64]), follow=True)]
    move_end(invitation, seconds=-1)
    pages.append(follow(Client(), invitation))
    move_end(invitation, hours=1)
    follow(client, invitation)
    assert accept(client).status_code == 302
    pages.append(follow(Client(), invitation))
    assert {page.status_code for page in pages} == {404}
    words = {page.content.decode().split("<main")[1] for page in pages}
    assert len(words) == 1


def test_a_link_that_ran_out_while_the_page_was_open_makes_nothing(client, invitation):
    follow(client, invitation)
    move_end(invitation, seconds=-1)
    assert accept(client).status_code == 404
    assert not User.objects.filter(email=WHOM["email"]).exists()


def test_opening_a_link_signs_nobody_out(client, invitation, cast):
    client.force_login(cast.cora)
    page = client.get(link_to(invitation))
    assert (page.status_code, "You are signed in as" in page.content.decode()) == (200, True)
    assert client.get(reverse("home")).status_code == 200
    assert client.post(link_to(invitation)).url == reverse("invitation")
    assert client.get(reverse("invitation")).status_code == 200
    assert client.get(reverse("home")).url.startswith(reverse("login"))


def test_a_link_works_up_to_its_end(client, invitation):
    move_end(invitation, seconds=30)
    assert follow(client, invitation).status_code == 200


@pytest.mark.parametrize("bad", ["short", "zeynep@test.example", "x" * 129])
def test_an_invitation_is_not_accepted_with_a_bad_password(client, invitation, bad):
    follow(client, invitation)
    assert accept(client, bad).status_code == 422
    assert not User.objects.filter(email=WHOM["email"]).exists()


def test_accepting_makes_the_account_and_leads_to_enrollment(client, invitation, olga):
    follow(client, invitation)
    assert accept(client).url == reverse("home")
    user = User.objects.get(email=WHOM["email"])
    assert (user.office, user.role, user.name) == (olga.office, "caseworker", "Zeynep")
    assert client.get(reverse("home")).url == reverse("enroll")
    assert Event.objects.filter(name="accounts.invitation_accepted", actor=f"user:{user.pk}").exists()


def test_the_same_link_in_two_windows_makes_one_account(client, invitation):
    other = Client()
    follow(client, invitation)
    follow(other, invitation)
    assert accept(client).status_code == 302
    assert accept(other).status_code == 404
    assert Membership.objects.filter(user__email=WHOM["email"]).count() == 1


def test_an_address_that_has_an_account_elsewhere_tells_nobody(client, olga, cast):
    invitation = invite_person(
        olga.office, name="Ade", email=cast.ade.email, roles=["attorney"], by=olga, at=timezone.now()
    )
    follow(client, invitation)
    assert accept(client).status_code == 404
    cast.ade.refresh_from_db()
    assert cast.ade.check_password("a-long-enough-password")


def test_the_sign_in_pages_may_make_no_account_by_themselves(olga):
    for statement in (
        "INSERT INTO accounts_user (email) VALUES ('x@test.example')",
        "INSERT INTO accounts_membership (roles) VALUES ('{administrator}')",
        "UPDATE accounts_membership SET roles = '{administrator}'",
        "UPDATE accounts_invitation SET accepted_at = NULL",
    ):
        with acting_as(SIGN_IN), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_only_the_sign_in_pages_may_accept(invitation):
    with pytest.raises(ProgrammingError), transaction.atomic():
        accept_invitation(token_for(invitation.pk), password=NEW, at=timezone.now())


def test_inviting_again_ends_the_first_link(client, invitation, olga):
    again = invite_person(olga.office, **WHOM, by=olga, at=timezone.now())
    assert follow(client, invitation).status_code == 404
    assert follow(client, again).status_code == 200


def test_someone_who_works_here_is_not_invited(client, cast):
    client.force_login(cast.ines)
    response = client.post(reverse("invite"), {**WHOM, "email": "ADE@test.example"})
    assert response.status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"email": "not an address"}, {"roles": ["king"]}, {"roles": []}, {"name": ""}, {"name": "a\x00b"}],
)
def test_a_bad_invitation_is_refused_with_a_reason(client, cast, changes):
    client.force_login(cast.ines)
    assert client.post(reverse("invite"), {**WHOM, **changes}).status_code == 422


def test_an_invitation_can_be_withdrawn_and_only_by_its_office(client, invitation, cast, olga):
    client.force_login(cast.ines)
    assert client.post(reverse("withdraw-invitation"), {"invitation": invitation.pk}).status_code == 404
    assert client.post(reverse("withdraw-invitation"), {"invitation": "x"}).status_code == 302
    client.force_login(olga)
    client.post(reverse("withdraw-invitation"), {"invitation": invitation.pk})
    assert follow(Client(), invitation).status_code == 404


def test_the_link_comes_by_mail_in_neutral_words_and_is_kept_nowhere(client, cast):
    client.force_login(cast.ines)
    client.post(reverse("invite"), WHOM)
    deliver_due()
    mail = NullClient()
    line(mail).work_off(at=timezone.now() + timedelta(seconds=1))
    invitation = Invitation.objects.get()
    (sent,) = mail.sent
    assert sent.to == WHOM["email"]
    assert sent.body.endswith(link_to(invitation)) and "http" in sent.body
    for word in ("asylum", "Our Office", "Zeynep", "caseworker"):
        assert word not in sent.body + sent.subject
    token = token_for(invitation.pk)
    with connection.cursor() as cursor:
        for table in ("accounts_invitation", "notifications_message", "events_event"):
            cursor.execute(f"SELECT t::text FROM {table} AS t")
            rows = cursor.fetchall()
            assert rows and token not in str(rows)


def test_an_invitation_withdrawn_in_time_is_not_mailed(olga, invitation):
    from foundation.accounts.actions import withdraw_invitation

    withdraw_invitation(invitation, by=olga, at=timezone.now())
    deliver_due()
    assert not Message.objects.exists()
