"""A file somebody sends: kept, put in line, read by the worker, and only then a source."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evidence.clients.fetch import NullFetcher
from evidence.models import Document, Link
from evidence.originals import path_of
from evidence.work import links
from tests.evidence.test_recognition import pdf

STATEMENT = "A title\n\nTAIZ — A hospital was shelled twice, the director said."
ADD = {"kind": "statement"}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def send(client, raw, name="statement.txt", **more):
    return client.post(
        reverse("evidence:document-add"), {**ADD, **more, "file": SimpleUploadedFile(name, raw)}
    )


def paste(client, text, **more):
    return client.post(reverse("evidence:document-add"), {**ADD, **more, "text": text})


def work():
    return links(NullFetcher()).work_off()


@pytest.mark.parametrize(
    ("raw", "name"), [(b"", "a.txt"), (b"PK\x03\x04 pictures", "a.pdf"), (b"\x89PNG\r\n\x1a\n\0\0", "a.png")]
)
def test_what_is_refused_at_a_glance_is_refused_on_the_form(client, cast, raw, name):
    client.force_login(cast.ade)
    response = send(client, raw, name)
    assert response.status_code == 422 and response.context["form"].errors["file"]
    assert not Link.objects.exists()


def test_a_file_that_cannot_be_read_leaves_its_reason_and_is_not_kept(client, cast, now, tmp_path):
    client.force_login(cast.ade)
    response = send(client, b"%PDF-1.7 nothing", "a.pdf")
    assert work() == 1
    link = Link.objects.get()
    assert (link.status, Document.objects.count()) == ("refused", 0)
    assert not path_of(link.upload_sha256).exists()
    page = client.get(response.url).content.decode()
    assert "damaged" in page and "PDF file" in page


def test_a_file_that_is_gone_is_refused_and_the_line_goes_on(client, cast, now):
    client.force_login(cast.ade)
    for words in (b"First\n\nOne.", b"Second\n\nTwo."):
        send(client, words)
    path_of(Link.objects.earliest("asked_at").upload_sha256).unlink()
    assert work() == 2
    assert sorted(Link.objects.values_list("status", flat=True)) == ["kept", "refused"]


def test_nothing_of_a_file_is_read_while_the_page_waits(client, cast):
    client.force_login(cast.ade)
    response = send(client, STATEMENT.encode(), url="https://paper.example/a")
    link = Link.objects.get()
    assert response.url == reverse("evidence:link", args=[link.pk])
    assert (link.status, link.label, link.url) == ("waiting", "Text file", "https://paper.example/a")
    assert path_of(link.upload_sha256).read_bytes() == STATEMENT.encode()
    assert "It is being read" in client.get(response.url).content.decode()
    assert "Text file" in client.get(reverse("evidence:documents")).content.decode()


def test_a_file_is_read_by_the_worker_and_its_page_goes_on_to_the_source(client, cast, now):
    client.force_login(cast.ade)
    response = send(client, pdf("A title", "A hospital was shelled."), "a.pdf", url="https://paper.example/a")
    work()
    document = Document.objects.get()
    snapshot = document.snapshots.get()
    assert (snapshot.capture, snapshot.original_type) == ("upload", "application/pdf")
    assert (len(snapshot.pages), document.url) == (2, "https://paper.example/a")
    assert path_of(snapshot.original_sha256).exists() and not snapshot.warc_sha256
    assert client.get(response.url).url == reverse("evidence:document", args=[document.pk])


def test_the_same_file_twice_is_one_source_and_both_pages_lead_to_it(client, cast, now):
    client.force_login(cast.ade)
    pages = [send(client, STATEMENT.encode()).url for _ in range(2)]
    work()
    document = Document.objects.get()
    assert path_of(document.snapshots.get().original_sha256).exists()
    assert {client.get(page).url for page in pages} == {reverse("evidence:document", args=[document.pk])}


# --- pasted text --------------------------------------------------------------------------------------


def test_nothing_of_a_pasted_text_is_read_while_the_page_waits(client, cast, monkeypatch):
    monkeypatch.setattr("evidence.rules.parse_statement", None)  # not here, not now
    client.force_login(cast.ade)
    response = paste(client, STATEMENT, url="https://paper.example/a")
    link = Link.objects.get()
    assert response.url == reverse("evidence:link", args=[link.pk])
    assert (link.status, link.label, link.url) == ("waiting", "Pasted text", "https://paper.example/a")


def test_a_pasted_text_is_read_by_the_worker_and_lies_nowhere_else_afterwards(client, cast):
    client.force_login(cast.ade)
    pages = [paste(client, STATEMENT).url for _ in range(2)]
    work()
    document = Document.objects.get()
    snapshot = document.snapshots.get()
    assert (snapshot.capture, snapshot.text) == ("paste", STATEMENT)
    assert (snapshot.original_sha256, snapshot.original_type) == ("", "")
    assert not path_of(Link.objects.first().upload_sha256).exists()
    assert {client.get(page).url for page in pages} == {reverse("evidence:document", args=[document.pk])}


@pytest.mark.parametrize("start", ["%PDF-1.7", "<html> is how a page begins", "\fForm feed\as", "\ufeffMark"])
def test_a_pasted_text_is_a_text_whatever_it_begins_with(client, cast, start):
    client.force_login(cast.ade)
    paste(client, f"{start}\n\nA paragraph on a hospital.")
    work()
    seen = start.strip("\ufeff\f").replace("\a", "")
    assert seen in Document.objects.get().snapshots.get().text


def test_a_pasted_text_without_a_paragraph_leaves_its_reason(client, cast):
    client.force_login(cast.ade)
    one_line = paste(client, "One line and no more.")
    assert one_line.status_code == 422 and b"One line and no more." in one_line.content
    response = paste(client, "A title\n\nMarch 3, 2020")
    work()
    assert "no text here that could be quoted" in client.get(response.url).content.decode()
    assert Document.objects.count() == 0


def test_what_an_office_sent_is_nobody_elses(client, cast):
    client.force_login(cast.ade)
    url = send(client, STATEMENT.encode()).url
    client.force_login(cast.otto)
    assert client.get(url).status_code == 404
