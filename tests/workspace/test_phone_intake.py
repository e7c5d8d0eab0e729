"""A caseworker types somebody's form on the telephone."""

import uuid

import pytest
from django.test import RequestFactory
from django.urls import reverse

from foundation.events.models import Event
from intake.door import submit
from intake.models import Answer, Consent, Intake, Narrative
from intake.questionnaire import fear
from intake.receipts import open_by_receipt
from intake.sheet import open_sheet
from tests.conftest import opened
from tests.support.answers import answers, number_of, typed
from workspace.intakes.views import door_of

BEGIN = {"language": "ar", "who_fills": "me", "consent": "on"}


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


def test_the_whole_form_can_be_typed_and_sent(cora, office, now):
    begin(cora)
    intake = Intake.objects.get()
    for key, values in answers(office.today(now), harm={"skips_story": "", "harm_past": "yes"}).items():
        if key == "documents":
            response = cora.post(reverse("workspace:phone-documents", args=[intake.pk]))
        else:
            response = cora.post(step(intake, key), typed(key, values))
        assert response.status_code == 302, key
    for page in fear.SECTION.pages:
        cora.post(step(intake, page.key), {"press": "skip"})
    review = reverse("workspace:phone-review", args=[intake.pk])
    assert "Canary-Surname" in cora.get(review).content.decode()
    sent = cora.post(review, follow=True)
    assert sent.status_code == 200 and len(sent.context["secret"].replace(" ", "")) == 16
    intake.refresh_from_db()
    assert intake.status == "submitted"


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
