"""Papers that staff and attorneys keep with a case, and what whoever holds the receipt sees of them."""

import uuid

import pytest
from django.db import ProgrammingError, transaction

from cases import actions
from cases.actions import add_papers, bring_paper_back, describe_paper, grant_access, put_paper_aside
from cases.models import Paper
from cases.papers import mark_of
from config.middleware import principal_of
from foundation.database.principal import applicant
from foundation.events.lifecycle import Stale
from foundation.events.models import Event
from foundation.files import uploads
from foundation.files.erasing import erase_matters
from foundation.files.models import StoredFile, Upload
from foundation.files.work import LINE
from foundation.refused import Forbidden, Refused
from notifications.models import Message
from tests.abuse.test_rows import As
from tests.conftest import opened
from tests.files import corpus
from tests.files.conftest import files_on_disk, received
from tests.support.relay import deliver_due


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def keep(case, now):
    """Return a function that keeps files with Amina's case as somebody of the staff would."""

    def kept(by, *contents, **about):
        files = [received(content) for content in contents or (corpus.letter(),)]
        with As(principal_of(by)):
            outcomes = add_papers(case, files=files, by=by, at=now, **about)
        for file in files:
            file.close()
        return outcomes

    return kept


@pytest.fixture
def holder(case, cast):
    """Return Ade, who holds Amina's case."""
    grant_access(case.pk, user=cast.ade, scope="file", reason="test")
    return cast.ade


def sent_by_amina(case, now):
    file = received(corpus.letter())
    with As(applicant(case.matter_id)):
        (one,) = uploads.receive_files([file], matter=case.matter, by="applicant", at=now, on=now.date())
    file.close()
    return one.upload


def described(case, upload, **changes):
    values = {
        "kind": "letter",
        "dated": "",
        "origin": "person",
        "note": "",
        "translation_of": None,
        "seen": mark_of(Paper.objects.filter(upload=upload).first()),
    }
    return {"upload_id": upload.pk, **values, **changes}


# --- who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["bea", "ines", "otto"])
def test_nobody_else_keeps_a_paper(case, cast, now, who):
    with pytest.raises(Forbidden):
        add_papers(case, files=[received(corpus.letter())], by=getattr(cast, who), at=now)
    assert not Upload.objects.exists()


def test_an_attorney_keeps_papers_while_they_hold_the_matter(case, cast, keep, holder, now):
    (one,) = keep(holder, kind="decision", dated="2026-10", origin="authority", note="Denied by the judge")
    paper = opened(Paper.objects.get(), "kind", "dated", "note")
    assert (paper.kind, paper.dated, paper.note) == ("decision", "2026-10", "Denied by the judge")
    assert one.upload.sent_by == holder
    actions.revoke_access(case.pk, user_id=holder.pk, reason="test")
    with pytest.raises(Forbidden):
        add_papers(case, files=[received(corpus.letter())], by=holder, at=now)


def test_the_database_lets_an_attorney_add_a_file_in_their_own_name_alone(case, cast, holder, now):
    about = {"number": 1, "received_on": now.date(), "next_try_at": now}
    for sent_by in (None, cast.cora):
        with (
            As(principal_of(holder)),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            Upload.objects.create(**case.matter.columns, **about, sent_by=sent_by)


# --- in the same sandbox ----------------------------------------------------------------------------


def test_each_file_is_read_in_the_sandbox_or_says_why_not(keep, cast):
    good, bad = keep(cast.cora, corpus.letter(), b"PK\x03\x04", kind="notice")
    assert good.upload and bad.reason == "archive"
    assert Upload.objects.get().status == "received"
    LINE.work_off()
    upload = Upload.objects.get()
    assert upload.status == "rebuilt" and upload.rebuilt.of_staff and upload.original.of_staff
    assert Event.objects.get(name="cases.papers_added").data == {"count": 1}


def test_staff_take_no_room_from_the_person(keep, case, cast, now, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_FILES", 1)
    keep(cast.cora)
    assert keep(cast.cora)[0].reason == "file_full"
    assert sent_by_amina(case, now).number == 1


def test_the_caseworkers_hear_of_an_attorneys_paper_and_the_attorney_of_theirs(keep, cast, holder):
    keep(holder)
    deliver_due()
    told = Message.objects.filter(kind="papers_added", channel="in_app").values_list("user", flat=True)
    assert set(told) == {cast.cora.pk}
    keep(cast.cora)
    deliver_due()
    assert holder.pk in set(told.all())


# --- what the receipt sees --------------------------------------------------------------------------


def test_whoever_holds_the_receipt_sees_nothing_of_it(keep, case, cast, now):
    keep(cast.cora, kind="decision", note="Denied")
    LINE.work_off()
    theirs = sent_by_amina(case, now)
    with As(applicant(case.matter_id)):
        assert [one.number for one in uploads.sent_papers(case.matter_id, named=False)] == [1]
        assert list(Upload.objects.values_list("pk", flat=True)) == [theirs.pk]
        assert list(StoredFile.objects.values_list("pk", flat=True)) == [theirs.original_id]
        with pytest.raises(ProgrammingError), transaction.atomic():
            Paper.objects.count()
        assert not uploads.take_back(
            case.matter_id, number=2, on=now.date(), by_receipt=True, by="applicant", at=now
        )


# --- what a paper is --------------------------------------------------------------------------------


def test_the_persons_own_file_gets_its_kind_and_day(case, cast, now):
    upload = sent_by_amina(case, now)
    describe_paper(case, **described(case, upload, kind="notice", dated="2026-11-02"), by=cast.cora, at=now)
    paper = opened(Paper.objects.get(upload=upload), "kind", "dated")
    assert (paper.kind, paper.dated) == ("notice", "2026-11-02")


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(case, cast, holder, now):
    upload = sent_by_amina(case, now)
    before = described(case, upload)
    describe_paper(case, **{**before, "kind": "decision"}, by=holder, at=now)
    with pytest.raises(Stale):
        describe_paper(case, **before, by=cast.cora, at=now)
    assert opened(Paper.objects.get(), "kind").kind == "decision"


def test_a_translation_is_of_another_file_of_the_same_case(case, cast, keep, make_case, now):
    (original,) = keep(cast.cora)
    (other,) = keep(cast.cora, kind="translation", translation_of=original.upload.pk)
    assert Paper.objects.get(upload=other.upload).translation_of == original.upload
    for wrong in (other.upload.pk, sent_by_amina(make_case(), now).pk, uuid.uuid4()):
        about = described(case, other.upload, kind="translation", translation_of=wrong)
        with pytest.raises(actions.NotOfThisCase):
            describe_paper(case, **about, by=cast.cora, at=now)


def test_a_paper_is_put_aside_and_brought_back_and_nothing_is_deleted(case, cast, keep, now):
    (one,) = keep(cast.cora)
    which = {"upload_id": one.upload.pk, "by": cast.cora, "at": now}
    with pytest.raises(Stale):
        bring_paper_back(case, **which)
    put_paper_aside(case, **which)
    with pytest.raises(Stale):
        put_paper_aside(case, **which)
    assert Paper.objects.get().put_aside_by == cast.cora and Upload.objects.get().original
    bring_paper_back(case, **which)
    assert Paper.objects.get().put_aside_at is None
    names = list(Event.objects.filter(name__startswith="cases.paper_").values_list("name", flat=True))
    assert names == ["cases.paper_put_aside", "cases.paper_brought_back"]


def test_a_file_that_is_not_there_cannot_be_described(case, cast, now, make_case):
    theirs = sent_by_amina(make_case(), now)
    with pytest.raises(Refused):
        put_paper_aside(case, upload_id=theirs.pk, by=cast.cora, at=now)


# --- the end ----------------------------------------------------------------------------------------


def test_a_matter_that_is_erased_takes_the_papers_of_both_sides(case, cast, keep, holder, now, media):
    (one,) = keep(holder, kind="decision", note="Denied")
    keep(cast.cora, kind="translation", translation_of=one.upload.pk)
    sent_by_amina(case, now)
    LINE.work_off()
    assert len(files_on_disk(media)) == 6
    erase_matters([case.matter_id])
    assert not files_on_disk(media)
    assert not Paper.objects.exists() and not Upload.objects.exists()
