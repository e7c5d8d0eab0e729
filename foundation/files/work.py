"""Rebuild what people sent, one file at a time, in the sandbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DataError, transaction
from django.utils.translation import gettext_lazy as _

from foundation.files import kinds, sandbox
from foundation.files.actions import open_file, path_of, store_file
from foundation.files.models import Status, Upload
from foundation.files.uploads import UPLOADS
from foundation.files.words import REASONS, note_words
from foundation.vault.opening import open_one
from foundation.work.line import Line, register
from foundation.work.models import DONE

REBUILDER = "system:files"


@dataclass(frozen=True)
class Rebuilt:
    """What the sandbox made of an original, with the original's label."""

    name: str
    result: sandbox.Result


def rebuild(upload: Upload) -> Rebuilt:
    """Read the original in a transaction of its own and rebuild it in none."""
    content, name, kind = _read(upload)
    return Rebuilt(name, sandbox.rebuild(content, kind=kind))


@transaction.atomic
def _read(upload: Upload) -> tuple[bytes, str, str]:
    original = upload.original
    if original is None:
        raise FileNotFoundError
    known = open_one(original, "name", "content_type", purpose="rebuild")
    content = b"".join(open_file(original, purpose="rebuild"))
    return content, known.name, kinds.of_type(known.content_type).code


def keep(upload: Upload, rebuilt: Rebuilt) -> None:
    """Keep the rebuilt file as what its own first bytes say, or the reason why there is none.

    One whose copy the database does not take is refused too: another try would fail in the same way.
    """
    result = rebuilt.result
    if result.reason:
        _refuse(upload, result.reason if result.reason in REASONS else "broken", by=REBUILDER)
        return
    try:
        with transaction.atomic():
            _keep_copy(upload, rebuilt)
    except (DataError, ValueError):
        upload.refresh_from_db()
        _refuse(upload, "not_kept", by=REBUILDER)


def _keep_copy(upload: Upload, rebuilt: Rebuilt) -> None:
    result = rebuilt.result
    kind = kinds.kind_of(result.content[: kinds.HEAD])
    if kind is None:
        _refuse(upload, "broken", by=REBUILDER)
        return
    stored = store_file(
        [result.content],
        matter=upload.matter,
        name=rebuilt.name,
        content_type=kind.content_type,
        on=upload.received_on,
        of_staff=upload.sent_by_id is not None,
    )
    done = {"rebuilt": stored, "notes": " ".join(filter(note_words, result.notes)), **DONE}
    try:
        Upload.LIFE.move(upload, Status.REBUILT, by=REBUILDER, event="files.rebuilt", **done)
    except BaseException:
        path_of(stored.pk).unlink(missing_ok=True)
        raise


def given_up(upload: Upload, *, by: Any, at: datetime) -> None:
    """Tell the person who sent it that we could not open it: they can send it again."""
    _refuse(upload, "given_up", by=by)


def _refuse(upload: Upload, reason: str, *, by: Any) -> None:
    data, event = {"reason": reason}, "files.refused"
    Upload.LIFE.move(upload, Status.REFUSED, by=by, event=event, data=data, reason=reason, **DONE)


LINE = register(
    Line(
        key=UPLOADS,
        model=Upload,
        title=_("A file that was sent"),
        work=rebuild,
        keep=keep,
        given_up=given_up,
        lease=timedelta(seconds=sandbox.TOGETHER + 60),  # longer than the sandboxes of one file live
        tries=5,
        alone=True,
    )
)
