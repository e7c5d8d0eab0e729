"""The record of what happened goes on after a restore, and says so."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from django.db import transaction

from foundation.accounts.models import Office
from foundation.events import checkpoints
from foundation.events.breaks import RESTORED, Anchor, Gap
from foundation.events.ledger import record
from foundation.events.models import Checkpoint
from operations.models import Kind, Run


class NotOurs(RuntimeError):
    """The anchors are of another ledger, or were changed; the message says which."""


@transaction.atomic
def note_restored(known: Iterable[Anchor], *, by: str, at: datetime) -> list[Gap]:
    """Let signing go on after a restore, with the gap against the anchors kept elsewhere as an event.

    What the database before left unsigned is signed first. Raises NotOurs.
    """
    by_kind = {anchor.kind: anchor for anchor in known}
    gaps = []
    for last in checkpoints.newest_checkpoints():
        gaps.append(_gap(last, by_kind.get(last.kind)))
        checkpoints.begin_anew(last.kind, at=at)
    for office in Office.objects.all():
        record(RESTORED, office, by=by, at=at, data={"lives": [asdict(gap) for gap in gaps]})
    lost = sum(gap.lost for gap in gaps)
    Run.objects.create(kind=Kind.RESTORE, begun_at=at, ended_at=at, figures={"lost": lost})
    return gaps


def _gap(last: Checkpoint, anchor: Anchor | None) -> Gap:
    if anchor is None or anchor.number <= last.number:
        if anchor and not Checkpoint.objects.filter(kind=anchor.kind, chain=anchor.chain).exists():
            raise NotOurs(f"{anchor.kind}: the anchor's batch {anchor.number} is not the one that is here.")
        return Gap(last.kind, last.number, last.number, last.chain, 0)
    try:
        public = checkpoints.signing_key().public_key()
        public.verify(bytes.fromhex(anchor.signature), anchor.chain.encode())
    except (InvalidSignature, ValueError) as error:
        raise NotOurs(f"{anchor.kind}: the anchor is not signed with our key.") from error
    return Gap(last.kind, last.number, anchor.number, anchor.chain, anchor.total - last.total)


def sign_on(path: Path, *, at: datetime) -> int:
    """Sign what is there, and write the anchors; return how many rows."""
    signed = checkpoints.checkpoint_all(at=at)
    with transaction.atomic():
        checkpoints.write_anchors(path)
    return signed
