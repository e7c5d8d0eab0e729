"""Reads over intakes."""

import uuid
from collections.abc import Mapping
from typing import Any

from intake import flow
from intake.models import Applicant, Intake, SafeContact, Status


def open_draft(intake_id: Any) -> Intake | None:
    """Return the draft with this id, or None if it is gone, expired or already submitted."""
    key = as_uuid(intake_id)
    return Intake.objects.filter(pk=key, status=Status.DRAFT).first() if key else None


def as_uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


def answers_of(intake: Intake) -> dict[str, Mapping[str, Any]]:
    """Return {page: {question: value}} of everything saved, branches left aside included."""
    return {answer.page: answer.value for answer in intake.answers.all()}


def answers_on_path(intake: Intake) -> dict[str, Any]:
    """Return {question: value} of the pages this person was really asked."""
    saved = answers_of(intake)
    asked = (saved.get(page.slug, {}) for page in flow.pages_for(saved))
    return {key: value for values in asked for key, value in values.items()}


def safe_contact_of(applicant: Applicant) -> SafeContact | None:
    """Return how this person may be reached, or None if they said nothing."""
    return SafeContact.objects.filter(applicant=applicant).first()
