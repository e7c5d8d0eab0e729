"""The page of a case's papers: files are kept first, each says what became of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import actions
from cases.actions import grant_access
from cases.models import Paper
from foundation.files.models import Upload
from foundation.files.work import LINE
from intake.asked import answer_paper
from intake.checklist import usual_papers
from intake.models import AskedPaper
from tests.cases.test_papers import sent_by_amina
from tests.conftest import opened
from tests.files import corpus

ABOUT = {"kind": "decision", "dated": "2026-10-05", "origin": "authority", "note": "page 2 is missing"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def cora(client, cast, case):
    client.force_login(cast.cora)
    return client


def page_of(case):
    return reverse("workspace:papers", args=[case.pk])


def add(client, case, *files, **about):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("workspace:papers-add", args=[case.pk]), {**about, "files": sent})


def test_several_files_are_kept_at_once_and_each_says_what_became_of_it(cora, case):
    page = add(cora, case, ("order.pdf", corpus.letter()), ("packed.zip", b"PK\x03\x04"), **ABOUT)
    text = page.content.decode()
    assert page.status_code == 200 and Upload.objects.count() == 1
    assert "<bdi>order.pdf</bdi>: We have it" in text and "This is a packed folder" in text
    assert "Being checked" in text and "Look again" in text
    LINE.work_off()
    text = cora.get(page_of(case)).content.decode()
    assert "Decision or order" in text and "5 October 2026" in text and "page 2 is missing" in text
    assert "added by Cora" in text and "Look again" not in text


def test_a_decision_leads_to_the_dates_with_the_paper_beside_them(cora, case):
    add(cora, case, ("order.pdf", corpus.letter()), **ABOUT)
    LINE.work_off()
    upload = Upload.objects.get()
    leads = f"{reverse('workspace:dates', args=[case.pk])}?paper={upload.pk}"
    assert leads in cora.get(page_of(case)).content.decode()
    text = cora.get(leads).content.decode()
    assert "Write the day of this paper" in text and "order.pdf" in text
    facts = f"{reverse('workspace:case-facts', args=[case.pk])}?paper={upload.pk}"
    assert facts in text and "order.pdf" in cora.get(facts).content.decode()


@pytest.mark.parametrize("asked", ["", "x", "0" * 32, "99999999-9999-9999-9999-999999999999"])
def test_dates_are_shown_whatever_paper_is_asked_for(cora, case, asked):
    page = cora.get(reverse("workspace:dates", args=[case.pk]), {"paper": asked})
    assert page.status_code == 200 and "Write the day of this paper" not in page.content.decode()


def test_files_are_kept_where_what_is_said_of_them_has_a_fault(cora, case):
    page = add(cora, case, ("order.pdf", corpus.letter()), **{**ABOUT, "dated": "in May"})
    text = page.content.decode()
    assert page.status_code == 200 and "The files are kept" in text and "Write the date as" in text
    kept = opened(Paper.objects.get(), "kind", "dated")
    assert (kept.kind, kept.dated) == ("decision", "")


def test_nothing_chosen_says_so_and_holds_what_was_typed(cora, case):
    page = add(cora, case, **ABOUT)
    text = page.content.decode()
    assert page.status_code == 422 and "No file was chosen" in text and "page 2 is missing" in text
    assert "<title>Error:" in text and not Upload.objects.exists()


def test_what_the_person_sent_stands_in_the_same_list_and_is_sorted_there(cora, case, now):
    upload = sent_by_amina(case, now)
    text = cora.get(page_of(case)).content.decode()
    assert "sent by the person on" in text and "Not sorted yet" in text
    one = reverse("workspace:paper", args=[case.pk, upload.pk])
    assert "letter.pdf" in cora.get(one).content.decode()
    assert cora.post(one, {"kind": "", "origin": "person"}).status_code == 422
    assert cora.post(one, {"kind": "identity", "origin": "person", "dated": "2019"}).status_code == 302
    text = cora.get(page_of(case)).content.decode()
    assert "Identity or family" in text and "2019" in text and "Not sorted yet" not in text


def test_a_second_person_is_told_that_somebody_wrote_meanwhile(cora, case, now):
    one = reverse("workspace:paper", args=[case.pk, sent_by_amina(case, now).pk])
    first = {"kind": "identity", "origin": "person", "seen": ""}
    assert cora.post(one, first).status_code == 302
    page = cora.post(one, {**first, "kind": "medical"})
    assert page.status_code == 409 and "Someone changed this a moment ago" in page.content.decode()


def test_they_are_ordered_by_day_or_by_kind(cora, case):
    for name, kind, day in (
        ("b.pdf", "letter", "2026-01"),
        ("a.pdf", "notice", "2025"),
        ("c.pdf", "letter", "2024"),
    ):
        add(cora, case, (name, corpus.letter()), kind=kind, dated=day, origin="person")

    def order(**asked):
        page = cora.get(page_of(case), asked).context["page"]
        return [line.label[0] for line in page.lines]

    assert order() == ["b", "a", "c"]
    assert order(order="kind") == ["a", "b", "c"]


def test_what_is_put_aside_stands_apart_and_comes_back(cora, case):
    add(cora, case, ("order.pdf", corpus.letter()), **ABOUT)
    upload = Upload.objects.get()
    cora.post(reverse("workspace:paper-aside", args=[case.pk, upload.pk]))
    page = cora.get(page_of(case))
    assert not page.context["page"].lines and "Put aside by Cora" in page.content.decode()
    cora.post(reverse("workspace:paper-back", args=[case.pk, upload.pk]))
    assert "order.pdf" in cora.get(page_of(case)).content.decode()


def test_the_holding_attorney_does_the_same_and_downloads_a_colleagues_file(client, cast, case):
    grant_access(case.pk, user=cast.ade, scope="file", reason="test")
    client.force_login(cast.ade)
    assert "Add papers" in client.get(page_of(case)).content.decode()
    assert "Keep these files" in client.get(page_of(case), {"do": "add"}).content.decode()
    assert add(client, case, ("order.pdf", corpus.letter()), **ABOUT).status_code == 200
    client.force_login(cast.cora)
    add(client, case, ("translated.pdf", corpus.letter()), kind="translation", origin="us")
    LINE.work_off()
    client.force_login(cast.ade)
    for upload in Upload.objects.all():
        assert client.get(reverse("files:download", args=[upload.pk])).status_code == 200


def test_an_administrator_reads_the_list_and_changes_nothing(client, cast, case, now):
    sent_by_amina(case, now)
    client.force_login(cast.ines)
    text = client.get(page_of(case)).content.decode()
    assert "letter.pdf" in text and "Add papers" not in text and "Put it aside" not in text


# --- what is asked for ------------------------------------------------------------------------------


def ask(client, case, **about):
    return client.post(reverse("workspace:papers-ask", args=[case.pk]), about)


def settle(client, case, asked, outcome, why=""):
    sent = {f"{asked.pk}-outcome": outcome, f"{asked.pk}-why": why}
    return client.post(reverse("workspace:asked-settle", args=[case.pk, asked.pk]), sent)


def test_one_press_asks_for_what_is_missing_of_the_usual_list(cora, case, triaged):
    case.refresh_from_db()
    text = cora.get(page_of(case)).content.decode()
    assert "Missing of the usual list" in text and "A photo of your face" in text
    usual = reverse("workspace:papers-ask-usual", args=[case.pk])
    assert cora.post(usual).status_code == 302
    codes = list(AskedPaper.objects.order_by("number").values_list("code", flat=True))
    assert codes == [paper.code for paper in usual_papers(case.track)]
    text = cora.get(page_of(case)).content.decode()
    assert f"0 of {len(codes)} papers in" in text and "Missing of the usual list" not in text
    assert cora.post(usual).status_code == 422


def test_what_is_in_is_not_missing(cora, case, triaged):
    add(cora, case, ("photo.jpg", corpus.photo()), kind="photo", origin="person")
    missing = cora.get(page_of(case)).context["page"].asked.missing
    assert "A copy of each form you sent" in missing
    assert "A photo of your face, as for a passport" not in missing


def test_the_queue_and_the_home_page_say_how_far_they_are_and_that_an_answer_waits(cora, case, cast, now):
    ask(cora, case, codes=["court", "entry", "form"])
    assert "0 of 3 papers in" in cora.get(reverse("workspace:queue")).content.decode()
    assert "the answers about papers" not in cora.get(reverse("home")).content.decode()
    answer_paper(AskedPaper.objects.get(number=1), answer="sent", by="applicant", at=now)
    for page in (reverse("workspace:queue"), reverse("home"), case.get_absolute_url(), page_of(case)):
        assert "1 of 3 papers in, look at the answers" in cora.get(page).content.decode()
    grant_access(case.pk, user=cast.ade, scope="file", reason="test")
    cora.force_login(cast.ade)
    assert "Answers about papers to look at" in cora.get(reverse("home")).content.decode()


def test_nothing_chosen_to_ask_for_says_so_and_holds_what_was_typed(cora, case):
    page = ask(cora, case, due_on="soon", words="")
    assert page.status_code == 422 and "Write the date as year-month-day" in page.content.decode()
    page = ask(cora, case, due_on="2027-01-04")
    text = page.content.decode()
    assert page.status_code == 422 and "2027-01-04" in text and "Choose at least one paper" in text
    assert not AskedPaper.objects.exists()


def test_asking_once_more_needs_a_reason_and_says_so_where_it_was_pressed(cora, case, now):
    ask(cora, case, codes=["court"])
    asked = AskedPaper.objects.get()
    answer_paper(asked, answer="sent", by="applicant", at=now)
    page = settle(cora, case, asked, "again")
    assert page.status_code == 422 and "Say why it is asked for once more" in page.content.decode()
    assert settle(cora, case, asked, "again", "unreadable").status_code == 302
    assert "We cannot read it." in cora.get(page_of(case)).content.decode()


def test_what_a_colleague_settled_meanwhile_is_said(cora, case):
    ask(cora, case, codes=["court"])
    asked = AskedPaper.objects.get()
    assert settle(cora, case, asked, "accept").status_code == 302
    page = settle(cora, case, asked, "give_up")
    assert page.status_code == 409 and "it has already moved on" in page.content.decode()
    text = cora.get(page_of(case)).content.decode()
    assert "What was asked for before" in text and "Letters from the court" in text


def test_every_change_of_what_is_asked_for_stands_in_the_history_of_the_case(cora, case):
    ask(cora, case, codes=["court"])
    settle(cora, case, AskedPaper.objects.get(), "accept")
    text = cora.get(reverse("workspace:history", args=[case.pk])).content.decode()
    assert "A paper that was asked for is in" in text


def test_what_most_likely_became_of_a_paper_is_chosen_already(cora, case, now):
    ask(cora, case, codes=["court", "entry", "form"])
    for number, answer in ((1, "sent"), (2, "cannot"), (3, "bring")):
        answer_paper(AskedPaper.objects.get(number=number), answer=answer, by="applicant", at=now)
    shown = [form["outcome"].value() for _line, form in cora.get(page_of(case)).context["asked"]]
    assert shown == ["accept", "give_up", ""]


def test_a_form_is_there_once_it_is_opened(cora, case, cast, now):
    (asked,) = actions.ask_for_papers(case, codes=["court"], by=cast.cora, at=now)
    plain = cora.get(page_of(case)).content.decode()
    assert "<select" not in plain and 'name="codes"' not in plain and 'type="file"' not in plain
    opened_by = {
        "ask": 'name="codes"',
        "add": 'type="file"',
        f"settle:{asked.pk}": f'name="{asked.pk}-outcome"',
    }
    for do, field in opened_by.items():
        page = cora.get(page_of(case), {"do": do}).content.decode()
        assert [one for one in opened_by.values() if one in page] == [field]
