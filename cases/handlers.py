from django.utils import timezone

from cases import actions
from cases.models import CaseAccess
from foundation.events.ledger import on
from foundation.events.models import Event
from intake.models import Intake


@on("intake.submitted", key="cases.open-case")
def open_case(event: Event) -> None:
    """Open the case of an intake that was handed in."""
    intake = Intake.objects.select_related("office", "applicant").get(pk=event.subject_id)
    actions.open_case(intake, by="system:open-case", at=timezone.now())


@on("accounts.user_disabled", key="cases.revoke-access-of-disabled")
def revoke_access_of_disabled(event: Event) -> None:
    """Take back every right to read a case from someone who was shut out."""
    for grant in CaseAccess.objects.filter(user_id=event.subject_id, revoked_at=None):
        actions.revoke_access(grant.case_id, user_id=grant.user_id, reason=grant.reason)
