"""What the office says of itself to people who seek help, changed by an administrator."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from config.middleware import principal_of
from foundation.accounts.actions import change_office
from foundation.accounts.models import Office
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden

URL = reverse("office")
SAID = {"name": "Our Office", "phone": "(212) 555-0100", "hours": "9-17"}


@pytest.fixture
def ines(client, cast):
    client.force_login(cast.ines)
    return client


def test_the_promise_is_changed_and_on_record_without_what_it_was(ines, cast):
    assert "say how many days" in ines.get(reverse("home")).content.decode()
    assert ines.post(URL, {**SAID, "look_days": "3"}).url == reverse("home")
    assert Office.objects.get(pk=cast.office.pk).look_days == 3
    assert Event.objects.get(name="accounts.office_changed").data == {"fields": ["look_days"]}
    assert "within 3 business days" in ines.get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    ("typed", "status"), [("0", 422), ("1", 302), ("20", 302), ("21", 422), ("x", 422), ("", 302)]
)
def test_a_promise_is_one_to_twenty_days_or_none(ines, typed, status):
    page = ines.post(URL, {**SAID, "look_days": typed})
    assert page.status_code == status
    if status == 422:
        assert "(212) 555-0100" in page.content.decode()


def test_only_an_administrator_of_that_office_changes_it(cast, now):
    for other in (cast.cora, cast.ade, cast.otto):
        with pytest.raises(Forbidden):
            change_office(cast.office, look_days=1, by=other, at=now)


def test_the_database_lets_an_administrator_change_no_other_office(cast):
    with acting_as(principal_of(cast.ines)), transaction.atomic():
        Office.objects.filter(pk=cast.office.pk).update(look_days=2)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Office.objects.filter(pk=cast.other.pk).update(look_days=2)
        with pytest.raises(DatabaseError, match="permission denied"):
            Office.objects.filter(pk=cast.office.pk).update(slug="taken")
