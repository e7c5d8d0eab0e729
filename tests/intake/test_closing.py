"""Leaving really leaves, and on a shared phone every page closes by itself; without any script."""

import pytest
from django.urls import reverse

from intake.models import Answer
from tests.conftest import opened
from tests.intake.conftest import begin
from tests.support.answers import address_of


@pytest.fixture
def closes(settings):
    """Return what the header says on a page that closes by itself."""
    return f"{settings.SHARED_MINUTES * 60 + 5}; url={reverse('intake:closed')}"


# --- leaving --------------------------------------------------------------------------------------


def test_leaving_answers_with_a_page_that_goes_on_by_itself_and_forgets_the_session(started, settings):
    """A redirect would be held to the policy of forms, and the page with the answers would stay."""
    response = started.post(reverse("leave"))
    assert response.status_code == 200 and not response.has_header("Location")
    assert response["Refresh"] == f"0; url={settings.NEUTRAL_SITE}"
    assert f'http-equiv="refresh" content="0; url={settings.NEUTRAL_SITE}"' in response.content.decode()
    assert "cookies" in response["Clear-Site-Data"]
    assert started.get(address_of("where_now")).url == reverse("landing")


def test_whoever_must_leave_leaves_without_the_cookie_of_the_forms(office):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("leave")).status_code == 200


# --- every page of a shared phone -----------------------------------------------------------------


def test_every_page_of_a_shared_phone_closes_by_itself(client, office, closes, fill):
    begin(client, shared="yes")
    for name in ("intake:stop", "intake:talk", "intake:documents"):
        assert client.get(reverse(name))["Refresh"] == closes, name
    assert client.get(address_of("name"))["Refresh"] == closes
    assert client.post(address_of("where_now"), {}).status_code == 422
    assert client.post(address_of("where_now"), {})["Refresh"] == closes, "a page with an error too"
    fill(client)
    review = client.get(reverse("intake:review"))
    assert review["Refresh"] == closes and "closes by itself after 10 minutes" in review.content.decode()
    client.post(reverse("intake:review"))
    assert client.get(reverse("intake:receipt"))["Refresh"] == closes
    client.post(reverse("intake:receipt"))
    assert client.get(reverse("intake:thanks"))["Refresh"] == closes


def test_what_a_receipt_opens_closes_by_itself_on_any_device(client, office, closes, fill):
    begin(client, shared="no")
    fill(client)
    client.post(reverse("intake:review"))
    numbers = client.get(reverse("intake:receipt")).context
    numbers = {name: numbers[name] for name in ("locator", "secret")}
    client.post(reverse("intake:receipt"))
    client.post(reverse("intake:return"), numbers)
    for name, given in (("mine", ()), ("change", ()), ("wish", ("delete",)), ("wish", ("contact",))):
        response = client.get(reverse(f"intake:{name}", args=given))
        assert (response.status_code, response.get("Refresh")) == (200, closes), name


def test_pages_before_consent_close_once_the_phone_is_known_to_be_shared(client, office, closes):
    assert "Refresh" not in client.get(address_of("safe_now"))
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "yes"})
    assert client.get(address_of("who_fills"))["Refresh"] == closes


def test_a_persons_own_phone_closes_nothing(started):
    for address in (reverse("landing"), reverse("intake:review"), address_of("name")):
        response = started.get(address)
        assert "Refresh" not in response and "closes by itself" not in response.content.decode(), address


def test_the_page_that_closed_says_so_and_forgets_what_came_before_consent(client, office):
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "yes"})
    page = client.get(reverse("intake:closed"))
    assert "This page is closed" in page.content.decode()
    assert client.cookies["before"].value == ""


def test_a_tab_that_closes_ends_nothing_in_a_tab_that_is_used(client, office):
    begin(client, shared="yes")
    client.get(reverse("intake:closed"))
    assert client.get(address_of("name")).status_code == 200


def test_more_time_keeps_what_was_typed_and_opens_the_page_again(client, office):
    begin(client, shared="yes")
    response = client.post(address_of("name"), {"given_names": "Amina", "press": "more-time"})
    assert response.url == address_of("name")
    assert opened(Answer.objects.get(page="name"), "value").value["given_names"] == "Amina"
    wrong = client.post(address_of("money"), {"income": "12 apples", "press": "more-time"})
    assert wrong.status_code == 422 and "12 apples" in wrong.content.decode()
