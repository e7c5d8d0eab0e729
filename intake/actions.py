"""What happens to an intake: started, saved page by page, submitted, changed, asked about, deleted."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from conflicts import actions as conflicts
from conflicts.models import CheckKind
from foundation.accounts.files import part_of
from foundation.accounts.models import Office, User
from foundation.events.ledger import record
from foundation.files.erasing import erase_files
from foundation.refused import Refused
from foundation.vault.blind import blind_index
from foundation.vault.keys import make_file_key
from foundation.vault.opening import open_record
from foundation.work.models import DONE, in_line
from foundation.work.nudging import nudge, wake
from intake import flow, promises
from intake.models import (
    Answer,
    Applicant,
    Consent,
    EarlierAnswer,
    Intake,
    Narrative,
    Request,
    RequestStatus,
    SafeContact,
    Status,
)
from intake.naming import names_in
from intake.queries import NAME, answers_of
from intake.receipts import Receipt, hash_secret, new_receipt
from intake.told import Told
from intake.words import BY_PHONE

IDLE = timedelta(minutes=15)  # an urgent form left alone so long is shown to staff
NAMES = "names"  # the line of drafts whose names are to be compared
CHANGES = timedelta(days=14)  # how long an answer may be replaced after it was sent


class DraftGone(Refused):
    status = 409
    message = _("This form is no longer open. If you sent it, use your receipt to come back.")


class Unfinished(Refused):
    message = _("Some questions still need an answer.")


class NotYet(Refused):
    status = 403
    message = _("We first need to talk with the person alone. Please call us.")


class TooLate(Refused):
    status = 409
    message = _("The time to change answers here is over. Please call us.")


@transaction.atomic
def start_intake(
    *,
    office: Office,
    file_id: uuid.UUID,
    language: str,
    at: datetime,
    first: Mapping[str, Mapping[str, Any]] | None = None,
    typed_by: User | None = None,
) -> Intake:
    """Open a draft, and with it a file and its key, for someone who said yes to the consent question.

    `first` is what was answered before that, page by page. The same `file_id` twice (a doubled click)
    returns the same draft.
    """
    first = first or {"who_fills": {"who_fills": "me"}}
    make_file_key(file_id, office_id=office.pk)
    intake, is_new = Intake.objects.get_or_create(
        file_id=file_id,
        defaults={
            "office": office,
            "language": language,
            "created_at": at,
            "saved_at": at,
            "expires_at": at + timedelta(days=settings.DRAFT_DAYS),
            "helped": first.get("who_fills", {}).get("who_fills") == "helper",
            "typed_by": typed_by,
        },
    )
    if is_new:
        Consent.objects.create(
            **intake.file,
            intake=intake,
            wording=promises.wording("consent"),
            language=language,
            given_at=at,
        )
        for page, values in first.items():
            _write(Answer, intake, page, values, at=at)
        if typed_by:
            record("intake.typed", intake, by=typed_by, at=at)
    return intake


@transaction.atomic
def save_answers(
    intake: Intake, *, page: str, values: Mapping[str, Any], at: datetime, urgent: bool = False
) -> None:
    """Keep one page's answers; other pages, and other tabs, are left alone.

    Once the answers were sent, the earlier one is kept beside the new one and the office is told.
    """
    check_open(intake, at=at)
    if intake.status == Status.SUBMITTED:
        _replace(intake, page, values, at=at)
        return
    if flow.BY_KEY[page].is_secret:
        _write(Narrative, intake, page, values, at=at)
        _write(Answer, intake, page, {}, at=at)  # that it was answered, and nothing of it
    else:
        changes: dict[str, Any] = {"saved_at": at, "expires_at": at + timedelta(days=settings.DRAFT_DAYS)}
        if page in flow.NAMES:
            changes |= in_line(at)
        if urgent != intake.urgent:
            changes |= {"urgent": urgent, "alerted_at": None}
        if not Intake.objects.filter(pk=intake.pk, status=Status.DRAFT).update(**changes):
            raise DraftGone
        _write(Answer, intake, page, values, at=at)
    if page in flow.NAMES:
        wake(NAMES)


def compare_draft(draft: Intake, *, at: datetime) -> None:
    """Have the names of a draft compared, which the worker does (work.py).

    Not in the request that saves a page: that stays as short for a page of names as for any other.
    """
    if draft.status == Status.DRAFT:
        _compare(draft, _told_now(draft, at=at), live=False, at=at)


def _told_now(intake: Intake, *, at: datetime) -> Told:
    return flow.told_by(answers_of(intake, purpose="conflict check"), on=intake.office.today(at))


def _compare(intake: Intake, told: Told, *, live: bool, by: Any = "applicant", at: datetime) -> None:
    """Write the names down as parties of the matter and ask about them."""
    kind = CheckKind.SUBMITTED if live else CheckKind.NAMES
    conflicts.note_applicant(intake.file, names_in(told.values), live=live, kind=kind, by=by, at=at)
    Intake.objects.filter(pk=intake.pk).update(**DONE)


def _write(
    model: type[Answer] | type[Narrative],
    intake: Intake,
    page: str,
    values: Mapping[str, Any],
    *,
    at: datetime,
) -> None:
    """Insert a page's row or replace it, in one statement."""
    key = part_of(intake.file_id, f"{model.__name__.lower()}:{page}")
    rows: Any = model._base_manager
    rows.bulk_create(
        [model(id=key, **intake.file, intake=intake, page=page, value=dict(values), saved_at=at)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["value", "saved_at"],
    )


def check_open(intake: Intake, *, at: datetime) -> None:
    """Refuse what comes too late to be kept: after 14 days, after a withdrawal, to a draft that is over."""
    if not may_change(intake, at=at):
        raise DraftGone if intake.status == Status.DRAFT else TooLate


def may_change(intake: Intake, *, at: datetime) -> bool:
    """Tell whether an answer may still be added or replaced."""
    if intake.status == Status.SUBMITTED and intake.submitted_at:
        return at < intake.submitted_at + CHANGES
    return intake.status == Status.DRAFT and at < intake.expires_at


def _replace(intake: Intake, page: str, values: Mapping[str, Any], *, at: datetime) -> None:
    before = Answer.objects.filter(intake=intake, page=page).first()
    if flow.BY_KEY[page].is_secret:
        _write(Narrative, intake, page, values, at=at)
        values = {}
    elif before:
        opened = open_record(before, "value", purpose="replace answer")
        EarlierAnswer.objects.create(
            **intake.file,
            intake=intake,
            page=page,
            value=opened.value,
            saved_at=before.saved_at,
            replaced_at=at,
        )
    _write(Answer, intake, page, values, at=at)
    record("intake.answer_replaced", intake, by="applicant", at=at, data={"page": flow.BY_KEY[page].number})
    if page in flow.NAMES:
        _compare(intake, _told_now(intake, at=at), live=True, at=at)
    if page == "a_number":
        conflicts.note_a_number(intake.file, values.get("a_number") or "", by="applicant", at=at)


# --- the receipt ----------------------------------------------------------------------------------


@transaction.atomic
def give_receipt(intake: Intake, *, by: Any = "applicant", at: datetime, how: str = "") -> Receipt:
    """Make the two numbers of a receipt; those made before open nothing any more."""
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
def submit_intake(intake: Intake, *, at: datetime, by: Any = "applicant") -> Receipt | None:
    """Hand the answers in, once; return a receipt to show once, or None if one was shown before.

    Raises Unfinished while a page lacks its answer, NotAllowed or Stale if it was handed in already.
    """
    saved = answers_of(intake, purpose="submit")
    pages, told = flow.walk(saved, on=intake.office.today(at))
    asked = [page for page in pages if not (intake.typed_by_id and page.is_secret)]
    if flow.first_unanswered(saved, asked):
        raise Unfinished
    receipt = None if intake.locator else give_receipt(intake, by=by, at=at)
    applicant = _applicant_from(intake, told.values, at=at)
    _compare(intake, told, live=True, by=by, at=at)
    conflicts.note_a_number(intake.file, told.get("a_number"), by=by, at=at)
    Intake.LIFE.move(
        intake, Status.SUBMITTED, by=by, event="intake.submitted", submitted_at=at, applicant=applicant
    )
    return receipt


def _applicant_from(intake: Intake, answers: Mapping[str, Any], *, at: datetime) -> Applicant:
    """Make the person and their safe contact out of the answers."""
    applicant = Applicant.objects.create(
        **intake.file,
        **{name: answers.get(name, "") for name in NAME},
        other_names=answers.get("other_names", ""),
        birth_date=answers.get("birth_date", ""),
        citizenship=answers.get("citizenship", []),
        language=intake.language,
        created_at=at,
    )
    SafeContact.objects.create(**intake.file, applicant=applicant, **_contact_from(answers))
    return applicant


def _contact_from(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the safe contact's fields; a number or address that no chosen way uses is not kept there."""
    channels = answers.get("channels", [])
    phone = answers.get("phone", "") if BY_PHONE & set(channels) else ""
    email = answers.get("email", "") if "email" in channels else ""
    return {
        "channels": channels,
        "phone": phone,
        "phone_index": blind_index("phone", phone),
        "email": email,
        "email_index": blind_index("email", email),
        "safe_times": answers.get("safe_times", ""),
        "through": answers.get("through_name", ""),
        "may_leave_message": answers.get("may_leave_message") == "yes",
    }


# --- asking, with the receipt ---------------------------------------------------------------------


@transaction.atomic
def ask(intake: Intake, *, kind: str, at: datetime, value: Mapping[str, Any] | None = None) -> Request:
    """Note what somebody with the receipt asks for, once while it is open; nothing else happens by it."""
    if kind != Request.Kind.CALL and not intake.may_ask:
        raise NotYet
    request, is_new = Request.objects.get_or_create(
        intake=intake,
        kind=kind,
        status=RequestStatus.OPEN,
        defaults={**intake.file, "value": dict(value or {}), "asked_at": at},
    )
    if is_new:
        record("intake.asked", intake, by="applicant", at=at, data={"kind": kind})
    return request


@transaction.atomic
def decide_request(request: Request, *, confirmed: bool, how: str = "", by: User, at: datetime) -> None:
    """Note that staff confirmed a request with the person, and how, or that it was not confirmed.

    A new way to be reached takes the place of the old one here. Withdrawal and deletion also touch the
    case: cases.actions asks for them.
    """
    if confirmed and request.kind != Request.Kind.CALL and how not in Request.How.values:
        raise Refused(_("Say how you made sure that it is this person."))
    if confirmed and request.kind == Request.Kind.CONTACT:
        _change_contact(request)
    Request.LIFE.move(
        request,
        RequestStatus.DONE if confirmed else RequestStatus.REFUSED,
        by=by,
        event="intake.request_decided",
        data={"kind": request.kind, "how": how},
        decided_at=at,
        decided_by=by,
        how=how,
    )


def _change_contact(request: Request) -> None:
    new = open_record(request, "value", purpose="change contact").value
    contact = SafeContact.objects.get(applicant=request.intake.applicant)
    for name, value in _contact_from(new).items():
        setattr(contact, name, value)
    contact.save()


@transaction.atomic
def withdraw_intake(intake: Intake, *, by: User, at: datetime) -> None:
    """Note that the person does not want help any more."""
    Intake.LIFE.move(intake, Status.WITHDRAWN, by=by, event="intake.withdrawn")


@transaction.atomic
def note_spoken_alone(intake: Intake, *, by: User, at: datetime) -> None:
    """Note that staff spoke with the person without their helper: their receipt may ask for more now."""
    if Intake.objects.filter(pk=intake.pk, spoken_alone_at=None).update(spoken_alone_at=at):
        intake.spoken_alone_at = at
        record("intake.spoken_alone", intake, by=by, at=at)


@transaction.atomic
def open_story(intake: Intake, *, by: User, at: datetime) -> None:
    """Invite the person to tell in their own words; the caller has looked whether the names are clear."""
    if Intake.objects.filter(pk=intake.pk, story_open_at=None).update(story_open_at=at):
        intake.story_open_at = at
        record("intake.story_opened", intake, by=by, at=at)


# --- left alone -----------------------------------------------------------------------------------


@transaction.atomic
def alert_urgent_drafts(*, at: datetime) -> int:
    """Announce urgent forms nobody typed in for 15 minutes, each once; return how many."""
    left = Intake.objects.select_for_update(skip_locked=True).filter(
        status=Status.DRAFT, urgent=True, alerted_at=None, saved_at__lte=at - IDLE, expires_at__gt=at
    )
    found = list(left)
    for intake in found:
        record("intake.urgent_left", intake, by="system:alert-urgent", at=at)
    Intake.objects.filter(pk__in=[intake.pk for intake in found]).update(alerted_at=at)
    return len(found)


def discard_draft(intake: Intake, *, at: datetime) -> None:
    """Let a draft expire at once, because its owner asks; the next sweep erases it, within the hour."""
    Intake.objects.filter(pk=intake.pk, status=Status.DRAFT).update(expires_at=at)
    nudge("intake.tasks.delete_expired_drafts")


@transaction.atomic
def delete_expired_drafts(*, at: datetime) -> int:
    """Erase drafts nobody came back to, with all that belongs to them, and return how many."""
    expired = Intake.objects.filter(status=Status.DRAFT, expires_at__lte=at)
    files = list(expired.values_list("file_id", flat=True))
    erase_files(files)
    return len(files)
