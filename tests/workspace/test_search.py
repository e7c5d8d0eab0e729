"""The search takes a part of a reference; pages of staff are light or dark as somebody chose."""

import pytest
from django.urls import reverse

from cases.models import Case
from workspace.search.queries import found_exactly, parts_of_reference


@pytest.fixture
def named(make_case):
    """Return a case whose reference is K7M2-9QX4, beside another."""
    case, _other = make_case(), make_case()
    Case.objects.filter(pk=case.pk).update(reference="K7M2-9QX4")
    return case


def references(user, text):
    return [result.reference for result in found_exactly(user, text)]


@pytest.mark.parametrize(
    "text", ["K7M", "k7m2", "K7M2-", "K7M2-9", "k7m29q", "K7M2 9QX", "K7M2-9QX4", "9QX4", "-9qx4", "9QX"]
)
def test_a_part_of_a_reference_finds_the_case(cast, named, text):
    assert references(cast.cora, text) == ["K7M2-9QX4"]


@pytest.mark.parametrize("text", ["K7", "7M2", "M2-9", "K7M3", "9QX5", "Ana", "K7M2-9QX5"])
def test_what_is_no_beginning_and_no_end_finds_nothing(cast, named, text):
    assert references(cast.cora, text) == []


def test_a_part_finds_nothing_of_another_office(cast, named):
    assert references(cast.otto, "K7M2") == []


def test_a_name_of_three_letters_is_taken_for_no_reference():
    assert len(parts_of_reference("ANA2")) == 2  # four signs may be either half
    assert parts_of_reference("Amina Example") == []


def test_light_or_dark_is_as_the_device_has_it_until_somebody_chooses(client, cast):
    client.force_login(cast.cora)
    page = client.get(reverse("home")).content.decode()
    assert "screen and (prefers-color-scheme: dark)" in page
    client.post(reverse("my-look"), {"look": "dark", "next": reverse("workspace:queue")})
    assert 'dark.css" media="screen"' in client.get(reverse("home")).content.decode()
    client.post(reverse("my-look"), {"look": "light"})
    assert "dark.css" not in client.get(reverse("home")).content.decode()
    client.post(reverse("my-look"), {"look": ""})
    assert "prefers-color-scheme" in client.get(reverse("home")).content.decode()


def test_a_look_that_is_not_one_counts_as_none_and_leads_nowhere_else(client, cast):
    client.force_login(cast.cora)
    client.cookies["look"] = "<b>"
    assert "prefers-color-scheme" in client.get(reverse("home")).content.decode()
    answer = client.post(reverse("my-look"), {"look": "neon", "next": "https://elsewhere.example/"})
    assert answer.url == reverse("home")
