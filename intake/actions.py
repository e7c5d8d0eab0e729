"""What happens to an intake: started, saved page by page, submitted, changed, asked about, deleted."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from conflicts import actions as conflicts
from foundation.accounts.models import Office, User
from foundation.calendar import add_business_days
from foundation.events.ledger import record
from foundation.events.lifecycle import Stale
from foundation.files.erasing import erase_matters
from foundation.refused import Refused
from foundation.vault.keys import make_matter_key
from foundation.vault.opening import open_one
from foundation.work.nudging import nudge
from intake import promises
from intake.answering import (
    NAMES,
    DraftGone,
    TooLate,
    Values,
    check_may_send,
    check_open,
    compare_draft,
    compare_names,
    freeze,
    identity_of,
    may_change,
    may_send,
    note_papers,
    save_answers,
    walked,
    write_page,
)
from intake.bursts import somebody_is_there
from intake.models import Answer, Applicant, Consent, Intake, Status, Wish, WishStatus
from intake.posting import NotSafe, Settled, is_over, note_progress, post, settle
from intake.queries import MAY_REACH, answers_of
from intake.questionnaire.path import first_unanswered
from intake.receipts import Receipt, hash_secret, new_receipt
from intake.room import counts_as_burst, room_for, tell_of_shortage
from intake.told import Saved
from intake.ways import safe_ways
from notifications.actions import change_reach, resume_reach, set_reach, stop_reach
from notifications.models import Stop
from notifications.talk import write_by_receipt

__all__ = [
    "NAMES",
    "DraftGone",
    "NotSafe",
    "Settled",
    "TooLate",
    "alert_urgent_drafts",
    "check_may_send",
    "check_open",
    "close_wish",
    "compare_draft",
    "delete_expired_drafts",
    "discard_draft",
    "give_receipt",
    "is_over",
    "may_change",
    "may_send",
    "note_copy",
    "note_papers",
    "note_progress",
    "note_spoken_alone",
    "note_wish",
    "open_story",
    "post",
    "save_answers",
    "send_short",
    "settle",
    "start_intake",
    "submit_intake",
    "take_back_wish",
    "withdraw_intake",
]
IDLE = timedelta(minutes=15)  # an urgent form left alone so long is shown to staff


class Unfinished(Refused):
    message = _("Some questions still need an answer.")


class NotYet(Refused):
    status = 403
    message = _("We first need to talk with the person alone. Please call us.")


@transaction.atomic
def start_intake(
    *,
    office: Office,
    matter_id: uuid.UUID,
    language: str,
    at: datetime,
    first: Mapping[str, Mapping[str, Any]] | None = None,
    typed_by: User | None = None,
    interpreted: str = "",
) -> Intake:
    """Open a draft, and with it a matter and its key, for someone who said yes to the consent question.

    `first` is what was answered before that, page by page; `typed_by` and `interpreted` where staff take it
    down on the telephone. The same `matter_id` twice (a doubled click)
    returns the same draft.
    """
    first = first or {"who_fills": {"who_fills": "me"}}
    make_matter_key(matter_id, office_id=office.pk)
    room = None if typed_by else room_for(office.pk, at=at)
    intake, is_new = Intake.objects.get_or_create(
        matter_id=matter_id,
        defaults={
            "office": office,
            "language": language,
            "created_at": at,
            "saved_at": at,
            "expires_at": at + office.keeps_drafts,
            "helped": first.get("who_fills", {}).get("who_fills") == "helper",
            "typed_by": typed_by,
            "interpreted": interpreted,
            "in_burst": room is not None and room.is_burst,
        },
    )
    if is_new:
        Consent.objects.create(
            **intake.matter.columns,
            intake=intake,
            wording=promises.wording("consent"),
            language=language,
            given_at=at,
        )
        for page, values in first.items():
            write_page(Answer, intake, page, values, at=at)
        if typed_by:
            record("intake.typed", intake, by=typed_by, at=at, data={"interpreted": interpreted})
        if room:
            tell_of_shortage(intake, room, at=at)
    return intake


def send_short(intake: Intake, *, is_short: bool, at: datetime) -> None:
    """Note that what is urgent is sent first, without the rest, or that all is sent in one.

    Raises DraftGone where it was sent meanwhile.
    """
    if not Intake.objects.filter(pk=intake.pk, status=Status.DRAFT).update(is_short=is_short, saved_at=at):
        raise DraftGone
    intake.is_short = is_short


# --- the receipt ----------------------------------------------------------------------------------


@transaction.atomic
def give_receipt(intake: Intake, *, by: Any = "applicant", at: datetime, how: str = "") -> Receipt:
    """Make the two numbers of a receipt; those made before open nothing any more.

    Raises Busy where too many come at once.
    """
    while True:
        receipt = new_receipt()
        try:
            with transaction.atomic():
                numbers = {"locator": receipt.locator, "secret_hash": hash_secret(receipt.secret)}
                Intake.objects.filter(pk=intake.pk).update(**numbers)
        except IntegrityError:
            continue  # the locator was taken a moment ago
        for name, value in numbers.items():
            setattr(intake, name, value)
        record("intake.receipt_made", intake, by=by, at=at, data={"how": how} if how else {})
        return receipt


# --- handing in -----------------------------------------------------------------------------------


@transaction.atomic
def submit_intake(
    intake: Intake, *, at: datetime, by: Any = "applicant", saved: Saved | None = None
) -> Receipt | None:
    """Hand the answers in, once; return a receipt to show once, or None if one was shown before.

    Which pages were asked is settled here for good. `saved` is what the caller opened already. Raises
    Unfinished while a page lacks its answer, NotAllowed or Stale if it was handed in already; Busy where
    too many come at once.
    """
    path = walked(intake, saved or answers_of(intake, purpose="submit"), at=at)
    asked = [page for page in path.pages if not (intake.typed_by_id and page.is_secret)]
    if first_unanswered(path.saved.answers, asked):
        raise Unfinished
    _hold_draft(intake)
    receipt = None if intake.locator else give_receipt(intake, by=by, at=at)
    applicant = _applicant_from(intake, path.values, by=by, at=at)
    freeze(intake, path, at=at)
    compare_names(intake, path, live=True, by=by, at=at)
    conflicts.note_a_number(intake.matter, path.values.get("a_number") or "", by=by, at=at)
    sent: dict[str, Any] = {"submitted_at": at, "applicant": applicant, "read_by": read_by(intake.office, at)}
    if by == "applicant":
        sent["in_burst"] = counts_as_burst(intake, at=at)
    Intake.LIFE.move(intake, Status.SUBMITTED, by=by, event="intake.submitted", **sent)
    return receipt


def read_by(office: Office, at: datetime) -> date | None:
    """Return the day by which an office promises to read what comes in now; None where it promises none."""
    return add_business_days(office.today(at), office.look_days) if office.look_days else None


def _hold_draft(intake: Intake) -> None:
    """Let the second of two clicks wait for the first. Raises Stale once that one has handed it in."""
    drafts = Intake.objects.select_for_update(of=("self",)).filter(pk=intake.pk, status=Status.DRAFT)
    if not list(drafts.values_list("pk")):
        raise Stale


def _applicant_from(intake: Intake, answers: Values, *, by: Any, at: datetime) -> Applicant:
    """Make the person out of the answers, and write down how they may be reached."""
    applicant = Applicant.objects.create(
        **intake.matter.columns, **identity_of(answers), language=intake.language, created_at=at
    )
    set_reach(intake.matter, safe_ways(answers), by=by, at=at)
    return applicant


# --- asking, with the receipt ---------------------------------------------------------------------


REACHES = (Wish.Kind.CONTACT, Wish.Kind.UNSAFE)  # wishes that may bring a new way to be reached


@transaction.atomic
def note_wish(
    intake: Intake, *, kind: str, at: datetime, value: Mapping[str, Any] | None = None, by: Any = "applicant"
) -> Wish:
    """Note what somebody with the receipt asks for, or wrote of to staff (`by`), once while that is open.

    Nothing else happens by it, but that a way which is not safe any more is not used from this moment. Where
    a helper holds the receipt only what we send by ourselves stops: whoever controls the person must not be
    able to cut them off. Raises NotYet for anything else but a call while a helper holds the receipt.
    """
    if kind not in (Wish.Kind.CALL, Wish.Kind.UNSAFE) and not intake.may_wish:
        raise NotYet
    if kind == Wish.Kind.UNSAFE:
        why = Stop.UNSAFE if intake.may_wish else Stop.DOUBTED
        stop_reach(intake.matter, why=why, by=by, at=at)
    wish, is_new = Wish.objects.get_or_create(
        intake=intake,
        kind=kind,
        status=WishStatus.OPEN,
        defaults={**intake.matter.columns, "value": dict(value or {}), "asked_at": at},
    )
    if is_new:
        record("intake.asked", intake, by=by, at=at, data={"kind": kind})
    somebody_is_there(intake, at=at)
    return wish


@transaction.atomic
def write_to_office(intake: Intake, *, words: str, at: datetime) -> None:
    """Keep what somebody with the receipt writes to us, for staff alone.

    Raises NotYet while a helper holds the receipt; NothingWritten; TooManyWait.
    """
    if not intake.may_wish:
        raise NotYet
    write_by_receipt(intake.matter, words=words, at=at)
    somebody_is_there(intake, at=at)


@transaction.atomic
def take_back_wish(intake: Intake, *, kind: str, at: datetime) -> bool:
    """Take back an open wish with the receipt; False where there is none, or it is none of a receipt's.

    That a way is not safe is taken back through a person alone: whoever forced the receipt out of somebody
    must not be able to. Raises NotYet while a helper holds the receipt.
    """
    if kind == Wish.Kind.UNSAFE:
        return False
    if not intake.may_wish:
        raise NotYet
    wish = Wish.objects.filter(intake=intake, kind=kind, status=WishStatus.OPEN).first()
    if wish is None:
        return False
    event = "intake.wish_taken_back"
    Wish.LIFE.move(
        wish, WishStatus.TAKEN_BACK, by="applicant", event=event, data={"kind": kind}, decided_at=at
    )
    return True


@transaction.atomic
def close_wish(wish: Wish, *, confirmed: bool, how: str = "", by: User, at: datetime) -> None:
    """Note that staff confirmed a wish with the person, and how, or that it was not confirmed.

    A new way to be reached takes the place of the old one here. After a wish that the old way is not safe
    messages go out again once there is a new one, or once the person said that the old one is safe after all.
    Withdrawal and deletion also touch the case: `cases.actions.decide_wish` does both. Raises Refused where
    nobody says how the person was known, or by the way that is not safe.
    """
    if confirmed:
        check_how(wish, how)
    new = open_one(wish, "value", purpose="change contact").value if wish.kind in REACHES else {}
    if confirmed and new:
        change_reach(wish.matter, safe_ways(new), by=by, at=at)
    if wish.kind == Wish.Kind.UNSAFE and (new or not confirmed):
        resume_reach(wish.matter, by=by, at=at)
    Wish.LIFE.move(
        wish,
        WishStatus.DONE if confirmed else WishStatus.REFUSED,
        by=by,
        event="intake.request_decided",
        data={"kind": wish.kind, "how": how},
        decided_at=at,
        decided_by=by,
        how=how,
    )


def check_how(wish: Wish, how: str) -> None:
    """Raise Refused where nobody says how the person was known, or by the way that is not safe."""
    if wish.kind != Wish.Kind.CALL and how not in Wish.How.values:
        raise Refused(_("Say how you made sure that it is this person."))
    if wish.kind == Wish.Kind.UNSAFE and how == Wish.How.CONTACT:
        raise Refused(_("Not by the way that is not safe: in person, or by another way."))


@transaction.atomic
def withdraw_intake(intake: Intake, *, by: User, at: datetime) -> None:
    """Note that the person does not want help any more; nothing is sent to them, not even what waits."""
    stop_reach(intake.matter, why=Stop.WITHDRAWN, by=by, at=at)
    Intake.LIFE.move(intake, Status.WITHDRAWN, by=by, event="intake.withdrawn")


@transaction.atomic
def note_spoken_alone(intake: Intake, *, by: User, at: datetime) -> None:
    """Note that staff spoke with the person without their helper: their receipt may ask for more now."""
    if Intake.objects.filter(pk=intake.pk, spoken_alone_at=None).update(spoken_alone_at=at):
        intake.spoken_alone_at = at
        record("intake.spoken_alone", intake, by=by, at=at)


@transaction.atomic
def note_copy(intake: Intake, *, how: str, by: User, at: datetime) -> None:
    """Note that a copy of the answers is printed for the person in the room, and how they were known."""
    record("intake.copy_printed", intake, by=by, at=at, data={"how": how})


@transaction.atomic
def open_story(intake: Intake, *, by: User, at: datetime) -> None:
    """Invite the person to tell in their own words; the caller has looked whether the names are clear."""
    if Intake.objects.filter(pk=intake.pk, story_open_at=None).update(story_open_at=at):
        intake.story_open_at = at
        record("intake.story_opened", intake, by=by, at=at)


# --- left alone -----------------------------------------------------------------------------------


@transaction.atomic
def alert_urgent_drafts(*, at: datetime) -> int:
    """Announce urgent forms nobody typed in for 15 minutes, each once; return how many.

    Only of those who may be reached: other drafts stay unread, and go as promised.
    """
    left = Intake.objects.select_for_update(skip_locked=True).filter(
        MAY_REACH,
        status=Status.DRAFT,
        urgent=True,
        alerted_at=None,
        saved_at__lte=at - IDLE,
        expires_at__gt=at,
    )
    drafts = list(left)
    for intake in drafts:
        record("intake.urgent_left", intake, by="system:alert-urgent", at=at)
    Intake.objects.filter(pk__in=[intake.pk for intake in drafts]).update(alerted_at=at)
    return len(drafts)


def discard_draft(intake: Intake, *, at: datetime) -> None:
    """Let a draft expire at once, because its owner asks; the next sweep erases it, within the hour."""
    Intake.objects.filter(pk=intake.pk, status=Status.DRAFT).update(expires_at=at)
    nudge("intake.tasks.delete_expired_drafts")


@transaction.atomic
def delete_expired_drafts(*, at: datetime) -> int:
    """Erase drafts nobody came back to, with all that belongs to them, and return how many."""
    expired = Intake.objects.filter(status=Status.DRAFT, expires_at__lte=at)
    files = list(expired.values_list("matter_id", flat=True))
    erase_matters(files)
    return len(files)
