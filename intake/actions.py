"""What happens to an intake: started, saved page by page, submitted, or left and deleted."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Office
from foundation.refused import Refused
from intake import flow
from intake.models import Answer, Applicant, Consent, Intake, SafeContact, Status
from intake.queries import answers_of, answers_on_path
from intake.receipts import Receipt, hash_secret, new_receipt

CONSENT_WORDING = "2026-11"


class DraftGone(Refused):
    status = 409
    message = _("This form is no longer open. If you sent it, use your receipt to come back.")


class Unfinished(Refused):
    message = _("Some questions still need an answer.")


@transaction.atomic
def start_intake(*, office: Office, start_key: uuid.UUID, language: str, at: datetime) -> Intake:
    """Open a draft for someone who said yes to the consent question.

    The same `start_key` twice (a doubled click) returns the same draft.
    """
    intake, _created = Intake.objects.get_or_create(
        start_key=start_key,
        defaults={
            "office": office,
            "language": language,
            "created_at": at,
            "saved_at": at,
            "expires_at": at + timedelta(days=settings.DRAFT_DAYS),
        },
    )
    Consent.objects.get_or_create(
        intake=intake, defaults={"wording": CONSENT_WORDING, "language": language, "given_at": at}
    )
    return intake


@transaction.atomic
def save_answers(intake: Intake, *, page: str, values: Mapping[str, Any], at: datetime) -> None:
    """Keep one page's answers; other pages, and other tabs, are left alone."""
    expires = at + timedelta(days=settings.DRAFT_DAYS)
    still_draft = Intake.objects.filter(pk=intake.pk, status=Status.DRAFT)
    if not still_draft.update(saved_at=at, expires_at=expires):
        raise DraftGone
    Answer.objects.bulk_create(
        [Answer(intake=intake, page=page, value=dict(values), saved_at=at)],
        update_conflicts=True,
        unique_fields=["intake", "page"],
        update_fields=["value", "saved_at"],
    )


@transaction.atomic
def submit_intake(intake: Intake, *, at: datetime) -> Receipt:
    """Hand the answers in, once, and return the receipt to show once.

    Raises Unfinished while a page lacks its answer, NotAllowed or Stale if it was handed in already.
    """
    if flow.first_unanswered(answers_of(intake)):
        raise Unfinished
    answers = answers_on_path(intake)
    receipt = new_receipt()
    Intake.LIFE.move(
        intake,
        Status.SUBMITTED,
        by="applicant",
        event="intake.submitted",
        submitted_at=at,
        applicant=_applicant_from(intake, answers, at=at),
        locator=receipt.locator,
        secret_hash=hash_secret(receipt.secret),
    )
    return receipt


def _applicant_from(intake: Intake, answers: Mapping[str, Any], *, at: datetime) -> Applicant:
    """Make the person and their safe contact out of the answers."""
    applicant = Applicant.objects.create(
        office=intake.office,
        given_names=answers.get("given_names", ""),
        family_name=answers.get("family_name", ""),
        other_names=answers.get("other_names", ""),
        birth_date=answers.get("birth_date", ""),
        citizenship=answers.get("citizenship", []),
        language=intake.language,
        created_at=at,
    )
    SafeContact.objects.create(
        applicant=applicant,
        channels=answers.get("channels", []),
        phone=answers.get("phone", ""),
        email=answers.get("email", ""),
        safe_times=answers.get("safe_times", ""),
        may_leave_message=answers.get("may_leave_message") == "yes",
    )
    return applicant


@transaction.atomic
def delete_expired_drafts(*, at: datetime) -> int:
    """Delete drafts nobody came back to, with all their answers, and return how many."""
    expired = Intake.objects.filter(status=Status.DRAFT, expires_at__lte=at)
    count = expired.count()
    expired.delete()
    return count
