"""The directory on its pages: written down, narrowed, checked, taken out and brought back, each on record."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from directory import actions
from directory.models import Organization
from directory.queries import to_check
from foundation.database.principal import Principal, acting_as
from foundation.events.models import Event
from foundation.refused import Forbidden
from tests.support.handing import KNOWN, organization

LIST, ADD = reverse("directory:organizations"), reverse("directory:add")
SENT = {**KNOWN, "takes_children": "unknown", "is_public": "on", "is_checked": "on"}


@pytest.fixture
def harbor(cast, now):
    return organization(cast.office, by=cast.cora, at=now)


def text(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize("who", ["cora", "ines"])
def test_who_keeps_the_directory_adds_an_organization(client, cast, who):
    client.force_login(getattr(cast, who))
    made = client.post(ADD, SENT)
    one = Organization.objects.get()
    assert made.url == one.get_absolute_url()
    assert (one.name, one.languages, one.takes_children) == ("Harbor Aid", ["ara", "eng"], "unknown")
    assert (one.checked_by, one.used_at) == (getattr(cast, who), None)
    assert Event.objects.filter(name="directory.organization_added", subject_id=str(one.pk)).exists()
    assert "Harbor Aid" in text(client, LIST)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Write an answer."),
        ({"phone": "", "email": "", "web": "", "walk_in": ""}, "one way at least"),
        ({"web": "ftp://harbor.example"}, "This is not a web address."),
        ({"web": "javascript:alert(1)"}, "This is not a web address."),
        ({"states": ["ZZ"]}, "ZZ"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(client, cast, changes, words):
    client.force_login(cast.cora)
    answer = client.post(ADD, {**SENT, **changes})
    assert answer.status_code == 422 and not Organization.objects.exists()
    page = answer.content.decode()
    assert words in page and ("Harbor Aid" in page or not changes.get("name", "-"))


def test_a_web_address_may_be_written_without_what_stands_before_it(client, cast):
    client.force_login(cast.cora)
    client.post(ADD, {**SENT, "web": "harbor.example.org/help"})
    assert Organization.objects.get().web == "https://harbor.example.org/help"


def test_a_name_stands_once_in_a_directory(client, cast, harbor):
    client.force_login(cast.cora)
    answer = client.post(ADD, {**SENT, "name": "harbor aid"})
    assert answer.status_code == 409 and "of this name already" in answer.content.decode()


def test_attorneys_and_other_offices_keep_no_directory_of_ours(cast, now, harbor):
    for stranger in (cast.ade, cast.otto):
        with pytest.raises(Forbidden):
            actions.end_organization(harbor, by=stranger, at=now)
        with pytest.raises(Forbidden):
            organization(cast.office, by=stranger, at=now, name="Another")


def test_a_change_says_what_changed_and_is_no_check(client, cast, harbor):
    Organization.objects.update(checked_on="2026-01-05")
    client.force_login(cast.ines)
    seen = {"seen": actions.version_of(harbor)}
    sent = {key: value for key, value in SENT.items() if key != "is_checked"}
    assert client.post(harbor.get_absolute_url(), {**sent, **seen, "taking": "full"}).status_code == 302
    harbor.refresh_from_db()
    assert (harbor.taking, str(harbor.checked_on)) == ("full", "2026-01-05")
    assert Event.objects.get(name="directory.organization_changed").data == {"fields": ["taking"]}


def test_the_second_of_two_who_change_it_sees_both(client, cast, harbor, now):
    seen = {"seen": actions.version_of(harbor)}
    first = {"seen": seen["seen"], "is_checked": False, "walk_in": "Mondays"}
    actions.change_organization(harbor, **first, by=cast.ines, at=now + timedelta(minutes=1))
    client.force_login(cast.cora)
    answer = client.post(harbor.get_absolute_url(), {**SENT, **seen, "walk_in": "Tuesdays"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Mondays" in page and "Tuesdays" in page
    harbor.refresh_from_db()
    assert harbor.walk_in == "Mondays"
    again = {"seen": actions.version_of(harbor), "walk_in": "Tuesdays"}
    assert again["seen"] in page
    assert client.post(harbor.get_absolute_url(), {**SENT, **again}).status_code == 302
    harbor.refresh_from_db()
    assert harbor.walk_in == "Tuesdays"


def test_what_was_not_checked_for_180_days_says_so_everywhere_staff_see_it(client, cast, harbor, now):
    today = cast.office.today(now)
    client.force_login(cast.ines)
    assert "to be checked" not in text(client, reverse("home"))
    Organization.objects.update(checked_on=today - timedelta(days=180))
    assert list(to_check(cast.office, on=today)) == [harbor]
    assert "1 organization is to be checked" in text(client, reverse("home"))
    for address in (LIST, harbor.get_absolute_url()):
        page = text(client, address)
        assert "Not checked for 180 days" in page and "Not shown to the public" in page
    client.post(reverse("directory:check", args=[harbor.pk]))
    harbor.refresh_from_db()
    assert (harbor.checked_on, harbor.checked_by) == (today, cast.ines)
    assert "Not checked for 180 days" not in text(client, LIST)
    assert Event.objects.filter(name="directory.organization_checked", actor=f"user:{cast.ines.pk}").exists()


def test_it_is_taken_out_and_brought_back(client, cast, harbor, now):
    client.force_login(cast.cora)
    client.post(reverse("directory:end", args=[harbor.pk]))
    assert "Harbor Aid" not in text(client, LIST)
    assert "Harbor Aid" in text(client, f"{LIST}?there=out")
    client.post(reverse("directory:bring-back", args=[harbor.pk]))
    assert "Harbor Aid" in text(client, LIST)
    names = ["directory.organization_ended", "directory.organization_brought_back"]
    assert list(Event.objects.filter(name__in=names).order_by("at").values_list("name", flat=True)) == names


def test_it_is_not_brought_back_beside_another_of_its_name(client, cast, harbor, now):
    actions.end_organization(harbor, by=cast.cora, at=now)
    organization(cast.office, by=cast.cora, at=now)
    client.force_login(cast.cora)
    answer = client.post(reverse("directory:bring-back", args=[harbor.pk]), follow=True)
    assert "of this name already" in answer.content.decode()
    assert Organization.objects.filter(ended_at=None).count() == 1


def test_the_list_is_narrowed_by_what_its_address_asks(client, cast, harbor, now):
    organization(
        cast.office, by=cast.cora, at=now, name="Far Aid", states=["CA"], languages=["spa"], taking="full"
    )
    client.force_login(cast.cora)
    for asked in ("state=CA", "language=spa", "taking=full"):
        page = text(client, f"{LIST}?{asked}")
        assert "Far Aid" in page and "Harbor Aid" not in page, asked
    Organization.objects.filter(pk=harbor.pk).update(everywhere=True)
    assert "Harbor Aid" in text(client, f"{LIST}?state=CA")
    Organization.objects.filter(pk=harbor.pk).update(checked_on=None, checked_by=None)
    page = text(client, f"{LIST}?check=due")
    assert "Harbor Aid" in page and "Far Aid" not in page


def test_another_office_sees_nothing_of_it(client, cast, harbor):
    client.force_login(cast.otto)
    assert "Harbor Aid" not in text(client, LIST)
    assert client.get(harbor.get_absolute_url()).status_code == 404
    otto = cast.otto
    whose = Principal("caseworker", f"user:{otto.pk}", user_id=otto.pk, office_id=cast.other.pk)
    with acting_as(whose), transaction.atomic():
        assert not Organization.objects.exists()
