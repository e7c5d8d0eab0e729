"""A list comes into the directory: first what would come in, then one press; and back again while unused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directory import actions
from directory.models import DirectoryImport, Organization
from directory.reading import COLUMNS, EXAMPLE
from foundation.events.models import Event
from tests.support.handing import organization

PAGE = reverse("directory:import")
HEAD = "name,phone,states,languages,held,checked_on"
LINES = (
    HEAD,
    "Harbor Aid,(212) 555-0123,ny; NJ,Arabic;spa,yes,2026-11-20",
    '"Bridge, Aid",(212) 555-0124,,,,',
)
LIST = "\n".join(LINES)


@pytest.fixture
def cora(client, cast):
    client.force_login(cast.cora)
    return client


def sent(client, text, *, press="", as_file=False):
    values = {"text": "" if as_file else text, "press": press}
    if as_file:
        content = text if isinstance(text, bytes) else text.encode()
        values["file"] = SimpleUploadedFile("list.csv", content, content_type="text/csv")
    return client.post(PAGE, values)


@pytest.mark.parametrize("as_file", [False, True])
def test_what_would_come_in_is_shown_first_and_nothing_is_written(cora, as_file):
    answer = sent(cora, LIST, as_file=as_file)
    page = answer.content.decode()
    assert answer.status_code == 200 and "2 organizations:" in page and "Bridge, Aid" in page
    assert not Organization.objects.exists() and not DirectoryImport.objects.exists()


def test_one_press_takes_it_in_and_says_who_did(cora, cast):
    assert sent(cora, LIST, press="import").url == PAGE
    harbor = Organization.objects.get(name="Harbor Aid")
    assert (harbor.states, harbor.languages, harbor.takes_held) == (["NY", "NJ"], ["ara", "spa"], "yes")
    assert (str(harbor.checked_on), harbor.checked_by) == ("2026-11-20", cast.cora)
    bridge = Organization.objects.get(name="Bridge, Aid")
    assert (bridge.taking, bridge.takes_held, bridge.checked_on) == ("unknown", "unknown", None)
    assert not harbor.is_public
    event = Event.objects.get(name="directory.list_imported")
    assert (event.actor, event.data) == (f"user:{cast.cora.pk}", {"organizations": 2})


def test_the_example_on_the_page_comes_in_as_it_stands(cora):
    assert sent(cora, "\n".join(EXAMPLE), press="import").status_code == 302
    one = Organization.objects.get()
    assert one.is_public and one.relief == ["asylum"] and one.helps_with == ["lawyer", "forms"]
    assert EXAMPLE[0].split(",") == list(COLUMNS)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Bay Aid,,,,,", "Line 4, phone: Write down one way at least"),
        ("Bay Aid,1,ZZ,,,", "Line 4, states:"),
        ("Bay Aid,1,,Klingon,,", "Line 4, languages:"),
        ("Bay Aid,1,,,perhaps,", "Line 4, held:"),
        ("Bay Aid,1,,,,soon", "Line 4, checked_on:"),
        ("Bay Aid,1,,,,2999-01-01", "This day has not come."),
        ("harbor aid,1,,,,", "stands in the file twice"),
        (",1,,,,", "Line 4, name:"),
    ],
)
def test_a_bad_line_is_named_and_nothing_comes_in(cora, line, words):
    answer = sent(cora, f"{LIST}\n{line}", press="import")
    page = " ".join(answer.content.decode().replace('<span class="code">', "").replace("</span>", "").split())
    assert answer.status_code == 422 and words in page, page[-3000:]
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"name,phone,nonsense\nA,1,2", "The first line must name the columns"),
        (b"phone\n1", "The first line must name the columns"),
        (b"name,name\nA,B", "The first line must name the columns"),
        (b"name,phone\nA", "Line 2 has 1 cells and not 2."),
        (b"name,phone", "The file holds nothing but its first line."),
        (b'name,phone\n"A,1', "cannot be read as CSV"),
        (b"name,phone\n" + b"A,1\n" * 501, "A file may hold 500 lines"),
        (b"name,phone\n" + b"A" * 900_000, "too long"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(cora, content, words):
    answer = sent(cora, content, as_file=True)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_nothing_chosen_says_so(cora):
    answer = cora.post(PAGE, {})
    assert answer.status_code == 422 and "Choose a file, or paste its text." in answer.content.decode()


def test_what_is_there_already_is_left_as_it_is(cora, cast, now):
    organization(cast.office, by=cast.cora, at=now)
    page = sent(cora, LIST).content.decode()
    assert "left as they are" in page and "1 organization:" in page
    sent(cora, LIST, press="import")
    assert Organization.objects.filter(name="Harbor Aid").get().imported is None


def test_an_import_is_undone_as_a_whole_and_may_come_in_again(cora, cast):
    sent(cora, LIST, press="import")
    batch = DirectoryImport.objects.get()
    cora.post(reverse("directory:undo-import", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.undone_by == cast.cora
    for address in ("", "?there=out"):
        page = cora.get(reverse("directory:organizations") + address).content.decode()
        assert "Harbor Aid" not in page
    assert Event.objects.filter(name="directory.import_undone").exists()
    assert sent(cora, LIST, press="import").status_code == 302
    again = cora.post(reverse("directory:undo-import", args=[batch.pk]), follow=True).content.decode()
    assert "undone already" in again


@pytest.mark.parametrize("use", ["check", "end"])
def test_what_somebody_used_since_is_not_undone(cora, cast, now, use):
    sent(cora, LIST, press="import")
    one = Organization.objects.first()
    getattr(actions, f"{use}_organization")(one, by=cast.ines, at=now)
    batch = DirectoryImport.objects.get()
    answer = cora.post(reverse("directory:undo-import", args=[batch.pk]), follow=True)
    assert "It cannot be undone any more" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.undone_at is None and Organization.objects.count() == 2


def test_an_import_of_another_office_is_not_there(client, cast):
    client.force_login(cast.otto)
    sent(client, LIST, press="import")
    client.force_login(cast.cora)
    batch = DirectoryImport.objects.get()
    assert client.post(reverse("directory:undo-import", args=[batch.pk])).status_code == 404
