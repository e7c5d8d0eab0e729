"""Someone who is shut out is out at once."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import CaseAccess
from foundation.accounts.actions import disable_user
from foundation.accounts.models import Session
from foundation.events.models import Event
from foundation.refused import Forbidden
from tests.support.relay import deliver_due


def disable(client, user):
    return client.post(reverse("disable-person", args=[user.pk]))


def test_administrators_cannot_shut_themselves_out(client, cast):
    client.force_login(cast.ines)
    assert disable(client, cast.ines).status_code == 403
    assert client.get(reverse("home")).status_code == 200
    with pytest.raises(Forbidden):
        disable_user(cast.ines, by=cast.ines, at=timezone.now())


def test_the_next_request_of_someone_shut_out_is_sent_to_sign_in(client, cast):
    ade = Client()
    ade.force_login(cast.ade)
    assert ade.get(reverse("home")).status_code == 200
    client.force_login(cast.ines)
    assert client.get(reverse("disable-person", args=[cast.ade.pk])).status_code == 200
    assert disable(client, cast.ade).url == reverse("people")
    assert ade.get(reverse("home")).url.startswith(reverse("login"))
    assert not Session.objects.filter(user=cast.ade).exists()
    assert Event.objects.filter(name="accounts.user_disabled", office_id=cast.office.pk).count() == 1


def test_shutting_someone_out_takes_their_cases_back(client, cast, accepted):
    assert CaseAccess.objects.filter(user=cast.ade, revoked_at=None).exists()
    client.force_login(cast.ines)
    disable(client, cast.ade)
    deliver_due()
    assert not CaseAccess.objects.filter(user=cast.ade, revoked_at=None).exists()


def test_someone_let_in_again_can_sign_in_but_has_no_cases(client, cast, accepted):
    client.force_login(cast.ines)
    disable(client, cast.ade)
    deliver_due()
    client.post(reverse("enable-person", args=[cast.ade.pk]), {"roles": "attorney"})
    ade = Client()
    ade.force_login(cast.ade)
    assert ade.get(reverse("home")).status_code == 200
    assert ade.get(accepted.case.get_absolute_url()).status_code == 403


def test_shutting_out_twice_is_recorded_once(client, cast):
    client.force_login(cast.ines)
    disable(client, cast.ade)
    disable(client, cast.ade)
    assert Event.objects.filter(name="accounts.user_disabled").count() == 1


def test_the_page_shows_who_works_here_and_nobody_else(client, cast):
    client.force_login(cast.ines)
    page = client.get(reverse("people")).content.decode()
    assert "Ade" in page and "Otto" not in page
