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
    here = {"in_us": "yes", "custody": "no"}
    assert started.post(address_of("where_now"), here).url == address_of("hearing")
    assert started.post(address_of("hearing"), {"has_court": "no"}).url == address_of("refused")
    # Back, changed, and on again to where it was left.
    assert started.post(address_of("where_now"), {**here, "in_us": "border"}).url == address_of("refused")


def test_a_question_left_out_of_a_page_is_asked_for_and_nothing_of_it_is_lost(started):
    response = started.post(address_of("where_now"), {"in_us": "border"})
    assert response.status_code == 422 and list(response.context["form"].errors) == ["custody"]
    assert re.search(r'value="border"[^>]* checked', response.content.decode())


def test_without_a_draft_every_page_leads_to_the_landing_page(client, office):
    for page in LATER:
        assert client.get(address_of(page.key)).url == reverse("landing")
    for name in ("review", "documents", "talk", "stop", "mine", "change", "map", "first", "rest"):
        assert client.get(reverse(f"intake:{name}")).url == reverse("landing")
    assert client.post(reverse("intake:short")).url == reverse("landing")


def test_an_unknown_page_is_not_found(started):
    unused = max(BY_NUMBER) + 1
    assert started.get(reverse("intake:page", args=[unused])).status_code == 404
    assert started.get(reverse("intake:page", args=[0])).status_code == 404


def test_the_review_sends_back_to_the_first_page_without_answer(started):
    assert started.get(reverse("intake:review")).url == address_of("where_now")
    assert started.post(reverse("intake:review")).url == address_of("where_now")


def test_a_page_nobody_is_asked_leads_on(started):
    here = {"in_us": "yes", "custody": "no"}
    started.post(address_of("where_now"), here)
    assert started.get(address_of("fear_interview")).status_code == 302
    started.post(address_of("where_now"), {**here, "custody": "ice"})
    assert started.get(address_of("fear_interview")).status_code == 200


def test_an_answer_on_a_branch_left_aside_does_not_count(started, fill):
    from intake.queries import answers_of, on_path

    started.post(address_of("where_now"), {"in_us": "yes", "custody": "ice"})
    started.post(address_of("fear_interview"), {"fear_interview": "refused"})
    fill(started, fear_interview={"fear_interview": "refused"})
    intake = Intake.objects.get()
    assert intake.answers.filter(page="fear_interview").exists()
    assert "fear_interview" not in on_path(answers_of(intake, purpose="test"))


def test_a_part_whose_gate_was_closed_again_is_not_kept(started):
    """A browser sends nothing of a part that it hides."""
    started.post(address_of("hearing"), {"has_court": "yes", "hearing_date_year": "2027"})
    assert kept("hearing")["hearing_date"] == "2027"
    started.post(address_of("hearing"), {"has_court": "no"})
    assert kept("hearing")["hearing_date"] == ""


def test_a_failed_page_keeps_the_earlier_answer(started):
    started.post(address_of("name"), {"given_names": "Amina"})
    response = started.post(address_of("name"), {"given_names": "", "family_name": "  "})
    assert response.status_code == 422
    assert kept("name")["given_names"] == "Amina"


def test_skipping_an_answered_page_keeps_its_answer(started):
    started.post(address_of("papers"), {"status": ["tps"]})
    before = kept("papers")
    assert before["status"] == ["tps"]
    started.post(address_of("papers"), {"press": "skip"})
    assert kept("papers") == before


def test_a_page_that_needs_an_answer_cannot_be_skipped(started):
    response = started.post(address_of("where_now"), {"press": "skip"})
    assert response.status_code == 422
    assert not Answer.objects.filter(page="where_now").exists()


def test_names_are_kept_exactly_in_any_script(started):
    name = "أمينة بنت O’Brien 李"
    started.post(address_of("name"), {"given_names": name})
    assert kept("name")["given_names"] == name


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
    before = kept("coming")
    assert before["arrival"] == ""
    assert "checked" in started.get(address_of("coming")).content.decode()
    both = started.post(address_of("coming"), {"arrival_unknown": "on", "arrival_year": "2024"})
    assert both.status_code == 422 and kept("coming") == before


def test_the_part_about_fear_is_skipped_with_one_button(started, fill):
    fill(started)
    assert kept("harm")["skips_story"]
    assert started.get(address_of("torture_elsewhere")).status_code == 302
    started.post(address_of("harm"), {"harm_past": "yes"})
    assert started.get(address_of("torture_elsewhere")).status_code == 200
    started.post(address_of("harm"), {"harm_past": "talk"})
    assert started.get(address_of("torture_elsewhere")).status_code == 302


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
    first = started.get(address_of("citizenship")).content
    started.post(address_of("born"), {"birth_date_year": "1991"})
    assert b'name="citizenship"' in first
    started.post(address_of("citizenship"), {"citizenship": ["SY"]})
    assert kept("name")["given_names"] == "Amina" and kept("born")["birth_date"] == "1991"


HERE = {"in_us": "yes", "custody": "no"}
PAID = {"household_size": "1", "income": "800", "period": "monthly"}
ON = {"birth_date_year": "1991"}
# Each with the field that is wrong; nothing else on the page is.
BAD = [
    ("name", {"given_names": "x" * 201}, "given_names"),
    ("name", {"given_names": "a\x00b"}, "given_names"),
    ("name", {"given_names": "a\x07b"}, "given_names"),
    ("born", {**ON, "birth_date_month": "2", "birth_date_day": "30"}, "birth_date"),
    ("born", {"birth_date_year": "91"}, "birth_date"),
    ("born", {**ON, "birth_date_day": "3"}, "birth_date"),
    ("born", {**ON, "a_number": "A12"}, "a_number"),
    ("born", {**ON, "a_number": "A1234567890"}, "a_number"),
    ("citizenship", {"citizenship": ["ZZ"]}, "citizenship"),
    ("home", {"state": "XX"}, "state"),
    ("home", {"address": "1 Main Street"}, "state"),
    ("money", {**PAID, "household_size": ""}, "household_size"),
    ("money", {**PAID, "household_size": "0"}, "household_size"),
    ("money", {**PAID, "household_size": "-3"}, "household_size"),
    ("money", {**PAID, "household_size": "2.5"}, "household_size"),
    ("money", {**PAID, "household_size": "9" * 4}, "household_size"),
    ("money", {**PAID, "income": "1e9"}, "income"),
    ("money", {**PAID, "period": ""}, "period"),
    ("money", {**PAID, "income": ""}, "income"),
    ("money", {"household_size": "1"}, "income"),
    ("reach", {"channels": ["none", "call"], "phone": "2125550142"}, "channels"),
    ("reach", {"channels": ["through"]}, "through_name"),
    ("reach", {}, "channels"),
    ("speaking", {"spoken_language": "other"}, "other_language"),
    ("speaking", {"spoken_language": "xyz"}, "spoken_language"),
    ("where_now", {**HERE, "in_us": "maybe"}, "in_us"),
]


@pytest.mark.parametrize(("key", "values", "wrong"), BAD)
def test_bad_input_gets_a_message_and_saves_nothing(started, key, values, wrong):
    response = started.post(address_of(key), values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert not Answer.objects.filter(page=key).exists()


@pytest.mark.parametrize(
    ("channels", "values", "wrong"),
    [
        (["call"], {"email": "a@b.example"}, "phone"),
        (["email"], {"phone": "+12125550142"}, "email"),
        (["text"], {"phone": "12"}, "phone"),
    ],
)
def test_the_number_a_way_needs_is_asked_for(started, channels, values, wrong):
    response = started.post(address_of("reach"), {"channels": channels, **values})
    assert response.status_code == 422 and list(response.context["form"].errors) == [wrong]


@pytest.mark.parametrize(
    "values", [{"channels": ["none"]}, {"channels": ["through"], "through_name": "My aunt"}]
)
def test_nobody_is_blocked_for_want_of_a_phone(started, values):
    started.post(address_of("where_now"), HERE)
    response = started.post(address_of("reach"), values)
    assert response.status_code == 302 and response.url != address_of("reach")


def test_whoever_is_held_is_not_blocked_for_want_of_a_number(started):
    """In a detention center nobody can be called; a lawyer finds them there."""
    started.post(address_of("where_now"), {**HERE, "custody": "ice", "facility": "Elizabeth"})
    sent = {"channels": ["call"], "phone": "", "safe_times": "", "may_leave_message": ""}
    assert started.post(address_of("reach"), sent).url != address_of("reach")
    assert kept("reach")["channels"] == ["call"]


def test_digits_of_any_script_are_read(started):
    money = {"household_size": "٣", "income": "٨٠٠", "period": "monthly"}
    assert started.post(address_of("money"), money).status_code == 302
    assert started.post(address_of("born"), {**ON, "a_number": "A ٠١٢ ٣٤٥ ٦٧٨"}).status_code == 302
    assert (kept("money")["household_size"], kept("money")["income"]) == (3, "800")
    assert kept("born")["a_number"] == "012345678"


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
    held = {"in_us": "yes", "custody": "ice", "facility": ""}
    assert started.post(address_of("where_now"), held).url == reverse("intake:talk")
    page = started.get(reverse("intake:talk")).content.decode()
    assert "(212) 555-0100" in page and "(212) 555-0199" in page and "911" in page
    assert address_of("hearing") in page  # the form stays open
    assert Intake.objects.get().urgent


def test_without_a_script_the_part_comes_first_and_whom_to_call_right_after(started):
    sent = {"in_us": "yes", "custody": "ice"}
    assert started.post(address_of("where_now"), sent).url == address_of("where_now")
    assert started.post(address_of("where_now"), {**sent, "facility": "E"}).url == reverse("intake:talk")
    again = started.post(address_of("where_now"), {**sent, "facility": "Elizabeth"})
    assert again.url == address_of("hearing"), "it is shown once"
    sent = {"rep": "active", "notario": "no", "waitlist": "no"}
    assert started.post(address_of("others_helped"), sent).url == address_of("others_helped")
    named = started.post(address_of("others_helped"), {**sent, "lawyer_name": ""})
    assert named.url == reverse("intake:first")


@pytest.mark.parametrize(("danger", "then"), [("no", "reach"), ("talk", "talk")])
def test_everyone_is_asked_early_how_to_reach_them(started, office, danger, then):
    """Before their name; whether we may, if they stop, only where it is urgent."""
    for key, values in [
        ("where_now", HERE),
        ("hearing", {"has_court": "no"}),
        ("refused", {"decision": "no"}),
        ("due", {"has_letter": "no"}),
    ]:
        started.post(address_of(key), values)
    following = started.post(address_of("danger"), {"danger": danger}).url
    assert following == (reverse("intake:talk") if then == "talk" else address_of("reach"))
    assert address_of("reach") in started.get(reverse("intake:talk")).content.decode()
    page = started.get(address_of("reach")).content.decode()
    assert ('name="may_reach"' in page) == (danger == "talk")
    sent = {"channels": ["call"], "phone": "(212) 555-0142", "safe_times": "", "may_leave_message": ""}
    assert started.post(address_of("reach"), sent).url == address_of("name")


def test_only_who_said_so_may_be_reached_before_they_sent_their_form(started):
    started.post(address_of("where_now"), {"in_us": "yes", "custody": "ice", "facility": ""})
    sent = {"channels": ["none"], "may_reach": ""}
    for said, may_reach in (("no", False), ("", False), ("yes", True), ("no", False)):
        started.post(address_of("reach"), {**sent, "may_reach": said})
        assert Intake.objects.get().may_reach is may_reach


def test_a_step_asks_the_database_little(started, statements):
    started.post(address_of("hearing"), {"has_court": "no"})
    for key, values in [
        ("name", {"given_names": "Amina"}),
        ("where_now", {"in_us": "yes", "custody": "ice", "facility": ""}),
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
    assert "Is immigration holding the person?" in page and "holding you" not in page
    for page in fear.SECTION.pages:
        assert client.get(address_of(page.key)).status_code == 302
    assert Intake.objects.get().helped
    assert kept("helper")["helper_name"] == "Hana Helper"
    assert "speak with the person alone" in client.get(address_of("helper_reach")).content.decode()


def test_a_parent_is_told_that_you_means_the_child(client, office):
    begin(client, who="parent")
    assert "means the child" in client.get(address_of("where_now")).content.decode()
    assert not Intake.objects.get().helped
