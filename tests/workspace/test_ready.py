"""An office is made by a command and made ready on its own pages, which say what is missing."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.actions import accept_invitation
from foundation.accounts.models import Membership, Office, Role
from foundation.database.principal import SIGN_IN, acting_as
from foundation.events.models import Event
from referrals import panel
from tests.support.relay import deliver_due
from workspace.ready.queries import missing, ready_items

TOLD = {
    "name": "Harbor Legal Aid",
    "phone": "(212) 555-0142",
    "time_zone": "America/Chicago",
    "person": "Nadia",
    "email": "nadia@test.example",
}


def first_run(**told):
    out = StringIO()
    call_command("first_run", **told, stdout=out)
    return out.getvalue()


@pytest.fixture
def nowhere(settings, office):
    """An installation whose office is not there yet."""
    settings.INTAKE_OFFICE = "harbor"


def accept(link):
    token = re.search(r"/invitation/([^/\s]+)/", link)[1]
    with acting_as(SIGN_IN):
        return accept_invitation(token, password="a-long-enough-password", at=timezone.now())


def test_the_command_makes_the_office_and_its_first_administrator_comes_in(nowhere):
    said = first_run(**TOLD)
    office = Office.objects.get(slug="harbor")
    assert (office.name, office.phone, office.time_zone) == (TOLD["name"], TOLD["phone"], TOLD["time_zone"])
    nadia = accept(said)
    assert Membership.objects.get(user=nadia).roles == [Role.ADMINISTRATOR]
    assert Event.objects.filter(name="accounts.invited", actor="system:first-run").count() == 1
    assert "is there already" in first_run()
    assert Office.objects.filter(slug="harbor").count() == 1


def test_run_again_before_anybody_came_it_gives_a_new_link_and_ends_the_old(nowhere):
    old, new = first_run(**TOLD), first_run(person="Nadia", email="nadia@test.example")
    assert accept(old) is None
    assert accept(new)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"email": "nadia"}, "no e-mail address"),
        ({"time_zone": "Chicago"}, "no time zone"),
        ({"name": " "}, "The name of the office"),
        ({"person": None}, "FIRST_RUN_PERSON"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(nowhere, told, words):
    with pytest.raises(CommandError, match=words):
        first_run(**{**TOLD, **told})
    assert not Office.objects.filter(slug="harbor").exists()


def test_what_is_missing_is_said_until_it_is_done(client, cast, now):
    office, today = cast.office, cast.office.today(now)
    Office.objects.filter(pk=office.pk).update(hours_in={"en": "9-17"})
    panel.close_queue(office.queues.get(), by=cast.ines, at=now)
    client.force_login(cast.ines)
    page = client.get(reverse("workspace:ready")).content.decode()
    for words in ("A queue is open", "Its hours are said in every language", "Invite another one"):
        assert words in page
    before = missing(ready_items(Office.objects.get(pk=office.pk), on=today))
    assert f"{before} things are missing" in client.get(reverse("home")).content.decode()
    panel.open_queue(office, name="Anew", by=cast.ines, at=now)
    Office.objects.filter(pk=office.pk).update(hours_in={"en": "9-17", "ar": "9-17"})
    assert missing(ready_items(Office.objects.get(pk=office.pk), on=today)) == before - 2


def test_a_link_for_the_first_administrator_is_mailed_in_the_language_of_the_site(nowhere):
    first_run(**TOLD)
    deliver_due()
    assert not Event.objects.filter(name="events.stuck").exists()
