"""A caseworker types somebody's form on the telephone."""

import re
import uuid
from itertools import groupby

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

from foundation.events.models import Event
from intake.by_section import own_answers
from intake.door import submit
from intake.models import Answer, Consent, Intake, Narrative
from intake.questionnaire.asking import THERE
from intake.questionnaire.path import DOCUMENTS, LATER
from intake.receipts import open_by_receipt
from intake.sheet import open_sheet
from tests.conftest import opened
from tests.support.answers import answers, number_of, typed
from workspace.intakes.phone_views import door_of

BEGIN = {"language": "ar", "who_fills": "me", "interpreted": "service", "consent": "on"}


@pytest.fixture
def cora(client, cast):
    client.force_login(cast.cora)
    return client


def begin(client, **changes):
    return client.post(reverse("workspace:phone"), {"start_key": uuid.uuid4(), **BEGIN, **changes})


def step(intake, key):
    return reverse("workspace:phone-page", args=[intake.pk, number_of(key)])


def test_without_a_yes_nothing_is_kept(cora):
    response = begin(cora, consent="")
    assert response.status_code == 422 and "Without a yes" in response.content.decode()
    assert not Intake.objects.exists()


def test_who_typed_it_is_on_record(cora, cast):
    key = uuid.uuid4()
    for _twice in range(2):
        begin(cora, start_key=key)
    intake = Intake.objects.get()
    assert intake.typed_by == cast.cora and intake.language == "ar"
    assert Consent.objects.count() == 1
    assert Event.objects.filter(name="intake.typed", actor=f"user:{cast.cora.pk}").count() == 1


def test_a_helper_on_the_line_needs_a_name(cora):
    assert begin(cora, who_fills="helper").status_code == 422
    begin(cora, who_fills="helper", helper_name="Hana", helper_relation="friend")
    assert Intake.objects.get().helped
    assert opened(Answer.objects.get(page="helper"), "value").value["helper_name"] == "Hana"


def part(told, *keys, **more):
    """Return what the page of a section sends: these questions of it, answered as told."""
    sent = {"asked": [], THERE: []}
    for key in keys:
        own = typed(key, told.get(key, {}))
        sent["asked"].append(number_of(key))
        sent[THERE] += own.pop(THERE, [])
        sent |= own
    return sent | more


def sections(told):
    """Return for each section what a caseworker sends of it, in their order."""
    asked = [page for page in LATER if page.key in told and page is not DOCUMENTS and not page.is_secret]
    return {
        letter: part(told, *(page.key for page in pages))
        for letter, pages in groupby(asked, key=lambda page: page.section.letter)
    }


@pytest.fixture
def told(office, now):
    """What an ordinary adult says: of pages asked of few nothing."""
    few = ("helper_reach", "hearing_went", "fear_interview", "with_parent", "hardship", "late_reason")
    said = answers(office.today(now), harm={"skips_story": "", "harm_past": "yes"})
    return {key: values for key, values in said.items() if key not in (*few, "child_parent")}


def test_an_ordinary_adult_takes_twelve_pages_at_most(cora, told):
    seen = [cora.get(reverse("workspace:phone")), cora.get(reverse("workspace:phone"), {"begin": "yes"})]
    address = begin(cora).url
    for sent in sections(told).values():
        seen.append(cora.get(address))
        answered = cora.post(address, sent)
        assert answered.status_code == 302, answered.context["part"].asked
        address = answered.url
    seen.append(cora.get(address))
    assert "Canary-Surname" in seen[-1].content.decode()
    receipt = cora.post(address).url
    seen.append(cora.get(receipt))
    assert len(seen[-1].context["secret"].replace(" ", "")) == 16
    assert all(page.status_code == 200 for page in seen) and len(seen) <= 12
    assert Intake.objects.get().status == "submitted"


def test_who_was_on_the_line_and_who_interpreted_stands_with_the_form(cora, told):
    address = begin(cora, who_fills="parent", helper_name="Hana", helper_relation="family").url
    page = cora.get(address).content.decode()
    assert "Hana" in page and "An interpreter of a service" in page
    assert Event.objects.get(name="intake.typed").data == {"interpreted": "service"}
    assert begin(cora, interpreted="").status_code == 422


def test_what_is_right_is_kept_and_what_is_wrong_is_said_at_its_field(cora, told):
    address = begin(cora).url
    told["hearing"] = {"has_court": "yes", "hearing_date": "2031-13-40"}
    sent = sections(told)["B"] | {"hearing_date_year": "12026", "danger": ""}
    again = cora.post(address, sent)
    assert again.status_code == 422
    wrong = {one.page.key for one in again.context["part"].asked if one.form.errors}
    assert wrong == {"hearing", "danger"}
    page = again.content.decode()
    assert "What was right is saved" in page and 'value="12026"' in page
    assert set(Answer.objects.values_list("page", flat=True)) >= {"where_now", "refused", "due"}
    assert not Answer.objects.filter(page__in=wrong).exists()


def test_what_follows_from_an_answer_opens_in_place_and_keeps_nothing(cora, told):
    address = begin(cora).url
    held = sections(told)["B"] | {"custody": "ice"}
    assert cora.get(address).context["part"].asked[-1].page.key == "danger"
    before = Answer.objects.count()
    looked = cora.post(address, held | {"press": "look"})
    keys = [one.page.key for one in looked.context["part"].asked]
    assert looked.status_code == 200 and "fear_interview" in keys and "fear_interview" not in held["asked"]
    assert not any(one.form.errors for one in looked.context["part"].asked)
    assert Answer.objects.count() == before


def test_without_a_script_it_opens_once_the_part_is_saved(cora, told):
    address = begin(cora).url
    held = sections(told)["B"] | {"custody": "ice"}
    assert cora.post(address, held).url.endswith(f"#ask-{number_of('where_now')}")  # in which facility
    saved = cora.post(address, held | {"facility": ""})
    assert saved.status_code == 302 and saved.url.endswith(f"#ask-{number_of('fear_interview')}")
    assert 'name="fear_interview"' in cora.get(saved.url).content.decode()


def test_what_nobody_said_yet_may_be_asked_later_and_is_never_kept_as_a_no(cora, told):
    address = begin(cora).url
    sent = part(told, "where_now", press="later") | {"asked": [number_of("where_now"), number_of("danger")]}
    on = cora.post(address, sent)
    intake = Intake.objects.get()
    assert on.status_code == 302 and "/form/" in on.url and on.url != address
    assert {"where_now"} == set(Answer.objects.values_list("page", flat=True)) - {"who_fills", "helper"}
    assert cora.post(reverse("workspace:phone-review", args=[intake.pk])).status_code == 302
    assert Intake.objects.get().status == "draft"


def test_what_a_colleague_typed_meanwhile_is_shown_and_not_written_over(cora, told):
    address = begin(cora).url
    sent = sections(told)["B"] | {f"seen-{number_of('danger')}": ""}
    cora.post(address, part(told, "danger", danger="yes"))
    second = cora.post(address, sent)
    assert second.status_code == 409 and "Somebody else answered this meanwhile" in second.content.decode()
    assert opened(Answer.objects.get(page="danger"), "value").value["danger"] == "yes"
    seen = next(one.seen for one in second.context["part"].asked if one.page.key == "danger")
    assert seen
    assert cora.post(address, sent | {f"seen-{number_of('danger')}": seen}).status_code == 302
    assert opened(Answer.objects.get(page="danger"), "value").value["danger"] == "no"


def test_the_story_is_left_out_with_one_press(cora, told):
    begin(cora)
    intake = Intake.objects.get()
    sent = cora.post(step(intake, "harm"), {"asked": [number_of("harm")], "press": "skip-section"})
    assert sent.status_code == 302
    assert opened(Answer.objects.get(page="harm"), "value").value["skips_story"] == "yes"


def test_one_more_person_of_the_family_gets_a_row(cora, told):
    begin(cora)
    intake = Intake.objects.get()
    row = {"name_1": "Sami", "related_1": "child", "born_1_year": "2015", "asked": number_of("family_here")}
    more = cora.post(step(intake, "family_here"), row | {"press": "more"})
    assert more.status_code == 302
    page = cora.get(more.url).content.decode()
    assert "Sami" in page and 'name="name_2"' in page


def test_no_field_of_a_section_is_taken_for_one_of_another_page():
    for _letter, pages in groupby(LATER, key=lambda page: page.section.letter):
        names = {page: list(page.make_form().fields) for page in pages}
        for page, own in names.items():
            others = QueryDict(mutable=True)
            for other in names:
                others |= {} if other is page else dict.fromkeys(names[other], "x")
            assert not set(own_answers(page, others)) & (set(others) - set(own)), page.key


@pytest.fixture
def typed_out(cora, make_draft, cast):
    """A form typed on the telephone with every answer, before it is sent."""
    draft = make_draft()
    Intake.objects.filter(pk=draft.pk).update(typed_by=cast.cora)
    return draft


def test_the_second_of_two_clicks_finds_the_receipt(cora, typed_out):
    review = reverse("workspace:phone-review", args=[typed_out.pk])
    first, second = cora.post(review), cora.post(review)
    receipt = reverse("workspace:phone-receipt", args=[typed_out.pk])
    assert (first.url, second.url) == (receipt, receipt)
    shown = cora.get(receipt)
    secret = shown.context["secret"].replace(" ", "")
    assert open_by_receipt(shown.context["locator"].replace(" ", ""), secret).matter_id == typed_out.matter_id


def test_two_clicks_at_once_find_the_receipt(cora, cast, typed_out, now):
    """The second click read the form while the first was still being kept."""
    sheet = open_sheet(typed_out.matter_id, at=now, purpose="test", by_staff=True)
    review = reverse("workspace:phone-review", args=[typed_out.pk])
    assert cora.post(review).status_code == 302
    request = RequestFactory().post(review)
    request.user, request.session = cast.cora, cora.session
    assert submit(request, sheet, door_of(request, sheet.intake)).url == cora.post(review).url
    assert Event.objects.filter(name="intake.submitted").count() == 1


def test_a_receipt_goes_once_the_person_has_it(cora, typed_out):
    cora.post(reverse("workspace:phone-review", args=[typed_out.pk]))
    receipt = reverse("workspace:phone-receipt", args=[typed_out.pk])
    assert cora.post(receipt).url == cora.get(receipt).url == reverse("workspace:queue")


def test_what_only_the_person_and_their_lawyer_read_is_not_asked(cora):
    begin(cora)
    intake = Intake.objects.get()
    for key in ("arrests", "story"):
        assert cora.get(step(intake, key)).status_code == 404
        assert cora.post(step(intake, key), {key: "yes"}).status_code == 404
    assert not Narrative.objects.exists()


def test_who_calls_is_looked_for_before_a_form_is_begun(client, cast):
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:phone")).content.decode()
    assert "Are they here already?" in page and 'name="consent"' not in page
    assert 'name="consent"' in client.get(reverse("workspace:phone"), {"begin": "yes"}).content.decode()


def test_the_forms_that_were_begun_are_listed_for_the_office_and_no_other(client, cast):
    client.force_login(cast.cora)
    begun = client.post(reverse("workspace:phone"), {"start_key": uuid.uuid4(), **BEGIN}).url
    intake = Intake.objects.get()
    address = reverse("workspace:phone-review", args=[intake.pk])
    assert str(intake.pk) in begun and address in client.get(reverse("workspace:phone")).content.decode()
    client.force_login(cast.otto)
    assert address not in client.get(reverse("workspace:phone")).content.decode()


def test_enter_in_a_field_presses_the_button_that_saves(cora):
    """The first button of a form is pressed by Enter: "Add another person" must not come before it."""
    begin(cora)
    page = cora.get(step(Intake.objects.get(), "family_here")).content.decode()
    form = page[page.index('id="answers"') :]
    assert "Add another person" in form
    first = re.search(r"<button[^>]*>", form)
    assert first and "name=" not in first[0] and 'type="submit"' in first[0]
