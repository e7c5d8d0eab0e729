"""Read the pages of a file that are pictures, with tesseract where it is installed, before a packet is built.

What is found is kept sealed with the matter and laid under every build. Each page is painted in the sandbox,
and tesseract runs in one of its own.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evidence.clients import tesseract
from evidence.clients.tesseract import can_recognize
from evidence.reader import Unreadable, picture_of_page
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Forbidden, Refused
from foundation.work.models import DONE, in_line
from foundation.work.nudging import wake
from packets.access import may_compose
from packets.composing import file_of
from packets.making.parts import Exhibit as Bound
from packets.making.readying import ExhibitFailed, prepared
from packets.models import Exhibit, FoundText, How, Packet, PacketStatus, TextStatus

TEXTS = "packet_texts"
READER = "system:packets"
SURE, WORD = 30.0, "5"  # of 100: less is a guess at a stain; the level of a word in tesseract's table
MOST_PAGES = 200  # of one file: a few seconds each
Words = list[tuple[str, float, float, float, float]]


class NothingToRead(Refused):
    message = _("No exhibit has pages that text recognition could read here.")


@transaction.atomic
def ask_texts(packet: Packet, *, by: User, at: datetime) -> int:
    """Have the pages of a packet's files that are pictures read, each file once; return how many files.

    Raises Forbidden; NothingToRead where all were read, or tesseract is not installed.
    """
    if not may_compose(by, packet.case):
        raise Forbidden
    asked = sum(ask_text(exhibit, by=by, at=at) for exhibit in packet.exhibits.all())
    if not asked:
        raise NothingToRead
    return asked


def ask_text(exhibit: Exhibit, *, by: User, at: datetime) -> bool:
    """Put the file of an exhibit in line to be read, in the caller's transaction; False if it is or was."""
    if not can_recognize() or exhibit.how == How.LINK or exhibit.declaration_id:
        return False
    of = {"upload_id": exhibit.upload_id, "snapshot_id": exhibit.snapshot_id}
    if FoundText.objects.filter(matter_id=exhibit.matter_id, **of).exclude(status="failed").exists():
        return False
    asked = FoundText.objects.create(**exhibit.matter.columns, **of, asked_by=by, asked_at=at, **in_line(at))
    record("packets.text_asked", asked, by=by, at=at)
    wake(TEXTS)
    return True


def read(asked: FoundText) -> dict[str, Words] | str:
    """Return what stands on the pages that are pictures, by page; or a code of why it cannot be read."""
    with transaction.atomic():
        exhibit = Exhibit(pk=uuid.uuid4(), upload=asked.upload, snapshot=asked.snapshot, about={})
        load, kind, is_clean = file_of(exhibit)
    if load is None or (is_clean and kind == "pdf"):
        return {}
    try:
        return words_of(load(), kind, before=partial(_tell, asked))
    except ExhibitFailed as failed:
        return failed.reason


def words_of(
    content: bytes, kind: str, *, before: Callable[[int, int], None] = lambda done, pages: None
) -> dict[str, Words]:
    """Return the words on each page of a file that has none of its own. Raises ExhibitFailed."""
    ((_key, ready),) = prepared([Bound("a", "A", "", load=lambda: content, kind=kind)])
    empty = [n for n, page in enumerate(ready.facts["pages"], 1) if not page["letters"]][:MOST_PAGES]
    said: dict[str, Words] = {}
    for done, number in enumerate(empty):
        before(done, len(empty))
        try:
            said[str(number)] = recognized(picture_of_page(ready.content, number))
        except Unreadable:  # this page alone: it stays named among those without text
            said[str(number)] = []
    return said


def recognized(picture: bytes) -> Words:
    """Return the words on a picture (PGM) with their places in shares of it; none where it fails."""
    return words_in(tesseract.read(picture, "tsv"))


def words_in(table: str) -> Words:
    """Return the words of tesseract's table (TSV). What is no number in it is passed over."""
    words: Words = []
    wide = high = 0.0
    for line in table.splitlines()[1:]:
        cells = line.split("\t")
        try:
            left, top, width, height, sure = map(float, cells[6:11])
        except ValueError:
            continue
        if cells[0] == "1":
            wide, high = width, height
        elif cells[0] == WORD and sure >= SURE and wide > 0 and high > 0 and cells[11].strip():
            box = (left / wide, top / high, (left + width) / wide, (top + height) / high)
            words.append((cells[11].strip(), *(round(side, 4) for side in box)))  # type: ignore[arg-type]
    return words


def keep(asked: FoundText, made: dict[str, Words] | str) -> None:
    """Keep what was read; packets that are being put together with this file are to be built again."""
    if isinstance(made, str):
        _fail(asked, made, by=READER)
        return
    asked.said, asked.pages_read = made, len(made)
    asked.pages = len(made)
    asked.save(update_fields=["said", "pages", "pages_read"])
    FoundText.LIFE.move(asked, TextStatus.READ, by=READER, event="packets.text_read", **DONE)
    if any(made.values()):
        of = {"upload_id": asked.upload_id, "snapshot_id": asked.snapshot_id}
        inside = Exhibit.objects.filter(matter_id=asked.matter_id, **of).values("packet")
        working = Packet.objects.filter(pk__in=inside, status=PacketStatus.WORKING)
        working.update(changed_at=timezone.now())


def given_up(asked: FoundText, *, by: Any, at: datetime) -> None:
    """Say that this file was given up; it can be asked for again."""
    _fail(asked, "given_up", by=by)


def _fail(asked: FoundText, reason: str, *, by: Any) -> None:
    FoundText.LIFE.move(
        asked, TextStatus.FAILED, by=by, event="packets.text_failed", reason=reason[:30], **DONE
    )


@transaction.atomic
def _tell(asked: FoundText, done: int, pages: int) -> None:
    FoundText.objects.filter(pk=asked.pk).update(pages_read=done, pages=pages)
