"""What staff do for the person themself: new numbers, a copy on paper, words on their return page."""

from dataclasses import replace

import pytest
from django.urls import reverse

from foundation.accounts.weights import WEIGHTS
from foundation.events.models import AccessRecord, Event
from intake.actions import give_receipt
from intake.answering import write_page
from intake.models import Intake, Narrative
from intake.receipts import WrongReceipt, open_by_receipt
from tests.conftest import answer_names


@pytest.fixture
def cora(client, cast):
    client.force_login(cast.cora)
    return client


def numbers_of(page):
    """Return the two numbers a page shows, without their spaces."""
    return [page.context[name].replace(" ", "") for name in ("locator", "secret")]


# --- a lost receipt of a form that was not sent ---------------------------------------------------


def test_a_draft_gets_new_numbers_and_the_old_ones_end(cora, cast, make_draft, now):
    draft = make_draft()
    old = give_receipt(draft, at=now)
    url = reverse("workspace:replace-draft-receipt", args=[draft.pk])
    assert "three questions" not in cora.get(url).content.decode(), "nobody reads it before it is sent"
    assert cora.post(url, {"how": "questions"}).status_code == 422
    locator, secret = numbers_of(cora.post(url, {"how": "document"}))
    assert open_by_receipt(locator, secret).matter_id == draft.matter_id
    with pytest.raises(WrongReceipt):
        open_by_receipt(old.locator, old.secret)
    made = Event.objects.filter(name="intake.receipt_made", actor=f"user:{cast.cora.pk}").get()
    assert made.data == {"how": "document"}


def test_nothing_of_the_draft_is_opened_for_it(cora, make_draft, now):
    draft = make_draft()
    before = AccessRecord.objects.filter(matter_id=draft.matter_id).count()
    cora.post(reverse("workspace:replace-draft-receipt", args=[draft.pk]), {"how": "known"})
    assert AccessRecord.objects.filter(matter_id=draft.matter_id).count() == before


@pytest.fixture
def draft(make_draft):
    made = make_draft(feared_here={"feared_here": "yes", "feared_name": "Yusuf Rahman"})
    answer_names()
    return made


def found(client, text):
    """Return what a look for a form that was not sent comes to, on a page."""
    page = client.post(reverse("workspace:find-unsent"), {"q": text})
    return page.content.decode()


def test_a_draft_is_found_by_its_first_number_and_by_its_persons_name(cora, draft, now):
    numbers = give_receipt(draft, at=now)
    url = reverse("workspace:replace-draft-receipt", args=[draft.pk])
    for text in (
        f"{numbers.locator[:4]} {numbers.locator[4:]}",
        "Amina Canary-Surname",
        "amina canary surname",
    ):
        page = found(cora, text)
        assert url in page, text
        assert "Canary-Surname" not in page.split("<ul")[-1], "only that there is one"


@pytest.mark.parametrize("text", ["Yusuf Rahman", "Somebody Else", "00000000", "?"])
def test_by_anybody_elses_name_no_draft_is_found(cora, draft, text):
    assert "Nothing found" in found(cora, text)


def test_the_search_for_names_still_finds_no_draft(cora, draft):
    asked = cora.post(reverse("workspace:search"), {"q": "Amina Canary-Surname"})
    answer_names()
    assert str(draft.pk) not in cora.get(asked.url).content.decode()


def test_another_office_finds_no_draft_of_ours(client, cast, draft, now):
    numbers = give_receipt(draft, at=now)
    client.force_login(cast.otto)
    assert "Nothing found" in found(client, numbers.locator)
    assert "Nothing found" in found(client, "Amina Canary-Surname")


# --- a copy on paper ------------------------------------------------------------------------------


def test_a_copy_is_shown_only_once_it_is_said_how_the_person_was_known(cora, cast, case):
    url = reverse("workspace:copy", args=[case.pk])
    assert "Canary-Surname" not in cora.get(url).content.decode()
    assert cora.post(url, {"language": "en"}).status_code == 422
    text = cora.post(url, {"language": "en", "how": "document"}).content.decode()
    assert "Canary-Surname" in text and "amina@test.example" in text
    printed = Event.objects.get(name="intake.copy_printed")
    assert (printed.actor, printed.data) == (f"user:{cast.cora.pk}", {"how": "document"})


def test_a_copy_speaks_the_language_of_its_reader(cora, case):
    page = cora.post(reverse("workspace:copy", args=[case.pk]), {"language": "ar", "how": "known"})
    assert 'dir="rtl"' in page.content.decode()


def test_a_copy_is_shown_again_only_to_who_showed_again_that_it_is_them(cora, case, monkeypatch):
    monkeypatch.setitem(WEIGHTS, "files", replace(WEIGHTS["files"], minutes=0))
    answer = cora.post(reverse("workspace:copy", args=[case.pk]), {"language": "en", "how": "known"})
    assert answer.status_code == 302 and not Event.objects.filter(name="intake.copy_printed").exists()


def test_a_persons_own_words_stand_only_on_the_copy_their_attorney_prints(client, cast, accepted, now):
    case = accepted.case
    write_page(Narrative, case.intake, "story", {"story": "Canary-Story"}, at=now)
    for user, has in ((cast.cora, False), (cast.ade, True)):
        client.force_login(user)
        page = client.post(reverse("workspace:copy", args=[case.pk]), {"language": "en", "how": "known"})
        assert ("Canary-Story" in page.content.decode()) == has
        assert ("ask your lawyer for a copy" in page.content.decode()) != has


def test_no_receipt_leads_to_a_copy(client, case, now):
    from tests.intake.conftest import open_with

    open_with(client, give_receipt(Intake.objects.get(pk=case.intake_id), at=now))
    text = client.get(reverse("intake:mine")).content.decode()
    assert "copy of your own answers on paper" in text
    assert client.get(reverse("workspace:copy", args=[case.pk])).url.startswith(reverse("login"))
