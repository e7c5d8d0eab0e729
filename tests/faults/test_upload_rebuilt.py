"""The real worker: it rebuilds what was sent, and one killed midway is made up for."""

import pytest

from tests.files import corpus
from tests.running import running_stack, wait_until

SEND = """
import django; django.setup()
import uuid
from django.utils import timezone
from foundation.accounts.models import Office
from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.files.receiving import ReceivedFile
from foundation.files.uploads import receive_files
from foundation.vault.keys import opening_keys
from intake.actions import start_intake
with acting_as(system("test")), opening_keys(), each_statement_alone():
    now, office = timezone.now(), Office.objects.get(slug="demo")
    draft = start_intake(office=office, matter_id=uuid.uuid4(), language="en", at=now)
    file = ReceivedFile({name!r})
    file.add(open({path!r}, "rb").read())
    file.complete()
    receive_files([file], matter=draft.matter, by="applicant", at=now, on=now.date())
    file.close()
"""
# Of drafts alone: the cases of the demo office have papers of their own.
OF_DRAFTS = "file_id in (select file_id from intake_intake where status = 'draft')"
STATUS = f"select status from files_upload where {OF_DRAFTS}"
REBUILT = f"select count(*) from events_event where name = 'files.rebuilt' and {OF_DRAFTS}"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack("uploads", tmp_path_factory.mktemp("uploads"), EVENTS_LEASE_SECONDS="2") as stack:
        yield stack


def send(stack, tmp_path, content, name):
    path = tmp_path / "file"
    path.write_bytes(content)
    stack.run(SEND.format(name=name, path=str(path)))


def statuses(stack):
    return sorted(status for (status,) in stack.ask(STATUS))


def test_the_worker_rebuilds_and_refuses(stack, tmp_path):
    send(stack, tmp_path, corpus.hostile_pdf(), "a.pdf")
    send(stack, tmp_path, corpus.pixel_bomb(), "b.png")
    assert wait_until(lambda: statuses(stack) == ["rebuilt", "refused"], 60)
    for path in stack.folder.rglob("*"):
        assert not path.is_file() or b"app.alert" not in path.read_bytes()


def test_what_was_sent_while_no_worker_ran_is_rebuilt_once(stack, tmp_path):
    stack.app.kill_worker()
    send(stack, tmp_path, corpus.photo(), "c.jpg")
    assert "received" in statuses(stack)
    stack.app.start_worker()
    assert wait_until(lambda: statuses(stack) == ["rebuilt", "rebuilt", "refused"], 60)
    assert stack.ask(REBUILT) == [(2,)]
