"""What happens to an intake: started, saved page by page, submitted, or left and deleted."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.files import part_of
from foundation.accounts.models import Office
from foundation.files.erasing import erase_files
from foundation.refused import Refused
from foundation.vault.blind import blind_index
from foundation.vault.keys import make_file_key
from intake import flow
from intake.models import Answer, Applicant, Consent, Intake, SafeContact, Status
from intake.queries import answers_of, on_path
from intake.receipts import Receipt, hash_secret, new_receipt

CONSENT_WORDING = "2026-11"


class DraftGone(Refused):
    status = 409
    message = _("This form is no longer open. If you sent it, use your receipt to come back.")


class Unfinished(Refused):
    message = _("Some questions still need an answer.")


@transaction.atomic
def start_intake(*, office: Office, file_id: uuid.UUID, language: str, at: datetime) -> Intake:
    """Open a draft, and with it a file and its key, for someone who said yes to the consent question.

    The same `file_id` twice (a doubled click) returns the same draft.
    """
    make_file_key(file_id, office_id=office.pk)
    intake, _created = Intake.objects.get_or_create(
        file_id=file_id,
        defaults={
            "office": office,
            "language": language,
            "created_at": at,
            "saved_at": at,
            "expires_at": at + timedelta(days=settings.DRAFT_DAYS),
        },
    )
    Consent.objects.get_or_create(
        intake=intake,
        defaults={**intake.file, "wording": CONSENT_WORDING, "language": language, "given_at": at},
    )
    return intake


@transaction.atomic
def save_answers(intake: Intake, *, page: str, values: Mapping[str, Any], at: datetime) -> None:
    """Keep one page's answers; other pages, and other tabs, are left alone."""
    expires = at + timedelta(days=settings.DRAFT_DAYS)
    still_draft = Intake.objects.filter(pk=intake.pk, status=Status.DRAFT)
    if not still_draft.update(saved_at=at, expires_at=expires):
        raise DraftGone
    key = part_of(intake.file_id, f"answer:{page}")
    Answer.objects.bulk_create(
        [Answer(id=key, **intake.file, intake=intake, page=page, value=dict(values), saved_at=at)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["value", "saved_at"],
    )


@transaction.atomic
def submit_intake(intake: Intake, *, at: datetime) -> Receipt:
    """Hand the answers in, once, and return the receipt to show once.

    Raises Unfinished while a page lacks its answer, NotAllowed or Stale if it was handed in already.
    """
    saved = answers_of(intake, purpose="submit")
    if flow.first_unanswered(saved):
        raise Unfinished
    answers = on_path(saved)
    applicant = _applicant_from(intake, answers, at=at)
    while True:
        receipt = new_receipt()
        try:
            with transaction.atomic():
                _hand_in(intake, applicant, receipt, at=at)
        except IntegrityError:
            continue  # the locator was taken a moment ago
        return receipt


def _hand_in(intake: Intake, applicant: Applicant, receipt: Receipt, *, at: datetime) -> None:
    Intake.LIFE.move(
        intake,
        Status.SUBMITTED,
        by="applicant",
        event="intake.submitted",
        submitted_at=at,
        applicant=applicant,
        locator=receipt.locator,
        secret_hash=hash_secret(receipt.secret),
    )


def _applicant_from(intake: Intake, answers: Mapping[str, Any], *, at: datetime) -> Applicant:
    """Make the person and their safe contact out of the answers."""
    applicant = Applicant.objects.create(
        **intake.file,
        given_names=answers.get("given_names", ""),
        family_name=answers.get("family_name", ""),
        other_names=answers.get("other_names", ""),
        birth_date=answers.get("birth_date", ""),
        citizenship=answers.get("citizenship", []),
        language=intake.language,
        created_at=at,
    )
    phone, email = answers.get("phone", ""), answers.get("email", "")
    SafeContact.objects.create(
        **intake.file,
        applicant=applicant,
        channels=answers.get("channels", []),
        phone=phone,
        phone_index=blind_index("phone", phone),
        email=email,
        email_index=blind_index("email", email),
        safe_times=answers.get("safe_times", ""),
        may_leave_message=answers.get("may_leave_message") == "yes",
    )
    return applicant


@transaction.atomic
def delete_expired_drafts(*, at: datetime) -> int:
    """Erase drafts nobody came back to, with all that belongs to them, and return how many."""
    expired = Intake.objects.filter(status=Status.DRAFT, expires_at__lte=at)
    files = list(expired.values_list("file_id", flat=True))
    erase_files(files)
    return len(files)
