"""What the office says of itself to people who seek help, changed by an administrator."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import override

from config.middleware import principal_of
from foundation.accounts.models import Office
from foundation.accounts.office import tel_uri
from foundation.accounts.office_changes import change_office
from foundation.database.principal import acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden

URL = reverse("office")
SAID = {
    "name": "Our Office",
    "phone": "(212) 555-0100",
    "hours_in_en": "9-17",
    "place_en": "1",
    "place_ar": "2",
}
CHANGED = {
    "name": "Our Office",
    "address": "1 Example Street",
    "phone": "(212) 555-0111",
    "hours_in_en": "Monday, 9 am to 5 pm",
    "hours_in_ar": "الاثنين، من 9 صباحًا إلى 5 مساءً",
    "other_phone": "",
    "place_en": "1",
    "place_ar": "2",
}


@pytest.fixture
def ines(client, cast):
    client.force_login(cast.ines)
    return client


def test_the_promise_is_changed_and_on_record(ines, cast):
    assert "say how many days" in ines.get(reverse("home")).content.decode()
    assert ines.post(URL, {**SAID, "look_days": "3"}).url == URL
    assert Office.objects.get(pk=cast.office.pk).look_days == 3
    assert Event.objects.get(name="accounts.office_changed").data == {"fields": {"look_days": [None, 3]}}
    assert "say how many days" not in ines.get(reverse("home")).content.decode()


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


def test_only_its_administrator_may_change_it(client, cast):
    for who in (cast.cora, cast.ade):
        client.force_login(who)
        assert client.post(reverse("office"), CHANGED).status_code == 403
    assert Office.objects.get(pk=cast.office.pk).phone == "(212) 555-0100"


def test_an_office_without_a_name_is_refused_and_what_was_typed_stays(client, cast):
    client.force_login(cast.ines)
    answer = client.post(reverse("office"), {**CHANGED, "name": ""})
    assert answer.status_code == 422 and "1 Example Street" in answer.content.decode()


def test_what_is_changed_stands_on_the_public_pages_in_each_language(client, cast, settings):
    client.force_login(cast.ines)
    assert client.get(reverse("office")).status_code == 200
    assert client.post(reverse("office"), CHANGED).url == URL
    fields = Event.objects.get(name="accounts.office_changed").data["fields"]
    assert sorted(fields) == ["address", "hours_in", "phone"]
    english = client.get(reverse("landing")).content.decode()
    assert 'href="tel:+1-212-555-0111"' in english and "1 Example Street" in english
    assert "<bdi>Monday, 9 am to 5 pm</bdi>" in english.replace(' class="soft small"', "")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    arabic = client.get(reverse("landing")).content.decode()
    assert "<bdi>الاثنين، من 9 صباحًا إلى 5 مساءً</bdi>" in arabic.replace(' class="soft small"', "")


def test_nothing_changed_is_nothing_on_record(client, cast):
    client.force_login(cast.ines)
    client.post(reverse("office"), SAID)
    assert not Event.objects.filter(name="accounts.office_changed").exists()


def test_hours_a_language_lacks_are_shown_in_another():
    office = Office(hours_in={"en": "9-17"}, other_hours_in={})
    with override("ar"):
        assert (office.hours, office.other_hours) == ("9-17", "")


@pytest.mark.parametrize(
    ("number", "uri"),
    [
        ("(212) 555-0100", "tel:+1-212-555-0100"),
        ("+44 20 7946 0958", "tel:+44-20-7946-0958"),
        ("911", "tel:911"),
        ("call us!", "tel:"),
    ],
)
def test_a_number_is_dialed_as_it_is_meant(number, uri):
    assert tel_uri(number) == uri
