"""A paper that is asked for, answered with the receipt: no name of a file, nothing that was told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.actions import ask_for_papers, settle_paper
from cases.asking import PaperOutcome
from cases.models import HowTold
from foundation.files.models import Upload
from foundation.files.work import LINE
from intake.actions import give_receipt
from intake.asked import tally_of
from intake.checklist import checklist
from intake.models import AskedPaper, Intake, WhyAgain
from tests.files import corpus
from tests.intake.conftest import open_with
from tests.intake.test_reading_grade import grade, sentences
from tests.intake.test_return_page import ended
from tests.support.relay import deliver_due

MINE = reverse("intake:mine")


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def asked(case, cast, now):
    """Ask Amina for three papers, one of them only when we talk."""
    return ask_for_papers(case, codes=["identity", "court", "medical"], by=cast.cora, at=now)


@pytest.fixture
def amina(client, case, asked, now):
    """Open the return page with the receipt, as Amina or whoever holds it."""
    open_with(client, give_receipt(Intake.objects.get(pk=case.intake_id), at=now))
    return client


def url(number):
    return reverse("intake:send-paper", args=[number])


def send(client, number, **files):
    sent = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
    return client.post(url(number), {"press": "send", "files": sent})


def text(response):
    return response.content.decode()


def test_the_page_lists_what_is_asked_for_and_never_what_only_a_person_asks(amina):
    page = text(amina.get(MINE))
    assert "A paper with your name" in page and "Letters from the court" in page
    assert "doctor" not in page
    assert amina.get(url(3)).url == MINE


def test_files_are_kept_for_the_paper_and_shown_without_their_names(amina, case):
    page = send(amina, 1, my_passport_jpg=corpus.photo(), second_png=corpus.photo("PNG"))
    assert page.status_code == 200 and Upload.objects.count() == 2
    shown = text(page)
    assert "File 1, JPEG" in shown and "passport.jpg" not in shown
    assert shown.count("We have it. We check it") == 2
    LINE.work_off()
    shown = text(amina.get(url(1)))
    assert shown.count("we can read it") == 2
    shown = text(amina.get(MINE))
    assert "You sent it. We look at it." in shown and shown.count("we can read it") == 2
    assert tally_of([case.intake_id])[case.intake_id].in_ == 1


def test_a_file_that_is_not_taken_says_why_once_and_answers_nothing(amina):
    page = send(amina, 1, packed_zip=b"PK\x03\x04")
    assert page.status_code == 422 and text(page).count("This is a packed folder") == 1
    assert AskedPaper.objects.get(number=1).status == "asked"


def test_one_that_could_not_be_used_says_so_on_the_page_of_the_paper_and_on_the_return_page(amina):
    send(amina, 1, torn_pdf=b"%PDF-1.4\nbroken\n%%EOF\n")
    LINE.work_off()
    for page in (url(1), MINE):
        assert text(amina.get(page)).count("This file is damaged") == 1


def test_send_with_nothing_chosen_says_so(amina):
    page = send(amina, 1)
    assert page.status_code == 422 and "No file was chosen" in text(page) and "<title>Error:" in text(page)


@pytest.mark.parametrize(
    ("pressed", "said"),
    [
        ("bring", "You said that you bring it."),
        ("none", "You said that you do not have it."),
        ("cannot", "You said that you cannot get it."),
    ],
)
def test_without_a_file_they_say_why_and_can_change_it_until_it_was_looked_at(amina, pressed, said):
    page = amina.post(url(2), {"press": pressed}, follow=True)
    assert said in text(page) and "a person on our team looks at it" in text(page)
    send(amina, 2, letter_pdf=corpus.letter())
    assert AskedPaper.objects.get(number=2).answer == "sent"


@pytest.mark.parametrize("pressed", ["", "accepted", "x" * 100, "sent"])
def test_any_other_press_is_files_without_a_file(amina, pressed):
    assert amina.post(url(2), {"press": pressed}).status_code == 422
    assert AskedPaper.objects.get(number=2).status == "asked"


def test_once_it_is_in_it_says_so_and_takes_nothing_more(amina, case, cast, asked, now):
    settle_paper(case, asked_id=asked[0].pk, outcome=PaperOutcome.ACCEPT, by=cast.cora, at=now)
    assert "We have it. Thank you." in text(amina.get(MINE))
    page = amina.get(url(1), follow=True)
    assert "Nothing is needed there any more" in text(page)


def test_what_is_asked_for_once_more_says_why(amina, case, cast, asked, now):
    send(amina, 1, a_jpg=corpus.photo())
    which = {"asked_id": asked[0].pk, "outcome": PaperOutcome.AGAIN, "why": WhyAgain.UNREADABLE}
    settle_paper(case, **which, by=cast.cora, at=now)
    for page in (MINE, url(1)):
        assert "We cannot read it. Please send it again." in " ".join(text(amina.get(page)).split())


def test_what_is_not_needed_or_cannot_be_had_is_spoken_of_no_more(amina, case, cast, asked, now):
    for one, outcome in zip(asked, (PaperOutcome.NOT_NEEDED, PaperOutcome.GIVE_UP), strict=False):
        settle_paper(case, asked_id=one.pk, outcome=outcome, by=cast.cora, at=now)
    assert "Papers we ask for" not in text(amina.get(MINE))


@pytest.mark.parametrize("number", [4, 99, 10**9])
def test_a_number_that_is_none_goes_back_to_the_page(amina, number):
    assert amina.get(url(number)).url == MINE
    assert amina.post(url(number), {"press": "none"}).url == MINE


def test_a_helpers_receipt_is_shown_no_paper_until_staff_spoke_alone(amina, case):
    Intake.objects.filter(pk=case.intake_id).update(helped=True)
    assert "Papers we ask for" not in text(amina.get(MINE))
    assert amina.post(url(1), {"press": "none"}).url == MINE
    assert AskedPaper.objects.get(number=1).status == "asked"


def test_after_the_end_nothing_is_asked_for(amina, case, cast, now):
    from cases.actions import tell_ending
    from cases.models import Case

    ended(case, cast, now, "declined")
    tell_ending(Case.objects.get(pk=case.pk), how=HowTold.IN_PERSON, by=cast.cora, at=now)
    deliver_due()
    assert "Papers we ask for" not in text(amina.get(MINE))
    assert amina.post(url(1), {"press": "none"}).url == MINE


def test_nobody_without_a_receipt_gets_there(client, asked):
    assert client.get(url(1)).status_code == 302
    assert client.post(url(1), {"press": "none"}).status_code == 302
    assert AskedPaper.objects.get(number=1).status == "asked"


def test_every_paper_can_be_asked_for_in_words_read_after_six_years_of_school(amina, case, cast, now):
    """The whole list at once on the return page, and the page of each paper."""
    rest = [
        code for code, paper in checklist().items() if paper.on_page and code not in ("identity", "court")
    ]
    ask_for_papers(case, codes=rest, by=cast.cora, at=now)
    hard = {}
    for url_ in (MINE, *(url(paper.number) for paper in AskedPaper.objects.filter(on_page=True))):
        html = text(amina.get(url_))
        if grade(html) > 6:
            hard[url_] = sentences(html)
    assert hard == {}
