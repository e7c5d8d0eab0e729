"""The public page of other help: what is sure, and nothing else; to nobody anything is sent."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from directory.models import Organization
from foundation.database.principal import ANONYMOUS, acting_as
from tests.support.handing import organization

PAGE = reverse("intake:other-help")


@pytest.fixture(autouse=True)
def ours(settings):
    settings.INTAKE_OFFICE = "demo"


@pytest.fixture
def harbor(cast, now):
    return organization(cast.office, by=cast.cora, at=now, say_first="Ask for the intake line")


def shown(client, asked=""):
    answer = client.get(PAGE + asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_how_to_reach_each_when_it_was_checked_and_that_nothing_is_sent(client, harbor):
    page = shown(client)
    assert 'href="tel:+1-212-555-0123"' in page and "We last checked this on" in page
    assert "We send nothing to them" in page and "Ask for the intake line" in page and "العربية" in page
    assert "intake@harbor.example" not in page


@pytest.mark.parametrize(
    "hidden",
    [{"is_public": False}, {"ended_at": "2026-11-01T00:00Z"}, {"checked_on": None, "checked_by": None}],
)
def test_what_is_for_staff_gone_or_unchecked_is_not_shown(client, harbor, hidden):
    assert "Harbor Aid" in shown(client)
    Organization.objects.update(**hidden)
    assert "Harbor Aid" not in shown(client)


@pytest.mark.parametrize(("days", "there"), [(179, True), (180, False)])
def test_what_was_not_checked_for_180_days_is_not_shown(client, cast, harbor, now, days, there):
    Organization.objects.update(checked_on=cast.office.today(now) - timedelta(days=days))
    assert ("Harbor Aid" in shown(client)) is there


def test_it_is_narrowed_by_state_and_language(client, cast, harbor, now):
    organization(cast.office, by=cast.cora, at=now, name="Far Aid", states=["CA"], languages=["spa"])
    page = shown(client, "?state=CA&language=")
    assert "Far Aid" in page and "Harbor Aid" not in page
    page = shown(client, "?state=&language=ara")
    assert "Harbor Aid" in page and "Far Aid" not in page
    assert "Harbor Aid" in shown(client, "?state=nowhere&language=%00")


def test_an_empty_list_says_whom_to_call(client, cast, harbor):
    page = shown(client, "?state=WY")
    assert "for this choice" in page and "(212) 555-0100" in page
    Organization.objects.update(is_public=False)
    assert "no list here yet" in shown(client)


def test_another_office_s_list_is_not_this_one(client, cast, harbor, settings):
    settings.INTAKE_OFFICE = "other"
    assert "Harbor Aid" not in shown(client)


def test_the_first_page_leads_there(client, cast):
    assert PAGE in client.get(reverse("landing")).content.decode()


def test_the_public_role_reads_no_address_for_referrals_and_nothing_that_is_not_shown(cast, harbor, now):
    organization(cast.office, by=cast.cora, at=now, name="Staff Aid", is_public=False)
    with acting_as(ANONYMOUS), transaction.atomic():
        names = Organization.objects.values_list("name", flat=True)
        assert list(names) == ["Harbor Aid"]
        for column in ("email", "checked_by_id", "used_at"):
            with pytest.raises(ProgrammingError), transaction.atomic():
                list(Organization.objects.values_list(column))
