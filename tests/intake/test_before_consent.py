"""Pages 1 to 5: nothing is kept until somebody says yes."""

from django.apps import apps
from django.urls import reverse

from foundation.accounts.models import Session
from intake.models import Consent, Intake
from tests.intake.conftest import begin


def step(number):
    return reverse("intake:step", args=[number])


def rows():
    """Count everything the database holds that could have come from a visitor."""
    models = [model for model in apps.get_models() if model._meta.app_label in ("intake", "files", "events")]
    return {model._meta.label: model._base_manager.count() for model in [*models, Session]}


def test_leaving_at_the_consent_page_keeps_nothing(client, office):
    before = rows()
    client.post(step(1), {"language": "en"})
    client.post(step(2), {"safe_now": "yes", "shared": "no"})
    client.post(step(3), {"who_fills": "helper"})
    client.post(step(4), {"helper_name": "Canary-Helper", "helper_relation": "friend"})
    assert client.get(step(5)).status_code == 200
    no = client.post(step(5), {"consent": "no"})
    assert no.status_code == 200 and "Nothing was kept" in no.content.decode()
    assert client.cookies["before"].value == ""
    assert rows() == before


def test_what_travels_before_consent_is_sealed(client, office):
    client.post(step(2), {"safe_now": "yes", "shared": "no"})
    client.post(step(3), {"who_fills": "helper"})
    client.post(step(4), {"helper_name": "Canary-Helper", "helper_relation": "friend"})
    assert "Canary" not in client.cookies["before"].value
    assert client.cookies["before"]["httponly"]


def test_someone_who_is_not_safe_is_given_a_phone_number_and_nothing_is_kept(client, office):
    before = rows()
    page = client.post(step(2), {"safe_now": "no"})
    assert page.status_code == 200 and "(212) 555-0100" in page.content.decode()
    assert rows() == before


def test_a_doubled_yes_makes_one_draft(client, office):
    client.post(step(2), {"safe_now": "yes", "shared": "no"})
    client.post(step(3), {"who_fills": "me"})
    again = client.cookies["before"].value
    client.post(step(5), {"consent": "yes"})
    client.cookies["before"] = again
    client.post(step(5), {"consent": "yes"})
    assert Intake.objects.count() == Consent.objects.count() == 1


def test_a_missing_answer_is_asked_again(client, office):
    assert client.post(step(2), {"safe_now": "yes"}).status_code == 422
    client.post(step(2), {"safe_now": "yes", "shared": "no"})
    assert client.post(step(3), {}).status_code == 422
    client.post(step(3), {"who_fills": "helper"})
    assert client.post(step(4), {"helper_name": "  "}).status_code == 422
    assert client.get(step(5)).url == step(4) + "?again=1"
    assert not Intake.objects.exists()


def test_no_page_can_be_jumped_over(client, office):
    for number in (3, 4, 5):
        assert client.get(step(number)).url.startswith(step(2))
    client.post(step(2), {"safe_now": "yes", "shared": "no"})
    assert client.post(step(5), {"consent": "yes"}).url.startswith(step(3))
    assert not Intake.objects.exists()


def test_without_cookies_the_page_says_so(client, office):
    assert "needs cookies" in client.get(step(2) + "?again=1").content.decode()


def test_a_meddled_cookie_counts_for_nothing(client, office):
    client.post(step(2), {"safe_now": "yes", "shared": "no"})
    client.cookies["before"] = client.cookies["before"].value[:-4] + "AAAA"
    assert client.get(step(3)).status_code == 302


def test_the_language_chosen_is_that_of_the_pages_and_of_the_intake(client, office):
    client.post(step(1), {"language": "ar"})
    assert 'dir="rtl"' in client.get(step(2)).content.decode()
    client.post(step(2), {"safe_now": "yes", "shared": "no"})
    client.post(step(3), {"who_fills": "me"})
    client.post(step(5), {"consent": "yes"})
    assert Intake.objects.get().language == "ar"


def test_a_shared_phone_keeps_no_cookie_and_closes_soon(client, office, settings):
    from datetime import timedelta

    response = begin(client, shared="yes")
    cookie = response.cookies["visit"]
    assert not cookie["max-age"] and not cookie["expires"]
    assert response.url == reverse("intake:stop")  # the way back first
    session = Session.objects.get()
    session.seen_at -= timedelta(minutes=settings.SHARED_MINUTES, seconds=5)
    session.save()
    assert client.get(step(6)).url == reverse("landing")


def test_what_was_typed_is_saved_as_a_shared_form_closes(client, office):
    from intake.models import Answer
    from tests.conftest import opened

    begin(client, shared="yes")
    page = client.post(step(19), {"given_names": "Amina", "press": "keep"})
    assert "The form is closed" in page.content.decode() and "Amina" not in page.content.decode()
    assert opened(Answer.objects.get(page="full_name"), "value").value["given_names"] == "Amina"
    assert client.get(step(6)).url == reverse("landing")


def test_a_form_that_closes_with_nothing_typed_wipes_nothing(client, office):
    from intake.models import Answer
    from tests.conftest import opened

    begin(client, shared="yes")
    client.post(step(20), {"other_names": "Mina"})
    client.post(step(20), {"other_names": "", "press": "keep"})
    assert opened(Answer.objects.get(page="other_names"), "value").value == {"other_names": "Mina"}


def test_a_device_of_ones_own_keeps_the_form_for_a_day(client, office, settings):
    from datetime import timedelta

    response = begin(client)
    assert int(response.cookies["visit"]["max-age"]) == settings.DEVICE_HOURS * 3600
    session = Session.objects.get()
    session.seen_at -= timedelta(hours=settings.DEVICE_HOURS - 1)
    session.save()
    assert client.get(step(6)).status_code == 200


def test_the_consent_names_the_words_it_was_given_to(started):
    from intake.promises import wording

    assert Consent.objects.get().wording == wording("consent")
