"""What was sent is opened on record, by whom it is for, and goes with its file."""

import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from cases.actions import grant_access
from config.middleware import principal_of
from foundation.database.principal import applicant
from foundation.events.models import AccessRecord
from foundation.files import work
from foundation.files.actions import path_of, sweep_incoming
from foundation.files.models import StoredFile, Upload
from intake.actions import delete_expired_drafts
from tests.abuse.test_rows import As
from tests.files import corpus
from tests.files.conftest import HOSTILE, content_of, files_on_disk, received

# --- who may open what ----------------------------------------------------------------------------


def test_staff_download_the_copy_and_nothing_runs_in_it(client, cast, letter):
    client.force_login(cast.cora)
    response = client.get(reverse("files:download", args=[letter.pk]))
    assert response.status_code == 200 and not response.streaming
    assert response.content == content_of(letter.rebuilt)
    headers = response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == f'attachment; filename="document-{letter.pk.hex[:8]}.pdf"'
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store"
    assert AccessRecord.objects.filter(
        actor=f"user:{cast.cora.pk}", action="opened", subject_id=str(letter.rebuilt_id), fields="content"
    ).exists()


def test_the_reading_is_on_record_before_anything_opens(client, cast, letter):
    path_of(letter.rebuilt_id).write_bytes(b"damaged")
    client.force_login(cast.cora)
    assert client.get(reverse("files:download", args=[letter.pk])).status_code == 503
    actions = AccessRecord.objects.filter(subject_id=str(letter.rebuilt_id), fields="content")
    assert list(actions.order_by("seq").values_list("action", flat=True))[-2:] == ["opened", "broken"]


def test_an_attorney_with_the_file_gets_the_copy_and_never_the_original(client, cast, case, letter):
    with As(principal_of(cast.cora)):
        grant_access(case.pk, user=cast.ade, scope="file", reason="test")
    client.force_login(cast.ade)
    assert client.get(reverse("files:download", args=[letter.pk])).status_code == 200
    assert client.get(reverse("files:original", args=[letter.pk])).status_code == 403
    with As(principal_of(cast.ade)):
        assert list(StoredFile.objects.values_list("pk", flat=True)) == [letter.rebuilt_id]


def test_what_is_not_rebuilt_is_not_handed_out(client, cast, send):
    (outcome,) = send(("a.pdf", HOSTILE))
    client.force_login(cast.cora)
    assert client.get(reverse("files:download", args=[outcome.upload.pk])).status_code == 404


def test_the_original_asks_why_and_says_that_it_is_dangerous(client, cast, letter):
    client.force_login(cast.cora)
    address = reverse("files:original", args=[letter.pk])
    assert "was not cleaned" in client.get(address).content.decode()
    assert client.post(address).status_code == 422
    assert not AccessRecord.objects.filter(purpose__startswith="original").exists()
    response = client.post(address, {"purpose": "unreadable"})
    assert response.content == HOSTILE
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="original-')
    assert AccessRecord.objects.filter(purpose="original: unreadable", fields="content").exists()


def test_the_original_asks_once_more_who_it_is(client, cast, letter, time_machine):
    client.force_login(cast.cora)
    for _ in range(6):
        time_machine.move_to(timezone.now() + timedelta(minutes=10))
        client.get(reverse("home"))
    address = reverse("files:original", args=[letter.pk])
    assert client.post(address, {"purpose": "unreadable"}).url.startswith(reverse("account_reauthenticate"))
    assert not AccessRecord.objects.filter(purpose__startswith="original").exists()


def test_the_applicant_role_changes_nothing_once_it_is_sent(letter):
    with pytest.raises(ProgrammingError), As(applicant(letter.matter_id)):
        Upload.objects.filter(pk=letter.pk).update(error="x")
    with pytest.raises(ProgrammingError), As(applicant(letter.matter_id)):
        StoredFile.objects.filter(pk=letter.original_id).delete()


# --- the end of a file ----------------------------------------------------------------------------


def test_a_draft_that_expires_takes_its_files_along(make_draft, send, now, media):
    draft = make_draft()
    send(("a.jpg", corpus.photo()), matter=draft.matter)
    work.LINE.work_off()
    assert len(files_on_disk(media)) == 2
    delete_expired_drafts(at=now + timedelta(days=15))
    assert files_on_disk(media) == [] and not Upload.objects.exists() and not StoredFile.objects.exists()


def test_what_a_dead_request_left_is_swept_after_a_day(media, now):
    left = received(corpus.letter())
    assert sweep_incoming(at=now) == 0
    assert sweep_incoming(at=now + timedelta(hours=25)) == 1
    assert not left.path.exists()


def test_the_words_of_a_message_carry_no_name(send):
    (outcome,) = send((f"{uuid.uuid4()}.svg", b"<svg/>"))
    assert outcome.label not in outcome.words
    assert outcome.reason == "not_taken"
