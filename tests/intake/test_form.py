"""The public form over HTTP: saving, going on, double clicks, tabs, branches, bad input."""

import re

import pytest
from django.urls import reverse

from foundation.events.models import AccessRecord
from intake.models import Answer, Consent, Intake, Narrative
from intake.questionnaire import fear
from intake.questionnaire.path import BY_NUMBER, FIRST, LATER
from tests.conftest import opened
from tests.intake.conftest import begin
from tests.support.answers import address_of


def kept(page):
    return opened(Answer.objects.get(page=page), "value").value


def test_answers_are_saved_page_by_page_and_submitted_once(started, fill):
    fill(started)
    first = started.post(reverse("intake:review"))
    second = started.post(reverse("intake:review"))
    assert first.status_code == second.status_code == 302
    assert Intake.objects.filter(status="submitted").count() == 1
    page = started.get(reverse("intake:receipt"))
    assert page.status_code == 200 and page.context["locator"]
    started.post(reverse("intake:receipt"))
    assert started.get(reverse("intake:receipt")).status_code == 302


def test_a_page_leads_to_the_first_question_without_an_answer(started):
    assert started.post(address_of("where_now"), {"in_us": "yes"}).url == address_of("where_now")
    # Back, changed, and on again to where it was left.
    assert started.post(address_of("where_now"), {"in_us": "no"}).url == address_of("where_now")
    assert started.post(address_of("where_now"), {"custody": "no"}).url == address_of("hearing")


def test_without_a_draft_every_page_leads_to_the_landing_page(client, office):
    for page in LATER:
        assert client.get(address_of(page.key)).url == reverse("landing")
    for name in ("review", "documents", "talk", "stop", "mine", "change"):
        assert client.get(reverse(f"intake:{name}")).url == reverse("landing")


def test_an_unknown_page_is_not_found(started):
    unused = max(BY_NUMBER) + 1
    assert started.get(reverse("intake:page", args=[unused])).status_code == 404
    assert started.get(reverse("intake:page", args=[0])).status_code == 404


def test_the_review_sends_back_to_the_first_page_without_answer(started):
    assert started.get(reverse("intake:review")).url == address_of("where_now")
    assert started.post(reverse("intake:review")).url == address_of("where_now")


def test_a_page_nobody_is_asked_leads_on(started):
    started.post(address_of("hearing"), {"has_court": "no"})
    assert started.get(address_of("hearing")).status_code == 302
    started.post(address_of("hearing"), {"has_court": "yes"})
    assert started.get(address_of("hearing")).status_code == 200


def test_an_answer_on_a_branch_left_aside_does_not_count(started, fill):
    from intake.queries import answers_of, on_path

    started.post(address_of("hearing"), {"has_court": "yes"})
    started.post(address_of("hearing"), {"hearing_date_year": "2027"})
    fill(started)
    intake = Intake.objects.get()
    assert intake.answers.filter(page="hearing").exists()
    assert "hearing_date" not in on_path(answers_of(intake, purpose="test"))


def test_a_failed_page_keeps_the_earlier_answer(started):
    started.post(address_of("name"), {"given_names": "Amina"})
    response = started.post(address_of("name"), {"given_names": "", "family_name": "  "})
    assert response.status_code == 422
    assert kept("full_name")["given_names"] == "Amina"


def test_skipping_an_answered_page_keeps_its_answer(started):
    started.post(address_of("name"), {"other_names": "Canary-Nickname"})
    started.post(address_of("name"), {"other_names": "", "press": "skip"})
    assert kept("other_names") == {"other_names": "Canary-Nickname"}


def test_a_page_that_needs_an_answer_cannot_be_skipped(started):
    response = started.post(address_of("where_now"), {"press": "skip"})
    assert response.status_code == 422
    assert not Answer.objects.filter(page="where_now").exists()


def test_names_are_kept_exactly_in_any_script(started):
    name = "أمينة بنت O’Brien 李"
    started.post(address_of("name"), {"given_names": name})
    assert kept("full_name")["given_names"] == name


def test_people_of_the_family_are_added_one_by_one(started):
    one = {"name_1": "Canary-Son", "related_1": "child", "born_1_year": "2015"}
    more = started.post(address_of("family_here"), {**one, "press": "more"})
    assert more.url == address_of("family_here") + "?rows=2"
    page = started.get(more.url).content.decode()
    assert 'name="name_2"' in page and "Canary-Son" in page
    two = {"name_2": "Canary-Daughter", "related_2": "", "born_2_unknown": "on"}
    started.post(address_of("family_here"), {**one, **two})
    assert [one["name"] for one in kept("family_here")["family_here"]] == ["Canary-Son", "Canary-Daughter"]
    nameless = started.post(address_of("family_here"), {"name_1": "", "related_1": "child"})
    assert nameless.status_code == 422
    assert len(kept("family_here")["family_here"]) == 2


def test_i_do_not_know_is_an_answer_to_any_date(started):
    assert started.post(address_of("coming"), {}).status_code == 422
    assert started.post(address_of("coming"), {"arrival_unknown": "on"}).status_code == 302
    assert kept("arrival") == {"arrival": ""}
    assert "checked" in started.get(address_of("coming")).content.decode()
    both = started.post(address_of("coming"), {"arrival_unknown": "on", "arrival_year": "2024"})
    assert both.status_code == 422 and kept("arrival") == {"arrival": ""}


def test_the_part_about_fear_is_skipped_with_one_button(started, fill):
    fill(started)
    assert kept("harm_past")["skips_story"]
    assert started.get(address_of("harm")).status_code == 302
    started.post(address_of("harm"), {"harm_past": "yes"})
    assert started.get(address_of("harm")).status_code == 200
    started.post(address_of("harm"), {"harm_past": "talk"})
    assert started.get(address_of("harm")).status_code == 302


def test_arrests_are_kept_apart_from_the_answers(started):
    started.post(address_of("harm"), {"harm_past": "yes"})
    started.post(address_of("arrests"), {"arrests": "yes"})
    assert kept("arrests") == {}
    assert opened(Narrative.objects.get(), "value").value == {"arrests": "yes"}


def test_the_story_is_not_on_the_public_form(started):
    started.post(address_of("harm"), {"harm_past": "yes"})
    assert started.get(address_of("story")).status_code == 302


def test_two_tabs_do_not_destroy_each_others_answers(started, office):
    started.post(address_of("name"), {"given_names": "Amina"})
    first = started.get(address_of("name")).content
    started.post(address_of("born"), {"birth_date_year": "1991"})
    assert b"other_names" in first
    started.post(address_of("name"), {"other_names": "Mina"})
    assert kept("full_name")["given_names"] == "Amina" and kept("dob")["birth_date"] == "1991"


BAD = [
    ("name", {"given_names": "x" * 201}),
    ("name", {"given_names": "a\x00b"}),
    ("name", {"given_names": "a\x07b"}),
    ("born", {"birth_date_year": "1991", "birth_date_month": "2", "birth_date_day": "30"}),
    ("born", {"birth_date_year": "91"}),
    ("born", {"birth_date_year": "1991", "birth_date_day": "3"}),
    ("citizenship", {"citizenship": ["ZZ"]}),
    ("home", {"state": "XX"}),
    ("home", {"state": "NY", "zip_code": "1234"}),
    ("home", {"state": "NY", "zip_code": "١٢٣٤٥٦"}),
    ("money", {"household_size": "0"}),
    ("money", {"household_size": "-3"}),
    ("money", {"household_size": "2.5"}),
    ("money", {"household_size": "9" * 4}),
    ("money", {"income": "1e9", "period": "monthly"}),
    ("money", {"income": "800"}),
    ("money", {"income": "", "period": "monthly"}),
    ("money", {}),
    ("born", {"a_number": "A12"}),
    ("born", {"a_number": "A1234567890"}),
    ("reach", {"channels": ["none", "call"]}),
    ("reach", {"channels": ["through"]}),
    ("reach", {}),
    ("speaking", {"spoken_language": "other"}),
    ("speaking", {"spoken_language": "xyz"}),
    ("where_now", {"in_us": "maybe"}),
]


@pytest.mark.parametrize(("key", "values"), BAD)
def test_bad_input_gets_a_message_and_saves_nothing(started, key, values):
    response = started.post(address_of(key), values)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not Answer.objects.filter(page=key).exists()


@pytest.mark.parametrize(
    ("channels", "values"),
    [
        (["call"], {"email": "a@b.example"}),
        (["email"], {"phone": "+12125550142"}),
        (["text"], {"phone": "12"}),
    ],
)
def test_the_number_a_way_needs_is_asked_for(started, channels, values):
    started.post(address_of("reach"), {"channels": channels})
    assert started.post(address_of("reach"), values).status_code == 422


def test_nobody_is_blocked_for_want_of_a_phone(started):
    started.post(address_of("reach"), {"channels": ["none"]})
    assert started.get(address_of("reach")).status_code == 302
    started.post(address_of("reach"), {"channels": ["through"], "through_name": "My aunt"})
    assert started.get(address_of("reach")).status_code == 302


def test_digits_of_any_script_are_read(started):
    assert started.post(address_of("money"), {"household_size": "٣"}).status_code == 302
    assert started.post(address_of("money"), {"income": "٨٠٠", "period": "monthly"}).status_code == 302
    assert started.post(address_of("born"), {"a_number": "A ٠١٢ ٣٤٥ ٦٧٨"}).status_code == 302
    assert kept("household")["household_size"] == 3
    assert kept("income")["income"] == "800"
    assert kept("a_number")["a_number"] == "012345678"


def test_a_draft_left_alone_is_deleted_with_its_answers(make_draft, now):
    from datetime import timedelta

    from intake.actions import delete_expired_drafts, submit_intake

    make_draft()
    kept_one = make_draft()
    submit_intake(kept_one, at=now)
    assert delete_expired_drafts(at=now + timedelta(days=13)) == 0
    assert delete_expired_drafts(at=now + timedelta(days=15)) == 1
    assert set(Answer.objects.values_list("intake", flat=True)) == {kept_one.pk}


def test_somebody_may_delete_what_they_wrote(started, fill):
    from django.utils import timezone

    from intake.actions import delete_expired_drafts

    fill(started)
    assert started.post(reverse("intake:stop"), {"press": "delete"}).status_code == 200
    assert started.get(address_of("where_now")).url == reverse("landing")
    assert delete_expired_drafts(at=timezone.now()) == 1
    assert not Answer.objects.exists() and not Consent.objects.exists()


def test_titles_and_addresses_say_nothing(started, fill):
    fill(started, hearing={"has_court": "yes"})
    for page in [*FIRST, *LATER]:
        response = started.get(address_of(page.key))
        if response.status_code == 200:
            title = re.search(r"<title>(.*?)</title>", response.content.decode())[1]
            assert title == f"Page {page.number}"
            assert response["Cache-Control"] == "no-store"


def test_a_form_of_an_urgent_person_shows_whom_to_call(started, office):
    office.other_phone = "(212) 555-0199"
    office.save()
    assert started.post(address_of("where_now"), {"custody": "ice"}).url == reverse("intake:talk")
    page = started.get(reverse("intake:talk")).content.decode()
    assert "(212) 555-0100" in page and "(212) 555-0199" in page and "911" in page
    assert address_of("where_now") in page  # the form stays open
    assert Intake.objects.get().urgent


def test_someone_in_danger_is_first_asked_how_to_reach_them(started, office):
    for key, values in [
        ("where_now", {"in_us": "yes"}),
        ("where_now", {"custody": "no"}),
        ("hearing", {"has_court": "no"}),
        ("born", {"press": "skip"}),
        ("refused", {"decision": "no"}),
        ("refused", {"press": "skip"}),
        ("due", {"press": "skip"}),
        ("due", {"has_letter": "no"}),
    ]:
        started.post(address_of(key), values)
    assert started.post(address_of("danger"), {"danger": "talk"}).url == reverse("intake:talk")
    assert address_of("reach") in started.get(reverse("intake:talk")).content.decode()
    assert started.post(address_of("reach"), {"channels": ["call"]}).url == address_of("reach")
    assert started.post(address_of("reach"), {"phone": "(212) 555-0142"}).url == address_of("name")


def test_a_step_asks_the_database_little(started, statements):
    started.post(address_of("hearing"), {"has_court": "no"})
    for key, values in [
        ("name", {"given_names": "Amina"}),
        ("where_now", {"custody": "ice"}),
        ("harm", {"harm_past": "yes"}),
        ("arrests", {"arrests": "yes"}),
        ("feared_here", {"feared_here": "yes", "feared_name": "Canary-Feared"}),
    ]:
        with statements() as asked:
            assert started.post(address_of(key), values).status_code == 302
        assert len(asked) <= 6, (key, asked)
        assert sum(sql.split()[0] in ("INSERT", "UPDATE", "DELETE") for sql in asked) <= 3, (key, asked)


def test_sending_opens_the_answers_once(started, fill):
    fill(started)
    read = AccessRecord.objects.filter(group="answers")
    before = read.count()
    started.post(reverse("intake:review"))
    assert read.count() == before + 1


def test_a_helper_is_asked_in_the_third_person_and_never_about_the_fear(client, office, fill):
    begin(client, who="helper")
    page = client.get(address_of("where_now")).content.decode()
    assert "Is immigration holding the person now?" in page and "holding you" not in page
    for page in fear.SECTION.pages:
        assert client.get(address_of(page.key)).status_code == 302
    assert Intake.objects.get().helped
    assert kept("helper")["helper_name"] == "Hana Helper"
    assert "speak with the person alone" in client.get(address_of("name")).content.decode()


def test_a_parent_is_told_that_you_means_the_child(client, office):
    begin(client, who="parent")
    assert "means the child" in client.get(address_of("where_now")).content.decode()
    assert not Intake.objects.get().helped
