"""What staff and the attorney who holds the matter do with papers: add one, say what it is, put it aside."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.access import may_keep_papers
from cases.models import Case, Origin, Paper
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.files.models import Upload
from foundation.files.receiving import ReceivedFile
from foundation.files.uploads import Outcome, hold_files, receive_files
from foundation.refused import Forbidden, Refused


class NotOfThisCase(Refused):
    message = _("A translation is of another paper of the same case.")


@transaction.atomic
def add_papers(
    case: Case,
    *,
    files: list[ReceivedFile],
    kind: str = "",
    dated: str = "",
    origin: str = Origin.PERSON,
    note: str = "",
    translation_of: uuid.UUID | None = None,
    by: User,
    at: datetime,
) -> list[Outcome]:
    """Keep files with a case, each in quarantine until it is rebuilt, and say what became of each.

    The rest as `describe_paper`. Raises Forbidden for whoever may not keep papers here, NotOfThisCase.
    """
    _check(case, by)
    on = case.office.today(at)
    outcomes = receive_files(files, matter=case.matter, by=by, at=at, on=on, sent_by=by)
    kept = [outcome.upload for outcome in outcomes if outcome.upload]
    about = {
        "kind": kind,
        "dated": dated,
        "origin": origin,
        "note": note,
        "original": translation_of,
    }
    for upload in kept:
        _write(Paper(**case.matter.columns, case=case, upload=upload), about, by=by, at=at)
    if kept:
        record("cases.papers_added", case, by=by, at=at, data={"count": len(kept)})
    return outcomes


@transaction.atomic
def describe_paper(
    case: Case,
    *,
    upload_id: uuid.UUID,
    kind: str,
    dated: str,
    origin: str,
    note: str,
    translation_of: uuid.UUID | None,
    seen: str,
    by: User,
    at: datetime,
) -> None:
    """Write down which paper a file of a case is. `dated` is as much of its day as is known.

    `seen` is what `mark_of` said as the form was opened. Raises Forbidden; Stale where somebody else wrote
    meanwhile; NotOfThisCase; Refused for a file that is not there.
    """
    paper = _hold(case, upload_id, by=by)
    if seen != mark_of(paper):
        raise Stale
    about = {
        "kind": kind,
        "dated": dated,
        "origin": origin,
        "note": note,
        "original": translation_of,
    }
    _write(paper, about, by=by, at=at)
    record("cases.paper_described", case, by=by, at=at, data={"upload": str(upload_id)})


@transaction.atomic
def put_paper_aside(case: Case, *, upload_id: uuid.UUID, by: User, at: datetime) -> None:
    """Put a paper aside: it counts for nothing until somebody brings it back.

    Raises Forbidden; Stale where somebody did; Refused for a file that is not there.
    """
    paper = _hold(case, upload_id, by=by)
    if paper.put_aside_at:
        raise Stale
    paper.put_aside_at, paper.put_aside_by = at, by
    paper.described_at = paper.described_at or at
    paper.save()
    record("cases.paper_put_aside", case, by=by, at=at, data={"upload": str(upload_id)})


@transaction.atomic
def bring_paper_back(case: Case, *, upload_id: uuid.UUID, by: User, at: datetime) -> None:
    """Bring a paper back that was put aside. Raises as `put_paper_aside`: Forbidden, Stale, Refused."""
    paper = _hold(case, upload_id, by=by)
    if not paper.put_aside_at:
        raise Stale
    paper.put_aside_at = paper.put_aside_by = None
    paper.save()
    record("cases.paper_brought_back", case, by=by, at=at, data={"upload": str(upload_id)})


def sort_files(case: Case, upload_ids: Iterable[uuid.UUID], *, kind: str, by: User, at: datetime) -> None:
    """Write down which paper files of the person are that nobody sorted yet: what they were asked for."""
    known = set(Paper.objects.filter(case=case).values_list("upload_id", flat=True))
    for pk in upload_ids:
        if pk not in known:
            about = {"kind": kind, "described_by": by, "described_at": at}
            Paper.objects.create(**case.matter.columns, case=case, upload_id=pk, **about)


def mark_of(paper: Paper | None) -> str:
    """Return what tells whether somebody described a paper since a form was opened; "" where nobody did."""
    return paper.described_at.isoformat() if paper and paper.described_at else ""


def _check(case: Case, by: User) -> None:
    if not may_keep_papers(by, case):
        raise Forbidden


def _hold(case: Case, upload_id: uuid.UUID, *, by: User) -> Paper:
    """Return what is known of a file, a new row for one nobody sorted; nobody else writes meanwhile."""
    _check(case, by)
    hold_files(case.matter_id)
    upload = Upload.objects.filter(pk=upload_id, matter_id=case.matter_id).first()
    if upload is None:
        raise Refused(_("This file is not there any more."))
    known = Paper.objects.filter(upload=upload).first()
    origin = Origin.US if upload.sent_by_id else Origin.PERSON
    return known or Paper(**case.matter.columns, case=case, upload=upload, origin=origin, described_by=by)


def _write(paper: Paper, about: dict[str, Any], *, by: User, at: datetime) -> None:
    others = Upload.objects.filter(matter_id=paper.matter_id).exclude(pk=paper.upload_id)
    if about["original"] and not others.filter(pk=about["original"]).exists():
        raise NotOfThisCase
    paper.kind, paper.dated, paper.origin, paper.note = (
        about[name] for name in ("kind", "dated", "origin", "note")
    )
    paper.translation_of_id = about["original"]
    paper.described_by, paper.described_at = by, at
    paper.save()
