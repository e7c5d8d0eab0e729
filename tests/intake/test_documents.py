"""The page for papers: several at once, each with an answer; nothing is needed, no file is shown again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.files.models import Upload
from foundation.files.work import LINE
from intake.models import Answer
from tests.conftest import opened
from tests.files import corpus
from tests.files.test_what_people_send import two_pictures
from tests.support.answers import number_of

URL = reverse("intake:documents")


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
    assert "\u2068secret.pdf\u2069: This file is damaged" in text
    started.post(reverse("intake:stop"))
    numbers = started.get(reverse("intake:receipt")).context
    typed = {"locator": numbers["locator"], "secret": numbers["secret"]}
    other = Client()
    other.post(reverse("intake:return"), typed, follow=True)
    text = other.get(URL).content.decode()
    assert "This file is damaged" in text and "secret.pdf" not in text


def test_what_a_copy_lacks_is_said_with_what_to_send_again(started, place):
    send(started, two_jpg=two_pictures(), fine_pdf=corpus.letter())
    LINE.work_off()
    text = started.get(URL).content.decode()
    assert "\u2068two.jpg\u2069: It held several pictures" in text and "send the rest" in text
    assert "fine.pdf" not in text


def test_no_file_is_needed(started, place):
    assert started.post(URL).status_code == 302
    assert Answer.objects.filter(page="documents").exists()


def test_no_other_page_takes_a_file(started, place):
    file = SimpleUploadedFile("a.pdf", corpus.letter())
    url = reverse("intake:page", args=[number_of("name")])
    assert started.post(url, {"given_names": "Amina", "x": file}).status_code < 500
    assert not Upload.objects.exists()
    assert not [path for path in place.rglob("*") if path.is_file()]
