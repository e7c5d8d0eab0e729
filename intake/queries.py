"""Reads over intakes."""

import uuid
from collections.abc import Mapping
from typing import Any

from foundation.vault.opening import open_many
from intake import flow
from intake.models import Intake, SafeContact, Status


def open_draft(file_id: Any) -> Intake | None:
    """Return the draft of this file, or None if it is gone, expired or already submitted."""
    key = as_uuid(file_id)
    if key is None:
        return None
    return Intake.objects.select_related("office").filter(file_id=key, status=Status.DRAFT).first()


def as_uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


def answers_of(intake: Intake, *, purpose: str) -> dict[str, Mapping[str, Any]]:
    """Open and return {page: {question: value}} of everything saved, branches left aside included."""
    answers = list(intake.answers.all())
    opened = open_many(answers, "value", purpose=purpose)
    return {answer.page: opened[answer.pk].value for answer in answers}


def on_path(saved: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return {question: value} of the pages this person was really asked."""
    asked = (saved.get(page.slug, {}) for page in flow.pages_for(saved))
    return {key: value for values in asked for key, value in values.items()}


def full_name(identity: Any) -> str:
    """Return the name as typed, from opened identity fields; never put into a log, a title or a message."""
    return " ".join(part for part in (identity.given_names, identity.family_name) if part)


def safe_contact_of(applicant_id: Any) -> SafeContact | None:
    """Return how this person may be reached, or None if they said nothing."""
    return SafeContact.objects.filter(applicant_id=applicant_id).first()
