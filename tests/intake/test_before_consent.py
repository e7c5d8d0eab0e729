"""The pages up to consent: nothing is kept until somebody says yes."""

from django.apps import apps
from django.urls import reverse

from foundation.accounts.models import Session
from intake.models import Consent, Intake
from tests.intake.conftest import begin
from tests.support.answers import address_of


def rows():
    """Count everything the database holds that could have come from a visitor."""
    models = [model for model in apps.get_models() if model._meta.app_label in ("intake", "files", "events")]
    return {model._meta.label: model._base_manager.count() for model in [*models, Session]}


def test_leaving_at_the_consent_page_keeps_nothing(client, office):
    before = rows()
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    client.post(address_of("who_fills"), {"who_fills": "helper"})
    client.post(address_of("helper"), {"helper_name": "Canary-Helper", "helper_relation": "friend"})
    assert client.get(address_of("consent")).status_code == 200
    no = client.post(address_of("consent"), {"consent": "no"})
    assert no.status_code == 200 and "Nothing was kept" in no.content.decode()
    assert client.cookies["before"].value == ""
    assert rows() == before


def test_what_travels_before_consent_is_sealed(client, office):
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    client.post(address_of("who_fills"), {"who_fills": "helper"})
    client.post(address_of("helper"), {"helper_name": "Canary-Helper", "helper_relation": "friend"})
    assert "Canary" not in client.cookies["before"].value
    assert client.cookies["before"]["httponly"]


def test_someone_who_is_not_safe_is_given_a_phone_number_and_nothing_is_kept(client, office):
    before = rows()
    page = client.post(address_of("safe_now"), {"safe_now": "no"})
    assert page.status_code == 200 and "(212) 555-0100" in page.content.decode()
    assert rows() == before


def test_a_doubled_yes_makes_one_draft(client, office):
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    client.post(address_of("who_fills"), {"who_fills": "me"})
    again = client.cookies["before"].value
    client.post(address_of("consent"), {"consent": "yes"})
    client.cookies["before"] = again
    client.post(address_of("consent"), {"consent": "yes"})
    assert Intake.objects.count() == Consent.objects.count() == 1


def test_a_missing_answer_is_asked_again(client, office):
    assert client.post(address_of("safe_now"), {"safe_now": "yes"}).status_code == 422
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    assert client.post(address_of("who_fills"), {}).status_code == 422
    client.post(address_of("who_fills"), {"who_fills": "helper"})
    assert client.post(address_of("helper"), {"helper_name": "  "}).status_code == 422
    assert client.get(address_of("consent")).url == address_of("helper") + "?again=1"
    assert not Intake.objects.exists()


def test_no_page_can_be_jumped_over(client, office):
    for key in ("who_fills", "helper", "consent"):
        assert client.get(address_of(key)).url.startswith(address_of("safe_now"))
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    assert client.post(address_of("consent"), {"consent": "yes"}).url.startswith(address_of("who_fills"))
    assert not Intake.objects.exists()


def test_without_cookies_the_page_says_so(client, office):
    address = address_of("consent")
    for _redirect in range(2):
        client.cookies.clear()
        address = client.get(address).url
    client.cookies.clear()
    assert "needs cookies" in client.get(address).content.decode()


def test_opened_out_of_the_history_without_cookies_no_page_says_that_they_are_missing(client, office):
    """Leave takes the cookies away: Back then opens a page that was left out once."""
    page = client.get(address_of("safe_now") + "?again=1", follow=True)
    assert page.status_code == 200 and "needs cookies" not in page.content.decode()


def test_the_first_pages_opened_again_find_the_open_form(started):
    for key in ("safe_now", "consent"):
        page = started.get(address_of(key)).content.decode()
        assert "A form is open on this device" in page and "needs cookies" not in page, key
        assert address_of("where_now") in page


def test_the_first_pages_sent_again_begin_no_second_form(started):
    begin(started)
    assert Intake.objects.count() == 1
    assert started.get(address_of("where_now")).status_code == 200


def test_a_second_form_begins_only_for_who_says_so(started):
    anew = started.post(address_of("safe_now"), {"press": "anew"})
    assert anew.url == address_of("safe_now")
    begin(started)
    assert Intake.objects.count() == 2


def test_back_from_what_was_sent_leads_to_its_receipt(started, fill):
    fill(started)
    started.post(reverse("intake:review"))
    assert started.get(address_of("consent")).url == reverse("intake:receipt")


def test_a_meddled_cookie_counts_for_nothing(client, office):
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    client.cookies["before"] = client.cookies["before"].value[:-4] + "AAAA"
    assert client.get(address_of("who_fills")).status_code == 302


def test_the_first_question_is_whether_it_is_safe(client, office):
    """No page asks for a language: a switch stands on every page, and its choice is kept in a cookie."""
    assert client.get(reverse("intake:start")).url == address_of("safe_now")
    assert 'value="lang-ar"' in client.get(address_of("safe_now")).content.decode()


def test_the_language_chosen_is_that_of_the_pages_and_of_the_intake(client, office):
    client.post(reverse("set_language"), {"language": "ar", "next": "/"})
    assert 'dir="rtl"' in client.get(address_of("safe_now")).content.decode()
    client.post(address_of("safe_now"), {"safe_now": "yes", "shared": "no"})
    client.post(address_of("who_fills"), {"who_fills": "me"})
    client.post(address_of("consent"), {"consent": "yes"})
    assert Intake.objects.get().language == "ar"


def test_a_shared_phone_keeps_no_cookie_and_closes_soon(client, office, settings):
    from datetime import timedelta

    response = begin(client, shared="yes")
    cookie = response.cookies["visit"]
    assert not cookie["max-age"] and not cookie["expires"]
    assert response.url == reverse("intake:stop")  # the way back first
    client.get(response.url)
    stays = {name for name, cookie in client.cookies.items() if cookie.value and cookie["max-age"]}
    assert "csrftoken" in client.cookies
    assert not stays
    session = Session.objects.get()
    session.seen_at -= timedelta(minutes=settings.SHARED_MINUTES, seconds=5)
    session.save()
    assert client.get(address_of("where_now")).url == reverse("landing")


def test_what_was_typed_is_saved_as_a_shared_form_closes(client, office):
    from intake.models import Answer
    from tests.conftest import opened

    begin(client, shared="yes")
    page = client.post(address_of("name"), {"given_names": "Amina", "press": "keep"})
    assert "The form is closed" in page.content.decode() and "Amina" not in page.content.decode()
    assert opened(Answer.objects.get(page="name"), "value").value["given_names"] == "Amina"
    assert client.get(address_of("where_now")).url == reverse("landing")


def test_a_form_that_closes_with_nothing_typed_wipes_nothing(client, office):
    from intake.models import Answer
    from tests.conftest import opened

    begin(client, shared="yes")
    client.post(address_of("name"), {"given_names": "Amina", "other_names": "Mina"})
    before = opened(Answer.objects.get(page="name"), "value").value
    assert before["other_names"] == "Mina"
    client.post(address_of("name"), {"other_names": "", "press": "keep"})
    assert opened(Answer.objects.get(page="name"), "value").value == before


def test_a_device_of_ones_own_keeps_the_form_for_a_day(client, office, settings):
    from datetime import timedelta

    response = begin(client)
    assert int(response.cookies["visit"]["max-age"]) == settings.DEVICE_HOURS * 3600
    session = Session.objects.get()
    session.seen_at -= timedelta(hours=settings.DEVICE_HOURS - 1)
    session.save()
    assert client.get(address_of("where_now")).status_code == 200


def test_the_consent_names_the_words_it_was_given_to(started):
    from intake.promises import wording

    assert Consent.objects.get().wording == wording("consent")
