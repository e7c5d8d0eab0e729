from django.utils import timezone

from cases import actions
from foundation.events.ledger import on
from foundation.events.models import Event
from intake.models import Intake


@on("intake.submitted", key="cases.open-case")
def open_case(event: Event) -> None:
    """Open the case of an intake that was handed in."""
    intake = Intake.objects.select_related("office", "applicant").get(pk=event.subject_id)
    actions.open_case(intake, by="system:open-case", at=timezone.now())
