"""What staff do with what people write: answer, translate, place, put aside; and drafts before they go."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from foundation.accounts.matters import Matter
from foundation.accounts.models import User
from foundation.events.ledger import record
from foundation.refused import Refused
from foundation.vault.opening import open_many, open_one
from notifications.inbound_models import By, Draft, Placed, Reply

PURPOSE = "messages"
WAITING = 20  # replies by receipt that may wait for an answer


class NothingWritten(Refused):
    message = _("Write something first.")


class TooManyWait(Refused):
    status = 429
    message = _("Many of your messages wait for us already. If it is urgent, call us.")


class AnsweredAlready(Refused):
    status = 409
    message = _("A colleague settled this meanwhile.")


class ChangedMeanwhile(Refused):
    status = 409
    message = _("A colleague changed the draft meanwhile. Theirs stands beside yours: send or keep again.")


class SentMeanwhile(Refused):
    status = 409
    message = _(
        "A colleague sent the draft meanwhile. What you wrote is still here: keep it as the next one."
    )


@transaction.atomic
def write_by_receipt(matter: Matter, *, words: str, at: datetime) -> None:
    """Keep what somebody with the receipt writes to us; it is never shown there.

    Raises NothingWritten; TooManyWait.
    """
    if not words.strip():
        raise NothingWritten
    if Reply.objects.filter(matter_id=matter.id, by=By.RECEIPT, answered_at=None).count() >= WAITING:
        raise TooManyWait
    reply = Reply(pk=uuid.uuid4(), **matter.columns, by=By.RECEIPT, words=words.strip(), came_at=at)
    reply.save(force_insert=True)
    data = {"by": str(By.RECEIPT), "asks": "", "placed": str(Placed.YES)}
    record("notifications.reply_received", reply, by="applicant", at=at, data=data)


@transaction.atomic
def translate_reply(reply: Reply, *, translation: str, by: User, at: datetime) -> None:
    """Put an interpreter's translation beside what somebody wrote. Raises NothingWritten."""
    if not translation.strip():
        raise NothingWritten
    reply.translation, reply.translated_by, reply.translated_at = translation.strip(), by, at
    reply.save(update_fields=["translation", "translated_by", "translated_at"])
    record("notifications.reply_translated", reply, by=by, at=at)


@transaction.atomic
def settle_reply(reply: Reply, *, by: User, at: datetime) -> None:
    """Note that a reply needs no answer, or had one by another way. Raises AnsweredAlready."""
    if not Reply.objects.filter(pk=reply.pk, answered_at=None).update(answered_at=at, answered_by=by):
        raise AnsweredAlready
    record("notifications.reply_answered", reply, by=by, at=at)


@transaction.atomic
def place_reply(reply: Reply, *, matter: Matter, by: User, at: datetime) -> None:
    """Move what came from an unknown number or address to its person's matter. Raises AnsweredAlready."""
    unplaced = Reply.objects.select_for_update().exclude(placed=Placed.YES)
    row = unplaced.filter(pk=reply.pk, answered_at=None).first()
    if row is None:
        raise AnsweredAlready
    opened = open_one(row, "words", "sender", purpose=PURPOSE)
    row.delete()
    moved = Reply(
        pk=reply.pk,
        **matter.columns,
        by=reply.by,
        words=opened.words,
        sender=opened.sender,
        left_out=reply.left_out,
        came_at=reply.came_at,
    )
    moved.save(force_insert=True)
    record("notifications.reply_placed", moved, by=by, at=at, data={"by": str(reply.by)})


# --- drafts ---------------------------------------------------------------------------------------


@transaction.atomic
def keep_draft(
    matter: Matter, *, words: str, original: str = "", seen: int = 0, by: User, at: datetime
) -> Draft:
    """Keep the draft to the person of a matter as it stands now; `seen` is the number it was changed from.

    Raises NothingWritten; ChangedMeanwhile; SentMeanwhile.
    """
    if not words.strip():
        raise NothingWritten
    draft = Draft.objects.select_for_update().filter(matter_id=matter.id, sent_at=None).first()
    if draft is None and seen:
        raise SentMeanwhile
    if draft and draft.number != seen:
        raise ChangedMeanwhile
    draft = draft or Draft(pk=uuid.uuid4(), number=0, **matter.columns)
    draft.words, draft.original = words.strip(), original.strip()
    draft.number, draft.changed_by, draft.changed_at = draft.number + 1, by, at
    draft.save()
    record("notifications.draft_kept", draft, by=by, at=at)
    return draft


@transaction.atomic
def note_sent(draft: Draft, *, by: User, at: datetime) -> None:
    """Note that a draft went to the person: what they wrote before has its answer. Raises SentMeanwhile."""
    if not Draft.objects.filter(pk=draft.pk, sent_at=None).update(sent_at=at, sent_by=by):
        raise SentMeanwhile
    Reply.objects.filter(matter_id=draft.matter_id, answered_at=None).update(answered_at=at, answered_by=by)
    record("notifications.draft_sent", draft, by=by, at=at)


# --- reads ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Turn:
    """One turn of the talk: what was written, with its translation or original beside it."""

    id: uuid.UUID
    is_theirs: bool
    by: str
    words: str
    beside: str
    at: datetime
    who: str
    waits: bool
    left_out: bool


def talk_of(matter: Matter) -> list[Turn]:
    """Return what was written on a matter in both directions, oldest first, opened for one reader."""
    replies = list(Reply.objects.filter(matter_id=matter.id).order_by("came_at"))
    sent = Draft.objects.filter(matter_id=matter.id, sent_at__isnull=False)
    drafts = list(sent.select_related("sent_by"))
    theirs = open_many(replies, "words", "translation", purpose=PURPOSE)
    ours = open_many(drafts, "words", "original", purpose=PURPOSE)
    turns = [
        Turn(
            row.pk,
            True,
            str(By(row.by).label),
            theirs[row.pk].words,
            theirs[row.pk].translation or "",
            row.came_at,
            "",
            row.answered_at is None,
            row.left_out,
        )
        for row in replies
    ]
    turns += [
        Turn(
            row.pk,
            False,
            "",
            ours[row.pk].words,
            ours[row.pk].original or "",
            row.sent_at or row.changed_at,
            row.sent_by.name if row.sent_by else "",
            False,
            False,
        )
        for row in drafts
    ]
    return sorted(turns, key=lambda turn: turn.at)


def open_draft(matter: Matter) -> Draft | None:
    """Return the draft that was not sent yet, or None."""
    rows = Draft.objects.filter(matter_id=matter.id, sent_at=None)
    return rows.select_related("changed_by").first()


def first_unanswered(matter: str = "matter_id") -> Subquery:
    """Return for a query over what has a matter since when its person waits for an answer; NULL: not."""
    waiting = Reply.objects.filter(matter_id=OuterRef(matter), answered_at=None).order_by()
    return Subquery(waiting.values("matter_id").annotate(since=Min("came_at")).values("since"))


def unplaced(office_id: int) -> QuerySet[Reply, Any]:
    """Return what came to an office and nobody knows whose it is, oldest first."""
    rows = Reply.objects.filter(office_id=office_id, answered_at=None).exclude(placed=Placed.YES)
    return rows.order_by("came_at")
