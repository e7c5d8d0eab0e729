"""The page for papers: several at once, each with an answer; nothing is needed, no file is shown again."""

from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.actions import open_case
from foundation.files.models import Upload
from foundation.files.work import LINE
from intake.actions import note_progress
from intake.models import Answer, Intake, Step
from notifications.models import Message
from tests.conftest import opened
from tests.files import corpus
from tests.files.test_photos_and_codes import two_pictures
from tests.support.answers import number_of
from tests.support.relay import deliver_due

URL = reverse("intake:documents")
LOCK = pikepdf.Encryption(owner="o", user="u", R=6)


def send(client, **files):
    sent = [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]
    return client.post(URL, {"press": "send", "files": sent})


@pytest.fixture
def place(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def test_several_files_are_taken_and_counted(started, place):
    page = send(started, a_jpg=corpus.photo(), b_pdf=corpus.letter())
    assert page.status_code == 200 and page.content.decode().count("We have it") == 2
    assert Upload.objects.count() == 2
    assert opened(Answer.objects.get(page="documents"), "value").value == {"documents": 2}
    send(started, c_png=corpus.photo("PNG"))
    assert opened(Answer.objects.get(page="documents"), "value").value == {"documents": 3}


def test_a_file_that_is_not_taken_says_why_and_the_others_are(started, place):
    page = send(started, a_exe=b"MZ\x90" * 100, b_pdf=corpus.letter())
    text = page.content.decode()
    assert page.status_code == 200 and Upload.objects.count() == 1
    assert "a.exe" in text and "We have it" in text
    none = send(started, a_exe=b"MZ\x90" * 100)
    assert none.status_code == 422


def test_what_turns_out_bad_later_is_said_by_name_where_it_was_sent_and_without_by_a_receipt(started, place):
    send(started, secret_pdf=b"%PDF-1.4\nbroken\n%%EOF\n")
    LINE.work_off()
    assert Upload.objects.get().status == "refused"
    text = started.get(URL).content.decode()
    assert "<bdi>secret.pdf</bdi>" in text and "This file is damaged" in text
    started.post(reverse("intake:stop"))
    numbers = started.get(reverse("intake:receipt")).context
    typed = {"locator": numbers["locator"], "secret": numbers["secret"]}
    other = Client()
    other.post(reverse("intake:return"), typed, follow=True)
    text = other.get(URL).content.decode()
    assert "This file is damaged" in text and "File 1, PDF" in text and "secret.pdf" not in text


def test_what_a_copy_lacks_is_said_with_what_to_send_again(started, place):
    send(started, two_jpg=two_pictures(), fine_pdf=corpus.letter())
    LINE.work_off()
    text = started.get(URL).content.decode()
    two, fine = text.index("<bdi>two.jpg</bdi>"), text.index("<bdi>fine.pdf</bdi>")
    assert two < text.index("It held several pictures") < text.index("send the rest") < fine


def test_send_with_nothing_chosen_says_so_and_stays(started, place):
    page = send(started)
    text = page.content.decode()
    assert page.status_code == 422 and "No file was chosen" in text and "<title>Error:" in text
    assert not Answer.objects.filter(page="documents").exists()


def test_a_locked_file_is_said_at_once_and_taken_all_the_same(started, place):
    text = send(started, a_pdf=corpus.letter(encryption=LOCK), b_pdf=corpus.letter()).content.decode()
    assert Upload.objects.count() == 2 and text.count("It looks locked") == 1


def test_the_review_names_each_file_with_what_became_of_it(started, fill, place):
    fill(started)
    send(started, letter_pdf=corpus.letter())
    LINE.work_off()
    text = started.get(reverse("intake:review")).content.decode()
    assert "<bdi>letter.pdf</bdi>" in text and "we can read it" in text


def take_back(client, number):
    return client.post(URL, {"press": "take-back", "number": number})


def files_in(place):
    return [path for path in place.rglob("*") if path.is_file()]


def test_a_file_taken_back_before_the_form_is_sent_is_gone(started, place):
    send(started, a_pdf=corpus.letter(), b_jpg=corpus.photo())
    LINE.work_off()
    assert take_back(started, "1").url == URL
    deliver_due()
    first, second = Upload.objects.order_by("number")
    assert first.taken_back_on and first.original is None and first.rebuilt is None
    assert second.original and second.rebuilt and len(files_in(place)) == 2
    assert "You took it back" in started.get(URL).content.decode()


def test_one_taken_back_while_it_is_checked_is_gone_too_and_nobody_tries_it(started, place):
    send(started, a_pdf=corpus.letter())
    take_back(started, "1")
    deliver_due()
    upload = Upload.objects.get()
    assert (upload.status, upload.reason, upload.next_try_at) == ("refused", "taken_back", None)
    assert not files_in(place)


def test_with_a_receipt_it_is_taken_back_and_stays_for_staff(back, sent, place, cast, now):
    """Whoever forced the receipt out of somebody must not be able to take away what they sent."""
    case = open_case(Intake.objects.get(pk=sent[0].pk), by="system:test", at=now)
    send(back, letter_pdf=corpus.letter())
    LINE.work_off()
    take_back(back, "1")
    deliver_due()
    upload = Upload.objects.get()
    assert upload.taken_back_on and upload.rebuilt and upload.original
    assert "You took it back" in back.get(URL).content.decode()
    kinds = Message.objects.filter(user=cast.cora, channel="in_app").values_list("kind", flat=True)
    assert {"papers_sent", "wish_taken_back"} <= set(kinds)
    back.force_login(cast.cora)
    assert "Taken back on" in back.get(reverse("workspace:papers", args=[case.pk])).content.decode()


@pytest.mark.parametrize("number", ["2", "", "-1", "x", "9" * 30, "١"])
def test_a_number_that_is_none_takes_nothing_back(started, place, number):
    send(started, a_pdf=corpus.letter())
    assert take_back(started, number).status_code == 302
    assert Upload.objects.get().taken_back_on is None


def test_papers_are_taken_for_as_long_as_the_matter_is_open(back, sent, place, now):
    Intake.objects.filter(pk=sent[0].pk).update(submitted_at=now - timedelta(days=200))
    assert send(back, a_pdf=corpus.letter()).status_code == 200
    assert "Send papers" in back.get(reverse("intake:mine")).content.decode()
    note_progress(sent[0], step=Step.DECLINED, by="system:test", at=now)
    assert send(back, b_pdf=corpus.letter()).status_code == 409
    assert Upload.objects.count() == 1
    assert "Send papers" not in back.get(reverse("intake:mine")).content.decode()


def test_no_file_is_needed(started, place):
    assert started.post(URL).status_code == 302
    assert Answer.objects.filter(page="documents").exists()


def test_no_other_page_takes_a_file(started, place):
    file = SimpleUploadedFile("a.pdf", corpus.letter())
    url = reverse("intake:page", args=[number_of("name")])
    assert started.post(url, {"given_names": "Amina", "x": file}).status_code < 500
    assert not Upload.objects.exists()
    assert not [path for path in place.rglob("*") if path.is_file()]
