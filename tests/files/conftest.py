"""Files sent as an applicant sends them, on a disk of the test's own."""

import pytest

from foundation.database.principal import applicant
from foundation.files import uploads, work
from foundation.files.actions import open_file
from foundation.files.models import Upload
from foundation.files.receiving import ReceivedFile
from tests.abuse.test_rows import As
from tests.files import corpus

HOSTILE = corpus.hostile_pdf()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def received(content, name="letter.pdf"):
    file = ReceivedFile(name)
    for at in range(0, max(len(content), 1), 65536):
        file.add(content[at : at + 65536])
    file.complete()
    return file


@pytest.fixture
def send(case, now):
    """Return a function that sends files to Amina's matter as she would."""

    def send(*files, matter=None, at=now):
        matter = matter or case.matter
        sent = [received(content, name) for name, content in files]
        with As(applicant(matter.id)):
            outcomes = uploads.receive_files(sent, matter=matter, by="applicant", at=at, on=at.date())
        for one in sent:
            one.close()
        return outcomes

    return send


@pytest.fixture
def letter(send):
    """Return an upload of a hostile letter, rebuilt."""
    (outcome,) = send(("letter from Amina.pdf", HOSTILE))
    work.LINE.work_off()
    return Upload.objects.get(pk=outcome.upload.pk)


def content_of(stored):
    return b"".join(open_file(stored, purpose="test"))


def files_on_disk(media):
    return sorted(path.name for path in media.rglob("*") if path.is_file())
